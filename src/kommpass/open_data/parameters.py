"""What one may ask for, and how it is written: each kind says in JSON Schema what it takes, and reads just that."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

LONGEST = 200
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_PATTERN = f"^({'|'.join(DAYS)})(,({'|'.join(DAYS)}))*$"
CLOCK_PATTERN = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
POSTCODE_PATTERN = "^[0-9]{4,5}$"
NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?", re.ASCII)
MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:([Zz])|([+\- ]\d\d:\d\d)))?", re.ASCII
)


class Unreadable(ValueError):
    """A value that a parameter does not take. The text says what was expected."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of the query. `read` makes a value of its text or raises Unreadable; `default` holds without it."""

    name: str
    about: str
    schema: dict[str, Any]
    read: Callable[[str], Any]
    default: Any = None


def text(name: str, about: str) -> Parameter:
    def read(written: str) -> str:
        if len(written) > LONGEST:
            raise Unreadable(f"at most {LONGEST} characters")
        return written.replace("\x00", "").strip()

    return Parameter(name, about, {"type": "string", "maxLength": LONGEST}, read, "")


def whole(name: str, about: str, *, default: int, most: int) -> Parameter:
    def read(written: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", written, re.ASCII) or not 1 <= int(written) <= most:
            raise Unreadable(f"a whole number from 1 to {most}")
        return int(written)

    return Parameter(name, about, {"type": "integer", "minimum": 1, "maximum": most, "default": default}, read, default)


def number(name: str, about: str, *, most: int) -> Parameter:
    def read(written: str) -> float:
        if not NUMBER.fullmatch(written) or not 0 <= float(written) <= most:
            raise Unreadable(f"a number from 0 to {most}")
        return float(written)

    return Parameter(name, about, {"type": "number", "minimum": 0, "maximum": most}, read)


def truth(name: str, about: str) -> Parameter:
    def read(written: str) -> bool:
        if written.lower() not in ("true", "false"):
            raise Unreadable("true or false")
        return written.lower() == "true"

    return Parameter(name, about, {"type": "boolean", "default": False}, read, False)


def uuid(name: str, about: str) -> Parameter:
    return Parameter(name, about, {"type": "string", "format": "uuid"}, read_uuid)


def read_uuid(written: str) -> str:
    """In small letters. Only the form with four hyphens: the others would be further names of the same thing."""
    if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", written, re.ASCII):
        raise Unreadable("a UUID")
    return written.lower()


def choice(name: str, about: str, *words: str) -> Parameter:
    def read(written: str) -> str:
        if written not in words:
            raise Unreadable(f"one of: {', '.join(words)}")
        return written

    return Parameter(name, about, {"type": "string", "enum": list(words), "default": words[0]}, read, words[0])


def pattern(name: str, about: str, expression: str, expected: str, make: Callable[[str], Any]) -> Parameter:
    def read(written: str) -> Any:
        if not re.search(expression, written, re.ASCII) or written.endswith("\n"):
            raise Unreadable(expected)
        return make(written)

    return Parameter(name, about, {"type": "string", "pattern": expression}, read)


def moment(name: str, about: str) -> Parameter:
    schema = {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]}
    return Parameter(name, about, schema, read_moment)


def read_moment(written: str) -> datetime:
    """A day (from its midnight in UTC) or a moment with its zone. A "+" that became a blank on the way is one.

    >>> read_moment("2026-09-01T10:00:00 02:00")
    datetime.datetime(2026, 9, 1, 8, 0, tzinfo=datetime.timezone.utc)
    """
    found = MOMENT.fullmatch(written)
    if not found:
        raise Unreadable("a date (2026-09-01) or a date-time with zone (2026-09-01T08:00:00Z)")
    year, month, day, hour, minute, second, fraction, _zulu, zone = found.groups()
    # RFC 3339 knows the second 60 and the year 0, Python neither.
    clock = f"{hour or '00'}:{minute or '00'}:{'59' if second == '60' else second or '00'}.{(fraction or '0')[:6]:0<6}"
    try:
        made = datetime.fromisoformat(
            f"{'0001' if year == '0000' else year}-{month}-{day}T{clock}{(zone or '+00:00').replace(' ', '+')}"
        )
        return made.astimezone(UTC)
    except OverflowError:
        return datetime(1, 1, 1, tzinfo=UTC) if year < "0002" else datetime.max.replace(tzinfo=UTC)
    except ValueError:
        raise Unreadable("a day that the calendar knows") from None


def minutes(written: str) -> int:
    """A clock time as minutes after midnight."""
    return int(written[:2]) * 60 + int(written[3:])


def days_of_week(written: str) -> tuple[int, ...]:
    return tuple(sorted({DAYS.index(each) for each in written.split(",")}))
