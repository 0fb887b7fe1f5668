"""Finds the header row of a table, which in town halls seldom is the first."""

from collections.abc import Collection, Sequence

from kommpass.adapters.plan_files.cells import Line, Table, clean, column_letter, unique_headers
from kommpass.adapters.plan_files.guessing import MUENSTER_HEADERS, meaning
from kommpass.adapters.plan_files.mapping import Mapping
from kommpass.adapters.plan_files.plan import WARNING, Problem
from kommpass.adapters.plan_files.text_tables import Grid
from kommpass.domain.words import _

SEARCHED_ROWS = 30


def table_of(grid: Grid, sheet: str, mapping: Mapping | None) -> Table:
    """The table below the header row; what stands above it is named in a warning."""
    place = header_place([cells for _number, cells in grid[:SEARCHED_ROWS]], mapping)
    width = max(len(cells) for _number, cells in grid[place:])
    raw_headers = _padded([clean(cell, "", "")[0] for cell in grid[place][1]], width)
    headers = unique_headers(raw_headers)
    problems = _above(grid[:place], sheet)
    lines = []
    for number, cells in grid[place + 1 :]:
        where = f"Blatt {sheet}, Zeile {number}" if sheet else f"Zeile {number}"
        cleaned = []
        for header, cell in zip(headers, _padded(cells, width), strict=True):
            text, noticed = clean(cell, where, header)
            cleaned.append(text)
            problems += noticed
        if cleaned == raw_headers:
            problems.append(Problem(where, "", _("Die Zeile wiederholt die Kopfzeile und wird ausgelassen."), WARNING))
        elif any(cleaned):
            lines.append(Line(where, tuple(cleaned)))
            problems += _beyond(where, cleaned, raw_headers)
    headers, lines = _without_empty_columns(headers, raw_headers, lines)
    return Table(sheet, headers, tuple(lines), tuple(problems))


def header_place(rows: Sequence[Sequence[str]], mapping: Mapping | None) -> int:
    """The row with the most headers that the mapping, or else we, know; without any, the first wide one."""
    known = set(mapping.columns.values()) if mapping else set()
    scores = [_score(row, known) for row in rows]
    best = max(scores, default=0)
    if best:
        return scores.index(best)
    return next((place for place, row in enumerate(rows) if sum(map(bool, row)) > 1), 0)


def _score(row: Sequence[str], known: Collection[str]) -> int:
    names = {" ".join(cell.split()) for cell in row if cell.strip()}
    if known:
        return len(names & set(known))
    if names == set(MUENSTER_HEADERS):
        return len(names)
    return len({meaning(name) for name in names} - {""})


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _above(grid: Grid, sheet: str) -> list[Problem]:
    if not grid:
        return []
    text = " / ".join(cell.strip() for _number, cells in grid for cell in cells if cell.strip())
    message = _("Über der Kopfzeile steht „{text}“. Das wird nicht übernommen.")
    return [Problem(sheet and f"Blatt {sheet}", "", message, WARNING, {"text": text[:200]})]


def _beyond(where: str, cells: Sequence[str], raw_headers: Sequence[str]) -> list[Problem]:
    """Cells in columns without a header often mean that a text was cut at a delimiter."""
    message = _("Diese Spalte hat keine Überschrift. Der Inhalt bleibt als weitere Angabe erhalten.")
    return [
        Problem(where, column_letter(place), message, WARNING)
        for place, (cell, header) in enumerate(zip(cells, raw_headers, strict=True))
        if cell and not header
    ]


def _without_empty_columns(
    headers: Sequence[str], raw_headers: Sequence[str], lines: Sequence[Line]
) -> tuple[tuple[str, ...], list[Line]]:
    kept = [place for place, header in enumerate(raw_headers) if header or any(line.cells[place] for line in lines)]
    return (
        tuple(headers[place] for place in kept),
        [Line(line.where, tuple(line.cells[place] for place in kept)) for line in lines],
    )
