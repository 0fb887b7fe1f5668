"""On which day an offer says something else, although nobody changed it."""

from datetime import date, timedelta

from kommpass.domain.offers.content import Capacity, OfferContent
from kommpass.domain.offers.verification import DAYS, Block

ONE_DAY = timedelta(days=1)
YOUNG = timedelta(days=DAYS[Block.PLACES])


def next_turn(content: OfferContent, last_day: date | None, today: date) -> date | None:
    """The first day after today on which it does: it begins, is over, or its number of free places is too old.

    `content` is the whole document, before anything is hidden.

    >>> course = OfferContent(title="Kurs", runs_from="2026-09-01")
    >>> next_turn(course, date(2026, 12, 20), date(2026, 8, 1)), next_turn(course, date(2026, 12, 20), date(2026, 9, 1))
    (datetime.date(2026, 9, 1), datetime.date(2026, 12, 21))
    """
    days = _of_places(content.capacity)
    if content.runs_from:
        days.append(date.fromisoformat(content.runs_from))
    if last_day is not None and last_day < date.max:
        days.append(last_day + ONE_DAY)
    return min((each for each in days if each > today), default=None)


def _of_places(capacity: Capacity | None) -> list[date]:
    """A number of free places is shown from its day on, for as long as it is young (`verification.places_hold`)."""
    if capacity is None or capacity.available is None or not capacity.as_of:
        return []
    counted = date.fromisoformat(capacity.as_of)
    return [counted, min(counted, date.max - YOUNG) + YOUNG]
