"""The numbers of a target agreement: field 1, goal 1.2, measure 1.2.3, step a) (Nummerierung)."""

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from kommpass.domain.words import _

LEVELS = ("field", "strategic_goal", "goal", "measure", "step")


class NumberRefused(ValueError):
    """A text that is no number of an agreement; `sentence` is German."""

    def __init__(self, message: str, **values: str):
        super().__init__(message.format(**values))
        self.message, self.values = message, values

    @property
    def sentence(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Node:
    """An item in its place: `key` names it, `children` stand in order, at most five deep (see LEVELS)."""

    key: Hashable
    children: tuple["Node", ...] = ()


def number_tree(fields: Iterable[Node]) -> dict[Hashable, str]:
    """Number the fields and everything below them, by place alone.

    Strategic goals carry no number ("") and the goals of a field count through across them.

    >>> goals = Node("steer", (Node("network", (Node("round table", (Node("invite"),)),)),))
    >>> more = Node("inform", (Node("website"),))
    >>> number_tree([Node("Steuerung", (goals, more))])  # doctest: +NORMALIZE_WHITESPACE
    {'Steuerung': '1', 'steer': '', 'network': '1.1', 'round table': '1.1.1', 'invite': 'a)',
     'inform': '', 'website': '1.2'}
    """
    numbers: dict[Hashable, str] = {}
    for key, number in _numbered(fields):
        if key in numbers:
            raise ValueError(f"expected each key once, got {key!r} twice")
        numbers[key] = number
    return numbers


def _numbered(fields: Iterable[Node]) -> Iterator[tuple[Hashable, str]]:
    for place, field in enumerate(fields, 1):
        yield field.key, f"{place}"
        goals = 0
        for strategic_goal in field.children:
            yield strategic_goal.key, ""
            for goal in strategic_goal.children:
                goals += 1
                yield from _numbered_goal(goal, f"{place}.{goals}")


def _numbered_goal(goal: Node, number: str) -> Iterator[tuple[Hashable, str]]:
    yield goal.key, number
    for place, measure in enumerate(goal.children, 1):
        yield measure.key, f"{number}.{place}"
        for step_place, step in enumerate(measure.children, 1):
            if step.children:
                raise ValueError(f"expected at most {len(LEVELS)} levels, but step {step.key!r} has children")
            yield step.key, step_label(step_place)


def step_label(place: int) -> str:
    """The letter of the nth step, counted from 1; after z) come aa), ab)…

    >>> [step_label(place) for place in (1, 26, 27, 53)]
    ['a)', 'z)', 'aa)', 'ba)']
    """
    if place < 1:
        raise ValueError(f"expected a place from 1, got {place}")
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return f"{letters})"


def step_place(label: str) -> int:
    """The inverse: which step "b)" is. Raises `NumberRefused`.

    >>> step_place("ba)")
    53
    """
    if not re.fullmatch(r"[a-z]{1,6}\)", label):
        raise NumberRefused(_("„{text}“ ist kein Buchstabe eines Schritts."), text=label)
    place = 0
    for letter in label[:-1]:
        place = place * 26 + ord(letter) - ord("a") + 1
    return place


def parse_number(number: str) -> tuple[int, ...]:
    """ "1.10.2" as (1, 10, 2): one to three places, each from 1, no leading zeros. Raises `NumberRefused`.

    >>> parse_number("1.10.2")
    (1, 10, 2)
    """
    if not re.fullmatch(r"[1-9]\d{0,5}(\.[1-9]\d{0,5}){0,2}", number, re.ASCII):
        message = _("„{text}“ ist keine Nummer der Zielvereinbarung (zum Beispiel 2.1.3).")
        raise NumberRefused(message, text=number)
    return tuple(int(place) for place in number.split("."))


def format_number(places: Iterable[int]) -> str:
    """(1, 10, 2) as "1.10.2"."""
    return ".".join(str(place) for place in places)


def sort_key(number: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts numbers as people count: 1.2 before 1.10; it takes foreign ones ("B5+6") as well.

    >>> sorted(["1.10.2", "1.2", "1.10", "B10", "B5+6", ""], key=sort_key)
    ['', '1.2', '1.10', '1.10.2', 'B5+6', 'B10']
    """
    parts = re.findall(r"[0-9]+|[^0-9.\s]+", number)
    return tuple((0, int(part), "") if part[0] in "0123456789" else (1, 0, part.casefold()) for part in parts)
