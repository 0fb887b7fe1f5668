"""Reads a plan file of any kind that we know: bytes in, rows, status entries and problems out."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from kommpass.adapters.plan_files.cells import Line, Table
from kommpass.adapters.plan_files.flat import read_flat
from kommpass.adapters.plan_files.guessing import guess_mapping
from kommpass.adapters.plan_files.headers import table_of
from kommpass.adapters.plan_files.lines import missing_columns
from kommpass.adapters.plan_files.localzero import read_localzero
from kommpass.adapters.plan_files.mapping import COLUMN_LABELS, Mapping, plain
from kommpass.adapters.plan_files.plan import ERROR, MAX_BYTES, WARNING, FileRefused, Plan, Problem
from kommpass.adapters.plan_files.text_tables import Grid, read_grid
from kommpass.adapters.plan_files.trees import is_outline, read_tree
from kommpass.adapters.plan_files.workbooks import read_sheets
from kommpass.domain.words import _


def read_plan(
    content: bytes, file_name: str, *, mapping: Mapping | None = None, city: str = "", sheet: str = ""
) -> Plan:
    """Read a CSV, TSV, XLSX or LocalZero file. Never raises for bad input: the plan says what is wrong.

    Without a mapping one is guessed (`Plan.mapping_used`). `city` chooses a town of a LocalZero file, `sheet`
    a sheet of a workbook. With one error there are no rows and no status entries.
    """
    source = PurePath(file_name).name
    try:
        plan = _read(content, source, mapping, city, sheet)
    except FileRefused as refused:
        return Plan(problems=(refused.problem,), source=source, choices=refused.choices)
    if not plan.errors and not plan.rows:
        plan = replace(plan, problems=(*plan.problems, Problem("", "", _("Die Datei enthält keine Maßnahmen."))))
    if plan.errors:
        plan = replace(plan, rows=(), statuses=(), descriptions=0)
    return replace(plan, source=source)


def _read(content: bytes, name: str, mapping: Mapping | None, city: str, sheet: str) -> Plan:
    if len(content) > MAX_BYTES:
        message = _("Die Datei ist größer als {limit} MB. Bitte teilen Sie sie auf.")
        raise FileRefused(Problem("", "", message, ERROR, {"limit": MAX_BYTES // 1024 // 1024}))
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\x00\r\n\t ;,"):
        raise FileRefused(Problem("", "", _("Die Datei ist leer.")))
    ending = PurePath(name).suffix.lower()
    if content.startswith(b"PK\x03\x04") or ending == ".xlsx":
        sheets, problems = read_sheets(content)
        return _from_sheets(sheets, problems, mapping, sheet)
    if ending == ".json" or content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{"):
        return read_localzero(content, city)
    grid, problems = read_grid(content)
    if not grid:
        raise FileRefused(Problem("", "", _("Die Datei ist leer.")))
    return _from_tables([table_of(grid, "", mapping)], problems, mapping)


def _from_sheets(sheets: dict[str, Grid], problems: list[Problem], mapping: Mapping | None, sheet: str) -> Plan:
    if sheet and sheet not in sheets:
        message = _("Das Blatt „{sheet}“ gibt es nicht. Vorhanden sind: {names}.")
        values = {"sheet": sheet, "names": ", ".join(sheets)}
        raise FileRefused(Problem("", "", message, ERROR, values), choices=tuple(sheets))
    if not sheets:
        raise FileRefused(Problem("", "", _("Die Arbeitsmappe ist leer.")))
    tables = [table_of(grid, name, mapping) for name, grid in sheets.items() if sheet in ("", name)]
    main = max(tables, key=lambda table: _fit(table, mapping))
    alike = [table for table in tables if set(main.headers) == set(table.headers)]
    for table in tables:
        if table not in alike:
            message = _("Das Blatt hat andere Spalten als „{main}“ und wird nicht übernommen.")
            problems.append(Problem(f"Blatt {table.title}", "", message, WARNING, {"main": main.title}))
    plan = _from_tables(alike, problems, mapping)
    return replace(plan, choices=tuple(sheets) if len(sheets) > 1 else ())


def _fit(table: Table, mapping: Mapping | None) -> tuple[int, int]:
    """How many columns of a table we understand, and how long it is."""
    if mapping:
        return len(set(table.headers) & set(mapping.columns.values())), len(table.lines)
    columns = guess_mapping(table.headers, table.sample()).columns
    return len(columns) if "title" in columns else 0, len(table.lines)


def _from_tables(tables: Sequence[Table], problems: Sequence[Problem], mapping: Mapping | None) -> Plan:
    headers = tables[0].headers
    noticed = [*problems, *(each for table in tables for each in table.problems)]
    columns = mapping or guess_mapping(headers, tables[0].sample())
    columns = _by_header(columns, headers)
    if broken := _unusable(columns, headers):
        return Plan(problems=(*noticed, broken), mapping_used=columns, headers=headers)
    sections = [(table.title if len(tables) > 1 else "", _in_order(table, headers)) for table in tables]
    lines = [line for _title, section in sections for line in section]
    if columns.is_tree or _outlined(columns, headers, lines):
        plan = read_tree(lines, headers, columns)
    else:
        plan = read_flat(sections, headers, columns)
    return replace(plan, problems=(*noticed, *plan.problems))


def _by_header(columns: Mapping, headers: Sequence[str]) -> Mapping:
    """The mapping with the headers as the file spells them: case, dots and blanks do not matter."""
    spelled = {plain(header): header for header in reversed(headers)}
    return replace(
        columns,
        columns={
            name: header if header in headers else spelled.get(plain(header), header)
            for name, header in columns.columns.items()
        },
    )


def _unusable(columns: Mapping, headers: Sequence[str]) -> Problem | None:
    names = ", ".join(f"„{header}“" for header in headers)
    if missing := missing_columns(headers, columns):
        message = _("Die Spalte „{missing}“ gibt es in der Datei nicht. Vorhanden sind: {names}.")
        return Problem("", missing[0], message, ERROR, {"missing": missing[0], "names": names})
    if "title" not in columns.columns:
        message = _("Keine Spalte ist als „{title}“ zu erkennen. Bitte ordnen Sie eine zu; vorhanden sind: {names}.")
        return Problem("", "", message, ERROR, {"title": COLUMN_LABELS["title"], "names": names})
    if columns.is_tree and "key" not in columns.columns:
        message = _("Zu „{parent}“ gehört auch eine Spalte mit den Nummern. Bitte ordnen Sie eine zu.")
        return Problem("", "", message, ERROR, {"parent": COLUMN_LABELS["parent"]})
    return None


def _outlined(columns: Mapping, headers: Sequence[str], lines: Sequence[Line]) -> bool:
    """Whether the numbers alone tell the tree: 1, 1.1, 1.1.1, without columns for field and goal."""
    if "key" not in columns.columns or any(name in columns.columns for name in ("field", "goal", "step")):
        return False
    place = list(headers).index(columns.columns["key"])
    return is_outline([line.cells[place] for line in lines])


def _in_order(table: Table, headers: Sequence[str]) -> list[Line]:
    """The lines of a sheet with the columns in the order of the first sheet."""
    if table.headers == tuple(headers):
        return list(table.lines)
    places = [table.headers.index(header) for header in headers]
    return [Line(line.where, tuple(line.cells[place] for place in places)) for line in table.lines]
