"""Taking an import back: exactly what it made goes, and nothing that somebody has worked on since."""

from datetime import datetime

from django.db import transaction
from django.db.models import Model, ProtectedError, Q, QuerySet
from django.utils.translation import gettext as _

from kommpass.agreement.actions.numbers import renumber
from kommpass.agreement.models import Goal, ImportRun, Measure, StatusEntry, Step, StrategicGoal
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import FieldOfAction
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.people.models import Organisation

SHOWN = 3


@transaction.atomic
def undo_import(*, run: ImportRun, by: Actor, at: datetime) -> ImportRun:
    """Remove what a run made. Frozen versions are copies and keep it; the run itself stays on record.

    Refused with a sentence when a part was edited, answered or added to since. Parts that somebody dropped
    meanwhile are simply gone already.
    """
    agreement = run.agreement
    permit(by, "agreement.import", agreement.procedure)
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=run.pk)
    run.agreement = agreement
    if run.undone_at:
        raise NotPossible(_("Diese Übernahme wurde schon zurückgenommen."))
    if names := worked_on(run):
        raise NotPossible(_sentence(names))
    parts = _parts(run)
    removed = {name: found.count() for name, found in parts.items()}
    for name in ("measures", "goals", "strategic_goals"):
        try:
            parts[name].delete()
        except ProtectedError:
            sentence = _(
                "Diese Übernahme lässt sich nicht mehr zurücknehmen: „%s“ wird inzwischen an anderer Stelle verwendet."
            )
            raise NotPossible(sentence % next(iter(parts[name]))) from None
    _remove_unused(parts["fields"])
    _remove_unused(parts["organisations"])
    _close_up(agreement.procedure)
    renumber(agreement)
    run.undone_at = at
    run.save(update_fields=["undone_at"])
    record(
        agreement.procedure, "agreement.import", by=by, at=at, undone_run=run.pk, file=run.file_name, removed=removed
    )
    return run


def _parts(run: ImportRun) -> dict[str, QuerySet]:
    """What is still there of what the run made. The agreement is asked again: a list of ids proves nothing."""
    made = run.made
    agreement = run.agreement
    measures = agreement.measures.filter(pk__in=made["measures"])
    return {
        "measures": measures,
        "goals": agreement.goals.filter(pk__in=made["goals"]),
        "strategic_goals": agreement.strategic_goals.filter(pk__in=made["strategic_goals"]),
        "steps": Step.objects.filter(pk__in=made["steps"], measure__agreement=agreement),
        "statuses": StatusEntry.objects.filter(pk__in=made["statuses"], measure__agreement=agreement),
        "fields": FieldOfAction.objects.filter(pk__in=made["fields"], procedure=agreement.procedure),
        "organisations": Organisation.objects.filter(pk__in=made["organisations"]),
    }


def worked_on(run: ImportRun) -> list[str]:
    """The titles of what was changed or added to since, in the words of the draft; empty if undo is possible."""
    parts, made = _parts(run), run.made
    measures, goals, strategic = parts["measures"], parts["goals"], parts["strategic_goals"]
    touched = Q(edition__gt=1) | ~Q(acceptance=Measure.Acceptance.OPEN)
    linked = Q(indicators__isnull=False) | Q(origins__isnull=False) | Q(partners__isnull=False)
    linked |= Q(districts__isnull=False) | Q(also_serves__isnull=False) | Q(amendments__isnull=False)
    linked |= Q(shared_into__isnull=False)
    found: list[QuerySet | list[Model]] = [
        measures.filter(touched | linked).distinct(),
        goals.filter(Q(edition__gt=1) | Q(origins__isnull=False)).distinct(),
        strategic.filter(edition__gt=1),
        Goal.objects.filter(strategic_goal__in=strategic).exclude(pk__in=made["goals"]),
        Measure.objects.filter(Q(goal__in=goals) | Q(also_serves__in=goals))
        .exclude(pk__in=made["measures"])
        .distinct(),
        Step.objects.filter(measure__in=measures).exclude(pk__in=made["steps"]),
        parts["steps"].filter(edition__gt=1),
        StatusEntry.objects.filter(measure__in=measures).exclude(pk__in=made["statuses"]),
        Goal.objects.filter(field__in=parts["fields"]).exclude(pk__in=made["goals"]),
        StrategicGoal.objects.filter(field__in=parts["fields"]).exclude(pk__in=made["strategic_goals"]),
        Measure.objects.filter(responsible__in=parts["organisations"]).exclude(pk__in=made["measures"]),
        parts["organisations"].filter(edition__gt=1),
    ]
    return list(dict.fromkeys(str(each) for rows in found for each in rows[: SHOWN + 1]))


def _sentence(names: list[str]) -> str:
    shown = ", ".join(f"„{name}“" for name in names[:SHOWN])
    more = _(" und Weiteres") if len(names) > SHOWN else ""
    return _(
        "Diese Übernahme lässt sich nicht mehr zurücknehmen, weil seither daran gearbeitet wurde: %(names)s. "
        "Bitte ändern oder streichen Sie einzelne Maßnahmen von Hand."
    ) % {"names": shown + more}


def _remove_unused(things: QuerySet) -> None:
    """Delete fields or organisations the run made, unless another room has begun to use them."""
    relations = [
        each for each in things.model._meta.get_fields(include_hidden=True) if each.one_to_many or each.one_to_one
    ]
    for relation in relations:
        users = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": things.all()})
        if users.exists():
            sentence = _(
                "Diese Übernahme lässt sich nicht mehr zurücknehmen: „%s“ wird inzwischen an anderer Stelle verwendet."
            )
            raise NotPossible(sentence % next(iter(things)))
    things.delete()


def _close_up(procedure) -> None:
    """The numbers of the fields have no gaps."""
    for number, field in enumerate(procedure.fields.order_by("number"), start=1):
        if field.number != number:
            field.number = number
            field.save(update_fields=["number"])
