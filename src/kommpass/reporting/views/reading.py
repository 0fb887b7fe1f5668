"""Reading sealed reports: one of them, a field of it, two compared, and its documents. Nothing else is looked up."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET

from kommpass.audits.door import allowed, requires
from kommpass.domain.reports import compare_reports
from kommpass.reporting import documents, figures, queries
from kommpass.reporting.forms import NoteForm, PaperForm, SubmitForm
from kommpass.reporting.models import SealedReport
from kommpass.ui.pages import respond

PER_PAGE = 50
OTHERS = 12


def sealed_of(sealed_id: int) -> SealedReport:
    """A sealed report of the town, of whichever round; for all others it does not exist."""
    return get_object_or_404(queries.with_content(queries.kept()), pk=sealed_id)


@require_GET
@requires("report.view")
def sealed(request, sealed_id: int):
    """A sealed report, read from its own content: pictures first, then texts, fields, changes, its way."""
    sealed, by = sealed_of(sealed_id), request.actor
    procedure, content, way = sealed.report.procedure, sealed.content, queries.way(sealed)
    newest = queries.latest(sealed.report)
    context = {
        "sealed": sealed,
        "content": content,
        "way": way,
        "steps": list(reversed(way.steps)),
        "newer": newest if newest != sealed else None,
        "figures": figures.of_report(content, lambda place: reverse("reporting:sealed-field", args=[sealed_id, place])),
        "forms": documents.FORMS,
        "others": queries.kept().exclude(pk=sealed.pk).prefetch_related(None)[:OTHERS],
        "note_form": NoteForm(sealed=sealed) if allowed(by, "report.note", procedure) else None,
        "paper_form": PaperForm(initial={"title": content["title"]}) if allowed(by, "paper.draft", procedure) else None,
        "submit_form": SubmitForm()
        if newest == sealed and way.state == "sealed" and allowed(by, "report.submit", procedure)
        else None,
        "may_write": allowed(by, "report.write", procedure),
    }
    return respond(request, "reporting/sealed.html", context)


@require_GET
@requires("report.view")
def sealed_field(request, sealed_id: int, place: int):
    """A field of a sealed report with its goals, and its measures fifty on a page."""
    sealed = sealed_of(sealed_id)
    context = field_context(request, sealed.content, place)
    context |= {"sealed": sealed, "back_url": sealed.get_absolute_url(), "part": "reporting:sealed-field"}
    return respond(request, "reporting/field.html", context)


def field_context(request, content: dict, place: int) -> dict:
    if not 1 <= place <= len(content["fields"]):
        raise Http404
    field = content["fields"][place - 1]
    rows = [{"goal": goal, "measure": measure} for goal in field["goals"] for measure in goal["measures"]]
    return {
        "content": content,
        "field": field,
        "place": place,
        "bars": figures.field_bars([field]),
        "empty_goals": [goal for goal in field["goals"] if not goal["measures"]],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }


@require_GET
@requires("report.view")
def compare(request, older_id: int, newer_id: int):
    """Two sealed reports, of one round or of two: how the same measures stood then and stand now."""
    both = sorted((sealed_of(older_id), sealed_of(newer_id)), key=_age)
    context = compare_context(request, both, [each.content for each in both])
    return respond(request, "reporting/compare.html", context | {"back_url": both[1].get_absolute_url()})


def _age(sealed: SealedReport) -> tuple:
    return sealed.report.period_until, sealed.number, sealed.pk


def compare_context(request, both: list[SealedReport], contents: list[dict]) -> dict:
    changes = compare_reports(*contents)
    return {
        "before": both[0],
        "after": both[1],
        "changes": changes,
        "page": Paginator(changes.changed, PER_PAGE // 2).get_page(request.GET.get("page")),
    }


@require_GET
@requires("report.view")
def document(request, sealed_id: int, form: str, kind: str):
    """The report, the association's form or the committee's short version, all from the sealed content."""
    if kind not in documents.FORMS.get(form, ()):
        raise Http404
    return sent(request, sealed_of(sealed_id), form, kind)


def sent(request, sealed: SealedReport, form: str, kind: str) -> HttpResponse:
    response = HttpResponse(documents.make(sealed, form, kind), content_type=documents.KINDS[kind])
    years = sealed.report.years.replace("/", "-")
    name = f"{documents.NAMES[form]}-{request.municipality.slug}-{years}-fassung-{sealed.number}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
