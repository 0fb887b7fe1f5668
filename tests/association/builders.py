"""Towns on their way through the second half, for the office to look at: by the real actions, or many at once."""

from dataclasses import dataclass
from datetime import date, timedelta

from kommpass.agreement.models import Agreement, Measure
from kommpass.assessment.models import ReviewCase, ReviewDecision, Submission
from kommpass.association import actions
from kommpass.association.models import AuditorLicence
from kommpass.audits.models import Procedure
from kommpass.bodies.models import Body
from kommpass.certification.models import Certificate
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.municipalities.models import Municipality
from kommpass.people.models import InstallationRole, Membership, User
from tests.conftest import actor, make_user
from tests.journeys import afterwards, story

OFFICE = actor(Role.ASSOCIATION_OFFICE, name="Geschäftsstelle")


@dataclass
class Told:
    """What became of a town: the things that tests ask about."""

    procedure: Procedure
    agreement: Agreement
    measures: list[Measure]
    submission: Submission | None = None
    case: ReviewCase | None = None
    decision: ReviewDecision | None = None
    certificate: Certificate | None = None

    @property
    def town(self) -> Municipality:
        return self.procedure.municipality


def adopted(procedure: Procedure, on: date, *titles: str, public: bool = True) -> Told:
    """A town whose council has adopted an agreement with these measures, one day after they were drafted."""
    stages = (Stage.TARGETING, Stage.COUNCIL, Stage.REVIEW, Stage.AWARD, Stage.IMPLEMENTATION)
    story.begin(procedure, *stages, on=on)
    draft = story.open_draft(procedure, on=on)
    goal = story.add_goal(draft, 1, "Familien werden gehört", on=on, strategic="Familie zuerst")
    owner = afterwards.department()
    made = [
        story.add_measure(goal, title, owner, due=str(on.year + 2), on=on, public=public)
        for title in titles or ("Familienbüro im Rathaus",)
    ]
    version = story.freeze(draft, on=on)
    council = story.add_body("Rat", kind=Body.Kind.COUNCIL, on=on)
    paper = story.draft_paper(version, f"{on.year}/1", on=on)
    story.adopt(version, story.resolve(paper, council, on=on), on=on)
    return Told(procedure, draft, made)


def submitted(told: Told, on: date) -> Told:
    told.submission = afterwards.submit(told.procedure, on=on)
    return told


def before_the_board(told: Told, on: date, **more) -> Told:
    """Judged by two members, agreed upon, facts checked: ready to be decided."""
    told.case = afterwards.review(told.submission or submitted(told, on).submission, on=on, **more)
    return told


def decided(told: Told, on: date, *, release: bool = True, **more) -> Told:
    """Decided by the board; announced, or not yet."""
    case = told.case or before_the_board(told, on, **more).case
    if release:
        told.decision = afterwards.decide(case, on=on)
    else:
        member = afterwards.actor_of(afterwards.board_member(afterwards.BOARD[0]))
        told.decision = afterwards.assessment.decide(
            case=case, decided_on=on, text="Noch nicht bekannt.", by=member, at=story.noon(on)
        )
    return told


def certified(told: Told, on: date, until: str = "") -> Told:
    """With a certificate from this day until then."""
    decided(told, on) if told.decision is None else None
    told.certificate = afterwards.award(told.procedure, on=on, valid_from=on.isoformat(), valid_until=until)
    return told


def reported(told: Told, year: int, state: str = "done", text: str = "Es läuft gut.", *, send: bool = True):
    """A round, a word on each measure, a sealed report on that year, sent to the association."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    on = last + timedelta(days=20)
    round_ = afterwards.ask(told.procedure, f"Sachstand {year}", first, last, on=on)
    for measure in told.measures:
        afterwards.say(round_, measure, state, text=text, on=on)
    afterwards.implementation.close_round(round=round_, by=story.COORDINATION, at=story.noon(on))
    sealed = afterwards.seal(told.procedure, f"Bericht {year}", first, last, on=on)
    if send:
        afterwards.hand_over(sealed, on=on)
    return sealed


def led(answer) -> str:
    """Where an answer leads. The tests stand inside of a town, the pages of the office do not."""
    return answer.headers["Location"].removeprefix("/auental")


def licensed(email: str = "aude@audit.example", name: str = "Aude Prüfer", **given) -> User:
    """Somebody who may guide towns."""
    person = make_user(email, name)
    AuditorLicence.objects.create(person=person, since=given.get("since", date(2015, 1, 1)), until=given.get("until"))
    return person


def officer(name: str = "Frauke Büro") -> User:
    """A person of the office with an account."""
    person = make_user("frauke@verein.example", name)
    InstallationRole.objects.create(user=person, role=Role.ASSOCIATION_OFFICE)
    return person


def auditors_here() -> list[str]:
    """Who may read the town in scope as its auditor."""
    running = Membership.objects.filter(role=Role.AUDITOR, ended_at=None)
    return list(running.order_by("user__name").values_list("user__name", flat=True))


def contract(procedure: Procedure, fee, on: date, *instalments):
    """A contract with its instalments (day, amount)."""
    made = actions.record_contract(procedure=procedure, signed_on=on, fee=fee, by=OFFICE, at=story.noon(on))
    if instalments:
        actions.set_instalments(contract=made, instalments=instalments, by=OFFICE, at=story.noon(on))
    return made
