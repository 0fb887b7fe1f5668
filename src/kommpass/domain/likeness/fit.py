"""The parts of a comparison that look at whom an offer is for and when it is: ages, weekly times."""

from kommpass.domain.likeness.normal import Normal
from kommpass.domain.likeness.records import Evidence, EvidenceKind
from kommpass.domain.likeness.sharing import Shared
from kommpass.domain.likeness.weights import evidence
from kommpass.domain.words import _

OLDEST_MONTHS = 1200
OTHER_HOUR, SAME_DAY = -0.5, 0.5
WEEKDAYS = {"MO": _("Mo"), "TU": _("Di"), "WE": _("Mi"), "TH": _("Do"), "FR": _("Fr"), "SA": _("Sa"), "SU": _("So")}


def ages(first: Normal, second: Normal, shared: Shared) -> Evidence | None:
    """The months both are for, by the months either is for."""
    one, other = _span(first), _span(second)
    if one is None or other is None:
        return None
    values = {"first": _span_text(one), "second": _span_text(other)}
    if one == other:
        return evidence(EvidenceKind.AGES, 1.0, _("gleiches Alter: {first} Monate"), values)
    common = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    value = 2 * common / (max(one[1], other[1]) - min(one[0], other[0])) - 1
    different = _("anderes Alter: {first} und {second} Monate")
    overlapping = _("Alter überschneidet sich: {first} und {second} Monate")
    return evidence(EvidenceKind.AGES, value, overlapping if common else different, values)


def times(first: Normal, second: Normal, shared: Shared) -> Evidence | None:
    """Weekdays may also stand in the title ("jeden Di")."""
    if not first.days or not second.days:
        return None
    if both := first.hours & second.hours:
        return evidence(EvidenceKind.TIMES, 1.0, _("gleiche Zeit: {time}"), {"time": _times_text(both)})
    days = first.days & second.days
    if not days:
        values = {"first": _times_text(first.days), "second": _times_text(second.days)}
        return evidence(EvidenceKind.TIMES, -1.0, _("anderer Wochentag: {first} und {second}"), values)
    if first.hours and second.hours:
        values = {"first": _times_text(first.hours), "second": _times_text(second.hours)}
        return evidence(EvidenceKind.TIMES, OTHER_HOUR, _("andere Uhrzeit: {first} und {second}"), values)
    return evidence(EvidenceKind.TIMES, SAME_DAY, _("gleicher Wochentag: {time}"), {"time": _times_text(days)})


def _span(each: Normal) -> tuple[int, int] | None:
    youngest, oldest = each.record.min_months, each.record.max_months
    if youngest is None and oldest is None:
        return None
    low, high = youngest or 0, OLDEST_MONTHS if oldest is None else oldest
    return min(low, high), max(low, high)


def _span_text(span: tuple[int, int]) -> str:
    return f"{span[0]}–{span[1]}" if span[1] < OLDEST_MONTHS else f"{span[0]}+"


def _times_text(said: frozenset[str]) -> str:
    """In the order of the week. What is no weekday stays as it was written."""
    order = list(WEEKDAYS)
    times = sorted(said, key=lambda time: (order.index(time[:2]) if time[:2] in order else len(order), time))
    return ", ".join(WEEKDAYS.get(time[:2], time[:2]) + time[2:] for time in times)
