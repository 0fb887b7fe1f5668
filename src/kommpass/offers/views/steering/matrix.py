"""The prevention chain: the matrix, the offers of a cell, the matrix as a file, and a page for each life phase."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kommpass.audits.door import allowed, requires
from kommpass.domain.offers.prevention_chain import UNKNOWN, neighbours
from kommpass.domain.offers.vocabularies import LIFE_PHASES
from kommpass.offers.models import Offer
from kommpass.offers.queries import lists
from kommpass.offers.queries.steering import phases
from kommpass.offers.queries.steering.matrix import Question, chain, names_of_columns
from kommpass.offers.telling import label_of
from kommpass.offers.views.steering import drawing, files
from kommpass.offers.views.steering.asking import address, question_of
from kommpass.offers.views.steering.tabs import tabs, trail
from kommpass.ui.pages import respond

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires("prevention.view", procedure=False)
def matrix(request):
    """Life phases down, one of five things across; between the phases who hands over to whom."""
    question, form = question_of(request.GET)
    today = timezone.localdate()
    found = chain(question, today)
    transitions = phases.transitions()
    _beside, others = phases.between(transitions)
    context = {
        "chain": found,
        "rows": drawing.rows(found, transitions),
        "totals": drawing.totals(found),
        "others": others,
        "gaps": sum(each.gap for each in transitions),
        "unplaced": found.matrix.number(UNKNOWN),
        "today": today,
        "selection": files.selection(found),
        "filter": form,
        "filtered": question.narrowed,
        "reset": address("offers:matrix", Question(by=question.by)),
        "columns_tabs": _columns_tabs(question),
        "files": {kind: address("offers:matrix-file", question, kind) for kind in ("csv", "xlsx")},
        "may_write": allowed(request.actor, "prevention.write"),
        "tabs": tabs("matrix"),
    }
    return respond(request, "offers/steering/matrix.html", context)


def _columns_tabs(question: Question) -> list[dict]:
    """The five choices of columns; what is narrowed stays narrowed."""
    return [
        {"label": label, "url": address("offers:matrix", replace(question, by=by)), "active": by == question.by}
        for by, label in names_of_columns().items()
    ]


@require_GET
@requires("prevention.view", procedure=False)
def matrix_cell(request):
    """The offers that one number of the matrix counts."""
    question, _form = question_of(request.GET)
    row, column = request.GET.get("phase", ""), request.GET.get("column", "")
    today = timezone.localdate()
    found = chain(question, today)
    if row not in {"", *found.rows.names} or column not in {"", *found.columns.names}:
        raise Http404
    page = Paginator(found.inside(row, column), PER_PAGE).get_page(request.GET.get("page"))
    title = drawing.title_of(found, row, column)
    context = {
        "title": title,
        "page": page,
        "rows": _with_standing(page.object_list, today),
        "counted": files.what_was_counted(found, today),
        "filtered": question.narrowed,
        "back": address("offers:matrix", question),
        "breadcrumb": trail((title, "")),
    }
    return respond(request, "offers/steering/cell.html", context)


def _with_standing(keys: list[int], today) -> list[tuple]:
    """The offers of a page with how true they are, in order. Three queries."""
    known = Offer.objects.select_related("provider__organisation").in_bulk(keys)
    offers = [known[key] for key in keys if key in known]
    at = lists.standings(offers, today)
    return [(each, at[each.pk]) for each in offers]


@require_GET
@requires("prevention.view", procedure=False)
def matrix_file(request, form: str):
    """What the page shows, as CSV or XLSX."""
    question, _filter = question_of(request.GET)
    today = timezone.localdate()
    found = chain(question, today)
    if form == "csv":
        response = HttpResponse(files.as_csv(found), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(files.as_xlsx(found, phases.transitions(), today), content_type=XLSX)
    name = f"praeventionskette-{question.by}-{today:%Y-%m-%d}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
@requires("prevention.view", procedure=False)
def phase(request, phase: str):
    """One life phase for the strategy workshop: what there is, how families get in and out, and what is missing."""
    if phase not in LIFE_PHASES.places:
        raise Http404
    found = phases.phase(phase, timezone.localdate())
    context = {
        "phase": found,
        "topics": [
            (each, address("offers:matrix-cell", Question(), phase=phase, column=each.key)) for each in found.topics
        ],
        "districts": [
            (name, number, address("offers:matrix-cell", Question("district"), phase=phase, column=key))
            for key, name, number in found.districts
        ],
        "beside": _beside(phase),
        "may_write": allowed(request.actor, "prevention.write"),
        "breadcrumb": trail((found.label, "")),
    }
    return respond(request, "offers/steering/phase.html", context)


def _beside(key: str) -> dict[str, tuple[str, str]]:
    """The phases before and after this one, with their pages."""
    ways = {"before": [first for first, second in neighbours() if second == key]}
    ways["after"] = [second for first, second in neighbours() if first == key]
    return {
        way: (label_of(LIFE_PHASES, each), reverse("offers:phase", args=[each]))
        for way, found in ways.items()
        for each in found
    }
