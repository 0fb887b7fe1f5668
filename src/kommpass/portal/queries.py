"""What everybody may see: the promise in force, its history, its decisions, and the towns of this installation."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from kommpass.agreement.models import Adoption
from kommpass.agreement.public_view import counted, public_view
from kommpass.agreement.queries import adoptions, in_force
from kommpass.audits.models import Procedure
from kommpass.bodies.models import Decision
from kommpass.bodies.queries import public_decisions
from kommpass.certification.queries import lapses, leading, standings
from kommpass.domain.canonical import digest
from kommpass.domain.validity import Gap
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.people.addresses import in_town, of_installation


@dataclass(frozen=True)
class Promise:
    """The version in force as everybody may read it, with the decision that made it binding.

    `amended`: who allowed a later change below the council, and when; such a change takes nothing from the decision.
    """

    number: int
    digest: str
    valid_from: date
    resolution: dict
    amended: dict | None
    view: dict
    goals: int
    measures: int

    @property
    def fields(self) -> list[dict]:
        return self.view["fields"]

    def download(self) -> dict:
        """The public view for other programs: with its own checksum and that of the version it was made from."""
        return {
            **self.view,
            "resolution": self.resolution,
            "amended": self.amended,
            "version_checksum": self.digest,
            "checksum": digest({**self.view, "resolution": self.resolution, "amended": self.amended}),
        }


def promise(day: date) -> Promise | None:
    """What the town has promised and what holds on this day; an older round holds until a newer one is adopted."""
    procedure = Procedure.objects.filter(Exists(_adoptions_of_procedure(day))).first()
    version = in_force(procedure, day) if procedure else None
    if version is None:
        return None
    adoption, view = version.adoption, public_view(version.content)
    totals = [counted(field) for field in view["fields"]]
    binding = _binding(procedure, adoption)
    return Promise(
        number=version.number,
        digest=version.digest,
        valid_from=adoption.valid_from,
        resolution=_resolution(binding, _public_keys([binding])),
        amended=None if binding == adoption else _resolution(adoption, set()),
        view=view,
        goals=sum(goals for goals, _measures in totals),
        measures=sum(measures for _goals, measures in totals),
    )


def _binding(procedure: Procedure, adoption: Adoption) -> Adoption:
    """The newest adoption by a body: the coordination may allow small changes, but it resolves nothing."""
    if adoption.decision_id:
        return adoption
    decided = adoptions(procedure).filter(decision__isnull=False, valid_from__lte=adoption.valid_from)
    return decided.first() or adoption


def _adoptions_of_procedure(day: date):
    return Adoption.objects.filter(version__agreement__procedure=OuterRef("pk"), valid_from__lte=day)


def _public_keys(adoptions: list[Adoption]) -> set[int]:
    """Which of their decisions everybody may read. One query."""
    keys = [each.decision_id for each in adoptions if each.decision_id]
    return set(public_decisions().filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def _resolution(adoption: Adoption, public: set[int]) -> dict:
    """Who adopted it and when. Paper and conditions only of a decision taken in public; never a person's name."""
    decision: Decision | None = adoption.decision
    if decision is None:
        return {
            "body": _("Koordination des Audits"),
            "date": adoption.valid_from.isoformat(),
            "paper": "",
            "conditions": [],
        }
    open_to_all = decision.pk in public
    return {
        "body": decision.body.name,
        "date": decision.decided_on.isoformat(),
        "paper": decision.reference if open_to_all else "",
        "conditions": list(adoption.conditions) if open_to_all else [],
    }


@dataclass(frozen=True)
class PublicCertificate:
    """What everybody may know of the town's certificate on a day; the lapses before it stay."""

    number: str
    rung: object
    label: str
    holds: bool
    valid_from: str
    valid_until: str
    gaps: tuple[Gap, ...]

    @property
    def url(self) -> str:
        return of_installation("certification:verify-number", self.number)


def certificate(day: date) -> PublicCertificate | None:
    """The certificate that holds, else the last one with what became of it."""
    every = standings(day)
    found = leading(every)
    if found is None:
        return None
    certificate, scheme = found.certificate, found.certificate.procedure.scheme_key
    return PublicCertificate(
        number=certificate.number,
        rung=certificate.rung_title,
        label=found.state.label,
        holds=found.holds,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        gaps=tuple(lapses(every, scheme)),
    )


@dataclass(frozen=True)
class AdoptedVersion:
    """A line of the history: when something was promised or changed, why, and who approved it."""

    number: int
    kind: str
    reason: str
    procedure: str
    valid_from: date
    resolution: dict
    digest: str
    holds: bool


def history(day: date) -> list[AdoptedVersion]:
    """All versions that were ever adopted, newest first. Three queries."""
    procedure = Procedure.objects.filter(Exists(_adoptions_of_procedure(day))).first()
    adoptions = list(
        Adoption.objects.select_related("version__agreement__procedure", "decision__body")
        .defer("version__canonical")
        .order_by("-version__agreement__procedure__round", "-valid_from", "-pk")
    )
    public = _public_keys(adoptions)
    begun = [each for each in adoptions if procedure and _procedure(each) == procedure and each.valid_from <= day]
    return [
        AdoptedVersion(
            number=each.version.number,
            kind=str(each.version.get_kind_display()) if each.version.kind == "amendment" else _("Beschluss"),
            reason=each.version.reason,
            procedure=_procedure(each).title,
            valid_from=each.valid_from,
            resolution=_resolution(each, public),
            digest=each.version.digest,
            holds=each in begun[:1],
        )
        for each in adoptions
    ]


def _procedure(adoption: Adoption) -> Procedure:
    return adoption.version.agreement.procedure


def decisions() -> list[dict]:
    """Public decisions as plain values, newest first: no internal reasons, no names of those who typed them in."""
    return [
        {
            "date": each.decided_on,
            "body": each.body.name,
            "title": each.paper.title,
            "paper": each.reference,
            "result": str(each.get_result_display()),
            "adopting": each.adopting,
            "voting": each.voting,
            "wording": each.wording,
            "conditions": [str(condition) for condition in each.conditions],
        }
        for each in public_decisions()
    ]


@dataclass(frozen=True)
class TownLine:
    """A town on the start page of the installation."""

    name: str
    url: str
    rung: object
    in_force: bool


def town_line(town: Municipality, day: date) -> TownLine:
    """One query per town: nobody looks across towns here."""
    with within(town):
        rows = list(Procedure.objects.annotate(promised=Exists(_adoptions_of_procedure(day))))
        running = next((each for each in rows[:1] if each.state in (each.State.RUNNING, each.State.ENDED)), None)
        return TownLine(
            name=town.name,
            url=in_town("portal:home"),
            rung=running.rung_title if running else "",
            in_force=any(each.promised for each in rows),
        )
