"""What stands beside the measures of a draft: one query for each kind of part, as plain values by measure.

Prefetching would build a manager for each measure and each kind: ten thousand in a plan of a thousand measures.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from kommpass.agreement.models import Agreement, Indicator, Measure, Origin, StatusEntry, Step
from kommpass.domain.targets import describe, from_json

Parts = dict[int, dict[str, list]]


def parts_of(agreement: Agreement) -> Parts:
    """By the key of a measure: partners, districts, also_serves, steps, indicators, origins, status."""
    of = {"measure__agreement": agreement}
    found: Parts = {}
    for name, rows in (
        ("partners", _names(Measure.partners.through, "organisation__name", of, "organisation__name")),
        ("districts", _names(Measure.districts.through, "district__name", of, "district__code", "district__name")),
        ("also_serves", _names(Measure.also_serves.through, "goal__number", of)),
        ("steps", _steps(of)),
        ("indicators", _indicators(of)),
        ("origins", _origins(of)),
        ("status", _statuses(of)),
    ):
        for measure, value in rows:
            found.setdefault(measure, {}).setdefault(name, []).append(value)
    for parts in found.values():
        parts.get("also_serves", []).sort(key=_by_parts)
    return found


def _names(through, name: str, of: dict, *order: str) -> Iterable[tuple[int, str]]:
    return through.objects.filter(**of).order_by(*order).values_list("measure", name)


def _steps(of: dict) -> Iterable[tuple[int, dict]]:
    rows = Step.objects.filter(**of).order_by("position", "pk").values_list("measure", "uid", "title", "due")
    return ((measure, {"id": str(uid), "title": title, "due": due}) for measure, uid, title, due in rows)


def _indicators(of: dict) -> Iterable[tuple[int, dict]]:
    rows = Indicator.objects.filter(**of).order_by("position", "pk")
    for measure, name, unit, baseline, target, source in rows.values_list(
        "measure", "name", "unit", "baseline", "target", "source"
    ):
        words = describe(from_json(target))
        yield measure, {"name": name, "unit": unit, "baseline": baseline, "target": words, "source": source}


def _origins(of: dict) -> Iterable[tuple[int, dict]]:
    for each in Origin.objects.filter(**of).order_by("pk"):
        yield each.measure_id, {"kind": str(each.kind), "text": each.text}


def _statuses(of: dict) -> Iterable[tuple[int, dict]]:
    rows = StatusEntry.objects.filter(**of).order_by("period_until", "pk")
    for measure, label, first, last, light, text in rows.values_list(
        "measure", "label", "period_from", "period_until", "light", "text"
    ):
        yield measure, {"label": label, "period": _period(first, last), "light": light, "text": text}


def _by_parts(number: str) -> list[int]:
    """1.2 stands before 1.10."""
    return [int(part) for part in number.split(".") if part.isdecimal()]


def _period(first: date, last: date) -> str:
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}/{last.year}"
    return _("%(first)s bis %(last)s") % {"first": f"{first:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"}
