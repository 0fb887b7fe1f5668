"""Builds a whole town by the real actions: one object of everything that has an address, and more of it on request.

`build_town("auental")` walks a town up to an adopted agreement with amendments; `more(town)` adds one of each thing.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from kommpass.agreement.models import PendingUpload
from kommpass.audits import actions as audits
from kommpass.audits.catalogue import newest
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import INSTALLATION_ROLES, TOWN_ROLES, Actor, Role
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.people.models import InstallationRole, Membership, User
from tests.conftest import AUDIT, actor
from tests.house import town_parts
from tests.house.parts_assessment import the_assessment
from tests.house.parts_association import the_association
from tests.house.parts_balancing import the_balancing
from tests.house.parts_certification import the_certification
from tests.house.parts_implementation import the_implementation
from tests.house.parts_offers import the_offers
from tests.house.parts_reporting import the_reports

EVERYBODY = actor(*TOWN_ROLES, name="Alle Rollen")
AFTER_THE_COUNCIL = (
    the_assessment, the_certification, the_implementation, the_reports, the_balancing, the_association
)  # fmt: skip


@dataclass
class Town:
    """A built town: what fills the arguments of its addresses (`values`), and who is who."""

    municipality: Municipality
    mark: str
    procedure: Procedure | None = None
    people: dict[Role, User] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)
    rounds: int = 0

    @property
    def slug(self) -> str:
        return self.municipality.slug

    def text(self, words: str) -> str:
        """A text of this town: numbered so that it is there once, and with the town's mark."""
        return f"{words} {self.rounds} {self.mark}".strip()

    @property
    def deed(self) -> dict:
        """Who acts and when: what every action wants."""
        return {"by": EVERYBODY, "at": timezone.now()}


def build_town(slug: str, *, mark: str = "", empty: bool = False) -> Town:
    """A town with everything in it, or with nothing. `mark` is written into every text somebody may type."""
    municipality = Municipality.objects.create(name=slug.title(), slug=slug, population=60_000)
    built = Town(municipality, mark)
    if not empty:
        with within(municipality):
            begin_procedure(built)
            more_inside(built)
            invite_everybody(built)
    return built


def begin_procedure(built: Town) -> None:
    """The first round, with every phase open, so that the hour never is the reason for a refusal."""
    now = timezone.now()
    built.procedure = audits.start_procedure(
        scheme_key=AUDIT, scheme_version=newest(AUDIT).version, rung="basic", title=built.text("Audit"),
        by=EVERYBODY, at=now - timedelta(days=400),
    )  # fmt: skip
    open_phases(built.procedure)
    scheme = built.procedure.scheme
    for where in ("phases/key", "plan/key"):
        built.values[where] = scheme.phases[2].key
    built.values |= {
        "scheme/version": scheme.version, "state/change": "pause", "download/kind": "pdf", "document/kind": "pdf",
        "export/form": "csv",
    }  # fmt: skip


def open_phases(procedure: Procedure) -> Procedure:
    procedure.phases.update(opened_at=timezone.now() - timedelta(days=300), closed_at=None)
    procedure.forget()
    return procedure


def more(built: Town) -> Town:
    """One more of everything."""
    with within(built.municipality):
        more_inside(built)
    return built


def more_inside(built: Town) -> None:
    built.rounds += 1
    for part in (*town_parts.EVERYTHING, the_offers, *AFTER_THE_COUNCIL):
        built.values |= part(built)


def invite_everybody(built: Town) -> None:
    """One person for each role, and the three of the installation."""
    organisation = built.values.get("organisation")
    for role in TOWN_ROLES:
        user = User.objects.create_user(f"{role}@{built.slug}.example", name=f"{role.label} {built.slug}")
        Membership.objects.create(user=user, role=role, organisation=organisation)
        built.people[role] = user
    for role in INSTALLATION_ROLES:
        user, _new = User.objects.get_or_create(email=f"{role}@verein.example", defaults={"name": role.label})
        InstallationRole.objects.get_or_create(user=user, role=role)
        built.people[role] = user
    belongs_to(built, built.people[Role.COORDINATOR])


def belongs_to(built: Town, person: User) -> None:
    """Let a person be the one who uploaded the waiting files: nobody else sees them."""
    with within(built.municipality):
        PendingUpload.objects.update(by_id=person.pk)


def stranger() -> User:
    """Somebody with an account and without any role."""
    return User.objects.create_user("fremd@anderswo.example", name="Fremde Person")


def somebody_of(built: Town, role: Role) -> Actor:
    """The actor behind a person of this town."""
    person = built.people[role]
    return actor(role, organisations=[built.values["organisation"]], name=person.name)
