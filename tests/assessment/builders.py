"""Builders for the review, step by step: each takes what the step before it made. Texts carry marks, to find leaks."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.utils import timezone

from kommpass.assessment import actions
from kommpass.assessment.models import (
    AuditorReport,
    Consensus,
    Objection,
    Recusal,
    ReviewCase,
    ReviewDecision,
    Submission,
)
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.phases import Stage
from kommpass.people.models import InstallationRole, User
from kommpass.people.queries import actor as actor_of
from tests.agreement.builders import resolved
from tests.conftest import actor, make_user, open_only

# Nobody's key: who acts here must not be taken for a member of the board.
COORDINATOR = replace(actor(Role.COORDINATOR), id=900_001)
AUDITOR = replace(actor(Role.AUDITOR, name="Aude Prüfer"), id=900_002)
OFFICE = replace(actor(Role.ASSOCIATION_OFFICE, name="Gerda Geschäft"), id=900_003)
ILSE, KARL, MIRA, ZOE, PAUL = "Ilse Brandner", "Karl Ostermann", "Mira Feld", "Zoe Zweit", "Paul Nahe"
REVIEWING = (Stage.COUNCIL, Stage.REVIEW, Stage.AWARD, Stage.IMPLEMENTATION)
PAGE = "/auental/assessment/"

REVIEW, DRAFT = "MARKE-VOTUM", "MARKE-ZWISCHENSTAND"
OPINION, PROPOSED = "MARKE-GUTACHTEN", "MARKE-AUFLAGE"
CORRECTION, DECISION, RECUSAL = "MARKE-BERICHTIGUNG", "MARKE-ENTSCHEIDUNG", "MARKE-BEFANGENHEIT"
REPORT, LETTER, OBJECTION = "MARKE-STELLUNGNAHME", "MARKE-ANSCHREIBEN", "MARKE-WIDERSPRUCH"


def text(response) -> str:
    return response.content.decode()


def ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def days(number: int):
    """The day in so many days."""
    return timezone.localdate() + timedelta(days=number)


def board_member(name: str) -> User:
    email = f"{name.split()[-1].lower()}@gutachten.example"
    user = User.objects.filter(email=email).first() or make_user(email, name)
    InstallationRole.objects.get_or_create(user=user, role=Role.REVIEW_BOARD)
    return user


def by(name: str) -> Actor:
    """The actor behind a member of the board."""
    return actor_of(board_member(name))


def judgements(procedure, reason: str = "Dazu fehlt noch etwas.", **answers: str) -> dict:
    """Every criterion fulfilled, except those named: answer by keyword, each with this reason."""
    return {
        each.key: {"answer": answers.get(each.key, "fulfilled"), "reason": reason if each.key in answers else ""}
        for each in procedure.scheme.rubric.criteria
    }


def posted(procedure, verdict: str = "recommend", text: str = "Im Ganzen gut.", **more) -> dict:
    """The rubric as a browser sends it: everything fulfilled, unless `more` says otherwise."""
    filled = {f"answer_{each.key}": "fulfilled" for each in procedure.scheme.rubric.criteria}
    return filled | {"verdict": verdict, "text": text} | more


def adopted(procedure, owner):
    """The small agreement, adopted by the council; the time of the review has come."""
    version = resolved(procedure, owner)
    open_only(procedure, *REVIEWING)
    return version


def reported(procedure, *, verdict: str = "recommend", at=None) -> AuditorReport:
    return actions.write_auditor_report(
        procedure=procedure, judgements=judgements(procedure), verdict=verdict, text=f"Guter Weg. {REPORT}",
        by=AUDITOR, at=at or ago(40),
    )  # fmt: skip


def submitted(procedure, *, at=None) -> Submission:
    """Reported upon and handed over."""
    at = at or ago(39)
    reported(procedure, at=at)
    return actions.submit(procedure=procedure, letter=f"Mit Freude. {LETTER}", by=COORDINATOR, at=at)


def complete(submission: Submission, *, at=None) -> Submission:
    actions.check_submission(submission=submission, complete=True, by=OFFICE, at=at or ago(38))
    return submission


def opened(submission: Submission, *names: str, at=None) -> ReviewCase:
    """A complete submission before these members of the board."""
    complete(submission, at=at)
    members = [board_member(name) for name in names or (ILSE, KARL)]
    return actions.open_case(submission=submission, members=members, due_on=days(10), by=OFFICE, at=at or ago(38))


def hand_in(case: ReviewCase, name: str, *, verdict: str = "conditions", at=None, **answers: str):
    """The judgement of one member, with their name at the mark."""
    reason = f"{REVIEW}-{name.split()[0].upper()}"
    given = judgements(case.procedure, reason, **(answers or {"partners": "partly"}))
    return actions.hand_in_review(
        case=case, judgements=given, verdict=verdict, text=reason, by=by(name), at=at or ago(30)
    )


def judged(case: ReviewCase, *names: str) -> ReviewCase:
    for name in names or (ILSE, KARL):
        hand_in(case, name)
    return case


def conditions(*, blocking: bool = True) -> list[dict]:
    return [{"text": f"Zuständigkeit klären. {PROPOSED}", "due_on": days(60), "blocking": blocking}]


def agreed(case: ReviewCase, *, verdict: str = "conditions", answer_by=None, at=None, **more) -> Consensus:
    """The joint opinion, written by Ilse; with a condition if the verdict wants one."""
    return actions.write_opinion(
        case=case, judgements=judgements(case.procedure, partners="partly"), verdict=verdict,
        text=f"Die Kommune hat gut gearbeitet. {OPINION}",
        conditions=more.get("conditions", conditions() if verdict == "conditions" else []),
        answer_by=answer_by or days(14), by=by(ILSE), at=at or ago(20),
    )  # fmt: skip


def answered(opinion: Consensus, corrections: str = f"Es waren 43. {CORRECTION}", *, at=None) -> Consensus:
    actions.answer_opinion(opinion=opinion, corrections=corrections, by=COORDINATOR, at=at or ago(15))
    return opinion


def decided(case: ReviewCase, *, at=None) -> ReviewDecision:
    at = at or ago(10)
    return actions.decide(
        case=case, decided_on=timezone.localdate(at), text=f"So ist entschieden. {DECISION}", by=by(ILSE), at=at
    )


def announced(decision: ReviewDecision, *, at=None) -> ReviewDecision:
    actions.release_decision(decision=decision, by=OFFICE, at=at or ago(5))
    return decision


def objected(decision: ReviewDecision, *, at=None) -> Objection:
    return actions.raise_objection(
        decision=decision, text=f"Das sehen wir anders. {OBJECTION}", by=COORDINATOR, at=at or ago(4)
    )


def recused(case: ReviewCase, name: str, *, at=None) -> Recusal:
    """A member with a seat steps out."""
    return actions.recuse(
        case=case, reviewer=board_member(name), reason=f"Mein Bruder arbeitet dort. {RECUSAL}", by=OFFICE,
        at=at or ago(25),
    )  # fmt: skip


def seat_second(case: ReviewCase, name: str = ZOE) -> User:
    member = board_member(name)
    actions.seat_members(case=case, members=[member], second=True, by=OFFICE, at=ago(3))
    return member


def granted(procedure, owner, *, verdict: str = "recommend", blocking: bool = True) -> ReviewDecision:
    """The whole way to an announced decision."""
    adopted(procedure, owner)
    case = judged(opened(submitted(procedure)))
    wanted = conditions(blocking=blocking) if verdict == "conditions" else []
    answered(agreed(case, verdict=verdict, conditions=wanted))
    return announced(decided(case))


STATES = ("submitted", "judging", "all in", "opinion", "answered", "decided", "announced", "objected")


@dataclass
class OnItsWay:
    """A review that has come as far as `state`, with everything made on the way."""

    state: str
    submission: Submission
    case: ReviewCase | None = None
    opinion: Consensus | None = None
    decision: ReviewDecision | None = None
    objection: Objection | None = None
    steps: list[str] = field(default_factory=list)


def on_its_way(procedure, owner, state: str) -> OnItsWay:
    """Ilse, Karl and Mira get a seat; Mira steps out; Karl keeps a draft until all are in."""
    adopted(procedure, owner)
    found = OnItsWay(state, submitted(procedure))
    for step in STATES[1 : STATES.index(state) + 1]:
        _one_step(found, step)
    return found


def _one_step(found: OnItsWay, step: str) -> None:
    match step:
        case "judging":
            found.case = opened(found.submission, ILSE, KARL, MIRA)
            recused(found.case, MIRA)
            hand_in(found.case, ILSE)
            actions.save_review_draft(
                case=found.case, judgements=judgements(found.case.procedure, DRAFT, mandate="not"), by=by(KARL),
                at=ago(29),
            )  # fmt: skip
        case "all in":
            hand_in(found.case, KARL)
        case "opinion":
            found.opinion = agreed(found.case)
        case "answered":
            answered(found.opinion)
        case "decided":
            found.decision = decided(found.case)
        case "announced":
            announced(found.decision)
        case "objected":
            found.objection = objected(found.decision)
            seat_second(found.case)
