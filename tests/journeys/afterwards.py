"""What the stories share after the resolution: the review, the certificate, rounds, reports, the balance."""

from datetime import date, timedelta

from kommpass.agreement.models import Measure
from kommpass.assessment import actions as assessment
from kommpass.assessment.models import ReviewCase, ReviewDecision
from kommpass.audits import actions as audits
from kommpass.audits.models import Procedure
from kommpass.balancing import actions as balancing
from kommpass.bodies import actions as bodies
from kommpass.bodies.models import Body, Consultation
from kommpass.certification import actions as certification
from kommpass.certification.models import Certificate
from kommpass.domain.permissions import Role
from kommpass.implementation import actions as implementation
from kommpass.implementation.models import StatusRound
from kommpass.people.models import InstallationRole, Organisation, User
from kommpass.people.queries import actor as actor_of
from kommpass.reporting import actions as reporting
from kommpass.reporting.models import SealedReport
from tests.conftest import actor, make_user
from tests.journeys.story import AUDITOR, COORDINATION, OFFICE, noon

ASSOCIATION = actor(Role.ASSOCIATION_OFFICE, name="Geschäftsstelle")


def judgements(procedure: Procedure, **exceptions: str) -> dict[str, dict[str, str]]:
    """Every criterion fulfilled, except those named: answer by keyword, each with a reason."""
    return {
        each.key: {
            "answer": exceptions.get(each.key, "fulfilled"),
            "reason": "Dazu fehlt noch etwas." if each.key in exceptions else "",
        }
        for each in procedure.scheme.rubric.criteria
    }


def board_member(name: str) -> User:
    """A member of the review board, made once."""
    email = f"{name.split()[-1].lower()}@gutachten.example"
    user = User.objects.filter(email=email).first() or make_user(email, name)
    InstallationRole.objects.get_or_create(user=user, role=Role.REVIEW_BOARD)
    return user


BOARD = ("Ilse Brandner", "Karl Ostermann")


def submit(procedure: Procedure, *, on: date, verdict: str = "recommend"):
    """The auditor's word and the submission."""
    assessment.write_auditor_report(
        procedure=procedure, judgements=judgements(procedure), verdict=verdict,
        text="Der Weg war gut.", by=AUDITOR, at=noon(on),
    )  # fmt: skip
    return assessment.submit(procedure=procedure, letter="Mit Freude.", by=COORDINATION, at=noon(on))


def review(submission, *, on: date, verdict: str = "recommend", conditions=()) -> ReviewCase:
    """Complete, judged by two members on their own, agreed, facts checked."""
    procedure = submission.procedure
    assessment.check_submission(submission=submission, complete=True, by=ASSOCIATION, at=noon(on))
    members = [board_member(name) for name in BOARD]
    case = assessment.open_case(submission=submission, members=members, by=ASSOCIATION, at=noon(on))
    for member in members:
        assessment.hand_in_review(
            case=case, judgements=judgements(procedure), verdict=verdict, by=actor_of(member), at=noon(on)
        )
    opinion = assessment.write_opinion(
        case=case, judgements=judgements(procedure), verdict=verdict, text="Gemeinsam sehen wir es so.",
        conditions=conditions, answer_by=on + timedelta(days=14), by=actor_of(members[0]), at=noon(on),
    )  # fmt: skip
    assessment.answer_opinion(opinion=opinion, by=COORDINATION, at=noon(on))
    return case


def decide(case: ReviewCase, *, on: date, release: date | None = None) -> ReviewDecision:
    """The board decides; the office announces it on the same or a later day."""
    decision = assessment.decide(
        case=case, decided_on=on, text="Das Verfahren ist erfolgreich gegangen.",
        by=actor_of(board_member(BOARD[0])), at=noon(on),
    )  # fmt: skip
    assessment.release_decision(decision=decision, by=ASSOCIATION, at=noon(release or on))
    return decision


