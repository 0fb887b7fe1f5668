"""Writing the draft: strategic goals, goals, measures, and the texts around them."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from kommpass.agreement.actions.numbers import renumber
from kommpass.agreement.models import Agreement, Goal, Measure, StrategicGoal
from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.domain.moments import PartialDate
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.participation.actions import note_use
from kommpass.participation.models import Card

SETS = ("partners", "districts", "also_serves")
WATCHED = {"title", "description", "responsible", "start", "due", "cost_once", "cost_yearly"}
"""What an owner agrees to: a change here must be asked again."""


@transaction.atomic
def open_agreement(*, procedure: Procedure, by: Actor, at: datetime) -> Agreement:
    """The draft of this procedure; made at the first visit."""
    permit(by, "agreement.write", procedure)
    agreement, made = Agreement.objects.get_or_create(
        procedure=procedure,
        defaults={"title": f"Zielvereinbarung {procedure.municipality.name}"},  # the document speaks German
    )
    if made:
        record(procedure, "agreement.write", by=by, at=at, title=agreement.title)
    return agreement


@transaction.atomic
def edit_agreement(
    *, agreement: Agreement, changes: Mapping, seen: int | None = None, by: Actor, at: datetime
) -> Agreement:
    """Change the texts around the goals: title, preamble, process, budget clause."""
    permit(by, "agreement.write", agreement.procedure)
    _save(agreement, seen, changes, "agreement.write", agreement.procedure, by, at)
    return agreement


@transaction.atomic
def add_strategic_goal(
    *,
    agreement: Agreement,
    field: FieldOfAction,
    text: str = "",
    card: Card | None = None,
    by: Actor,
    at: datetime,
) -> StrategicGoal:
    """Add a strategic goal in own words, or with those of a card; the card remembers what became of it."""
    permit(by, "goal.write", agreement.procedure)
    goal = StrategicGoal.objects.create(
        agreement=agreement,
        field=field,
        text=text or (card.text if card else ""),
        position=_next(agreement.strategic_goals.filter(field=field)),
    )
    if card:
        note_use(card=card, turned_into="strategic_goal", turned_into_id=goal.pk, by=by, at=at)
    record(agreement.procedure, "goal.write", by=by, at=at, strategic_goal=goal.pk, text=goal.text)
    return goal


@transaction.atomic
def edit_strategic_goal(
    *, goal: StrategicGoal, text: str, seen: int | None = None, by: Actor, at: datetime
) -> StrategicGoal:
    permit(by, "goal.write", goal.agreement.procedure)
    _save(goal, seen, {"text": text}, "goal.write", goal.agreement.procedure, by, at)
    return goal


@transaction.atomic
def drop_strategic_goal(*, goal: StrategicGoal, by: Actor, at: datetime) -> None:
    """Take a strategic goal out of the draft; its goals stay in the field."""
    permit(by, "goal.write", goal.agreement.procedure)
    agreement, key = goal.agreement, goal.pk
    goal.goals.update(strategic_goal=None)
    goal.delete()
    renumber(agreement)
    record(agreement.procedure, "goal.write", by=by, at=at, dropped_strategic_goal=key, text=goal.text)


@transaction.atomic
def add_goal(
    *,
    agreement: Agreement,
    field: FieldOfAction,
    title: str,
    description: str = "",
    strategic_goal: StrategicGoal | None = None,
    by: Actor,
    at: datetime,
) -> Goal:
    """Put a goal at the end of its field, under a strategic goal of the same field or under none."""
    permit(by, "goal.write", agreement.procedure)
    if strategic_goal and strategic_goal.field_id != field.pk:
        raise NotPossible(_("Das strategische Ziel gehört zu einem anderen Handlungsfeld."))
    goal = Goal.objects.create(
        agreement=agreement,
        field=field,
        strategic_goal=strategic_goal,
        title=title,
        description=description,
        position=_next(agreement.goals.filter(field=field)),
    )
    renumber(agreement)
    goal.refresh_from_db(fields=["number"])
    record(agreement.procedure, "goal.write", by=by, at=at, goal=goal.pk, title=title)
    return goal


@transaction.atomic
def edit_goal(*, goal: Goal, changes: Mapping, seen: int | None = None, by: Actor, at: datetime) -> Goal:
    """Change title, description, field or strategic goal. A goal that moves takes its measures along."""
    permit(by, "goal.write", goal.agreement.procedure)
    field = changes.get("field", goal.field)
    strategic = changes.get("strategic_goal", goal.strategic_goal)
    if strategic and strategic.field_id != field.pk:
        raise NotPossible(_("Das strategische Ziel gehört zu einem anderen Handlungsfeld."))
    changed = _save(goal, seen, changes, "goal.write", goal.agreement.procedure, by, at)
    if {"field", "strategic_goal"} & set(changed):
        renumber(goal.agreement)
    return goal


@transaction.atomic
def drop_goal(*, goal: Goal, by: Actor, at: datetime) -> None:
    """Take an empty goal out of the draft. A goal with measures stays: move or drop those first."""
    permit(by, "goal.write", goal.agreement.procedure)
    if goal.measures.exists():
        raise NotPossible(
            _("Unter diesem Ziel stehen noch Maßnahmen. Bitte verschieben oder streichen Sie diese zuerst.")
        )
    agreement, key = goal.agreement, goal.pk
    goal.delete()
    renumber(agreement)
    record(agreement.procedure, "goal.write", by=by, at=at, dropped_goal=key, title=goal.title)


@transaction.atomic
def add_measure(*, goal: Goal, changes: Mapping, by: Actor, at: datetime) -> Measure:
    """Put a measure under a goal. A department adds measures of its own only."""
    procedure = goal.agreement.procedure
    permit(by, "measure.write", procedure)
    only_own(by, changes.get("responsible"))
    plain, sets = _parted(changes)
    measure = Measure(agreement=goal.agreement, goal=goal, position=_next(goal.measures), **plain)
    measure.due_on = last_day(measure.due)
    measure.save(force_insert=True)
    for name, rows in sets.items():
        getattr(measure, name).set(rows)
    renumber(goal.agreement)
    measure.refresh_from_db(fields=["number"])
    record(procedure, "measure.write", by=by, at=at, measure=measure.pk, title=measure.title)
    return measure


@transaction.atomic
def edit_measure(*, measure: Measure, changes: Mapping, seen: int | None = None, by: Actor, at: datetime) -> Measure:
    """Change a measure. What its owner agreed to and is now different must be asked again."""
    procedure = measure.agreement.procedure
    permit(by, "measure.write", procedure)
    only_own(by, measure.responsible)
    if "responsible" in changes:
        only_own(by, changes["responsible"])
    plain, sets = _parted(changes)
    behind = seen not in (None, Measure.objects.select_for_update().get(pk=measure.pk).edition)
    told = _saved(measure, seen, plain) | _rows_set(measure, sets, only_add=behind)
    if not told:
        return measure
    if not plain.keys() & told.keys():
        measure.edition += 1
    measure.due_on = last_day(measure.due)
    measure.save(update_fields=["due_on", "edition"])
    if WATCHED & told.keys():
        ask_again(measure)
    record(procedure, "measure.write", by=by, at=at, thing="measure", id=measure.pk, changes=told)
    return measure


@transaction.atomic
def move_measure(*, measure: Measure, goal: Goal, by: Actor, at: datetime) -> Measure:
    """Put a measure under another goal of the same agreement."""
    permit(by, "measure.write", measure.agreement.procedure)
    only_own(by, measure.responsible)
    if goal.agreement_id != measure.agreement_id:
        raise NotPossible(_("Dieses Ziel gehört zu einer anderen Zielvereinbarung."))
    measure.also_serves.remove(goal)
    before, measure.goal, measure.position = measure.number, goal, _next(goal.measures)
    measure.edition += 1
    measure.save(update_fields=["goal", "position", "edition"])
    renumber(measure.agreement)
    record(
        measure.agreement.procedure, "measure.write", by=by, at=at, measure=measure.pk, moved_from=before, goal=goal.pk
    )
    return measure


@transaction.atomic
def drop_measure(*, measure: Measure, reason: str, by: Actor, at: datetime) -> None:
    """Take a measure out of the draft. Frozen versions keep it."""
    procedure = measure.agreement.procedure
    permit(by, "measure.write", procedure)
    only_own(by, measure.responsible)
    if measure.amendments.exists():
        raise NotPossible(_("Zu dieser Maßnahme gibt es Änderungen; sie bleibt deshalb stehen."))
    if measure.shared_into.exists():
        raise NotPossible(_("Diese Maßnahme zählt auch in einem weiteren Verfahren; sie bleibt deshalb stehen."))
    agreement, key, title = measure.agreement, measure.pk, str(measure)
    measure.delete()
    renumber(agreement)
    record(procedure, "measure.write", by=by, at=at, dropped_measure=key, title=title, reason=reason)


def last_day(due: str):
    """The last day of a deadline that may be a day, a month or a year; None without one."""
    return PartialDate.parse(due).last_day if due else None


def ask_again(measure: Measure) -> None:
    """The owner agreed to something else: their answer no longer counts. Part of the action that calls it."""
    if measure.acceptance == Measure.Acceptance.OPEN:
        return
    measure.acceptance, measure.accepted_at, measure.accepted_by = Measure.Acceptance.OPEN, None, ""
    measure.save(update_fields=["acceptance", "accepted_at", "accepted_by"])


def only_own(by: Actor, responsible) -> None:
    """Departments touch measures of their own organisations only."""
    if by.has(Role.COORDINATOR, Role.AUDITOR):
        return
    if responsible is None or responsible.pk not in by.organisations:
        raise NotAllowed(_("Sie können nur Maßnahmen Ihrer eigenen Organisation bearbeiten."))


def _parted(changes: Mapping) -> tuple[dict, dict]:
    plain = {name: value for name, value in changes.items() if name not in SETS}
    return plain, {name: changes[name] for name in SETS if name in changes}


def _next(rows: QuerySet) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _save(thing, seen, changes, action, procedure, by, at) -> list[str]:
    told = _saved(thing, seen, changes)
    if told:
        record(procedure, action, by=by, at=at, thing=thing._meta.model_name, id=thing.pk, changes=told)
    return list(told)


def _saved(thing, seen, changes) -> dict[str, dict]:
    """Save what changed; returns old and new of each name for the journal."""
    before = {name: getattr(thing, name) for name in changes}
    changed = save_edition(thing, seen, changes)
    return {name: {"old": _told(before[name]), "new": _told(changes[name])} for name in changed}


def _rows_set(measure: Measure, sets: Mapping, *, only_add: bool) -> dict[str, dict]:
    """Set partners, districts and goals served. From a page that is behind, none is taken away."""
    told = {}
    for name, rows in sets.items():
        before = {each.pk: each for each in getattr(measure, name).all()}
        after = {each.pk: each for each in rows} | (before if only_add else {})
        if before.keys() != after.keys():
            getattr(measure, name).set(after.values())
            told[name] = {"old": sorted(map(str, before.values())), "new": sorted(map(str, after.values()))}
    return told


def _told(value):
    return getattr(value, "pk", value)
