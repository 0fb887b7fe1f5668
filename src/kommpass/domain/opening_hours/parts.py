"""Reads what statements about time are made of: weekdays, hours, months, dates and spans of them."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from kommpass.domain.opening_hours.tokens import SEPARATORS, Token

LATEST_START_OF_A_NIGHT, LATEST_END_OF_A_NIGHT = 17 * 60, 6 * 60
"""In a sentence "14-12 Uhr" is a slip; only what begins in the evening may end in the small hours."""
LONGEST_CLOSURE_DAYS = 92
ALL_DAYS = tuple(range(7))


class Unread(Exception):
    """The line, or the rest of it, cannot be read without guessing."""


@dataclass(frozen=True)
class Hours:
    """From when to when, in minutes after midnight. `end` None: nobody says; `at`: it begins then ("10 Uhr")."""

    begin: int
    end: int | None = None
    at: bool = False


@dataclass
class Words:
    """The words of a line, and how far they have been read. `exact` is the syntax of OpenStreetMap."""

    tokens: list[Token]
    exact: bool
    place: int = 0

    def _kind(self, ahead: int = 0) -> str:
        place = self.place + ahead
        return self.tokens[place].kind if place < len(self.tokens) else ""

    def _take(self, *kinds: str) -> Token | None:
        if self._kind() not in kinds or not kinds:
            return None
        self.place += 1
        return self.tokens[self.place - 1]

    def _skip(self, *kinds: str) -> set[str]:
        """Go over words of these kinds; which separators were among them (a comma, "und")."""
        start = self.place
        while self._take(*kinds):
            pass
        return {token.kind for token in self.tokens[start : self.place]} & set(SEPARATORS)

    def _some_dates(self) -> list[tuple[int, int, int]]:
        """Single dates and spans, all with a year or all without."""
        found: list[tuple[int, int, int]] = []
        while True:
            self._skip("ON")
            first = self._date_value()
            if self._take("TO", "UNTIL"):
                found += _span(first, self._date_value())
            else:
                found.append(first)
            start = self.place
            if not (self._skip(*SEPARATORS) and (self._kind() == "DATE" or self._kind(1) == "DATE")):
                self.place = start
                break
        if len({bool(year) for year, _month, _day in found}) > 1:
            raise Unread
        return found

    def _date_value(self) -> tuple[int, int, int]:
        token = self._take("DATE")
        if token is None or not isinstance(token.value, tuple):
            raise Unread
        return token.value

    def _months(self) -> tuple[int, ...]:
        first = self._take("MONTH")
        if first is None or not isinstance(first.value, int):
            return ()
        months = [first.value]
        while self._kind() in ("TO", "COMMA", "AND") and self._kind(1) == "MONTH":
            joint, token = self._take("TO", "COMMA", "AND"), self._take("MONTH")
            if joint is None or token is None or not isinstance(token.value, int):
                raise Unread
            if joint.kind == "TO":
                months += [(months[-1] + step) % 12 + 1 for step in range((token.value - months[-1]) % 12)]
            else:
                months.append(token.value)
        self._skip("COLON", "COMMA", "BAR")
        return tuple(sorted(set(months)))

    def _ordinals(self) -> tuple[int, ...]:
        found: list[int] = []
        while token := self._take("ORDINAL"):
            if isinstance(token.value, int):
                found.append(token.value)
            if self._kind() in SEPARATORS and self._kind(1) == "ORDINAL":
                self.place += 1
        return tuple(sorted(set(found)))

    def _days(self, *, indexes: bool = True) -> tuple[tuple[int, ...], tuple[int, ...], bool]:
        """The weekdays, which ones of the month ("We[1]"), and whether holidays are named among them."""
        found: set[int] = set()
        which: tuple[int, ...] = ()
        holidays = False
        while True:
            self._skip("EACH", "ON")
            if self._take("PUBLIC"):
                holidays = True
            else:
                found |= self._day_item()
            if indexes and (token := self._take("INDEX")) and isinstance(token.value, tuple):
                which = token.value
            start = self.place
            self._skip(*SEPARATORS, "OPEN_END")
            self._skip("EACH", "ON")
            if self.place == start or self._kind() not in ("DAY", "ALL_DAYS", "WORKDAYS", "WEEKEND", "PUBLIC"):
                self.place = start
                return tuple(sorted(found)), which, holidays

    def _day_item(self) -> set[int]:
        token = self._take("DAY", "ALL_DAYS", "WORKDAYS", "WEEKEND")
        if token is None:
            raise Unread
        if token.kind != "DAY" or not isinstance(token.value, int):
            return set({"ALL_DAYS": ALL_DAYS, "WORKDAYS": range(5), "WEEKEND": (5, 6)}[token.kind])
        if self._kind() == "TO" and self._kind(1) == "DAY":
            self.place += 1
            last = self._take("DAY")
            if last is None or not isinstance(last.value, int) or last.value == token.value:
                raise Unread
            return {(token.value + step) % 7 for step in range((last.value - token.value) % 7 + 1)}
        return {token.value}

    def _span_of_time(self) -> tuple[date | None, date | None]:
        """ "ab 12.01.2027", "vom 12.01. bis 30.03.2027" is not guessed at: full dates only."""
        begins = until = None
        start = self.place
        if self._take("FROM"):
            self._skip("COLON", "ON")
            if self._kind() == "DATE":
                begins = self._full_date()
            else:
                self.place = start
        start = self.place
        if self._take("TO", "UNTIL"):
            if self._kind() == "DATE":
                until = self._full_date()
            else:
                self.place = start
        return begins, until

    def _later_span(self, begins: date | None, until: date | None) -> tuple[date | None, date | None]:
        """The same after the hours: "freitags 17-19 Uhr, Start: 9. März 2018"."""
        start = self.place
        self._skip("COMMA", "BRACKET")
        later = self._span_of_time()
        if later == (None, None):
            self.place = start
            return begins, until
        if (begins and later[0]) or (until and later[1]):
            raise Unread
        return begins or later[0], until or later[1]

    def _full_date(self) -> date:
        year, month, day = self._date_value()
        if not year:
            raise Unread
        return date(year, month, day)

    def _hours(self) -> tuple[Hours, ...]:
        found = [self._range()]
        while True:
            start = self.place
            if not self._skip(*SEPARATORS) or self._kind() not in ("CLOCK", "NUMBER"):
                self.place = start
                break
            found.append(self._range())
        for earlier, later in pairwise(found):
            if earlier.end is None or later.at or not earlier.begin < earlier.end <= later.begin:
                raise Unread
        return tuple(found)

    def _range(self) -> Hours:
        """ "8-12 Uhr", "ab 9 Uhr", "10:00+", "10 Uhr" (a begin without an end)."""
        from_then_on = bool(self._take("FROM"))
        begin, said = self._clock()
        if begin >= 24 * 60:
            raise Unread
        if self._take("OPEN_END"):
            return Hours(begin)
        if self._take("TO"):
            end, _said = self._clock()
            return Hours(begin, self._end(begin, end))
        if not said:
            raise Unread
        return Hours(begin, at=not from_then_on)

    def _clock(self) -> tuple[int, bool]:
        """Minutes after midnight, and whether it is surely a time: with minutes, or with "Uhr"."""
        token = self._take("CLOCK", "NUMBER")
        if token is None or not isinstance(token.value, int):
            raise Unread
        minutes = token.value if token.kind == "CLOCK" else token.value * 60
        said = bool(self._take("UHR")) or token.kind == "CLOCK"
        if minutes > (48 if self.exact else 24) * 60:
            raise Unread
        return minutes, said

    def _end(self, begin: int, end: int) -> int:
        """The end as minutes of its own day (24:00 for midnight). Unread: it cannot be meant like that."""
        if end - begin > 24 * 60:
            raise Unread
        if end == 0:
            end = 24 * 60
        if end > 24 * 60:
            return end - 24 * 60
        night = begin >= LATEST_START_OF_A_NIGHT and end <= LATEST_END_OF_A_NIGHT
        if end <= begin and not (night or self.exact):
            raise Unread
        return end


def _span(first: tuple[int, int, int], last: tuple[int, int, int]) -> list[tuple[int, int, int]]:
    """Every day from one date to another; "22.12. - 06.01.2027" begins in the year before."""
    year = last[0]
    if not year:
        raise Unread
    try:
        begin = date(first[0] or (year if first[1:] <= last[1:] else year - 1), first[1], first[2])
        end = date(*last)
    except ValueError as no_such_day:
        raise Unread from no_such_day
    if not 0 <= (end - begin).days <= LONGEST_CLOSURE_DAYS:
        raise Unread
    days = (begin + timedelta(days=step) for step in range((end - begin).days + 1))
    return [(day.year, day.month, day.day) for day in days]
