"""What a report says (kommpass/report/1): built once from the newest words, sealed, and read by everything else."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from kommpass.agreement.models import Adoption, Agreement, Goal
from kommpass.agreement.queries import adoptions, goals
from kommpass.assessment.queries import condition_lines, released
from kommpass.audits.models import Procedure
from kommpass.certification.queries import holding
from kommpass.domain.progress import ACHIEVEMENT_LABELS, Tally
from kommpass.implementation import queries as implementation
from kommpass.implementation.queries import MeasureStanding, tally_of
from kommpass.reporting.content_parts import Details
from kommpass.reporting.models import Report

FORMAT = "kommpass/report/1"
Rows = list[MeasureStanding]


def build(report: Report, agreement: Agreement, *, number: int, reason: str, key_date: date) -> dict:
    """The whole report as plain canonical content, in a constant number of queries."""
    # A report of the council speaks German whoever seals it.
    with override("de"):
        return _build(report, agreement, number, reason, key_date)


def _build(report: Report, agreement: Agreement, number: int, reason: str, key_date: date) -> dict:
    procedure = report.procedure
    rows = implementation.standings(agreement, key_date, until=report.period_until)
    adopted = list(adoptions(procedure).defer("version__canonical"))
    version = next((each for each in adopted if each.valid_from <= key_date), adopted[0]).version
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
        "changes": _changes(adopted, report.period_from, report.period_until),
        "conditions": _conditions(procedure),
    }


def as_counts(counted: Tally) -> dict[str, int]:
    """A tally as it is frozen."""
    return {name: getattr(counted, name) for name in counted.__dataclass_fields__}


def _costs(rows: Rows) -> dict[str, str]:
    once = sum((each.measure.cost_once or Decimal(0) for each in rows), Decimal(0))
    yearly = sum((each.measure.cost_yearly or Decimal(0) for each in rows), Decimal(0))
    return {"once": f"{once:.2f}", "yearly": f"{yearly:.2f}"}


def _fields(agreement: Agreement, rows: Rows, texts: dict, until: date) -> list[dict]:
    of_goal: dict[int, Rows] = {}
    for each in rows:
        of_goal.setdefault(each.measure.goal_id, []).append(each)
    of_field: dict[int, list[Goal]] = {}
    for goal in goals(agreement):
        of_field.setdefault(goal.field_id, []).append(goal)
    judgements = implementation.judgements(agreement)
    details = Details(agreement, rows, until)
    return [
        {
            "id": f"field-{'-'.join(place.covers)}",
            "number": str(place.number),
            "title": place.title,
            "text": texts.get(("", place.pk), ""),
            "summary": as_counts(
                tally_of(each for goal in of_field.get(place.pk, []) for each in of_goal.get(goal.pk, []))
            ),
            "goals": [
                {
                    "id": str(goal.uid),
                    "number": goal.number,
                    "title": goal.title,
                    "judgement": _judgement(judgements.get(goal.pk)),
                    "summary": as_counts(tally_of(of_goal.get(goal.pk, []))),
                    "measures": [details.of(each) for each in of_goal.get(goal.pk, [])],
                }
                for goal in of_field.get(place.pk, [])
            ],
        }
        for place in agreement.procedure.fields.all()
    ]


def _judgement(judgement) -> dict | None:
    if judgement is None:
        return None
    return {
        "achievement": judgement.achievement,
        "label": ACHIEVEMENT_LABELS[judgement.achievement],
        "text": judgement.text,
    }


def _changes(adopted: list[Adoption], first: date, last: date) -> list[dict]:
    """Versions that came into force in the period: every change with who approved it, the oldest first."""
    return [
        {
            "version": each.version.number,
            "on": each.valid_from.isoformat(),
            # Everybody may read this: a change below the committees names the office, never the person.
            "approved_by": each.approved_by if each.decision_id else _("Koordination des Audits"),
            "reason": each.version.reason,
            "kind": str(each.version.get_kind_display()),
        }
        for each in reversed(adopted)
        if first <= each.valid_from <= last
    ]


def _conditions(procedure: Procedure) -> list[dict]:
    """The conditions of the certificate, and whether they are met."""
    decision = released(procedure).prefetch_related(None).first()
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
