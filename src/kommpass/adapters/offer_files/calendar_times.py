"""Makes times of the entries of one UID: rules stay rules, single days that differ become exceptions of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kommpass.adapters.calendar_seal import unsealed
from kommpass.adapters.offer_files.calendar_dates import single, words_of
from kommpass.adapters.offer_files.calendar_events import Entry
from kommpass.adapters.offer_files.calendar_series import series_of
from kommpass.domain.schedules import Schedule, check


@dataclass
class Times:
    """The times of an offer, and in words what could not be read."""

    schedules: list[Schedule] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    seen: set[Schedule] = field(default_factory=set)

    def add(self, found: Sequence[Schedule], words: str) -> None:
        """Times that can be used; with a mistake in one of them all of it stays as text."""
        if not found or any(check(each) for each in found):
            self.unread.append(words)
        else:
            new = [each for each in dict.fromkeys(found) if each not in self.seen]
            self.schedules += new
            self.seen.update(new)


def times_of(entries: Sequence[Entry]) -> Times:
    """The times of the entries of one UID, which are one offer."""
    made = Times()
    if (ours := unsealed(each.event for each in entries)) is not None:
        made.schedules += ours
        return made
    newest = _newest(entries)
    changes = [each for each in newest if each.replaces is not None]
    for entry in newest:
        if entry.replaces is None and not entry.cancelled:
            changes = _read(entry, changes, made)
    for entry in changes:
        # The series it belongs to is not in the file, as in an invitation to a single day.
        if not entry.cancelled:
            made.add(single(entry.begins, entry.ends), words_of(entry))
    return made


def _newest(entries: Sequence[Entry]) -> list[Entry]:
    """Of several versions of a changed day the newest one."""
    found: dict[object, Entry] = {}
    for place, entry in enumerate(entries):
        key = place if entry.replaces is None else entry.replaces
        if key not in found or entry.sequence >= found[key].sequence:
            found[key] = entry
    return list(found.values())


def _read(entry: Entry, changes: list[Entry], made: Times) -> list[Entry]:
    """Read an entry with the days of it that differ; the changes that belong to none of its days are left."""
    if entry.unread or entry.begins is None:
        made.unread.append(words_of(entry))
        return changes
    if not entry.rules and not entry.added:
        made.add(single(entry.begins, entry.ends), words_of(entry))
        return changes
    mine = [each for each in changes if not each.unread]
    series = None if any(each.following_too for each in mine) else series_of(entry, mine)
    if series is None:
        made.unread += [words_of(entry), *(words_of(each) for each in mine if not each.cancelled)]
        return [each for each in changes if each.unread]
    beside = [each for begins, ends in series.singles for each in single(begins, ends)]
    made.add([series.schedule, *beside], words_of(entry))
    foreign = {id(each) for each in series.foreign}
    return [each for each in changes if id(each) in foreign or each.unread]