def award(procedure: Procedure, *, on: date, valid_from: str, valid_until: str = "") -> Certificate:
    return certification.issue_certificate(
        procedure=procedure, awarded_on=on, valid_from=valid_from, valid_until=valid_until,
        by=ASSOCIATION, at=noon(on),
    )  # fmt: skip


def certify(
    procedure: Procedure, *, submitted: date, decided: date, awarded: date, valid_until: str = ""
) -> Certificate:
    """From the adopted agreement to the certificate, without detours."""
    decide(review(submit(procedure, on=submitted), on=submitted), on=decided)
    return award(procedure, on=awarded, valid_from=awarded.isoformat(), valid_until=valid_until)


def ask(procedure: Procedure, title: str, first: date, last: date, *, on: date) -> StatusRound:
    """A round of asking about a period."""
    return implementation.open_round(
        procedure=procedure, title=title, period_from=first, period_until=last,
        due_on=on + timedelta(days=28), by=COORDINATION, at=noon(on),
    )  # fmt: skip


def say(round_: StatusRound, measure: Measure, state: str, *, light: str = "green", text: str = "", on: date, **more):
    """Whoever is in charge says how far it is."""
    return implementation.report_progress(
        round=round_, measure=measure, state=state, light=light, text=text, by=COORDINATION, at=noon(on), **more
    )


def seal(procedure: Procedure, title: str, first: date, last: date, *, on: date) -> SealedReport:
    """A report over this period, sealed."""
    report = reporting.begin_report(
        procedure=procedure, title=title, period_from=first, period_until=last, by=COORDINATION, at=noon(on)
    )
    return reporting.seal_report(report=report, key_date=min(last, on), by=COORDINATION, at=noon(on))


def take_note(procedure: Procedure, sealed: SealedReport, body: Body, reference: str, *, on: date) -> Consultation:
    """A committee takes note of the report."""
    paper = bodies.draft_paper(
        procedure=procedure, title=str(sealed.report), purpose="report", reference=reference, by=OFFICE, at=noon(on)
    )
    station = bodies.add_station(paper=paper, body=body, role="take_note", meeting_on=on, by=OFFICE, at=noon(on))
    bodies.record_result(station=station, state="noted", by=OFFICE, at=noon(on))
    reporting.note_report(sealed=sealed, station=station, by=OFFICE, at=noon(on))
    return station


def hand_over(sealed: SealedReport, *, on: date, accepted: date | None = None) -> None:
    """To the association, which accepts it."""
    reporting.submit_report(sealed=sealed, by=COORDINATION, at=noon(on))
    if accepted:
        reporting.accept_report(sealed=sealed, by=ASSOCIATION, at=noon(accepted))


def balance(procedure: Procedure, verdicts: dict, *, on: date) -> None:
    """Decide on every goal (goal -> continue, done, dropped) and close the balance."""
    opened = balancing.open_balance(procedure=procedure, by=COORDINATION, at=noon(on))
    for goal, verdict in verdicts.items():
        balancing.decide_goal(
            balance=opened, goal=goal, verdict=verdict, reason="So haben wir es beraten.", by=COORDINATION, at=noon(on)
        )
    balancing.close_balance(balance=opened, by=COORDINATION, at=noon(on))


def renew(procedure: Procedure, rung: str, title: str, *, on: date) -> Procedure:
    """End this round and begin the next one on this rung."""
    balancing.end_round(procedure=procedure, reason="Die Bilanz liegt vor.", by=COORDINATION, at=noon(on))
    return audits.start_procedure(
        scheme_key=procedure.scheme_key, scheme_version=procedure.scheme_version, rung=rung, title=title,
        by=COORDINATION, at=noon(on),
    )  # fmt: skip


def department(name: str = "Jugendamt") -> Organisation:
    return Organisation.objects.get_or_create(name=name, defaults={"email": f"{name.lower()}@stadt.example"})[0]
