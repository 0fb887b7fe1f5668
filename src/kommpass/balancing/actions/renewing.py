"""The end of a round, and what goes on in the next one: facts and links are copied, states begin anew."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.agreement.actions import open_agreement
from kommpass.agreement.actions.numbers import renumber
from kommpass.agreement.models import Agreement, Goal, Measure, StrategicGoal
from kommpass.agreement.queries import locked
from kommpass.audits import actions as audits
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.balancing import queries
from kommpass.balancing.actions.copying import copy_links, facts_of
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible


@transaction.atomic
def end_round(*, procedure: Procedure, reason: str, by: Actor, at: datetime) -> Procedure:
    """End a round with a closed balance, so that the next one may begin. Everything stays readable."""
    permit(by, "procedure.end", procedure)
    needs_balance = any(each.stage == "balancing" for each in procedure.phases.all())
    if needs_balance and queries.sealed_balance(procedure) is None:
        raise NotPossible(_("Bitte schließen Sie zuerst die Bilanz ab: Sie sagt, was aus jedem Ziel wird."))
    return audits.end_procedure(procedure=procedure, reason=reason, by=by, at=at)


@transaction.atomic
def carry_over(*, procedure: Procedure, by: Actor, at: datetime) -> list[Goal]:
    """Take the goals that go on, with their open measures, into the draft of this round.

    Each copy names its predecessor. Doing it twice adds nothing twice.
    """
    permit(by, "goal.carry_over", procedure)
    before = procedure.predecessor
    if before is None:
        raise NotPossible(_("Es gibt keinen früheren Durchgang, aus dem sich Ziele übernehmen ließen."))
    agreement = locked(open_agreement(procedure=procedure, by=by, at=at))
    agreement.procedure = procedure
    places = _places(procedure)
    taken = set(agreement.goals.exclude(predecessor=None).values_list("predecessor", flat=True))
    new = [goal for goal in queries.continued(before).select_related("field", "strategic_goal") if goal.pk not in taken]
    strategic: dict[int, StrategicGoal] = {}
    copies = {goal.pk: _copy_goal(goal, agreement, places, strategic) for goal in new}
    measures = _copy_measures(queries.open_measures(list(copies), before), agreement, copies)
    renumber(agreement)
    record(
        procedure,
        "goal.carry_over",
        by=by,
        at=at,
        predecessor=before.pk,
        goals=[goal.pk for goal in new],
        measures=measures,
    )
    return list(copies.values())


def _places(procedure: Procedure) -> dict[str, FieldOfAction]:
    """The field of this round for each field of the scheme: fields may have been merged since."""
    return {key: place for place in procedure.fields.all() for key in place.covers}


def _copy_goal(
    goal: Goal, agreement: Agreement, places: dict[str, FieldOfAction], strategic: dict[int, StrategicGoal]
) -> Goal:
    place = next((places[key] for key in goal.field.covers if key in places), None) or next(iter(places.values()))
    above = goal.strategic_goal
    if above and above.pk not in strategic:
        strategic[above.pk] = StrategicGoal.objects.create(
            agreement=agreement, field=place, text=above.text, position=above.position
        )
    last = agreement.goals.filter(field=place).order_by("position").last()
    return Goal.objects.create(
        agreement=agreement,
        field=place,
        strategic_goal=strategic[above.pk] if above else None,
        title=goal.title,
        description=goal.description,
        predecessor=goal,
        position=last.position + 1 if last else 1,
    )


def _copy_measures(found: Iterable[Measure], agreement: Agreement, copies: dict[int, Goal]) -> int:
    number = 0
    for measure in found:
        number += 1
        copy = Measure.objects.create(
            agreement=agreement,
            goal=copies[measure.goal_id],
            predecessor=measure,
            position=number,
            **facts_of(measure, agreement.procedure),
        )
        copy_links(measure, copy)
    return number
