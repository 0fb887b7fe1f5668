"""How the prevention chain is counted: an offer once in each of its phases and columns, and once in every total."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

from kommpass.domain.gates import Requirement
from kommpass.domain.offers.vocabularies import LIFE_PHASES

UNKNOWN = "unknown"
"""Row or column of the offers of which nobody said it. Unknown is not zero, and it is not everywhere either."""

EVERY = ""
"""In place of a row or a column: all of them together."""

SHADES = 5


@dataclass(frozen=True)
class Matrix:
    """What was counted. A cell that is missing is 0; totals count offers and are no sums of cells."""

    cells: Mapping[tuple[str, str], int]
    rows: Mapping[str, int]
    columns: Mapping[str, int]
    total: int

    def number(self, row: str = EVERY, column: str = EVERY) -> int:
        """How many offers stand in a cell; EVERY gives the total of a row, of a column, of everything."""
        if row and column:
            return self.cells.get((row, column), 0)
        if row or column:
            return self.rows.get(row, 0) if row else self.columns.get(column, 0)
        return self.total

    @property
    def most(self) -> int:
        """The largest number in a cell of which row and column are known: by it the others are drawn."""
        return max((number for cell, number in self.cells.items() if UNKNOWN not in cell), default=0)


def count(offers: Iterable[tuple[Collection[str], Collection[str]]]) -> Matrix:
    """Count offers, each given by its rows and its columns; without any it stands in the row or column UNKNOWN.

    An offer for children of 0 to 6 years stands in three phases and is still one offer:

    >>> found = count([(("under_three", "three_to_six", "six_to_ten"), ("health",)), ((), ("health", "sport"))])
    >>> found.number("six_to_ten", "health"), found.number(UNKNOWN, "sport"), found.number(UNKNOWN)
    (1, 1, 1)
    >>> found.number(column="health"), found.number()
    (2, 2)
    """
    cells: Counter[tuple[str, str]] = Counter()
    rows: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    alike = Counter((placed(own_rows), placed(own_columns)) for own_rows, own_columns in offers)
    for (own_rows, own_columns), number in alike.items():
        rows.update(dict.fromkeys(own_rows, number))
        columns.update(dict.fromkeys(own_columns, number))
        cells.update(dict.fromkeys(product(own_rows, own_columns), number))
    return Matrix(cells, rows, columns, alike.total())


def placed(words: Collection[str]) -> frozenset[str]:
    """Where an offer with these words stands: with each of them once, or with UNKNOWN.

    >>> sorted(placed(["sport", "sport"])), sorted(placed([]))
    (['sport'], ['unknown'])
    """
    return frozenset(words) or frozenset((UNKNOWN,))


def shade(number: int, most: int) -> int:
    """How dark a cell is drawn: 0 for nothing, else 1 to 5 by its share of the largest one.

    >>> [shade(number, 40) for number in (0, 1, 8, 9, 40)]
    [0, 1, 1, 2, 5]
    """
    return -(-SHADES * number // most) if number > 0 and most > 0 else 0


def neighbours() -> list[tuple[str, str]]:
    """The life phases that follow each other, as pairs along the chain.

    >>> neighbours()[1]
    ('birth', 'under_three')
    """
    return list(pairwise(LIFE_PHASES.places))


def place_in_chain(from_phase: str, to_phase: str) -> tuple[int, int]:
    """By which transitions are put in the order of the chain: where they begin, then where they lead.

    >>> place_in_chain("birth", "under_three")
    (1, 2)
    """
    return LIFE_PHASES.places[from_phase], LIFE_PHASES.places[to_phase]


def unsaid(*, giver: bool, taker: bool, gap: bool) -> list[str]:
    """Which of the two hands nobody named, although the transition is said to work.

    >>> unsaid(giver=True, taker=False, gap=False), unsaid(giver=True, taker=False, gap=True)
    (['taker'], [])
    """
    return [] if gap else [name for name, said in (("giver", giver), ("taker", taker)) if not said]


def coverage(districts: Mapping[str, str], have: Mapping[str, int], need: int) -> tuple[Requirement, ...]:
    """What a rule wants of each district (key and name) and what is there; the districts that lack most come first.

    >>> [(each.label, each.met) for each in coverage({"1": "Mitte", "2": "Nord"}, {"1": 2}, 1)]
    [('Nord', False), ('Mitte', True)]
    """
    judged = [Requirement(label=name, have=have.get(key, 0), need=need, where=key) for key, name in districts.items()]
    return tuple(sorted(judged, key=lambda each: -each.missing))
