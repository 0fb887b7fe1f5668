"""Small numbers never leave the house: fewer than three towns in a class are shown as "unter 3"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LEAST = 3


@dataclass(frozen=True)
class Figure:
    """A class with its number. `value` None: too few towns, nobody learns the number."""

    label: object
    value: int | None


@dataclass(frozen=True)
class Figures:
    """A breakdown: the classes in order. It has no sum on purpose: with it a hidden number could be worked out."""

    title: str
    heading: str
    value_heading: str
    figures: tuple[Figure, ...]

    @property
    def shown(self) -> list[tuple[object, int]]:
        """The classes with a number, as a chart draws them."""
        return [(each.label, each.value) for each in self.figures if each.value is not None]

    @property
    def hidden(self) -> list[object]:
        return [each.label for each in self.figures if each.value is None]


def count_towns(classes: Mapping[object, Iterable[int]], order: Sequence[object] = ()) -> tuple[Figure, ...]:
    """How many towns (keys) are in each class. Classes without any are left out.

    >>> [each.value for each in count_towns({"a": [1, 2, 3, 3], "b": [4, 5], "c": []})]
    [3, None]
    """
    found = {label: set(towns) for label, towns in classes.items()}
    return tuple(
        Figure(label, len(found[label]) if len(found[label]) >= LEAST else None)
        for label in order or found
        if found.get(label)
    )


def sum_of(values: Iterable[tuple[int, int]]) -> int | None:
    """What pairs (town, number) add up to; None if too few towns stand behind it. Nothing of anybody is 0.

    >>> sum_of([(1, 4), (2, 0), (3, 1), (4, 2)]), sum_of([(1, 4), (2, 9)]), sum_of([(1, 0)])
    (7, None, 0)
    """
    given = [(town, number) for town, number in values if number]
    return sum(number for _town, number in given) if len({town for town, _n in given}) >= LEAST or not given else None


def mean_of(values: Iterable[tuple[int, int]]) -> int | None:
    """The rounded mean of pairs (town, number); None if too few towns stand behind it.

    >>> mean_of([(1, 10), (2, 20), (3, 33)]), mean_of([(1, 10), (1, 20), (1, 30)])
    (21, None)
    """
    given = list(values)
    if len({town for town, _n in given}) < LEAST:
        return None
    return round(sum(number for _town, number in given) / len(given))
