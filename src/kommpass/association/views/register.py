"""The public register: which town holds a certificate, which held one, and when there was none."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommpass.association.forms import RegisterFilter
from kommpass.association.queries.register import Entry, download, entries, states_of
from kommpass.association.views.published import published
from kommpass.association.views.tables import csv_table
from kommpass.audits.door import public
from kommpass.domain.canonical import canonical_bytes
from kommpass.people.addresses import of_installation
from kommpass.ui.templatetags.ui import words


@require_GET
@public
def register(request):
    """All towns with their state of today, to be searched by name, number, state and federal state."""
    asked, found = RegisterFilter(request.GET), entries(timezone.localdate())
    narrowed = asked.narrow(found)
    page = Paginator(narrowed, 50).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    context = {
        "page": page,
        "filter": asked,
        "filtered": asked.used,
        "all": len(found),
        "bars": [(_("Kommunen"), states_of(narrowed))],
        "today": timezone.localdate(),
        "table_url": f"{reverse('register:table')}?{query}",
        "data_url": f"{reverse('register:data')}?{query}",
        "home_url": of_installation("start"),
        "login_url": of_installation("account_login"),
    }
    return published(request, lambda: render(request, "association/register.html", context), narrowed, len(found))


@require_GET
@public
def data(request):
    """The same for other programs, as canonical JSON."""
    found, today = RegisterFilter(request.GET).narrow(entries(timezone.localdate())), timezone.localdate()

    def draw() -> HttpResponse:
        name = {"Content-Disposition": 'attachment; filename="register.json"'}
        return HttpResponse(canonical_bytes(download(found, today)), content_type="application/json", headers=name)

    return published(request, draw, found, today)


@require_GET
@public
def table(request):
    """The same for a spreadsheet, one line for each town and scheme."""
    found = RegisterFilter(request.GET).narrow(entries(timezone.localdate()))
    head = (
        _("Kommune"), _("Bundesland"), _("Verfahren"), _("Stufe"), _("Nummer"), _("gültig ab"), _("gültig bis"),
        _("Zustand"), _("Lücken"), _("Frühere und spätere Zertifikate"),
    )  # fmt: skip
    return published(request, lambda: csv_table("register", head, (_row(each) for each in found)), found)


def _row(entry: Entry) -> list:
    return [
        entry.town,
        entry.federal_state,
        words(entry.scheme),
        words(entry.award.rung),
        entry.award.number,
        entry.award.valid_from,
        entry.award.valid_until,
        _(entry.state.label),
        ", ".join(f"{gap.first_day:%d.%m.%Y}–{gap.last_day:%d.%m.%Y}" for gap in entry.gaps),
        ", ".join(each.number for each in entry.others),
    ]
