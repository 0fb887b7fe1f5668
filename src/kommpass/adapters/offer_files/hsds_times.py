"""Times of HSDS as times of ours: by our own field for the rule where it is there, else by those of the standard."""

import re
from collections.abc import Iterable

from kommpass.adapters.hsds.tabular_reading import Row
from kommpass.adapters.offer_files.hsds_places import physical
from kommpass.domain.schedules import OtherDay, Schedule, check
from kommpass.domain.schedules.model import MIDNIGHT

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_OTHER_DAY = re.compile(
    r"(\d{4}-\d\d-\d\d): (fällt aus|findet statt)(?: (\d\d:\d\d)–(\d\d:\d\d)?)?(?: \((.*)\))?", re.DOTALL
)
_NEVER_READ = ("byweekno", "byyearday")


def times_of(service: Row, *, ours: bool) -> tuple[list[Schedule], list[str]]:
    """The times of a service, those at its locations with the key of the location, and in words what is no rule."""
    rows = [(each, "") for each in service.get("schedules", [])]
    for there in physical(service):
        location = there["location"]
        rows += [(each, location["id"]) for each in _unique(there, location)]
    times: list[Schedule] = []
    unread: list[str] = []
    for row, location in rows:
        made = _schedule(row, location, ours=ours)
        if made is None or check(made):
            unread.append(_words(row))
        elif made not in times:
            times.append(made)
    return times, [each for each in dict.fromkeys(unread) if each]


def _unique(there: Row, location: Row) -> Iterable[Row]:
    return {each["id"]: each for each in (*there.get("schedules", []), *location.get("schedules", []))}.values()


def _schedule(row: Row, location: str, *, ours: bool) -> Schedule | None:
    starts, ends = _clock(row.get("opens_at", "")), _clock(row.get("closes_at", ""))
    said, others = _notes(row.get("notes", "")) if ours else (row.get("notes", ""), ())
    first = row.get("valid_from", "") or row.get("dtstart", "")
    about = {
        "begins": first,
        "starts": starts,
        "ends": MIDNIGHT if ends == "00:00" and starts else ends,
        "note": said[:300],
        "location": location,
        "exceptions": others,
    }
    rule = row.get("x_rrule", "") or _rule(row)
    if rule:
        return Schedule(
            kind="phone" if row.get("attending_type") == "phone" else "open", rule=rule,
            until=row.get("valid_to", "") or row.get("until", ""),
            public_holidays=row.get("x_public_holidays", "off"), school_holidays=row.get("x_school_holidays", "on"),
            **about,
        )  # fmt: skip
    if row.get("freq"):
        return None
    if first and row.get("valid_to", first) == first and row.get("until", first) == first:
        return Schedule(kind="session", **about)
    # Our rows in words alone have no way of attending.
    arranged = ours and not first and "attending_type" in row
    return Schedule(kind="arrangement", **about) if arranged else None


def _rule(row: Row) -> str:
    """The rule of the standard's fields; "" where there is none, or one that we do not know."""
    freq = row.get("freq", "")
    if freq not in ("WEEKLY", "MONTHLY") or any(row.get(name) for name in _NEVER_READ):
        return ""
    parts = {
        "FREQ": freq,
        "INTERVAL": row.get("interval", 1) if row.get("interval", 1) != 1 else "",
        "COUNT": row.get("count", ""),
        "BYDAY": row.get("byday", "").replace(" ", ""),
        "BYMONTHDAY": row.get("bymonthday", "").replace(" ", ""),
        "WKST": row.get("wkst", "") if row.get("wkst", "MO") != "MO" else "",
    }
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def _clock(text: str) -> str:
    """The local time: "10:00:00", "9:30Z" and "15:00+01:00" all name the hour on the wall."""
    found = _CLOCK.match(text)
    return f"{int(found[1]):02}:{found[2]}" if found else ""


def _notes(text: str) -> tuple[str, tuple[OtherDay, ...]]:
    """Our notes: what else was said, and the days that differ, as we write them."""
    kept, days = [], []
    for line in text.split("\n"):
        if found := _OTHER_DAY.fullmatch(line):
            on, what, starts, ends, note = found.groups(default="")
            days.append(OtherDay(on, what == "fällt aus", starts, ends, note))
        else:
            kept.append(line)
    return "\n".join(kept), tuple(days)


def _words(row: Row) -> str:
    """What a row says of a time that is no rule of ours."""
    hours = "–".join(filter(None, (_clock(row.get("opens_at", "")), _clock(row.get("closes_at", "")))))
    days = " bis ".join(filter(None, (row.get("valid_from", ""), row.get("valid_to", ""))))
    rest = "" if row.get("description") else " ".join(filter(None, (row.get("freq", ""), row.get("byday", ""))))
    return ", ".join(filter(None, (row.get("description", ""), days, rest, hours and f"{hours} Uhr")))
