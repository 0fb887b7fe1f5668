"""What a time of an offer is (Zeiten): a rule, its hours, what holidays do to it, and single days that differ."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
KINDS = ("open", "session", "phone", "arrangement")
PUBLIC_HOLIDAYS = ("off", "on")
SCHOOL_HOLIDAYS = ("on", "off", "only")
MIDNIGHT = "24:00"
"""Only as an end: the midnight on which the day closes."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def day_of(text: str) -> date | None:
    """The day that is written as "2027-03-04"; None for "" and for what is no day.

    >>> day_of("2028-02-29"), day_of("2027-02-29"), day_of("")
    (datetime.date(2028, 2, 29), None, None)
    """
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def clock_of(text: str) -> time | None:
    """The time that is written as "09:30"; None for "", "24:00" and for what is no time.

    >>> clock_of("09:30"), clock_of("25:00"), clock_of("9:30")
    (datetime.time(9, 30), None, None)
    """
    found = _CLOCK.fullmatch(text)
    return time(int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True)
class OtherDay:
    """One day that differs: it is called off, has other hours, or comes in addition. Empty hours: the usual ones."""

    on: str
    off: bool = False
    starts: str = ""
    ends: str = ""
    note: str = ""


@dataclass(frozen=True)
class Schedule:
    """One row of times. All texts as in the JSON (dates "2027-03-04", times "09:30"), so that bad input can be shown.

    `rule` is an RRULE (RFC 5545) without DTSTART and UNTIL; "" is one single date, `begins`, or none at all
    ("nach Vereinbarung"). `begins` is "from" in the JSON. An end that is not after the start lies past midnight.

    >>> row = {"rule": "FREQ=WEEKLY;BYDAY=TU", "starts": "15:00", "ends": "17:00"}
    >>> Schedule.from_json(row).to_json() == Schedule().to_json() | row
    True
    """

    key: str = ""
    kind: str = "open"
    rule: str = ""
    begins: str = ""
    until: str = ""
    starts: str = ""
    ends: str = ""
    public_holidays: str = "off"
    school_holidays: str = "on"
    exceptions: tuple[OtherDay, ...] = ()
    note: str = ""
    location: str = ""

    @property
    def first_day(self) -> date | None:
        return day_of(self.begins)

    @property
    def last_day(self) -> date | None:
        return day_of(self.until)

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "Schedule":
        """The schedule of a JSON object; missing keys have their defaults.

        A ValueError says which key is unknown or of the wrong type. Whether the texts make sense, `check` tells.
        """
        names = {("begins" if key == "from" else key): value for key, value in row.items()}
        others = names.pop("exceptions", [])
        if not isinstance(others, list):
            raise ValueError(f"expected a list at 'exceptions', got {others!r}")
        return cls(**_texts(cls, names), exceptions=tuple(_other_day(each) for each in others))

    def to_json(self) -> dict[str, Any]:
        """All keys, in a fixed order, with plain values."""
        row: dict[str, Any] = {}
        for name in self.__dataclass_fields__:
            row["from" if name == "begins" else name] = getattr(self, name)
        row["exceptions"] = [
            {"on": each.on, "off": each.off, "starts": each.starts, "ends": each.ends, "note": each.note}
            for each in self.exceptions
        ]
        return row


def _texts(cls: type[Schedule] | type[OtherDay], row: Mapping[str, Any]) -> dict[str, str]:
    for name, value in row.items():
        if name not in cls.__dataclass_fields__ or name in ("off", "exceptions"):
            raise ValueError(f"expected the keys of a schedule, got {name!r}")
        if not isinstance(value, str):
            raise ValueError(f"expected a text at {name!r}, got {value!r}")
    return dict(row)


def _other_day(row: Any) -> OtherDay:
    if not isinstance(row, Mapping) or "on" not in row:
        raise ValueError(f"expected an object with a date 'on' among the exceptions, got {row!r}")
    names = dict(row)
    off = names.pop("off", False)
    if not isinstance(off, bool):
        raise ValueError(f"expected true or false at 'off', got {off!r}")
    return OtherDay(off=off, **_texts(OtherDay, names))


@dataclass(frozen=True)
class DayCalendar:
    """Which days are public holidays and school holidays where the offer takes place.

    `public_holidays` is a set of dates or a question to ask ("is this day one?"); `school_holidays` are
    (first, last) days, both included, in any order. Without anything every day is a common one.
    """

    public_holidays: frozenset[date] | Callable[[date], bool] = frozenset()
    school_holidays: tuple[tuple[date, date], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "school_holidays", tuple(sorted(self.school_holidays)))

    def is_public_holiday(self, day: date) -> bool:
        known = self.public_holidays
        return day in known if isinstance(known, frozenset) else known(day)

    def is_school_holiday(self, day: date) -> bool:
        place = bisect_right(self.school_holidays, (day, date.max))
        return any(last >= day for _first, last in self.school_holidays[:place])


COMMON_DAYS = DayCalendar()


@dataclass(frozen=True)
class Occurrence:
    """One time that an offer takes place, in local time of Berlin.

    `day` is the day on which it begins. Without a time (`all_day`) it lasts from midnight to midnight; `ends` is
    None where nobody said when it ends. `changed` marks another hour or an additional day; its `note` says why.
    """

    schedule: Schedule
    day: date
    begins: datetime
    ends: datetime | None
    all_day: bool = False
    changed: bool = False
    note: str = ""
