"""Importing a plan file into the draft: in one transaction, all or nothing, and with a way back."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kommpass.agreement.actions.bulk import wide_inserts
from kommpass.agreement.actions.imported_rows import DraftParts, Places
from kommpass.agreement.actions.numbers import renumber
from kommpass.agreement.matching import Directory
from kommpass.agreement.models import Agreement, Goal, ImportRun, Measure, StatusEntry, Step, StrategicGoal
from kommpass.agreement.preview import Preview, earlier_run
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import FieldOfAction
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.people.models import Organisation


@transaction.atomic
def import_plan(*, preview: Preview, by: Actor, at: datetime) -> ImportRun:
    """Bring a file into the draft as it was previewed. A few dozen queries, whatever its size."""
    agreement = preview.agreement
    permit(by, "agreement.import", agreement.procedure)
    # Two imports of one file wait for each other here; the second one is refused.
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    _refuse_unready(preview)
    targets, new_fields = _targets(preview)
    responsible, new_organisations = _responsible(preview)
    if new_organisations:
        permit(by, "organisation.edit", agreement.procedure)
    parts = DraftParts(preview=preview, targets=targets, responsible=responsible, places=_places(agreement))
    with wide_inserts():
        StrategicGoal.objects.bulk_create(parts.strategic_goals)
        Goal.objects.bulk_create(parts.goals)
        Measure.objects.bulk_create(parts.measures)
        Step.objects.bulk_create(parts.steps)
        StatusEntry.objects.bulk_create(parts.statuses)
        renumber(agreement)
    run = _run_of(preview, parts, new_fields, new_organisations, by, at)
    record(
        agreement.procedure,
        "agreement.import",
        by=by,
        at=at,
        run=run.pk,
        file=run.file_name,
        digest=run.file_digest,
        counts=run.counts,
        fields={each.title: each.target.number for each in preview.fields if each.target},
        new_fields=[str(each) for each in new_fields],
        new_organisations=[each.pk for each in new_organisations],
    )
    return run


def _refuse_unready(preview: Preview) -> None:
    """Everything that stands against the import, in one sentence each."""
    earlier = earlier_run(preview.agreement, preview.digest, preview.choices.part)
    if earlier:
        raise NotPossible(already_there(earlier))
    if preview.errors:
        raise NotPossible(" ".join([_("Die Datei wurde nicht übernommen."), *map(str, preview.errors)]))
    if preview.undecided:
        names = ", ".join(f"„{each.title}“" for each in preview.undecided)
        raise NotPossible(_("Bitte entscheiden Sie noch, zu welchem Handlungsfeld gehört: %s.") % names)
    if not preview.plan.rows:
        raise NotPossible(_("Die Datei enthält keine Maßnahmen."))


def already_there(run: ImportRun) -> str:
    """Why the same file cannot come in again."""
    return _(
        "Diese Datei wurde am %(day)s schon übernommen. "
        "Bitte nehmen Sie diese Übernahme zuerst zurück, wenn Sie neu beginnen möchten."
    ) % {"day": f"{localdate(run.at):%d.%m.%Y}"}


def _targets(preview: Preview) -> tuple[Mapping[str, FieldOfAction], list[FieldOfAction]]:
    """The field of action for each field of the file; new ones are made and continue the numbers."""
    procedure = preview.agreement.procedure
    taken = list(procedure.fields.all())
    number = max((each.number for each in taken), default=0)
    keys = {key for each in taken for key in each.covers}
    targets, made = {}, []
    for each in preview.fields:
        if each.target is not None:
            targets[each.key] = each.target
        if not each.new:
            continue
        number += 1
        # Frozen versions tell fields apart by what they cover: a field of the town covers itself.
        covers = _free_key(each.title, keys)
        keys.add(covers)
        field = FieldOfAction(procedure=procedure, number=number, title=each.title[:200], covers=[covers])
        targets[each.key] = field
        made.append(field)
    FieldOfAction.objects.bulk_create(made)
    return targets, made


def _free_key(title: str, taken: set[str]) -> str:
    base = "own_" + ("_".join(re.findall(r"\w+", title.casefold()))[:50] or "field")
    free, count = base, 1
    while free in taken:
        count += 1
        free = f"{base}_{count}"
    return free


def _responsible(preview: Preview) -> tuple[Callable[[str], Organisation | None], list[Organisation]]:
    """How to find the organisation that a text means; those that are wanted and missing are made first."""
    made = {}
    for each in preview.named:
        name = " ".join(each.text.split())
        if each.to_be_made and name.casefold() not in made:
            made[name.casefold()] = Organisation(name=name, kind=Organisation.Kind.OTHER)
    Organisation.objects.bulk_create(made.values())
    return Directory(Organisation.objects.all()).meant, list(made.values())


def _places(agreement: Agreement) -> Places:
    def last(parts) -> Counter[int]:
        return Counter(dict(parts.order_by().values_list("field").annotate(last=Max("position"))))

    return Places(goals=last(agreement.goals), strategic_goals=last(agreement.strategic_goals))


def _run_of(
    preview: Preview,
    parts: DraftParts,
    fields: list[FieldOfAction],
    organisations: list[Organisation],
    by: Actor,
    at: datetime,
) -> ImportRun:
    made = {
        "fields": [each.pk for each in fields],
        "organisations": [each.pk for each in organisations],
        "strategic_goals": [each.pk for each in parts.strategic_goals],
        "goals": [each.pk for each in parts.goals],
        "measures": [each.pk for each in parts.measures],
        "steps": [each.pk for each in parts.steps],
        "statuses": [each.pk for each in parts.statuses],
        "kept": parts.kept,
    }
    choices = preview.choices.as_dict() | {"mapping": preview.plan.mapping_used.as_dict()}
    return ImportRun.objects.create(
        agreement=preview.agreement,
        file_name=preview.file_name,
        file_digest=preview.digest,
        mapping=choices,
        counts=preview.counts | {"new_fields": len(fields), "new_organisations": len(organisations)},
        made=made,
        at=at,
        by_name=by.name,
    )
