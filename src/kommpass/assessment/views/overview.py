"""The first page of the room: where the review stands, for the town, for the office and for members of the board."""

from datetime import date

from django.utils import timezone
from django.views.decorators.http import require_GET

from kommpass.assessment import queries
from kommpass.assessment.forms import ProofCheckForm, ProofForm
from kommpass.assessment.judgements import titled
from kommpass.assessment.models import ReviewDecision
from kommpass.assessment.stages import standing
from kommpass.audits.door import allowed, requires
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Actor, Role
from kommpass.ui.pages import respond

OF_THE_TOWN = (Role.COORDINATOR, Role.AUDITOR, Role.COUNCIL_OFFICE, Role.COUNCIL_MEMBER)


@require_GET
@requires("assessment.view")
def overview(request):
    """Everybody sees the part of the own role; whoever has several roles sees several parts."""
    procedure, by, today = request.procedure, request.actor, timezone.localdate()
    context = {"may_declare": allowed(by, "conflict.declare", procedure), "today": today}
    if by.has(*OF_THE_TOWN):
        context |= _town(procedure, by, today)
    if by.has(Role.ASSOCIATION_OFFICE):
        context |= _office(by)
    if by.has(Role.ASSOCIATION_OFFICE, Role.REVIEW_BOARD):
        lines = [queries.CaseLine(each, today) for each in queries.case_lines(by)]
        context |= {"cases": [(each, each.waits_for(by)) for each in lines], "judges": by.has(Role.REVIEW_BOARD)}
    return respond(request, "assessment/overview.html", context)


def _town(procedure: Procedure, by: Actor, today: date) -> dict:
    """What was announced, and what this person can do next; drafts of the way only for those who steer it."""
    stands = standing(procedure, today)
    decisions = list(queries.announced_to(procedure, by))
    to_submit = stands.before_submission or bool(decisions and _returned(decisions[0]))
    requirements = queries.requirements(procedure) if to_submit else []
    found = {
        "in_town": True,
        "stages": stands.stages(),
        "requirements": requirements,
        "ready": all(each.met for each in requirements),
        "decisions": [_announced(each, procedure, by, today) for each in decisions],
        "may_report": allowed(by, "auditor_report.write", procedure) and to_submit,
        "may_submit": allowed(by, "submission.submit", procedure) and to_submit,
    }
    if by.has(Role.COORDINATOR, Role.AUDITOR):
        submissions = list(queries.readable_submissions(by).filter(procedure=procedure).defer("canonical"))
        verdicts = procedure.scheme.rubric.verdicts
        found |= {
            "steers": True,
            "reports": [(each, titled(verdicts, each.verdict)) for each in queries.auditor_reports(procedure)],
            "submissions": [(each, queries.standing_check(each)) for each in submissions],
            "missing": next((queries.standing_check(each) for each in submissions[:1]), None),
        }
    if by.has(Role.COORDINATOR):
        found["opinions"] = queries.opinions_to_check(procedure, by)
    return found


def _returned(decision: ReviewDecision) -> bool:
    """Came back, and nobody is looking at it again: then the town submits anew."""
    return not decision.granting and not queries.waits_for_answer(decision) and not _upheld(decision)


def _upheld(decision: ReviewDecision) -> bool:
    return hasattr(decision, "objection") and queries.rewritable(decision)


def _announced(decision: ReviewDecision, procedure: Procedure, by: Actor, today: date) -> dict:
    """A decision as the town reads it, with what this person can do about it."""
    shows = allowed(by, "condition.report", procedure)
    lines = [
        (line, ProofForm(auto_id=f"condition-{line.condition.pk}-%s") if shows and line.state == "open" else None)
        for line in queries.announced_lines(decision)
    ]
    return {
        "decision": decision,
        "conditions": lines,
        "may_object": allowed(by, "objection.raise", procedure) and not queries.unobjectable(decision, today),
        "may_read_opinion": by.has(Role.COORDINATOR),
    }


def _office(by: Actor) -> dict:
    """What waits for the office, and everything that was submitted."""
    submissions = queries.readable_submissions(by).defer("canonical")
    return {
        "office": True,
        "received": [(each, queries.standing_check(each)) for each in submissions],
        "proofs": [(each, ProofCheckForm(auto_id=f"proof-{each.pk}-%s")) for each in queries.unchecked_proofs(by)],
    }
