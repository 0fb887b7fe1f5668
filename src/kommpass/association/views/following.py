"""What towns owe after the award: annual reports and conditions, over all towns."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommpass.association import queries
from kommpass.association.forms import ConditionFilter, ReportFilter
from kommpass.association.queries.reports import counted
from kommpass.association.views.tables import csv_table
from kommpass.audits.door import requires
from kommpass.people.addresses import into_town
from kommpass.ui.pages import respond
from kommpass.ui.templatetags.ui import words

TONES = {"late": "bad", "due": "sun", "submitted": "brand", "returned": "warn", "accepted": "good"}


@require_GET
@requires("association.view", procedure=False)
def reports(request):
    """Due, late, submitted, returned, accepted; the way to each that was received."""
    asked, lines = ReportFilter(request.GET), queries.everywhere(queries.reports, timezone.localdate())
    page = Paginator(asked.narrow(lines), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filter": asked,
        "filtered": asked.used,
        "bars": [(_("Berichte"), [(word, number, TONES[state]) for state, word, number in counted(lines)])],
        "table_url": f"{reverse('association:reports-table')}?{request.GET.urlencode()}",
    }
    return respond(request, "association/reports.html", context)


@require_GET
@requires("association.view", procedure=False)
def reports_table(request):
    head = (_("Kommune"), _("Verfahren"), _("Bericht"), _("Fassung"), _("fällig am"), _("Stand"), _("seit"))
    lines = ReportFilter(request.GET).narrow(queries.everywhere(queries.reports, timezone.localdate()))
    rows = (
        [
            each.town.name,
            words(each.procedure.scheme.title),
            each.title,
            each.number or "",
            each.due_on,
            each.label,
            each.moved_on,
        ]
        for each in lines
    )
    return csv_table("jahresberichte", head, rows)


@require_GET
@requires("association.view", procedure=False)
def conditions(request):
    """All conditions that were announced, with deadline and state."""
    asked, lines = ConditionFilter(request.GET), queries.everywhere(queries.conditions, timezone.localdate())
    page = Paginator(asked.narrow(lines), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(each, into_town(each.town, "assessment:overview")) for each in page],
        "filter": asked,
        "filtered": asked.used,
        "overdue": sum(each.state == "overdue" for each in lines),
        "waiting": sum(each.state == "waiting" for each in lines),
        "table_url": f"{reverse('association:conditions-table')}?{request.GET.urlencode()}",
    }
    return respond(request, "association/conditions.html", context)


@require_GET
@requires("association.view", procedure=False)
def conditions_table(request):
    head = (
        _("Kommune"),
        _("Verfahren"),
        _("Nummer"),
        _("Auflage"),
        _("zu erfüllen bis"),
        _("vor der Verleihung"),
        _("Stand"),
    )
    names = dict(ConditionFilter().fields["state"].choices)
    lines = ConditionFilter(request.GET).narrow(queries.everywhere(queries.conditions, timezone.localdate()))
    rows = (
        [
            each.town.name,
            words(each.procedure.scheme.title),
            each.number,
            each.text,
            each.due_on,
            _("ja") if each.blocking else _("nein"),
            names[each.state],
        ]
        for each in lines
    )
    return csv_table("auflagen", head, rows)
