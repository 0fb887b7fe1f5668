"""Bringing in a plan file, step by step: upload, look and correct, confirm, and perhaps take back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.adapters.plan_files import PlanRow
from kommpass.adapters.plan_files.levels import LEVEL_NAMES
from kommpass.agreement.actions import open_agreement
from kommpass.agreement.actions.importing import already_there, import_plan
from kommpass.agreement.actions.undoing import undo_import, worked_on
from kommpass.agreement.forms.importing import ImportChoicesForm, ImportUploadForm, told
from kommpass.agreement.models import ImportRun, PendingUpload
from kommpass.agreement.pending import keep_choices, keep_upload, uploads_of
from kommpass.agreement.preview import Choices, Preview, dry_run, written_key
from kommpass.agreement.queries import agreement_of
from kommpass.agreement.views.draft import draft_of
from kommpass.audits.door import allowed, requires
from kommpass.audits.models import FieldOfAction
from kommpass.ui.pages import respond

STEPS = (gettext_lazy("Datei wählen"), gettext_lazy("Prüfen und zuordnen"), gettext_lazy("Ergebnis"))
FIRST_ROWS = 20
MOST_PROBLEMS = 300


@require_http_methods(["GET", "POST"])
@requires("agreement.import")
def upload(request):
    """Step 1: choose a file. Below it what was brought in before, with the way back."""
    agreement = agreement_of(request.procedure)
    form = ImportUploadForm(request.POST or None, request.FILES or None)
    done = None
    if form.is_valid():
        now = timezone.now()
        kept = keep_upload(
            agreement=agreement or open_agreement(procedure=request.procedure, by=request.actor, at=now),
            file_name=form.cleaned_data["file"].name,
            content=form.content,
            parts=form.plan.choices,
            mapping=form.cleaned_data["mapping_file"],
            by=request.actor,
            at=now,
        )
        done = reverse("agreement:import-check", args=[kept.pk])
    runs = agreement.imports.defer("made", "mapping") if agreement else []
    return respond(request, "agreement/import.html", {"form": form, "runs": runs, "steps": STEPS}, done=done)


@require_http_methods(["GET", "POST"])
@requires("agreement.import")
def check(request, upload_id: int):
    """Step 2: what was understood. A POST keeps the corrections and shows the preview anew."""
    kept, preview = _understood(request, upload_id)
    form = ImportChoicesForm(request.POST or None, upload=kept, preview=preview)
    done = None
    if form.is_valid():
        keep_choices(kept, form.choices)
        done = reverse("agreement:import-check", args=[kept.pk])
    return respond(request, "agreement/import_check.html", _shown(kept, preview, form), done=done)


@require_POST
@requires("agreement.import")
def bring_in(request, upload_id: int):
    """Step 3: bring it in, if it is what was shown and nothing stands against it; else back to the preview."""
    kept, preview = _understood(request, upload_id)
    form = ImportChoicesForm(request.POST, upload=kept, preview=preview)
    if not form.is_valid():
        return respond(request, "agreement/import_check.html", _shown(kept, preview, form))
    keep_choices(kept, form.choices)
    decided = _preview(kept, form.choices)
    if form.reads_anew:
        sentence = _(
            "Sie haben die Zuordnung geändert. Bitte sehen Sie sich die neue Vorschau an und bestätigen Sie dann."
        )
        messages.info(request, sentence)
    elif decided.importable:
        run = import_plan(preview=decided, by=request.actor, at=timezone.now())
        kept.delete()
        return respond(request, "", {}, done=reverse("agreement:import-run", args=[run.pk]))
    else:
        messages.warning(request, _("Es wurde noch nichts übernommen. Bitte klären Sie zuerst, was noch offen ist."))
    return respond(request, "", {}, done=reverse("agreement:import-check", args=[kept.pk]))


@require_GET
@requires("agreement.view")
def run(request, run_id: int):
    """What an import brought, and what it kept because the draft has no place for it."""
    found = _run(request, run_id)
    may_undo = allowed(request.actor, "agreement.import", request.procedure) and not found.undone_at
    context = {
        "run": found,
        "steps": STEPS,
        "made": _made(found),
        "kept": found.made["kept"],
        "new_fields": FieldOfAction.objects.filter(pk__in=found.made["fields"]),
        "may_undo": may_undo,
        "worked_on": worked_on(found)[:3] if may_undo else [],
    }
    return respond(request, "agreement/import_run.html", context)


@require_POST
@requires("agreement.import")
def undo(request, run_id: int):
    undone = undo_import(run=_run(request, run_id), by=request.actor, at=timezone.now())
    messages.success(request, _("Die Übernahme von „%s“ ist zurückgenommen.") % undone.file_name)
    return respond(request, "", {}, done="agreement:import")


def _understood(request, upload_id: int) -> tuple[PendingUpload, Preview]:
    """The file this person uploaded, and what it would become as decided so far."""
    agreement = draft_of(request)
    kept = get_object_or_404(uploads_of(agreement, request.actor, timezone.now()), pk=upload_id)
    kept.agreement = agreement
    return kept, _preview(kept, Choices.from_dict(kept.choices))


def _preview(kept: PendingUpload, choices: Choices) -> Preview:
    return dry_run(
        agreement=kept.agreement,
        file_name=kept.file_name,
        content=bytes(kept.content),
        choices=choices,
        today=timezone.localdate(),
    )


def _shown(kept: PendingUpload, preview: Preview, form: ImportChoicesForm) -> dict:
    shown = min(len(preview.errors), MOST_PROBLEMS) + min(len(preview.warnings), MOST_PROBLEMS)
    return {
        "upload": kept,
        "preview": preview,
        "form": form,
        "steps": STEPS,
        "counts": preview.counts,
        "choose_part": bool(kept.parts and not preview.choices.part and not preview.plan.rows),
        "errors": [told(each) for each in preview.errors[:MOST_PROBLEMS]],
        "warnings": [told(each) for each in preview.warnings[:MOST_PROBLEMS]],
        "more_problems": len(preview.problems) - shown,
        "rows": [_row_shown(preview, row) for row in preview.plan.rows[:FIRST_ROWS]],
        "more_rows": max(0, len(preview.plan.rows) - FIRST_ROWS),
        "rounds": list(preview.plan.mapping_used.statuses.items()),
        "earlier_sentence": already_there(preview.earlier) if preview.earlier else "",
    }


def _row_shown(preview: Preview, row: PlanRow) -> dict:
    return {
        "level": _(LEVEL_NAMES[row.level]),
        "key": written_key(row),
        "title": row.title,
        "responsible": row.responsible,
        "due": row.due.text if row.due else "",
        "statuses": sum(each.measure_key == row.key for each in preview.plan.statuses),
        "where": row.where,
    }


def _run(request, run_id: int) -> ImportRun:
    runs = ImportRun.objects.filter(agreement__procedure=request.procedure).select_related("agreement")
    found = get_object_or_404(runs, pk=run_id)
    found.agreement.procedure = request.procedure
    return found


def _made(run: ImportRun) -> list[tuple[str, int]]:
    """What a run made, in words; what it made none of is left out."""
    counts = run.counts
    words = (
        (_("neue Handlungsfelder"), counts["new_fields"]),
        (_("strategische Ziele"), counts["strategic_goals"]),
        (_("Ziele"), counts["goals"] + counts["collecting_goals"]),
        (_("Maßnahmen"), counts["measures"]),
        (_("Schritte"), counts["steps"]),
        (_("Sachstände"), counts["statuses"]),
        (_("neue Organisationen"), counts["new_organisations"]),
    )
    return [(label, number) for label, number in words if number]
