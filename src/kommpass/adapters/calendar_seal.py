"""Carries a time of ours inside of a calendar entry: whoever reads our own file again gets it without loss.

A calendar file cannot say "not on public holidays" or "in school holidays only": we write the single days out. Beside
them stands the time itself with a seal over what the entry says. Where another program changed the entry, the seal
does not fit any more, and the entry itself is read.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from hashlib import sha256

from icalendar import Event

from kommpass.domain.schedules import Schedule, check

NAME = "X-KOMMPASS-TIME"
_SEALED = tuple(name.encode() for name in ("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE"))


def seal(usual: Event, singles: Iterable[Event], schedule: Schedule) -> None:
    """Write a time into the entry that says it; `singles` are the entries of its days that differ."""
    default = Schedule().to_json()
    said = {name: value for name, value in schedule.to_json().items() if value != default[name]}
    beside = list(singles)
    _write(usual, {"time": said, "beside": len(beside)})
    for each in beside:
        _write(each, {})


def unsealed(events: Iterable[Event]) -> tuple[Schedule, ...] | None:
    """The times that our own entries say, None if one of them is not ours, was changed, or is missing."""
    times: list[Schedule] = []
    missing = 0
    for event in events:
        found = _read(event)
        if found is None:
            return None
        if "time" not in found:
            missing -= 1
            continue
        missing += found["beside"]
        times.append(found["time"])
    return tuple(times) if times and not missing else None


def _write(event: Event, what: dict) -> None:
    """In letters that no program breaks or escapes."""
    text = json.dumps({**what, "seal": _digest(event)}, ensure_ascii=False, separators=(",", ":"))
    event.add(NAME, b64encode(text.encode()).decode())


def _read(event: Event) -> dict | None:
    try:
        found = json.loads(b64decode(str(event[NAME]), validate=True))
        if found["seal"] != _digest(event):
            return None
        if "time" in found:
            found["time"] = Schedule.from_json(found["time"])
            found["beside"] = int(found["beside"])
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    return None if "time" in found and check(found["time"]) else found


def _digest(event: Event) -> str:
    """A short digest of when the entry takes place."""
    lines = event.to_ical().replace(b"\r\n ", b"").split(b"\r\n")
    return sha256(b"\n".join(line for line in lines if line.startswith(_SEALED))).hexdigest()[:16]
