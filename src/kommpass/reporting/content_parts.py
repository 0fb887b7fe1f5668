"""What is said about each measure of a report, as plain values: one query for each kind, however many there are."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.agreement.models import Agreement, Measure
from kommpass.domain.moments import PartialDate
from kommpass.domain.progress import LIGHT_LABELS, STATE_LABELS
from kommpass.implementation.models import AuditorView, IndicatorReading, StatusRemark
from kommpass.implementation.queries import MeasureStanding


class Details:
    """Everything said about the measures of a report."""

    def __init__(self, agreement: Agreement, rows: list[MeasureStanding], until: date):
        of = {"measure__agreement": agreement}
        self.partners = _lists(
            Measure.partners.through.objects.filter(**of)
            .order_by("organisation__name")
            .values_list("measure", "organisation__name")
        )
        self.districts = _lists(
            Measure.districts.through.objects.filter(**of)
            .order_by("district__code", "district__name")
            .values_list("measure", "district__name")
        )
        self.indicators = _indicators(rows, until)
        self.views = _views(of)
        self.remarks = _remarks(of)
        self.predecessors = _predecessors(rows)

    def of(self, row: MeasureStanding) -> dict:
        measure, word = row.measure, row.assessment
        return {
            "id": str(measure.uid),
            "predecessors": self.predecessors.get(measure.pk, []),
            "number": measure.number,
            "title": measure.title,
            "responsible": measure.responsible.name if measure.responsible else "",
            "partners": self.partners.get(measure.pk, []),
            "districts": self.districts.get(measure.pk, []),
            "due": measure.due,
            "public": measure.public,
            "overdue": row.overdue,
            "freshness": row.freshness.value,
            "state": word.state if word else "",
            "state_label": STATE_LABELS[row.state] if row.state else _("ohne Rückmeldung"),
            "light": word.light if word else "",
            "light_label": LIGHT_LABELS[row.light] if row.light else "",
            "text": word.text if word else "",
            "expected": row.later,
            "unchanged": word.unchanged if word else False,
            "reported_by": word.by_name if word else "",
            "reported_on": timezone.localdate(word.at).isoformat() if word else "",
            # The values of a measure that two schemes share belong to where it is reported on.
            "indicators": self.indicators.get(word.measure_id, []) if word else [],
            "auditor_view": self.views.get(measure.pk),
            "remarks": self.remarks.get(measure.pk, []),
        }


def _lists(pairs: Iterable[tuple[int, object]]) -> dict[int, list]:
    """The values by measure, in their order."""
    found: dict[int, list] = {}
    for measure, value in pairs:
        found.setdefault(measure, []).append(value)
    return found


def _indicators(rows: list[MeasureStanding], until: date) -> dict[int, list[dict]]:
    """The newest value of each indicator, by measure."""
    last_day = cache(lambda text: PartialDate.parse(text).last_day)
    readings = IndicatorReading.objects.filter(
        indicator__measure__in=[each.assessment.measure_id for each in rows if each.assessment],
        assessment__round__period_until__lte=until,
    )
    newest: dict[int, tuple] = {}
    for row in readings.values_list(
        "indicator", "as_of", "pk", "indicator__measure", "indicator__position", "value", "words", "source",
        "indicator__name", "indicator__unit", "indicator__baseline", "indicator__target",
    ):  # fmt: skip
        place = (last_day(row[1]), row[2])
        if row[0] not in newest or newest[row[0]][0] < place:
            newest[row[0]] = (place, row)
    found: dict[int, list[dict]] = {}
    for _place, row in sorted(newest.values(), key=lambda each: (each[1][4], each[1][0])):
        as_of, measure, number, words, source, name, unit, baseline, target = row[1], row[3], *row[5:]
        value = str(IndicatorReading(value=number, words=words))
        if not unit and not words and target["kind"] == "percentage":
            unit = "%"
        told = {"name": name, "unit": unit, "baseline": baseline, "value": value, "as_of": as_of, "source": source}
        found.setdefault(measure, []).append(told)
    return found


def _views(of: dict) -> dict[int, dict]:
    """How the auditor sees each measure: the newest view counts."""
    stances = {key: str(label) for key, label in AuditorView.Stance.choices}
    rows = AuditorView.objects.filter(**of).order_by("at", "pk").values_list("measure", "stance", "text", "by_name")
    return {measure: {"stance": stances[stance], "text": text, "by": by} for measure, stance, text, by in rows}


def _remarks(of: dict) -> dict[int, list[dict]]:
    rows = StatusRemark.objects.filter(**of).order_by("at", "pk")
    return _lists(
        (
            measure,
            {"text": text, "by": by, "public": public, "on": timezone.localdate(at).isoformat(), "answer": answer},
        )
        for measure, text, by, public, at, answer in rows.values_list(
            "measure", "text", "by_name", "public", "at", "answer"
        )
    )


def _predecessors(rows: list[MeasureStanding]) -> dict[int, list[str]]:
    """The same measures in earlier rounds, the nearest first: so that reports of two rounds can be compared."""
    found: dict[int, list[str]] = {}
    ahead = {each.measure.pk: each.measure.predecessor_id for each in rows if each.measure.predecessor_id}
    while ahead:
        before = {
            pk: (str(uid), further)
            for pk, uid, further in Measure.objects.filter(pk__in=set(ahead.values())).values_list(
                "pk", "uid", "predecessor"
            )
        }
        for measure, key in ahead.items():
            found.setdefault(measure, []).append(before[key][0])
        ahead = {measure: before[key][1] for measure, key in ahead.items() if before[key][1]}
    return found
