"""The first page of the office: what waits for it today, and where every town stands."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommpass.association.forms import OverviewFilter
from kommpass.association.kinds_of_towns import federal_state
from kommpass.association.queries import towns_with_procedures
from kommpass.association.queries.overview import phases_of, tiles_of
from kommpass.association.views.tables import csv_table
from kommpass.audits.door import requires
from kommpass.domain.moments import PartialDate
from kommpass.ui.pages import respond
from kommpass.ui.templatetags.ui import words

FIRST_TASKS, MOST_TASKS = 6, 50


@require_GET
@requires("association.view", procedure=False)
def overview(request):
    """All towns and procedures at a glance; the tasks of the day on top."""
    asked = OverviewFilter(request.GET)
    found = towns_with_procedures(request.actor, timezone.localdate())
    due = [each.due for each in found.work]
    context = {
        "page": Paginator(asked.narrow(found.lines), 50).get_page(request.GET.get("page")),
        "filter": asked,
        "filtered": asked.used,
        "tasks": due[:FIRST_TASKS],
        "more_tasks": due[FIRST_TASKS:MOST_TASKS],
        "untold_tasks": len(due[MOST_TASKS:]),
        "tiles": tiles_of(found.lines),
        "phases": phases_of(found.lines),
        "today": timezone.localdate(),
        "table_url": f"{reverse('association:overview-table')}?{request.GET.urlencode()}",
    }
    return respond(request, "association/overview.html", context)


@require_GET
@requires("association.view", procedure=False)
def overview_table(request):
    """The same list as a file, one line for each procedure."""
    found = towns_with_procedures(request.actor, timezone.localdate())
    head = (
        _("Kommune"), _("Bundesland"), _("Einwohnerzahl"), _("Verfahren"), _("Durchgang"), _("Stufe"), _("Zustand"),
        _("Phase"), _("Auditorin oder Auditor"), _("Zertifikat"), _("Zustand des Zertifikats"), _("gültig bis"),
        _("Lücken"), _("Nächste Frist"), _("am"), _("Offene Arbeit"),
    )  # fmt: skip
    rows = (
        row for line in OverviewFilter(request.GET).narrow(found.lines) for row in (_rows(line) or [_town_alone(line)])
    )
    return csv_table("kommunen-und-verfahren", head, rows)


def _town_alone(line) -> list:
    return [line.town.name, federal_state(line.town.state), line.town.population, *[""] * 13]


def _rows(line) -> list[list]:
    gaps = ", ".join(f"{gap.first_day:%d.%m.%Y}–{gap.last_day:%d.%m.%Y}" for gap in line.gaps)
    return [
        [
            line.town.name,
            federal_state(line.town.state),
            line.town.population,
            words(each.scheme),
            each.round,
            words(each.rung),
            each.state,
            ", ".join(words(phase) for phase in each.phases),
            each.auditor,
            *_certificate(each.certificate),
            gaps,
            each.next.label if each.next else "",
            each.next.due_on if each.next else "",
            len(line.work),
        ]
        for each in line.procedures
    ]


def _certificate(standing) -> tuple[str, str, str]:
    if standing is None:
        return "", "", ""
    until = standing.certificate.valid_until
    return standing.certificate.number, _(standing.state.label), PartialDate.parse(until).german if until else ""
