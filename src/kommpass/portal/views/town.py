"""The public pages of a town: what it promised, field by field, decided by whom, changed when."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kommpass.agreement.public_view import counted
from kommpass.audits.door import public
from kommpass.domain.canonical import canonical_bytes
from kommpass.portal import queries
from kommpass.portal.progress import Progress, report
from kommpass.portal.sheets import Sheets, field_rows, regrouped
from kommpass.portal.views.published import answer, publish


@require_GET
@public
def home(request):
    """The promise at a glance: decision, numbers, family definition, fields; and the certificate."""
    today = timezone.localdate()
    promise, certificate = queries.promise(today), queries.certificate(today)
    cards = [(field, *counted(field)) for field in promise.fields] if promise else []
    mark = (promise.digest, promise.resolution) if promise else request.procedure and request.procedure.title
    context = {"promise": promise, "cards": cards, "certificate": certificate}
    return publish(request, "portal/home.html", context, mark, certificate)


@require_GET
@public
def field(request, number: str):
    """One field of action: goals and measures with who, until when, and how it is measured."""
    promise = _promise_or_404()
    found = next((each for each in promise.fields if each["number"] == number), None)
    if found is None:
        raise Http404
    goals, measures = counted(found)
    page = Sheets(field_rows(found)).get_page(request.GET.get("page"))
    place = promise.fields.index(found)
    context = {
        "promise": promise,
        "field": found,
        "goals": goals,
        "measures": measures,
        "page": page,
        "groups": regrouped(page.object_list),
        "before": promise.fields[place - 1] if place else None,
        "after": next(iter(promise.fields[place + 1 :]), None),
    }
    return publish(request, "portal/field.html", context, promise.digest)


@require_GET
@public
def decisions(request):
    """What the bodies decided in public."""
    rows = queries.decisions()
    page = Sheets(rows).get_page(request.GET.get("page"))
    return publish(request, "portal/decisions.html", {"page": page}, rows)


@require_GET
@public
def history(request):
    """All adopted versions with reason, approval and checksum."""
    rows = queries.history(timezone.localdate())
    page = Sheets(rows).get_page(request.GET.get("page"))
    return publish(request, "portal/history.html", {"page": page}, rows)


@require_GET
@public
def data(request):
    """The promise for other programs, as canonical JSON with its checksum."""
    promise = _promise_or_404()
    name = f"zielvereinbarung-{request.municipality.slug}-fassung-{promise.number}.json"

    def draw() -> HttpResponse:
        made = canonical_bytes(promise.download())
        return HttpResponse(
            made, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    return answer(request, draw, promise.digest, promise.resolution)


@require_GET
@public
def easy(request):
    """The same in Leichte Sprache."""
    today = timezone.localdate()
    promise, sealed = queries.promise(today), report(today)
    return publish(
        request,
        "portal/easy.html",
        lambda: {"promise": promise, "progress": sealed and Progress.of(sealed)},
        promise.digest if promise else "",
        sealed and sealed.digest,
    )


def _promise_or_404() -> queries.Promise:
    promise = queries.promise(timezone.localdate())
    if promise is None:
        raise Http404
    return promise
