"""Writing a report: all of them at a glance, begin one, its texts, what would be sealed, and sealing it."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommpass.agreement.queries import READS_DRAFTS
from kommpass.audits.door import allowed, requires
from kommpass.implementation.queries import standings
from kommpass.reporting import actions, figures, queries
from kommpass.reporting.forms import BeginForm, NarrativeForm, SealForm
from kommpass.reporting.models import Report
from kommpass.reporting.periods import propose
from kommpass.ui.pages import respond


def report_of(request, report_id: int) -> Report:
    return get_object_or_404(queries.all_reports(), pk=report_id)


@require_GET
@requires("report.view")
def overview(request):
    """All reports of the round with where they stand, what is due, and the beginning of the next one."""
    procedure, today = request.procedure, timezone.localdate()
    may_begin = allowed(request.actor, "report.write", procedure)
    proposal = propose(procedure, today) if may_begin else None
    context = {
        "rows": queries.overview_rows(queries.reports(procedure)),
        "earlier": queries.newest_of_each(queries.kept().exclude(report__procedure=procedure)),
        "deadlines": [each.on_day(today) for each in queries.deadlines(procedure, today)],
        "proposal": proposal,
        "form": BeginForm(today=today, initial=vars(proposal)) if proposal else None,
    }
    return respond(request, "reporting/overview.html", context)


@require_POST
@requires("report.write")
def begin(request):
    form, done = BeginForm(request.POST, today=timezone.localdate()), None
    if form.is_valid():
        done = actions.begin_report(
            procedure=request.procedure, **form.cleaned_data, by=request.actor, at=timezone.now()
        )
    context = {"form": form, "back_url": reverse("reporting:overview")}
    return respond(request, "reporting/one_form.html", context, done=done)


@require_GET
@requires("report.view")
def report(request, report_id: int):
    """What is written and what would be sealed; below it what was sealed already."""
    report, by, today = report_of(request, report_id), request.actor, timezone.localdate()
    sealed = queries.overview_rows([report])[0].versions
    context = {"report": report, "versions": sealed, "reads_drafts": by.has(*READS_DRAFTS)}
    if context["reads_drafts"]:
        agreement = queries.agreement_behind(report)
        rows = standings(agreement, min(report.period_until, today), until=report.period_until) if agreement else []
        context |= {
            "requirements": queries.requirements(report),
            "figures": figures.preview(rows),
            "texts": _texts(report, may_write=allowed(by, "report.write", report.procedure)),
            "seal_form": _seal_form(report, None, bool(sealed))
            if allowed(by, "report.seal", report.procedure)
            else None,
        }
    return respond(request, "reporting/report.html", context)


def _texts(report: Report, *, may_write: bool) -> list[dict]:
    """The sections of the scheme's template and the fields of action, each with its text and its form."""
    written = queries.narratives(report)
    places = [((each.key, None), each.title, each.prompt) for each in report.procedure.scheme.report_template]
    prompt = _("Was war in diesem Handlungsfeld wichtig?")
    places += [(("", each.pk), str(each), prompt) for each in report.procedure.fields.all()]
    drawn = []
    for (section, field), title, prompt in places:
        found = written.get((section, field))
        text, edition = (found.text, found.edition) if found else ("", 0)
        form = NarrativeForm(
            initial={"text": text, "edition": edition}, auto_id=f"{section or 'field'}-{field or 0}-%s"
        )
        place = {"section": section, "field_id": field, "title": title, "prompt": prompt, "text": text}
        drawn.append(place | {"form": form if may_write else None})
    return drawn


def _seal_form(report: Report, data, correction: bool) -> SealForm:
    return SealForm(data, report=report, correction=correction, today=timezone.localdate())


@require_http_methods(["GET", "POST"])
@requires("report.write")
def section(request, report_id: int, section: str):
    """The text of a section of the scheme's template."""
    report = report_of(request, report_id)
    place = next((each for each in report.procedure.scheme.report_template if each.key == section), None)
    if place is None:
        raise Http404
    return _narrative(request, report, {"section": section}, place.title, place.prompt)


@require_http_methods(["GET", "POST"])
@requires("report.write")
def field_text(request, report_id: int, field_id: int):
    """The text of a field of action."""
    report = report_of(request, report_id)
    field = get_object_or_404(report.procedure.fields, pk=field_id)
    return _narrative(request, report, {"field": field}, str(field), _("Was war in diesem Handlungsfeld wichtig?"))


def _narrative(request, report: Report, where: dict, title, prompt):
    key = (where.get("section", ""), where["field"].pk if "field" in where else None)
    found = queries.narratives(report).get(key)
    shown = {"text": found.text, "edition": found.edition} if found else {"text": "", "edition": 0}
    form, done = NarrativeForm(request.POST or None, initial=shown), None
    if form.is_valid():
        actions.write_narrative(
            report=report, **where, text=form.cleaned_data["text"], seen=form.seen, by=request.actor, at=timezone.now()
        )
        done = f"{report.get_absolute_url()}#texts"
    context = {"form": form, "report": report, "title": title, "prompt": prompt}
    return respond(request, "reporting/text.html", context, done=done)


@require_POST
@requires("report.seal")
def seal(request, report_id: int):
    report = report_of(request, report_id)
    form, done = _seal_form(report, request.POST, queries.latest(report) is not None), None
    if form.is_valid():
        done = actions.seal_report(report=report, **form.cleaned_data, by=request.actor, at=timezone.now())
    context = {"form": form, "back_url": report.get_absolute_url(), "kicker": report}
    return respond(request, "reporting/one_form.html", context, done=done)
