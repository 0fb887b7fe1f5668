"""Takes rows that only continue the one above, with empty cells for its name and address, together with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kommpass.adapters.offer_files.keys import is_key_name, is_name
from kommpass.adapters.offer_files.raw import RawRow
from kommpass.adapters.offer_files.sheet import Note
from kommpass.adapters.plan_files.mapping import plain
from kommpass.domain.words import _

_ADDRESSES = {"adresse", "anschrift", "strasse", "str", "street", "address"}
NOTHING = "–"


@dataclass
class Group:
    """A row and the ones that continue it."""

    head: RawRow
    more: list[RawRow] = field(default_factory=list)


def join_continued(columns: Sequence[str], rows: Sequence[RawRow]) -> tuple[list[RawRow], list[Note]]:
    """One row for each group. A cell that differs becomes lines, one for each row ("–" where a row says nothing),
    so that the first line of one column belongs to the first line of the others.

    Bochum's sports grounds: one ground with its name and address, below it each further pitch without.
    """
    identity = _identity(columns)
    groups: list[Group] = []
    for row in rows:
        if groups and _continues(row, groups[-1].head, identity, columns[0]):
            groups[-1].more.append(row)
        else:
            groups.append(Group(row))
    joined = [group for group in groups if group.more]
    if not joined or len(rows) > 4 * len(groups):  # then the name is simply missing in this list
        return list(rows), []
    return [_joined(group, identity, columns) for group in groups], [_note(group) for group in joined]


def _identity(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that say which thing a row is about, if there are enough to be sure."""
    found = [
        column
        for column in columns
        if is_key_name(column) or is_name(column) or set(plain(column).split()) & _ADDRESSES
    ]
    return tuple(found) if len(found) > 1 or (found and found[0] != columns[0]) else ()


def _continues(row: RawRow, head: RawRow, identity: Sequence[str], first: str) -> bool:
    """Whether a row has no name of its own, or one in brackets only. The first cell must be empty too, unless it
    is missing in the row above: then it has slipped down."""
    if not identity or (row.values[first] and (head.values[first] or first in identity)):
        return False
    said = [row.values[column] for column in identity if row.values[column]]
    return not said or (len(said) == 1 and said[0].startswith("(") and said[0].endswith(")"))


def _joined(group: Group, identity: Sequence[str], columns: Sequence[str]) -> RawRow:
    if not group.more:
        return group.head
    rows = [group.head, *group.more]
    values = {}
    for column in columns:
        cells = [row.values[column] for row in rows]
        different = list(dict.fromkeys(filter(None, cells)))
        if len(different) < 2:
            values[column] = "".join(different)
        elif column in identity:
            values[column] = " ".join(text for text in different if text == different[0] or text not in different[0])
        else:
            values[column] = "\n".join(cell or NOTHING for cell in cells)
    return RawRow(group.head.number, values)


def _note(group: Group) -> Note:
    one = _("Fortsetzungszeile {first} zu Zeile {row} genommen.")
    more = _("Fortsetzungszeilen {first} bis {last} zu Zeile {row} genommen.")
    values = {"first": group.more[0].number, "last": group.more[-1].number, "row": group.head.number}
    return Note(one if len(group.more) == 1 else more, values, row=group.head.number)
