"""Reads calendar files (RFC 5545): all entries of one UID are one row, with its times as rules of ours."""

import re
from collections.abc import Iterable, Sequence
from typing import NoReturn

from icalendar import Calendar, Event

from kommpass.adapters.offer_files.calendar_cells import COLUMNS, cells_of
from kommpass.adapters.offer_files.calendar_events import Entry, entry_of, is_hidden, text_of
from kommpass.adapters.offer_files.calendar_times import times_of
from kommpass.adapters.offer_files.cell_texts import Cells
from kommpass.adapters.offer_files.limits import MAX_EVENTS
from kommpass.adapters.offer_files.raw import RawRow, RawSheet
from kommpass.adapters.offer_files.sheet import Note, refuse
from kommpass.adapters.offer_files.written_times import written
from kommpass.domain.offers.listing.made_tables import CALENDAR, CALENDAR_KEY, offer_of_ours
from kommpass.domain.words import _

CALENDARS = (".ics", ".ical", ".ifb", ".vcs")
_PART = re.compile(r"^(BEGIN|END):(\w+)\s*$", re.IGNORECASE | re.MULTILINE)
_HALF = _("Die Kalenderdatei ist unvollständig: Ihr Ende fehlt. Bitte laden Sie sie noch einmal herunter.")
_BROKEN = _("Die Kalenderdatei ist beschädigt und lässt sich nicht lesen. Bitte laden Sie sie noch einmal herunter.")


def refuse_no_calendar(start: bytes) -> NoReturn:
    """Refuse what is only called a calendar file. `start` has no blanks and marks before it."""
    if start.startswith(b"<"):
        refuse(_("Das ist eine Webseite und keine Kalenderdatei. Bitte laden Sie die Datei (.ics) selbst herunter."))
    refuse(_("Das ist keine Kalenderdatei: Sie müsste mit BEGIN:VCALENDAR beginnen."))


def read_calendar(text: str, title: str) -> RawSheet:
    """The offers of a calendar file. Raises `FileRefused` for half a file and for too many entries."""
    events, name = _events(text)
    notes: list[Note] = []
    shown = [each for each in events if not is_hidden(each)]
    if len(shown) < len(events):
        notes.append(Note(_("Private Termine ausgelassen: {count}."), {"count": len(events) - len(shown)}))
    groups = _grouped(entry_of(each) for each in shown)
    running = [group for group in groups if not _called_off(group)]
    off = [group[0].text("SUMMARY")[:100] for group in groups if _called_off(group)]
    notes += [Note(_("Abgesagt und deshalb ausgelassen: „{title}“."), {"title": title}) for title in off[:50]]
    cells = Cells()
    rows = [_row(number, group, cells) for number, group in enumerate(running, 1)]
    return RawSheet(name or title, (CALENDAR_KEY, *COLUMNS), rows, [*notes, *cells.notes()])


def _events(text: str) -> tuple[list[Event], str]:
    """The entries of all calendars of a file, and the name of the first one."""
    _check_whole(text)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        events = [event for each in calendars for event in each.walk("VEVENT")]
    except Exception:  # the library stumbles over damaged files in many ways
        refuse(_BROKEN)
    if not events:
        refuse(_("Die Kalenderdatei enthält keine Termine."))
    return events, text_of(calendars[0], "X-WR-CALNAME") or text_of(calendars[0], "NAME")


def _check_whole(text: str) -> None:
    """Every part that begins must end, in its order."""
    open_parts: list[str] = []
    events = 0
    for found in _PART.finditer(text):
        what = found[2].upper()
        events += found[1].upper() == "BEGIN" and what == "VEVENT"
        if found[1].upper() == "BEGIN":
            open_parts.append(what)
        elif not open_parts or open_parts.pop() != what:
            refuse(_BROKEN)
    if open_parts:
        refuse(_HALF)
    if events > MAX_EVENTS:
        refuse(_("Die Kalenderdatei hat mehr als {limit} Termine. Bitte teilen Sie sie auf."), limit=MAX_EVENTS)


def _grouped(entries: Iterable[Entry]) -> list[list[Entry]]:
    """The entries by UID in the order of the file. Several UIDs of ours are one offer; without one each is its own."""
    found: dict[object, list[Entry]] = {}
    for place, entry in enumerate(entries):
        found.setdefault(offer_of_ours(entry.uid) or entry.uid or place, []).append(entry)
    return list(found.values())


def _called_off(group: Sequence[Entry]) -> bool:
    return all(each.cancelled for each in group)


def _row(number: int, group: Sequence[Entry], cells: Cells) -> RawRow:
    times = times_of(group)
    uid = group[0].uid
    key = f"{ours}@kommpass" if (ours := offer_of_ours(uid)) else uid
    said = {CALENDAR_KEY: key, **cells_of(group)}
    values = cells.row(number, said, said.values())
    return RawRow(number, values | written(times.schedules, times.unread, CALENDAR))
