"""What the office looks up over all towns: good examples among the published measures, and figures."""

from collections import Counter

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommpass.association import queries
from kommpass.association.forms import PracticeFilter
from kommpass.association.views.tables import csv_table
from kommpass.audits.door import requires
from kommpass.domain.moments import PartialDate
from kommpass.people.addresses import absolute
from kommpass.ui.pages import respond
from kommpass.ui.templatetags.ui import words

PER_PAGE = 25


@require_GET
@requires("practice.search", procedure=False)
def practice(request):
    """Full text over published measures; without a question it shows what there is."""
    asked = PracticeFilter(request.GET)
    everything = queries.examples(timezone.localdate())
    found = asked.narrow(everything)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "filter": asked,
        "filtered": asked.used,
        "all": len(everything),
        "fields": Counter(each.field for each in found).most_common(8),
        "towns": len({each.town for each in found}),
        "table_url": f"{reverse('association:practice-table')}?{request.GET.urlencode()}",
    }
    return respond(request, "association/practice.html", context)


@require_GET
@requires("practice.search", procedure=False)
def practice_table(request):
    head = (
        _("Kommune"), _("Größe"), _("Handlungsfeld"), _("Nummer"), _("Maßnahme"), _("Zuständig"), _("Frist"),
        _("Stand"), _("Was geschehen ist"), _("Seite"),
    )  # fmt: skip
    rows = (
        [
            each.town,
            each.size,
            each.field,
            each.number,
            each.title,
            each.responsible,
            PartialDate.parse(each.due).german if each.due else "",
            each.state_label,
            each.text,
            absolute(each.url),
        ]
        for each in PracticeFilter(request.GET).narrow(queries.examples(timezone.localdate()))
    )
    return csv_table("gute-beispiele", head, rows)


@require_GET
@requires("statistics.view", procedure=False)
def statistics(request):
    """Figures over all towns, with small numbers hidden."""
    found = queries.statistics(timezone.localdate())
    context = {
        "figures": found,
        "bars": [(each.title, each.drawn) for each in found.fields if each.drawn],
        "table_url": reverse("association:statistics-table"),
    }
    return respond(request, "association/statistics.html", context)


@require_GET
@requires("statistics.view", procedure=False)
def statistics_table(request):
    """All figures one below the other; a hidden number says so."""
    found = queries.statistics(timezone.localdate())
    few = _("unter 3 Kommunen")
    rows = [
        [each.title, words(figure.label), few if figure.value is None else figure.value, each.value_heading]
        for each in (*found.towns, found.durations)
        for figure in each.figures
    ]
    about = _("Maßnahmen nach Handlungsfeld und Stand")
    for field in found.fields:
        rows += [
            [about, f"{words(field.title)}: {label}", few if value is None else value, _("Maßnahmen")]
            for label, value, _tone in field.parts
        ]
    rows += [[about, words(title), few, _("Maßnahmen")] for title in found.hidden_fields]
    return csv_table("statistik", (_("Auswertung"), _("Klasse"), _("Wert"), _("Einheit")), rows)
