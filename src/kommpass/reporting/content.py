"""What a report says (kommpass/report/1): built once from the newest words, sealed, and read by everything else."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from kommpass.agreement.content_parts import parts_of
from kommpass.agreement.models import Agreement, Measure
from kommpass.agreement.queries import adoptions, agreement_of, in_force, outline
from kommpass.assessment.queries import condition_lines, released
from kommpass.audits.models import Procedure
from kommpass.certification.queries import holding
from kommpass.domain.moments import PartialDate
from kommpass.domain.progress import ACHIEVEMENT_LABELS, LIGHT_LABELS, STATE_LABELS, Tally
from kommpass.implementation import queries as implementation
from kommpass.implementation.models import AuditorView, IndicatorReading, StatusRemark
from kommpass.implementation.queries import MeasureStanding, tally_of
from kommpass.reporting.models import Report

FORMAT = "kommpass/report/1"


def build(report: Report, *, number: int, reason: str, key_date: date) -> dict:
    """The whole report as plain canonical content, in a constant number of queries."""
    # A report of the council speaks German whoever seals it.
    with override("de"):
        return _build(report, number, reason, key_date)


def _build(report: Report, number: int, reason: str, key_date: date) -> dict:
    procedure = report.procedure
    agreement = agreement_of(procedure)
    rows = implementation.standings(agreement, key_date, until=report.period_until)
    version = in_force(procedure, key_date) or adoptions(procedure).first().version
    texts = {(each.section, each.field_id): each.text for each in report.narratives.all()}
    certificate = holding(key_date, [procedure])
    return {
        "format": FORMAT,
        "title": report.title,
        "municipality": {"name": procedure.municipality.name, "ags": procedure.municipality.ags},
        "procedure": {
            "title": procedure.title,
            "round": procedure.round,
            "rung": str(procedure.rung_title),
            "scheme": str(procedure.scheme.title),
            "scheme_version": procedure.scheme_version,
        },
        "period": {
            "from": report.period_from.isoformat(),
            "until": report.period_until.isoformat(),
            "years": report.years,
        },
        "version": {"number": number, "reason": reason, "key_date": key_date.isoformat()},
        "agreement": {"version": version.number, "digest": version.digest},
        "certificate": certificate.certificate.number if certificate else "",
        "sections": [
            {
                "key": each.key,
                "title": str(each.title),
                "prompt": str(each.prompt),
                "text": texts.get((each.key, None), ""),
            }
            for each in procedure.scheme.report_template
        ],
        "summary": as_counts(tally_of(rows)),
        "costs": _costs(rows),
        "fields": _fields(agreement, rows, texts, report.period_until),
        "changes": _changes(procedure, report.period_from, report.period_until),
        "conditions": _conditions(procedure),
    }


def as_counts(counted: Tally) -> dict[str, int]:
    """A tally as it is frozen."""
    return {name: getattr(counted, name) for name in counted.__dataclass_fields__}


def _costs(rows: list[MeasureStanding]) -> dict[str, str]:
    once = sum((each.measure.cost_once or Decimal(0) for each in rows), Decimal(0))
    yearly = sum((each.measure.cost_yearly or Decimal(0) for each in rows), Decimal(0))
    return {"once": f"{once:.2f}", "yearly": f"{yearly:.2f}"}


def _fields(agreement: Agreement, rows: list[MeasureStanding], texts: dict, until: date) -> list[dict]:
    of_goal: dict[int, list[MeasureStanding]] = {}
    for each in rows:
        of_goal.setdefault(each.measure.goal_id, []).append(each)
    judgements = implementation.judgements(agreement)
    details = _Details(agreement, rows, until)
    drawn = []
    for place, groups in outline(agreement):
        goals = [goal for _strategic, found in groups for goal in found]
        here = [each for goal in goals for each in of_goal.get(goal.pk, [])]
        drawn.append(
            {
                "id": f"field-{'-'.join(place.covers)}",
                "number": str(place.number),
                "title": place.title,
                "text": texts.get(("", place.pk), ""),
                "summary": as_counts(tally_of(here)),
                "goals": [
                    {
                        "id": str(goal.uid),
                        "number": goal.number,
                        "title": goal.title,
                        "judgement": _judgement(judgements.get(goal.pk)),
                        "summary": as_counts(tally_of(of_goal.get(goal.pk, []))),
                        "measures": [details.of(each) for each in of_goal.get(goal.pk, [])],
                    }
                    for goal in goals
                ],
            }
        )
    return drawn


class _Details:
    """Everything said about the measures of a report, each kind in one query."""

    def __init__(self, agreement: Agreement, rows: list[MeasureStanding], until: date):
        keys = [each.measure.pk for each in rows]
        self.parts = parts_of(agreement)
        self.indicators = _indicators(rows, until)
        self.views = _newest_of(AuditorView.objects.filter(measure__in=keys).order_by("at", "pk"))
        self.remarks: dict[int, list[StatusRemark]] = {}
        for each in StatusRemark.objects.filter(measure__in=keys).order_by("at", "pk"):
            self.remarks.setdefault(each.measure_id, []).append(each)

    def of(self, row: MeasureStanding) -> dict:
        measure, word, parts = row.measure, row.assessment, self.parts.get(row.measure.pk, {})
        return {
            "id": str(measure.uid),
            "number": measure.number,
            "title": measure.title,
            "responsible": measure.responsible.name if measure.responsible else "",
            "partners": parts.get("partners", []),
            "districts": parts.get("districts", []),
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
            "reported_on": word.at.date().isoformat() if word else "",
            "indicators": [self._indicator(measure, each) for each in self.indicators.get(measure.pk, [])],
            "auditor_view": _view(self.views.get(measure.pk)),
            "remarks": [_remark(each) for each in self.remarks.get(measure.pk, [])],
        }

    def _indicator(self, measure: Measure, reading: IndicatorReading) -> dict:
        return {
            "name": reading.indicator.name,
            "unit": reading.indicator.unit,
            "baseline": reading.indicator.baseline,
            "value": str(reading),
            "as_of": reading.as_of,
            "source": reading.source,
        }


def _indicators(rows: list[MeasureStanding], until: date) -> dict[int, list[IndicatorReading]]:
    """The newest value of each indicator, by measure."""
    keys = [each.assessment.measure_id for each in rows if each.assessment]
    found: dict[int, IndicatorReading] = {}
    readings = IndicatorReading.objects.filter(
        indicator__measure__in=keys, assessment__round__period_until__lte=until
    ).select_related("indicator")
    for each in sorted(readings, key=lambda each: (PartialDate.parse(each.as_of).last_day, each.pk)):
        found[each.indicator_id] = each
    of_measure: dict[int, list[IndicatorReading]] = {}
    for each in sorted(found.values(), key=lambda each: (each.indicator.position, each.indicator_id)):
        of_measure.setdefault(each.indicator.measure_id, []).append(each)
    return of_measure


def _newest_of(rows) -> dict:
    return {each.measure_id: each for each in rows}


def _view(view: AuditorView | None) -> dict | None:
    if view is None:
        return None
    return {"stance": str(view.get_stance_display()), "text": view.text, "by": view.by_name}


def _remark(remark: StatusRemark) -> dict:
    return {
        "text": remark.text,
        "by": remark.by_name,
        "public": remark.public,
        "on": remark.at.date().isoformat(),
        "answer": remark.answer,
    }


def _judgement(judgement) -> dict | None:
    if judgement is None:
        return None
    return {
        "achievement": judgement.achievement,
        "label": ACHIEVEMENT_LABELS[judgement.achievement],
        "text": judgement.text,
    }


def _changes(procedure: Procedure, first: date, last: date) -> list[dict]:
    """Versions that came into force in the period: every change with who approved it."""
    return [
        {
            "version": each.version.number,
            "on": each.valid_from.isoformat(),
            "approved_by": each.approved_by,
            "reason": each.version.reason,
            "kind": str(each.version.get_kind_display()),
        }
        for each in reversed(adoptions(procedure).filter(valid_from__range=(first, last)).defer("version__canonical"))
    ]


def _conditions(procedure: Procedure) -> list[dict]:
    """The conditions of the certificate, and whether they are met."""
    decision = released(procedure).first()
    if decision is None:
        return []
    return [
        {
            "number": line.condition.number,
            "text": line.condition.text,
            "due_on": line.condition.due_on.isoformat(),
            "state": line.state,
        }
        for line in condition_lines(decision)
    ]
