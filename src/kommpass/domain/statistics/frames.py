"""Where a table lies in its sheet: titles above, rows of the header, figures, notes below; and its columns' names."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kommpass.domain.statistics.grids import Grid, GridRow, padded
from kommpass.domain.statistics.signs import SIGNS, looks_like_number
from kommpass.domain.statistics.times import time_of

_SEARCHED = 40
_MOST_HEADER_ROWS = 8
_BESIDE = " / "


@dataclass(frozen=True)
class Frame:
    """`header` are row numbers; `titles` and `notes` the texts above and below."""

    header: tuple[int, ...]
    titles: tuple[str, ...]
    notes: tuple[str, ...]


def frame_of(grid: Grid) -> Frame:
    """Finds the header: the rows that name the columns, right above the first row with figures."""
    first = _below_header(grid, _first_with_figures(grid))
    begin = first
    while begin > 0 and first - begin < _MOST_HEADER_ROWS and _belongs_above(grid, begin, first):
        begin -= 1
    begin, first = _without_others(grid, begin, first)
    end = _end(grid, first + 1)
    return Frame(
        tuple(number for number, _cells in grid.rows[begin:first]),
        tuple(_said(cells) for _number, cells in grid.rows[:begin]),
        tuple(_said(cells) for _number, cells in grid.rows[end:]),
    )


def _end(grid: Grid, least: int) -> int:
    """Where the notes begin that stand below the figures; at `least` at the earliest."""
    end = len(grid.rows)
    while end > least and _is_note(grid.rows[end - 1][1], grid.width):
        end -= 1
    return end


def _first_with_figures(grid: Grid) -> int:
    """The place of the first row that holds figures rather than names; 1 where there is none."""
    for place, (_number, cells) in enumerate(grid.rows[:_SEARCHED]):
        if _has_figures(cells) and not _counts_columns(grid, place):
            return place
    return min(1, len(grid.rows))


def _has_figures(cells: Sequence[str]) -> bool:
    said = {cell.strip() for cell in cells if cell.strip()}
    return len(said) > 1 and any(looks_like_number(cell) or cell in SIGNS for cell in said)


def _below_header(grid: Grid, first: int) -> int:
    """Goes up over headings between rows, "Bezirk A", that stand between the header and the first figures."""
    place = first
    while place > 1 and _distinct(grid.rows[place - 1][1]) == 1 and grid.rows[place - 1][1][0].strip():
        place -= 1
    return place if place and _distinct(grid.rows[place - 1][1]) > 1 else first


def _counts_columns(grid: Grid, place: int) -> bool:
    """Whether a row of numbers names columns: years or ages one after the other, with no row of names right above."""
    _number, cells = grid.rows[place]
    said = [cell.strip() for cell in cells[1:] if cell.strip()]
    if any(cell in SIGNS for cell in said):
        return False
    if place and _distinct(grid.rows[place - 1][1]) >= len(said) and not _has_figures(grid.rows[place - 1][1]):
        return False
    numbers = [cell for cell in said if looks_like_number(cell) or time_of(cell)]
    if not numbers:
        return False
    if all(time_of(cell) for cell in numbers):
        return True
    if looks_like_number(cells[0].strip()) or not all(re.fullmatch(r"\d{1,3}", cell) for cell in numbers):
        return False
    return len(numbers) > 2 and [int(cell) for cell in numbers] == list(
        range(int(numbers[0]), int(numbers[0]) + len(numbers))
    )


def _without_others(grid: Grid, begin: int, first: int) -> tuple[int, int]:
    """Leaves out shorter titles above, and rows of data without figures below: both have another text in front."""
    while begin < first - 1 and _clash(grid, begin, begin + 1) and _filled(grid, begin) < _filled(grid, begin + 1):
        begin += 1
    return begin, next((place for place in range(begin + 1, first) if _clash(grid, begin, place)), first)


def _clash(grid: Grid, place: int, other: int) -> bool:
    one, two = grid.rows[place][1][0].strip(), grid.rows[other][1][0].strip()
    return bool(one and two) and one != two


def _filled(grid: Grid, place: int) -> int:
    return sum(1 for cell in grid.rows[place][1] if cell.strip())


def _belongs_above(grid: Grid, begin: int, first: int) -> bool:
    """Whether the row above names columns too: directly above, and not one text for the whole table."""
    number, cells = grid.rows[begin - 1]
    if _distinct(cells) < 2:
        return begin < first and begin > 1 and _distinct(grid.rows[begin - 2][1]) > 1 and _touch(grid, begin - 2)
    return begin == first or grid.rows[begin][0] == number + 1


def _touch(grid: Grid, place: int) -> bool:
    return grid.rows[place][0] + 1 == grid.rows[place + 1][0]


def _distinct(cells: Sequence[str]) -> int:
    return len({cell.strip() for cell in cells if cell.strip()})


def _is_note(cells: Sequence[str], width: int) -> bool:
    """A row below that holds no figure: one text, also over merged cells, or texts in few of many columns."""
    said = [cell.strip() for cell in cells if cell.strip()]
    if any(looks_like_number(cell) or cell in SIGNS for cell in said):
        return False
    return len(set(said)) <= 1 < width or len(said) * 2 < width


def _said(cells: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(" ".join(cell.split()) for cell in cells if cell.strip()))


def column_names(grid: Grid, header: Sequence[int]) -> tuple[str, ...]:
    """The whole header of each column, "Bevölkerung / weiblich", each one different from the others.

    An empty cell of an upper row belongs to the name on its left, as in merged cells, if there is a name below it.
    """
    wanted = set(header)
    rows = [[cell.strip() for cell in padded(cells, grid.width)] for number, cells in grid.rows if number in wanted]
    for upper in rows[:-1]:
        for place in range(1, grid.width):
            if not upper[place] and rows[-1][place] and rows[-1][place - 1]:
                upper[place] = upper[place - 1]
    names = [
        _BESIDE.join(dict.fromkeys(" ".join(row[place].split()) for row in rows if row[place]))
        for place in range(grid.width)
    ]
    return _unique([name or f"Spalte {grid.places[place]}" for place, name in enumerate(names)])


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    told = set(names)
    found = []
    for name in names:
        seen[name] += 1
        count = seen[name]
        unique = name if count == 1 else f"{name} ({count})"
        while count > 1 and unique in told:
            count += 1
            unique = f"{name} ({count})"
        told.add(unique)
        found.append(unique)
    return tuple(found)


def data_rows(grid: Grid, header: Sequence[int]) -> list[GridRow]:
    """The rows below the header without the notes at the end, all as wide as the sheet."""
    last = max(header, default=-1)
    begin = next((place for place, (number, _cells) in enumerate(grid.rows) if number > last), len(grid.rows))
    return [(number, padded(cells, grid.width)) for number, cells in grid.rows[begin : _end(grid, begin + 1)]]
