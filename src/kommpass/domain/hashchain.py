"""A chain of fingerprints over the journal: a changed, removed, inserted or moved row breaks it visibly."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kommpass.domain.canonical import digest
from kommpass.domain.words import _

CHANGED, REMOVED, INSERTED, REORDERED = "changed", "removed", "inserted", "reordered"

_SENTENCES = {
    CHANGED: _("Eintrag {label} wurde nachträglich verändert: Inhalt und Prüfsumme passen nicht zusammen."),
    REMOVED: _("Vor Eintrag {label} fehlt mindestens ein Eintrag, oder der Eintrag davor wurde ersetzt."),
    INSERTED: _("Eintrag {label} wurde nachträglich eingefügt."),
    REORDERED: _("Eintrag {label} steht nicht an seinem Platz: Sein Vorgänger kommt erst später."),
    "end": _("Nach Eintrag {label} fehlt mindestens ein Eintrag: Die Kette endet anders als hinterlegt."),
    "anchor": _("Ein früher beglaubigter Stand ({label}) kommt in der Kette nicht mehr vor."),
}


@dataclass(frozen=True)
class Entry:
    """One row of the chain. `label` is what people call it (its number); hashed only if in `fields`."""

    label: str
    previous_hash: str
    hash: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold: `position` from 0, `kind` one of the four words."""

    kind: str
    position: int
    label: str
    message: str

    @property
    def sentence(self) -> str:
        return self.message.format(label=self.label)


def entry_hash(previous_hash: str, fields: Mapping[str, Any]) -> str:
    """SHA-256 over the previous row's hash and this row's fields (see `canonical` for what fields may hold).

    The first row has the previous hash "".

    >>> entry_hash("", {"verb": "add"}) == entry_hash("x", {"verb": "add"})
    False
    """
    return digest({"previous": previous_hash, "fields": fields})


def verify(
    entries: Iterable[Entry], *, start: str = "", head: str | None = None, anchors: Collection[str] = ()
) -> Break | None:
    """The first break of the chain, or None.

    `start` is the hash before the first row. Rows cut off at the end, and a chain rewritten as a whole, can
    only be seen with a witness from outside: `head` is the hash the last row must have, `anchors` are hashes
    printed or sealed earlier, which must still occur.
    """
    rows = tuple(entries)
    expected = start
    for position, row in enumerate(rows):
        if entry_hash(row.previous_hash, row.fields) != row.hash:
            return _break(CHANGED, position, row.label)
        if row.previous_hash != expected:
            return _why(rows, position, start)
        expected = row.hash
    if head is not None and expected != head:
        return _wrong_end(rows, start, head)
    known = {start, *(row.hash for row in rows)}
    missing = [anchor for anchor in anchors if anchor not in known]
    if missing:
        return Break(REMOVED, len(rows), missing[0][:12], _SENTENCES["anchor"])
    return None


def _why(rows: tuple[Entry, ...], position: int, start: str) -> Break:
    """Why the row at `position` does not follow the row before it."""
    row = rows[position]
    before = [start, *(each.hash for each in rows[:position])]
    if any(each.hash == row.previous_hash for each in rows[position + 1 :]):
        return _break(REORDERED, position, row.label)
    copied = row.hash in before
    true_successor = any(each.previous_hash == before[-1] for each in rows[position + 1 :])
    if copied or true_successor:
        return _break(INSERTED, position, row.label)
    if row.previous_hash in before:
        stranger = before.index(row.previous_hash)
        return _break(INSERTED, stranger, rows[stranger].label)
    return _break(REMOVED, position, row.label)


def _wrong_end(rows: tuple[Entry, ...], start: str, head: str) -> Break:
    hashes = [start, *(row.hash for row in rows)]
    if head in hashes:
        stranger = hashes.index(head)
        return _break(INSERTED, stranger, rows[stranger].label)
    return Break(REMOVED, len(rows), rows[-1].label if rows else "0", _SENTENCES["end"])


def _break(kind: str, position: int, label: str) -> Break:
    return Break(kind, position, label, _SENTENCES[kind])
