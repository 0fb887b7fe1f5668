"""Figures over all towns: from certificates, phases and sealed public reports, never from drafts or single answers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommpass.agreement.models import Adoption
from kommpass.association.kinds_of_towns import FEDERAL_STATES, SIZES, UNKNOWN, size_of
from kommpass.association.queries.certificates import holdings, standings
from kommpass.association.queries.everywhere import everywhere
from kommpass.association.queries.published import covers, newest_reports
from kommpass.association.queries.small_numbers import Figure, Figures, count_towns, mean_of, sum_of
from kommpass.audits.models import Procedure, ProcedurePhase
from kommpass.certification.models import Certificate
from kommpass.domain.phases import Stage
from kommpass.domain.progress import MeasureState, Standing, tally
from kommpass.domain.validity import CertificateState
from kommpass.municipalities.models import Municipality

PARTS = (
    ("done", gettext_lazy("umgesetzt"), "good"),
    ("under_way", gettext_lazy("in Arbeit"), "brand"),
    ("not_started", gettext_lazy("noch nicht begonnen"), "soft"),
    ("ended_otherwise", gettext_lazy("anders beendet"), "quiet"),
    ("unreported", gettext_lazy("ohne Rückmeldung"), "none"),
)


@dataclass(frozen=True)
class FieldFigures:
    """The measures of a field of action by what has become of them; a part is None if too few towns stand behind it."""

    title: object
    parts: tuple[tuple[str, int | None, str], ...]

    @property
    def drawn(self) -> list[tuple[str, int, str]]:
        return [(label, value, tone) for label, value, tone in self.parts if value]

    @property
    def hidden(self) -> list[str]:
        return [label for label, value, _tone in self.parts if value is None]


@dataclass(frozen=True)
class Statistics:
    """All figures of the page, as of a day."""

    as_of: date
    towns: tuple[Figures, ...]
    durations: Figures
    fields: tuple[FieldFigures, ...]
    hidden_fields: tuple[object, ...]


def statistics(day: date) -> Statistics:
    """Everything the page shows. The number of queries does not depend on the towns."""
    return everywhere(_statistics, day)


def _statistics(day: date) -> Statistics:
    fields, hidden = _measures(day)
    return Statistics(day, (_by_state(day), _by_rung(), _by_size(), _by_land()), _durations(), fields, hidden)


def _by_state(day: date) -> Figures:
    classes = defaultdict(list)
    for each in holdings(standings(day), day):
        classes[each.state].append(each.town.pk)
    figures = count_towns(classes, tuple(CertificateState))
    named = tuple(Figure(_(each.label.label), each.value) for each in figures)
    return Figures(_("Kommunen nach dem Zustand ihres Zertifikats"), _("Zustand"), _("Kommunen"), named)


def _running() -> Iterable[Procedure]:
    return (
        Procedure.objects.filter(state=Procedure.State.RUNNING).select_related("municipality").order_by("round", "pk")
    )


def _by_rung() -> Figures:
    classes, words = defaultdict(list), {}
    for each in _running():
        classes[each.rung].append(each.municipality_id)
        words[each.rung] = each.rung_title
    figures = tuple(Figure(words[each.label], each.value) for each in count_towns(classes))
    return Figures(_("Kommunen nach der Stufe ihres laufenden Verfahrens"), _("Stufe"), _("Kommunen"), figures)


def _by_size() -> Figures:
    classes = defaultdict(list)
    for town in Municipality.objects.all():
        classes[size_of(town.population)].append(town.pk)
    figures = tuple(Figure(str(each.label), each.value) for each in count_towns(classes, (*SIZES, UNKNOWN)))
    return Figures(_("Kommunen nach der Zahl ihrer Menschen"), _("Größe"), _("Kommunen"), figures)


def _by_land() -> Figures:
    classes = defaultdict(list)
    for town in Municipality.objects.all():
        classes[town.state].append(town.pk)
    figures = count_towns(classes, tuple(FEDERAL_STATES))
    named = tuple(Figure(str(FEDERAL_STATES[each.label]), each.value) for each in figures)
    return Figures(_("Kommunen nach Bundesland"), _("Bundesland"), _("Kommunen"), named)


def _durations() -> Figures:
    """How many weeks phases and whole ways took on average, of those that are over."""
    weeks: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for each in ProcedurePhase.objects.filter(closed_at__isnull=False).select_related("procedure").order_by("pk"):
        weeks[_(each.stage.label)].append((each.municipality_id, (each.closed_at - each.opened_at).days // 7))
    begun, adopted = _beginnings(), _adoptions()
    for each in Certificate.objects.defer("canonical").order_by("-awarded_on", "-pk"):
        if each.procedure_id in adopted:
            taken = (each.awarded_on - adopted[each.procedure_id]).days // 7
            weeks[_("Vom Beschluss bis zur Verleihung")].append((each.municipality_id, taken))
    for procedure, day in adopted.items():
        town, first = begun[procedure]
        weeks[_("Vom Beginn bis zum Beschluss")].append((town, (day - first).days // 7))
    order = [
        *(_(stage.label) for stage in Stage),
        _("Vom Beginn bis zum Beschluss"),
        _("Vom Beschluss bis zur Verleihung"),
    ]
    figures = tuple(Figure(label, mean_of(weeks[label])) for label in order if weeks.get(label))
    return Figures(_("So lange dauert es im Mittel"), _("Abschnitt"), _("Wochen"), figures)


def _beginnings() -> dict[int, tuple[int, date]]:
    rows = Procedure.objects.order_by("pk").values_list("pk", "municipality", "started_at")
    return {key: (town, timezone.localdate(at)) for key, town, at in rows}


def _adoptions() -> dict[int, date]:
    """The day of the first adoption of each procedure."""
    rows = Adoption.objects.order_by("-valid_from", "-pk").values_list("version__agreement__procedure", "valid_from")
    return dict(rows)


def _measures(day: date) -> tuple[tuple[FieldFigures, ...], tuple[object, ...]]:
    """Measures by field and state: of each town its newest public report. Fields with too few towns are only named."""
    counted: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    titles: dict[str, object] = {}
    for published in newest_reports(day):
        for field in published.content["fields"]:
            key, numbers = _title(published.procedure, field), _numbers(field)
            titles[str(key)] = key
            counted[str(key)]["total"].append((published.town.pk, numbers.total))
            for name, _label, _tone in PARTS:
                counted[str(key)][name].append((published.town.pk, getattr(numbers, name)))
    filled = [key for key in counted if any(number for _town, number in counted[key]["total"])]
    kept = [key for key in filled if sum_of(counted[key]["total"])]
    figures = tuple(
        FieldFigures(titles[key], tuple((str(label), sum_of(counted[key][name]), tone) for name, label, tone in PARTS))
        for key in kept
    )
    return figures, tuple(titles[key] for key in filled if key not in kept)


def _title(procedure: Procedure, field: dict):
    """The field as its scheme calls it; fields that a town merged stand for themselves."""
    known = [each.title for each in procedure.scheme.fields if each.key in covers(field)]
    return known[0] if len(known) == 1 else _("zusammengelegte Handlungsfelder")


def _numbers(field: dict):
    measures = [measure for goal in field["goals"] for measure in goal["measures"]]
    states = [MeasureState(each["state"]) if each["state"] else None for each in measures]
    return tally(Standing(state, None) for state in states)
