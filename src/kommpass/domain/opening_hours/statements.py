"""Reads the words of one line into statements: which days, which hours, what is closed, what holidays do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from kommpass.domain.opening_hours.parts import ALL_DAYS, Hours, Unread, Words
from kommpass.domain.opening_hours.tokens import SEPARATORS

_MODIFIERS = ("BOTH_OFF", "SCHOOL_OFF", "SCHOOL_ONLY", "SCHOOL_ON", "PUBLIC_OFF", "PUBLIC_ON")
_IGNORED = ("NOISE", "QUOTE", "BETWEEN")


@dataclass
class Statement:
    """One thing that a line says. `what`: times, date, closed, arrangement, dates, holiday, modifier.

    `days` are weekdays, 0 = Monday; `which` ones of the month (-1 the last); `dates` are year (0: each), month, day.
    `attached` modifiers stand in brackets or without a comma, so they mean what stands before them; `additional`
    ones come after another one in the same line.
    """

    what: str
    days: tuple[int, ...] = ()
    which: tuple[int, ...] = ()
    hours: tuple[Hours, ...] = ()
    months: tuple[int, ...] = ()
    fortnightly: bool = False
    begins: date | None = None
    until: date | None = None
    dates: tuple[tuple[int, int, int], ...] = ()
    modifier: str = ""
    attached: bool = False
    additional: bool = False
    phone: bool = False
    exact: bool = False
    with_holidays: bool = False


@dataclass
class Reader(Words):
    """Reads a line from left to right: each statement with the first of the forms that fits."""

    phone: bool = False
    statements: list[Statement] = field(default_factory=list)

    def read(self) -> list[Statement]:
        """All statements of the line. Unread: at least one word of it has no place."""
        self.tokens = [token for token in self.tokens if token.kind not in _IGNORED]
        self._take_phone()
        while self.place < len(self.tokens):
            joints = self._skip("COLON", "BRACKET", *SEPARATORS)
            if self.place < len(self.tokens):
                self.statements.append(self._statement(joints))
        for each in self.statements:
            each.phone, each.exact = self.phone, self.exact
        return self.statements

    def _take_phone(self) -> None:
        kept = [token for token in self.tokens if token.kind != "PHONE"]
        if len(kept) < len(self.tokens):
            if self.tokens[0].kind != "PHONE":
                raise Unread
            self.phone, self.tokens = True, kept

    def _try(self, read: Callable[[], Statement | None]) -> Statement | None:
        start = self.place
        try:
            found = read()
        except Unread:
            found = None
        if found is None:
            self.place = start
        return found

    def _statement(self, joints: set[str]) -> Statement:
        for read in (self._modifier, self._closed_dates, self._holiday, self._closed, self._date, self._always,
                     self._times, self._arrangement):  # fmt: skip
            found = self._try(read)
            if found is not None:
                found.additional = bool(self.statements)
                remark = found.what == "modifier" or (found.what == "arrangement" and not found.days)
                more = "AND" in joints or found.modifier == "oder"
                found.attached = remark and found.additional and not joints and not more
                if found.what == "arrangement" and remark and joints and not more:
                    raise Unread  # "Mo 9-12 Uhr, nach Vereinbarung": in these hours, or at others too?
                return found
        raise Unread

    def _modifier(self) -> Statement | None:
        token = self._take(*_MODIFIERS, "SUNDAYS_OFF")
        if token is None:
            return None
        if token.kind == "SUNDAYS_OFF":
            return Statement("closed", days=(6,), with_holidays=True)
        return Statement("modifier", modifier=token.kind)

    def _closed(self) -> Statement | None:
        if self._take("EXCEPT"):
            days, _which, holidays = self._days(indexes=False)
            return Statement("closed", days=days, with_holidays=holidays)
        days, _which, holidays = self._days(indexes=False)
        self._skip("COLON", "BAR", "COMMA", "BRACKET")
        return Statement("closed", days=days, with_holidays=holidays) if self._take("CLOSED") else None

    def _closed_dates(self) -> Statement | None:
        found = self._some_dates()
        self._skip("COLON", "BAR", "COMMA")
        return Statement("dates", dates=tuple(found)) if self._take("CLOSED") else None

    def _holiday(self) -> Statement | None:
        """PH and SH of OpenStreetMap: "PH off", "PH,SH off", "SH Mo-Fr 09:00-12:00"."""
        names = []
        while token := self._take("PUBLIC", "SCHOOL"):
            names.append(token.kind)
            self._take("COMMA")
        if not names:
            return None
        days: tuple[int, ...] = ()
        if self._kind() in ("DAY", "ALL_DAYS"):
            days = self._days(indexes=False)[0]
        self._skip("COLON")
        if self._take("CLOSED"):
            return Statement("holiday", days=days, modifier=",".join(sorted(set(names))) + " off")
        if not self.exact or len(names) > 1 or not days:
            return None
        return Statement("holiday", days=days, hours=self._hours(), modifier=names[0])

    def _always(self) -> Statement | None:
        """ "24/7", "täglich rund um die Uhr"."""
        days: tuple[int, ...] = ALL_DAYS
        if self._kind() in ("DAY", "ALL_DAYS"):
            days = self._days(indexes=False)[0]
        if not self._take("ALWAYS"):
            return None
        return Statement("times", days=days, hours=(Hours(0, 24 * 60),), with_holidays=days == ALL_DAYS)

    def _date(self) -> Statement | None:
        """ "am Donnerstag, den 4. März 2027, 15-17 Uhr": the weekday, if there is one, must be right."""
        self._skip("ON")
        weekday = self._take("DAY")
        self._skip("COMMA", "ON")
        year, month, day = self._date_value()
        if not year:
            return None
        on = date(year, month, day)
        if weekday is not None and weekday.value != on.weekday():
            raise Unread
        self._skip("COMMA", "COLON", "BAR")
        return Statement("date", begins=on, hours=self._hours())

    def _arrangement(self) -> Statement | None:
        days: tuple[int, ...] = ()
        if self._kind() != "ARRANGEMENT":
            days = self._days(indexes=False)[0]
            self._skip("COLON", "COMMA", "BAR", "BRACKET")
        token = self._take("ARRANGEMENT")
        return Statement("arrangement", days=days, modifier=token.text.split()[0].lower()) if token else None

    def _times(self) -> Statement | None:
        months = self._months()
        fortnightly = bool(self._take("FORTNIGHTLY"))
        in_month = bool(self._take("EACH_MONTH"))
        self._skip("EACH", "ON")
        ordinals = self._ordinals()
        days, indexes, holidays = self._days()
        in_month = bool(self._take("IN_MONTH")) or in_month
        if bool(ordinals) != in_month or (ordinals and indexes):
            raise Unread
        self._skip("COMMA", "BRACKET")
        fortnightly = bool(self._take("FORTNIGHTLY")) or fortnightly
        begins, until = self._span_of_time()
        self._skip("COLON", "COMMA", "BAR", "BRACKET")
        hours = self._hours()
        begins, until = self._later_span(begins, until)
        if (holidays and days != ALL_DAYS) or (fortnightly and (begins is None or ordinals or indexes)):
            raise Unread
        return Statement(
            "times", days=days, which=ordinals or indexes, hours=hours, months=months, fortnightly=fortnightly,
            begins=begins, until=until, with_holidays=holidays,
        )  # fmt: skip
