"""What the page of a case shows to this person: never a judgement before all are in, never more than the own part."""

from datetime import date, timedelta

from django.utils import timezone

from kommpass.assessment import queries
from kommpass.assessment.forms import (
    DecideForm,
    MembersForm,
    ObjectionAnswerForm,
    RecuseForm,
    RecuseMemberForm,
    ReleaseForm,
)
from kommpass.assessment.judgements import in_lines, side_by_side, titled
from kommpass.assessment.models import Consensus, Review, ReviewCase, ReviewDecision
from kommpass.audits.door import allowed
from kommpass.domain.permissions import Actor, Role


def everything_of(case: ReviewCase, by: Actor, today: date) -> dict:
    seats = list(queries.seats(case))
    own = next((each for each in seats if each.reviewer_id == by.id), None)
    may_recuse = own is not None and allowed(by, "case.recuse", case.procedure)
    context = {
        "case": case,
        "submission": case.submission,
        "judging": [each for each in seats if not each.second],
        "second": [each for each in seats if each.second],
        "recusals": case.recusals.select_related("reviewer").order_by("reviewer__name", "pk"),
        "office": by.has(Role.ASSOCIATION_OFFICE),
        "own": own,
        "judges": bool(own and not own.second),
        "recuse_form": RecuseForm(auto_id="recuse-%s") if may_recuse else None,
    }
    if queries.still_judging(case, by):
        return context | {"may_write_review": allowed(by, "review.write", case.procedure)}
    decision = queries.standing_decision(case)
    context |= _judgements(case, by) | _opinion(case, context["judges"], decision, by, today)
    context["decisions"] = _decisions(case)
    if decision and own and own.second and queries.waits_for_answer(decision):
        context["answer_form"] = ObjectionAnswerForm(auto_id="objection-%s")
    if context["office"]:
        context |= _for_the_office(case, decision, by, today)
    return context


def _judgements(case: ReviewCase, by: Actor) -> dict:
    """The reviews this person may read: all side by side when all are in, until then the own one."""
    rubric = case.procedure.scheme.rubric
    reviews, all_in = queries.readable_reviews(case, by), queries.all_handed_in(case)
    compared = side_by_side(rubric, reviews) if all_in else []
    return {
        "all_in": all_in,
        "compared": compared,
        "agreed": sum(each.agreed for each in compared),
        "reviews": [_said(each, rubric) for each in reviews],
        "own_review": next((_said(each, rubric) for each in reviews if each.seat.reviewer_id == by.id), None),
    }


def _said(written: Review | Consensus, rubric) -> dict:
    return {
        "it": written,
        "verdict": titled(rubric.verdicts, written.verdict),
        "lines": in_lines(rubric, written.judgements),
    }


def _opinion(case: ReviewCase, judges: bool, decision: ReviewDecision | None, by: Actor, today: date) -> dict:
    """The joint opinion, and for those who judge: may they write one, may they decide, and if not, why."""
    procedure, opinion = case.procedure, queries.standing_opinion(case)
    may_write = judges and queries.all_handed_in(case) and queries.rewritable(decision)
    undecided = opinion is not None and (decision is None or decision.opinion_id != opinion.pk)
    reason = queries.undecidable(opinion, today) if undecided else ""
    found = {
        "undecided": undecided,
        "undecidable": reason,
        "may_write_opinion": may_write and allowed(by, "opinion.write", procedure),
    }
    if opinion:
        found["opinion"] = _said(opinion, procedure.scheme.rubric)
        found["conditions"] = [each | {"due_on": date.fromisoformat(each["due_on"])} for each in opinion.conditions]
    if judges and undecided and not reason and allowed(by, "review.decide", procedure):
        earliest = timezone.localdate(opinion.at)
        found["decide_form"] = DecideForm(
            earliest=earliest, today=today, initial={"decided_on": today}, auto_id="decide-%s"
        )
    return found


def _decisions(case: ReviewCase) -> list[dict]:
    """All decisions of the case, the newest first, with their conditions."""
    return [{"it": each, "conditions": queries.announced_lines(each)} for each in queries.decisions_of(case)]


def _for_the_office(case: ReviewCase, decision: ReviewDecision | None, by: Actor, today: date) -> dict:
    """Seats, recusals and the announcement. The office judges nothing."""
    procedure, found = case.procedure, {}
    if allowed(by, "case.open", procedure):
        members = queries.board()
        reasons = queries.unseatable(members, case)
        if decision is None:
            found["seat_form"] = MembersForm(members=members, reasons=reasons, auto_id="seat-%s")
        elif queries.waits_for_answer(decision):
            found["second_form"] = MembersForm(members=members, reasons=reasons, auto_id="second-%s")
            found["second_missing"] = not queries.seats(case).filter(second=True).exists()
    if allowed(by, "case.recuse", procedure):
        found["recuse_member_form"] = RecuseMemberForm(members=queries.board(), auto_id="recuse-member-%s")
    if decision and not hasattr(decision, "release") and allowed(by, "decision.release", procedure):
        until = today + timedelta(days=queries.OBJECTION_DAYS)
        found["release_form"] = ReleaseForm(today=today, initial={"objection_until": until}, auto_id="release-%s")
    return found
