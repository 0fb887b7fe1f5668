"""How far the promise is: for everybody, from the newest published report; also as a slim page for other sites."""

from csp.decorators import csp_replace
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET

from kommpass.audits.door import public
from kommpass.domain.canonical import canonical_bytes
from kommpass.people.addresses import absolute, in_town
from kommpass.portal.progress import Progress, as_field, report
from kommpass.portal.sheets import Sheets, field_rows, regrouped
from kommpass.portal.views.published import answer, publish
from kommpass.reporting.models import SealedReport
from kommpass.reporting.queries import published_reports

LATE_ON_A_PAGE = 20


@require_GET
@public
def overview(request):
    """Promised and done in big numbers, one bar for each field, what comes later, and every change."""
    sealed, asked = _asked_for(request)
    reports = list(published_reports(timezone.localdate()))

    def context() -> dict:
        shown = sealed and Progress.of(sealed, newest=not asked)
        late = Paginator(shown.late if shown else [], LATE_ON_A_PAGE)
        return {
            "progress": shown,
            "late": late.get_page(request.GET.get("page")),
            "reports": reports,
            "embed_address": absolute(in_town("portal:embed")),
        }

    return publish(request, "portal/progress.html", context, sealed and sealed.digest, [each.pk for each in reports])


@require_GET
@public
def field(request, number: str):
    """One field: every public measure with its promise, its state and what was said of it."""
    sealed, asked = _asked_for(request)
    if sealed is None:
        raise Http404

    def context() -> dict:
        shown = Progress.of(sealed, newest=not asked)
        place = next((each for each in range(len(shown.fields)) if shown.fields[each].number == number), None)
        if place is None:
            raise Http404
        page = Sheets(field_rows(as_field(shown.fields[place].content))).get_page(request.GET.get("page"))
        return {
            "progress": shown,
            "place": shown.fields[place],
            "page": page,
            "goals": [goal for group in regrouped(page.object_list) for goal in group["goals"]],
            "before": shown.fields[place - 1] if place else None,
            "after": next(iter(shown.fields[place + 1 :]), None),
        }

    return publish(request, "portal/progress_field.html", context, sealed.digest)


@require_GET
@public
def data(request):
    """The public part of a report for other programs, as canonical JSON with its checksum."""
    sealed, _asked = _asked_for(request)
    if sealed is None:
        raise Http404
    name = f"stand-{request.municipality.slug}-{sealed.key_date:%Y-%m-%d}.json"

    def draw() -> HttpResponse:
        made = canonical_bytes(Progress.of(sealed).download())
        return HttpResponse(
            made, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    return answer(request, draw, sealed.digest)


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@require_GET
@public
def embed(request):
    """The numbers and bars alone, for a frame on the town's own pages: the one page that others may frame."""
    sealed = report(timezone.localdate())
    return publish(
        request,
        "portal/embed.html",
        lambda: {"progress": sealed and Progress.of(sealed)},
        sealed and sealed.digest,
    )


def _asked_for(request) -> tuple[SealedReport | None, str]:
    """The newest report, or the earlier one that the address asks for (then it must be there)."""
    asked = request.GET.get("report", "")
    found = report(timezone.localdate(), asked)
    if asked and found is None:
        raise Http404
    return found, asked
