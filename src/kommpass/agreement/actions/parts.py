"""The parts of a measure: steps, indicators with targets, and where it comes from."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from kommpass.agreement.actions.drafting import ask_again, last_day, only_own
from kommpass.agreement.models import Goal, Indicator, Measure, Origin, Step
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.domain.targets import Target, describe, to_json
from kommpass.participation.models import Card, Idea
from kommpass.stocktaking.models import Finding


def _permit(by: Actor, measure: Measure) -> None:
    """May this measure get another shape? Then its owner is asked again: targets and steps are what they agree to."""
    permit(by, "measure.write", measure.agreement.procedure)
    only_own(by, measure.responsible)
    ask_again(measure)


def _next(rows) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


@transaction.atomic
def add_step(*, measure: Measure, title: str, due: str = "", by: Actor, at: datetime) -> Step:
    _permit(by, measure)
    step = Step.objects.create(
        measure=measure, title=title, due=due, due_on=last_day(due), position=_next(measure.steps)
    )
    record(measure.agreement.procedure, "measure.write", by=by, at=at, measure=measure.pk, step=title, due=due)
    return step


@transaction.atomic
def drop_step(*, step: Step, by: Actor, at: datetime) -> None:
    """Take a step out of the draft."""
    _permit(by, step.measure)
    step.delete()
    record(
        step.measure.agreement.procedure,
        "measure.write",
        by=by,
        at=at,
        measure=step.measure_id,
        dropped_step=step.title,
    )


@transaction.atomic
def add_indicator(
    *,
    measure: Measure,
    name: str,
    target: Target,
    unit: str = "",
    baseline: str = "",
    source: str = "",
    by: Actor,
    at: datetime,
) -> Indicator:
    """Say how one will see that the measure works: baseline, target, source."""
    _permit(by, measure)
    indicator = Indicator.objects.create(
        measure=measure,
        name=name,
        unit=unit,
        baseline=baseline,
        target=to_json(target),
        source=source,
        position=_next(measure.indicators),
    )
    record(
        measure.agreement.procedure,
        "measure.write",
        by=by,
        at=at,
        measure=measure.pk,
        indicator=name,
        target=describe(target),
    )
    return indicator


@transaction.atomic
def drop_indicator(*, indicator: Indicator, by: Actor, at: datetime) -> None:
    """Take an indicator out of the draft."""
    _permit(by, indicator.measure)
    try:
        indicator.delete()
    except ProtectedError:
        raise NotPossible(
            _("Zu diesem Indikator sind schon Werte gemeldet. Er bleibt, damit sie lesbar bleiben.")
        ) from None
    record(
        indicator.measure.agreement.procedure,
        "measure.write",
        by=by,
        at=at,
        measure=indicator.measure_id,
        dropped_indicator=indicator.name,
    )


@transaction.atomic
def add_origin(
    *,
    goal: Goal | None = None,
    measure: Measure | None = None,
    finding: Finding | None = None,
    card: Card | None = None,
    idea: Idea | None = None,
    by: Actor,
    at: datetime,
) -> Origin:
    """Link a goal or a measure to what it comes from; the text is kept as it reads now."""
    thing = goal or measure
    permit(by, "goal.write" if goal else "measure.write", thing.agreement.procedure)
    source = finding or card or idea
    if source is None:
        raise NotPossible(_("Bitte wählen Sie, woher dieses Ziel oder diese Maßnahme stammt."))
    found, made = Origin.objects.get_or_create(
        goal=goal, measure=measure, finding=finding, card=card, idea=idea, defaults={"text": source.text}
    )
    if made:
        record(
            thing.agreement.procedure,
            "goal.write" if goal else "measure.write",
            by=by,
            at=at,
            thing=thing._meta.model_name,
            id=thing.pk,
            origin=source._meta.model_name,
            source=source.pk,
        )
    return found


@transaction.atomic
def drop_origin(*, origin: Origin, by: Actor, at: datetime) -> None:
    """Take a link to an origin away; finding, card or idea stay as they are."""
    thing = origin.goal or origin.measure
    permit(by, "goal.write" if origin.goal else "measure.write", thing.agreement.procedure)
    origin.delete()
    record(
        thing.agreement.procedure,
        "goal.write",
        by=by,
        at=at,
        thing=thing._meta.model_name,
        id=thing.pk,
        dropped_origin=origin.text,
    )
