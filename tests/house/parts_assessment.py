"""What the review puts into a town: a case up to an answered objection, and one whose facts are asked."""

from datetime import timedelta

from django.utils import timezone

from kommpass.assessment import actions as assessment
from kommpass.domain.permissions import Role
from kommpass.people.models import InstallationRole, User
from kommpass.people.queries import actor as actor_of
from tests.conftest import actor


def the_assessment(town) -> dict:
    """Two submissions: the first decided with conditions, announced and objected to; the second before the board."""
    text, values = town.text, town.values
    office = {"by": actor(Role.ASSOCIATION_OFFICE, name=text("Geschäftsstelle")), "at": timezone.now()}
    first, second, third = (_member(town, number) for number in (1, 2, 3))
    if waiting := values.get("waiting_case"):
        _decide(town, waiting, values["waiting_member"], office)
    case = _case(town, office, [first, second])
    assessment.recuse(case=case, reviewer=first, reason=text("Verwandt"), by=actor_of(first), at=timezone.now())
    opinion = _opinion(town, case, second)
    assessment.answer_opinion(opinion=opinion, corrections=text("Es waren zwölf"), **town.deed)
    decision = _decide(town, case, second, office)
    condition, other = decision.conditions.order_by("number")
    shown = assessment.report_condition(condition=condition, text=text("Erledigt"), **town.deed)
    assessment.check_condition(report=shown, met=True, note=text("In Ordnung"), **office)
    proof = assessment.report_condition(condition=other, text=text("Fast erledigt"), **town.deed)
    objection = assessment.raise_objection(decision=decision, text=text("Wir widersprechen"), **town.deed)
    assessment.seat_members(case=case, members=[third], second=True, **office)
    assessment.answer_objection(
        objection=objection, upheld=False, text=text("Es bleibt dabei"), by=actor_of(third), at=timezone.now()
    )
    waiting = _case(town, office, [second])
    asked = _opinion(town, waiting, second)
    conflict = assessment.declare_conflict(person=_member(town, 4), reason=text("Wohnt dort"), **office)
    return {
        "submission_id": case.submission_id, "case_id": case.pk, "review_decision_id": decision.pk,
        "opinion_id": asked.pk, "condition_id": other.pk, "proof_id": proof.pk, "objection_id": objection.pk,
        "conflict_id": conflict.pk, "review_decision": decision, "waiting_case": waiting, "waiting_member": second,
    }  # fmt: skip


def _member(town, number: int) -> User:
    """A member of the board of this town's round; not the one who signs in for all towns."""
    email = f"gutachten{town.rounds}{number}@{town.slug}.example"
    person = User.objects.filter(email=email).first() or User.objects.create_user(
        email, name=town.text(f"Mitglied {number}")
    )
    InstallationRole.objects.get_or_create(user=person, role=Role.REVIEW_BOARD)
    return person


def _judgements(town) -> dict:
    rubric = town.procedure.scheme.rubric
    return {each.key: {"answer": "partly", "reason": town.text("Teils")} for each in rubric.criteria}


def _case(town, office: dict, members: list[User]):
    given = {"judgements": _judgements(town), "verdict": "conditions"}
    assessment.write_auditor_report(procedure=town.procedure, **given, text=town.text("Stellungnahme"), **town.deed)
    submission = assessment.submit(procedure=town.procedure, letter=town.text("Anschreiben"), **town.deed)
    assessment.check_submission(submission=submission, complete=True, note=town.text("Alles da"), **office)
    return assessment.open_case(submission=submission, members=members, **office)


def _opinion(town, case, member: User):
    deed = {"by": actor_of(member), "at": timezone.now()}
    given = {"judgements": _judgements(town), "verdict": "conditions"}
    assessment.hand_in_review(case=case, **given, text=town.text("Votum"), **deed)
    due = timezone.localdate() + timedelta(days=90)
    conditions = [{"text": town.text(f"Auflage {number}"), "due_on": due} for number in (1, 2)]
    return assessment.write_opinion(
        case=case, **given, text=town.text("Gutachten"), conditions=conditions, answer_by=due, **deed
    )


def _decide(town, case, member: User, office: dict):
    opinion = case.opinions.first()
    if not hasattr(opinion, "factual_answer"):
        assessment.answer_opinion(opinion=opinion, **town.deed)
    decision = assessment.decide(
        case=case,
        decided_on=timezone.localdate(),
        text=town.text("Entscheidung"),
        by=actor_of(member),
        at=timezone.now(),
    )
    assessment.release_decision(decision=decision, **office)
    return decision
