"""What changed between two texts, word by word, and between two versions of an agreement (Vergleich)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

SAME, REMOVED, ADDED = "same", "removed", "added"
LARGE = 4_000_000
"""Words times words from which comparing them one by one would take more than a second or so."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `kind` is "same", "removed" or "added"."""

    kind: str
    text: str


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces in reading order: same + removed is the old text, same + added the new one, exactly.

    Very long and very different texts are compared line by line, or as a whole, instead of word by word.

    >>> [(piece.kind, piece.text) for piece in word_diff("Die Kita öffnet 2026.", "Die Kita öffnet 2027.")]
    [('same', 'Die Kita öffnet '), ('removed', '2026'), ('added', '2027'), ('same', '.')]
    """
    return tuple(_merged(_compared(_words(old), _words(new), finer=(r"[^\n]*\n|[^\n]+",))))


def _words(text: str) -> list[str]:
    """Words with the blanks after them, so that blanks do not match everywhere."""
    return re.findall(r"\w+\s*|[^\w\s]\s*|\s+", text)


def _compared(old: list[str], new: list[str], finer: tuple[str, ...]) -> Iterator[Piece]:
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    yield Piece(SAME, "".join(old[:start]))
    if len(old_middle) * len(new_middle) <= LARGE:
        yield from _matched(old_middle, new_middle)
    elif finer:
        lines = [re.findall(finer[0], "".join(middle)) for middle in (old_middle, new_middle)]
        yield from _compared(lines[0], lines[1], finer[1:])
    else:
        yield Piece(REMOVED, "".join(old_middle))
        yield Piece(ADDED, "".join(new_middle))
    yield Piece(SAME, "".join(old[len(old) - end :]))


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many items agree from the start."""
    count = 0
    for left, right in zip(old, new, strict=False):
        if left != right:
            break
        count += 1
    return count


def _matched(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(old[i1:i2]))
        else:
            yield Piece(REMOVED, "".join(old[i1:i2]))
            yield Piece(ADDED, "".join(new[j1:j2]))


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Without empty pieces, and neighbours of one kind as one."""
    kind, text = "", ""
    for piece in pieces:
        if not piece.text:
            continue
        if piece.kind == kind:
            text += piece.text
            continue
        if text:
            yield Piece(kind, text)
        kind, text = piece.kind, piece.text
    if text:
        yield Piece(kind, text)


@dataclass(frozen=True)
class AttributeChange:
    """One attribute that reads differently: `old` and `new` as text (lists joined by lines)."""

    name: str
    old: str
    new: str

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The word diff, worked out when somebody looks."""
        return word_diff(self.old, self.new)


@dataclass(frozen=True)
class Item:
    """A field, strategic goal, goal, measure or step of one version, named as it stands there."""

    level: str
    id: str
    number: str
    title: str
    parent: str


@dataclass(frozen=True)
class ItemChange:
    """An item of both versions: moved (another parent), renumbered, reordered, with changed attributes."""

    old: Item
    new: Item
    moved: bool
    renumbered: bool
    reordered: bool
    attributes: tuple[AttributeChange, ...]


@dataclass(frozen=True)
class AgreementChanges:
    """Everything in which two versions differ; `head` is all that stands outside the fields."""

    head: tuple[AttributeChange, ...]
    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    moved: tuple[ItemChange, ...]
    renumbered: tuple[ItemChange, ...]
    changed: tuple[ItemChange, ...]

    def __bool__(self) -> bool:
        return any((self.head, self.added, self.removed, self.moved, self.renumbered, self.changed))


_CHILDREN = (
    ("field", "fields"),
    ("strategic_goal", "strategic_goals"),
    ("goal", "goals"),
    ("measure", "measures"),
    ("step", "steps"),
)
_STRUCTURE = {"id", "number", *(children for _level, children in _CHILDREN)}
_NOT_HEAD = {"format", "version", "fields"}


def compare_agreements(old: Mapping[str, Any], new: Mapping[str, Any]) -> AgreementChanges:
    """Compare two frozen contents ("kommpass/agreement/1"); items are the same if their "id" is.

    An item appears in `moved` if its parent is another one (or, without numbers, if its place among
    the siblings that stayed is another one), in `renumbered` if only its number is another one, and, besides,
    in `changed` if an attribute is. Order: as in the new version, removed ones as in the old.
    """
    before, after = _Items(old), _Items(new)
    both = [_compare_item(before, after, each) for each in after.items if each in before.items]
    return AgreementChanges(
        head=_attribute_changes(old, new, _NOT_HEAD),
        added=tuple(item for each, item in after.items.items() if each not in before.items),
        removed=tuple(item for each, item in before.items.items() if each not in after.items),
        moved=tuple(each for each in both if each.moved or each.reordered),
        renumbered=tuple(each for each in both if each.renumbered and not each.moved),
        changed=tuple(each for each in both if each.attributes),
    )


class _Items:
    """All items of one content by id, in reading order, with their raw dicts and their siblings."""

    def __init__(self, content: Mapping[str, Any]):
        self.items: dict[str, Item] = {}
        self.raw: dict[str, Mapping[str, Any]] = {}
        self.siblings: dict[str, list[str]] = {}
        self._gather(content, "", 0)

    def _gather(self, parent: Mapping[str, Any], parent_id: str, depth: int) -> None:
        if depth == len(_CHILDREN):
            return
        level, children = _CHILDREN[depth]
        for raw in parent.get(children) or ():
            title = raw.get("title") or raw.get("text") or ""
            item = Item(level, raw["id"], raw.get("number") or "", title, parent_id)
            if item.id in self.items:
                raise ValueError(f"expected each id once, got {item.id!r} twice")
            self.items[item.id], self.raw[item.id] = item, raw
            self.siblings.setdefault(parent_id, []).append(item.id)
            self._gather(raw, item.id, depth + 1)


def _compare_item(before: _Items, after: _Items, each: str) -> ItemChange:
    old, new = before.items[each], after.items[each]
    moved = old.parent != new.parent
    return ItemChange(
        old=old,
        new=new,
        moved=moved,
        renumbered=old.number != new.number,
        reordered=not moved and not new.number and _place(before, after, each) != _place(after, before, each),
        attributes=_attribute_changes(before.raw[each], after.raw[each], _STRUCTURE),
    )


def _place(here: _Items, there: _Items, each: str) -> int:
    """The place among the siblings that have the same parent in both versions."""
    parent = here.items[each].parent
    there_too = {one for one in there.siblings.get(parent, ()) if one in here.items}
    return [one for one in here.siblings[parent] if one in there_too].index(each)


def _attribute_changes(
    old: Mapping[str, Any], new: Mapping[str, Any], without: set[str]
) -> tuple[AttributeChange, ...]:
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        AttributeChange(name, _as_text(old.get(name)), _as_text(new.get(name)))
        for name in names
        if name not in without and old.get(name) != new.get(name)
        if _as_text(old.get(name)) != _as_text(new.get(name))
    )


def _as_text(value: Any) -> str:
    """A value as people read it: lists line by line, records as "a: b; c: d", nothing as nothing."""
    if value is None or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_as_text(each)}" for name, each in value.items() if _as_text(each))
    if isinstance(value, (list, tuple)):
        return "\n".join(_as_text(each) for each in value)
    return str(value)
