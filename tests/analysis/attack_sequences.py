"""Attackers for disclosure control: towns of small tables, what is released one after the other, and what it tells.

The attacker is built apart from what it attacks. It does not know `Figures` and their relations; it knows the smallest
parts of the town, of which parts each number is the sum, and all numbers and shares that were ever shown. And it
reckons with whole numbers (an integer program), which is at least as sharp as the linear programs of the auditor.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, vstack

from kommpass.analysis.disclosure.derived import shown_shares, with_complements
from kommpass.analysis.disclosure.figures import NO_PARENT, Dimension, Figures, crossed, linked
from kommpass.analysis.disclosure.rules import Rule
from kommpass.analysis.disclosure.suppression import CannotProtect, suppress

RULES = (Rule(minimum=3), Rule(minimum=5), Rule(minimum=3, zero_is_open=False))
FAR = 1_000
"""No number of these towns is as large, so nobody has to look farther."""

HALF_A_DIGIT = 0.05
"""Shares are shown in percent with one digit."""


@dataclass(frozen=True)
class Town:
    """`parts`: for each cell of `figures` the smallest parts it is the sum of, shape (cells, parts). `releases`: the
    cells that are due one after the other. `since`: from which release on a cell exists, the future is unknown."""

    figures: Figures
    parts: np.ndarray
    releases: list[np.ndarray]
    since: np.ndarray
    shares: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Sums:
    """What is known of sums of the smallest parts: which parts (sums, parts), the least and the most each can be."""

    parts: csr_matrix
    least: np.ndarray
    most: np.ndarray


@dataclass(frozen=True)
class Told:
    """All that was ever shown: cells and shares; and how many releases were refused."""

    cells: np.ndarray
    shares: np.ndarray
    refused: int


def released(town: Town, rule: Rule, *, secondary: bool = True) -> Told:
    """Each release knows all earlier ones. Without secondary suppression only the small numbers themselves are hidden,
    and shares are shown wherever their denominator is."""
    shown, refused = np.zeros(town.figures.size, bool), 0
    for number, due in enumerate(town.releases):
        if not secondary:
            shown |= due & ~rule.unsafe(town.figures.values)
            continue
        exists = town.since <= number
        now = _part(town.figures.having(published=shown, internal=~shown & ~due), exists)
        try:
            hidden = suppress(now, rule).hidden
        except CannotProtect:
            refused += 1
            continue
        shown[np.flatnonzero(exists)[~hidden]] = True
    if secondary:
        return Told(shown, shown_shares(~shown, town.shares), refused)
    return Told(shown, shown[[whole for _part, whole in town.shares]], refused)


def _part(figures: Figures, exists: np.ndarray) -> Figures:
    """The cells that exist, and the relations between them."""
    beyond = np.asarray(abs(figures.relations[:, ~exists]).sum(axis=1)).ravel()
    return Figures(
        figures.values[exists],
        csr_matrix(figures.relations[beyond == 0][:, exists]),
        figures.published[exists],
        figures.internal[exists],
    )


def recovered(town: Town, told: Told, rule: Rule) -> list[tuple[int, int]]:
    """The small numbers of which somebody can tell more than the rule allows: the least and the most they can be."""
    known = _knowledge(town, told)
    found: list[tuple[int, int]] = []
    tables: list[np.ndarray] = []
    for cell in np.flatnonzero(rule.unsafe(town.figures.values)):
        row = town.parts[cell]
        seen = [int(row @ each) for each in tables]
        least, most = min(seen, default=FAR), max(seen, default=-1)
        for sign in ((1,) if least > 0 else ()) + ((-1,) if most < rule.minimum else ()):
            table = fitting_town(known, row, sign)
            tables.append(table)
            least, most = min(least, int(row @ table)), max(most, int(row @ table))
        if least > 0 or most < rule.minimum:
            found.append((least, most))
    return found


def _knowledge(town: Town, told: Told) -> Sums:
    """Numbers that are shown are known exactly, the numerator of a share as far as its digit goes."""
    values = town.figures.values
    rows, least, most = [town.parts[told.cells]], [values[told.cells]], [values[told.cells]]
    for (numerator, denominator), seen in zip(town.shares, told.shares, strict=True):
        if seen and (whole := values[denominator]):
            share = round(100 * values[numerator] / whole, 1)
            rows.append(town.parts[[numerator]])
            least.append(np.ceil([(share - HALF_A_DIGIT) * whole / 100 - 1e-9]))
            most.append(np.floor([(share + HALF_A_DIGIT) * whole / 100 + 1e-9]))
    return Sums(csr_matrix(np.concatenate(rows)), np.concatenate(least), np.concatenate(most))


def fitting_town(known: Sums, row: np.ndarray, sign: int) -> np.ndarray:
    """Of all towns that fit what is known, one in which the sum of this row is least (sign 1) or most (-1)."""
    answer = milp(
        sign * row.astype(float),
        integrality=np.ones(len(row)),
        bounds=Bounds(0, FAR),
        constraints=[LinearConstraint(known.parts, known.least, known.most)] if known.parts.shape[0] else [],
    )
    assert answer.status == 0, answer.message
    return np.round(answer.x).astype(np.int64)


def town_of(dice: np.random.Generator) -> tuple[str, Town, Rule]:
    """A town of one kind by chance, and the rule of its source."""
    name = str(dice.choice(list(KINDS)))
    return name, KINDS[name](dice), RULES[int(dice.choice(3, p=[0.5, 0.3, 0.2]))]


def _counts(dice: np.random.Generator, size: int | tuple[int, ...]) -> np.ndarray:
    """A few large counts and many small ones, as they are in areas."""
    return dice.poisson(dice.gamma(0.9, 6.0, size))


def _flat(number: int) -> Dimension:
    return Dimension.of(total=number, parts=range(number))


DISTRICTS = Dimension(np.array([4, 4, 5, 5, 6, 6, NO_PARENT]))
CUTS = ([_flat(2), _flat(2)], [_flat(3), _flat(2)], [_flat(3), _flat(3)], [DISTRICTS, _flat(2)], [_flat(2)] * 3)
OFTEN = [0.4, 0.3, 0.2, 0.05, 0.05]


def _belonging(dimension: Dimension) -> np.ndarray:
    """Which leaves belong to each code, found by walking upwards from each leaf."""
    leaves = [code for code in range(dimension.size) if code not in dimension.parents]
    found = np.zeros((dimension.size, len(leaves)), np.int64)
    for place, code in enumerate(leaves):
        while code != NO_PARENT:
            found[code, place] = 1
            code = dimension.parents[code]
    return found


def table_of_town(dice: np.random.Generator) -> tuple[Figures, np.ndarray, list[Dimension]]:
    """A table with its sums, its smallest parts, and the ways it is cut."""
    dimensions = CUTS[dice.choice(len(CUTS), p=OFTEN)]
    counts = np.zeros([each.size for each in dimensions], np.int64)
    leaves = np.ix_(*(each.leaves for each in dimensions))
    counts[leaves] = _counts(dice, counts[leaves].shape)
    parts = np.ones((1, 1), np.int64)
    for each in dimensions:
        parts = np.kron(parts, _belonging(each))
    return crossed(counts, dimensions), parts, dimensions


def whole_table(dice: np.random.Generator) -> Town:
    """Two or three dimensions, all of it at once."""
    figures, parts, _dimensions = table_of_town(dice)
    return Town(figures, parts, [np.ones(figures.size, bool)], np.zeros(figures.size))


def cut_after_cut(dice: np.random.Generator) -> Town:
    """Somebody asks for one cut after the other: areas, areas by sex, ages without areas, …"""
    figures, parts, dimensions = table_of_town(dice)
    releases = []
    for _query in range(dice.integers(2, 4)):
        asked = np.ones((1,), bool)
        for each in dimensions:
            codes = np.ones(each.size, bool)
            codes[each.leaves] = dice.random() < 0.6
            asked = np.kron(asked, codes)
        releases.append(asked.astype(bool))
    return Town(figures, parts, releases, np.zeros(figures.size))


def time_after_time(dice: np.random.Generator) -> Town:
    """How many until March, how many until April: whoever subtracts knows how many came in between."""
    areas, times = int(dice.integers(2, 4)), int(dice.choice([2, 2, 3]))
    came = _counts(dice, (times, areas)) // np.where(np.arange(times) > 0, 3, 1)[:, None]
    area = _flat(areas)
    tables = [crossed(np.append(each, 0), [area]) for each in (*came, *came.cumsum(axis=0))]
    apart = linked(tables)
    step, rows = areas + 1, []
    for time in range(times):
        for code in range(step):
            row = np.zeros(apart.size, np.int64)
            row[[time * step + code, (times + time) * step + code]] = 1, -1
            if time:
                row[(times + time - 1) * step + code] = 1
            rows.append(row)
    figures = Figures(apart.values, csr_matrix(vstack([apart.relations, csr_matrix(np.array(rows))])))
    parts = np.kron(np.concatenate([np.eye(times), np.tri(times)]), _belonging(area)).astype(np.int64)
    since = np.tile(np.repeat(np.arange(times), step), 2)
    until = np.arange(apart.size) >= times * step
    return Town(figures, parts, [until & (since == time) for time in range(times)], since)


def area_over_area(dice: np.random.Generator) -> Town:
    """Districts, school areas, planning areas: cuts of the same blocks, which nobody shows, one after the other."""
    blocks, cuts = int(dice.integers(4, 7)), int(dice.choice([2, 2, 3]))
    owner = np.array([dice.permutation(np.append([0, 1, 2], dice.integers(0, 3, blocks - 3))) for _cut in range(cuts)])
    areas = (owner[:, None, :] == np.arange(3)[:, None]).reshape(-1, blocks).astype(np.int64)
    sums = np.concatenate([areas, np.ones((1, blocks), np.int64)])
    parts = np.concatenate([np.eye(blocks, dtype=np.int64), sums])
    counts = _counts(dice, blocks)
    relations = csr_matrix(np.concatenate([sums, -np.eye(len(sums), dtype=np.int64)], axis=1))
    cell = np.arange(len(parts)) - blocks
    releases = [(cell >= 0) & ((cell // 3 == cut) | (cell == 3 * cuts)) for cut in range(cuts)]
    return Town(Figures(parts @ counts, relations), parts, releases, np.zeros(len(parts)))


def share_of_a_whole(dice: np.random.Generator) -> Town:
    """First the children of each area, then how many of them are in care, and the share."""
    areas = int(dice.integers(2, 6))
    in_care, rest = _counts(dice, areas), _counts(dice, areas)
    area, step = _flat(areas), areas + 1
    both = linked([crossed(np.append(in_care, 0), [area]), crossed(np.append(in_care + rest, 0), [area])])
    shares = [(code, step + code) for code in range(step)]
    parts = np.kron(np.array([[1, 0], [1, 1], [0, 1]]), _belonging(area))
    cell = np.arange(3 * step)
    releases = [(cell >= step) & (cell < 2 * step), cell < step]
    return Town(with_complements(both, shares), parts, releases, np.zeros(3 * step), shares)


KINDS: dict[str, Callable[[np.random.Generator], Town]] = {
    "whole table": whole_table,
    "cut after cut": cut_after_cut,
    "time after time": time_after_time,
    "area over area": area_over_area,
    "share of a whole": share_of_a_whole,
}
