"""Says in sentences what was understood of a sheet, and what somebody should confirm."""

from collections.abc import Iterator, Sequence

from kommpass.domain.statistics.decimals import Certainty
from kommpass.domain.statistics.findings import Finding, some
from kommpass.domain.statistics.frames import Frame
from kommpass.domain.statistics.grids import Grid
from kommpass.domain.statistics.headings import Heading
from kommpass.domain.statistics.indents import UNCLEAR, indent, paths
from kommpass.domain.statistics.recipe import FLAT, LAYOUT_LABELS, Layout, Recipe
from kommpass.domain.statistics.signs import COMMA, STATUS_LABELS
from kommpass.domain.statistics.tables import Table
from kommpass.domain.statistics.vocabulary import is_total
from kommpass.domain.words import _

_LAYOUT = _("Aufbau: {layout}.")


def explain_flat_file(
    recipe: Recipe, rows: int, variables: tuple[str, ...], certainty: Certainty
) -> tuple[Finding, ...]:
    others = tuple(code for code in variables if code not in recipe.regions)
    found = [
        Finding(_LAYOUT, {"layout": LAYOUT_LABELS[recipe.layout]}),
        Finding(_("{count} Zeilen mit Zahlen."), {"count": rows}),
    ]
    if recipe.regions:
        found.append(Finding(_("Gebiete: Merkmale {names}."), {"names": some(recipe.regions)}))
    else:
        message = _("Kein Merkmal ist als Gebiet zu erkennen ({names}). Bitte sagen Sie, welches es ist.")
        found.append(Finding(message, {"names": some(others)}, doubt=True))
    if others:
        found.append(Finding(_("Gliederung nach den Merkmalen {names}."), {"names": some(others)}))
    return (*found, *_numbers(recipe, certainty))


def explain_table(
    grid: Grid, recipe: Recipe, frame: Frame, certainty: Certainty, guesses: Sequence[str]
) -> tuple[Finding, ...]:
    table = Table(grid, recipe)
    return (
        Finding(_LAYOUT, {"layout": LAYOUT_LABELS[recipe.layout]}, doubt=recipe.layout is Layout.TRANSPOSED),
        *_frame(frame, table),
        *_areas(table),
        *_times(table, guesses),
        *_measures(table, guesses),
        *_aside(table),
        *_numbers(recipe, certainty),
    )


def _frame(frame: Frame, table: Table) -> Iterator[Finding]:
    if frame.titles:
        yield Finding(_("Über der Tabelle steht: {text}"), {"text": some(frame.titles, 4)})
    if not frame.header:
        yield Finding(_("Die Tabelle hat keine Kopfzeile; Spalten heißen nach ihrem Buchstaben."), doubt=True)
    elif len(frame.header) == 1:
        yield Finding(_("Kopfzeile: Zeile {row}."), {"row": frame.header[0]})
    else:
        values = {"first": frame.header[0], "last": frame.header[-1]}
        yield Finding(_("Kopf über mehrere Zeilen: Zeile {first} bis {last}."), values)
    yield Finding(
        _("{count} Zeilen mit Zahlen in {columns} Spalten."),
        {"count": len(table.rows), "columns": len(table.values)},
    )
    headings = [
        next(cell for cell in cells if cell.strip()).strip() for _n, cells in table.rows if table.is_heading(cells)
    ]
    if headings:
        yield Finding(_("Zwischenüberschriften ohne Zahlen: {names}."), {"names": some(headings)}, doubt=True)
    if frame.notes:
        yield Finding(_("Unter der Tabelle steht: {text}"), {"text": some(frame.notes, 4)})


def _areas(table: Table) -> Iterator[Finding]:
    recipe = table.recipe
    if recipe.layout is Layout.TRANSPOSED:
        yield Finding(
            _("Gebiete stehen in den Spalten: {names}."), {"names": some([table.names[p] for p in table.values])}
        )
        return
    columns = (*recipe.area_code, *recipe.area_name)
    if not columns:
        message = _("Keine Spalte nennt Gebiete. Bitte sagen Sie, für welches Gebiet die Zahlen gelten.")
        yield Finding(message, doubt=not recipe.area)
        return
    keys = {(key.code, key.name): key.total for _n, cells in table.rows for key in [table.key_of(cells)]}
    values = {"columns": some(columns), "count": len(keys)}
    yield Finding(_("Gebiete: Spalte {columns}, {count} verschiedene."), values)
    totals = [name or code for (code, name), _total in keys.items() if is_total(name) or is_total(code)]
    if totals:
        yield Finding(_("Summen über Gebiete: {names}."), {"names": some(totals)})
    if recipe.area:
        message = _("Zeilen ohne Gebiet gelten für alle zusammen („{name}“).")
        yield Finding(message, {"name": recipe.area}, doubt=True)
    if any(indent(text) for name in recipe.area_name for text in table.column(name)):
        yield Finding(_("Gebiete sind eingerückt; die Stufe wird zu jedem Gebiet vermerkt."))


def _times(table: Table, guesses: Sequence[str]) -> Iterator[Finding]:
    recipe = table.recipe
    if recipe.time_column:
        yield Finding(_("Zeit: Spalte „{column}“."), {"column": recipe.time_column})
    times = list(dict.fromkeys(heading.time for heading in table.headings.values() if heading.time))
    if times:
        yield Finding(_("Zeiten in den Überschriften: {names}."), {"names": some(times)})
    if "time" in guesses and recipe.time:
        message = _("Zeit: {time}, aus dem Titel oder dem Namen der Datei. Bitte prüfen Sie das.")
        yield Finding(message, {"time": recipe.time}, doubt=True)
    elif "time" in guesses:
        yield Finding(_("Die Zeit steht nirgends. Bitte sagen Sie, für wann die Zahlen gelten."), doubt=True)


def _measures(table: Table, guesses: Sequence[str]) -> Iterator[Finding]:
    recipe = table.recipe
    if recipe.measure_column:
        known, certain = paths(table.column(recipe.measure_column))
        names = list(dict.fromkeys(known.values()))
        yield Finding(
            _("Merkmale: Spalte „{column}“, {names}."), {"column": recipe.measure_column, "names": some(names)}
        )
        if not certain:
            yield Finding(UNCLEAR, doubt=True)
    for column, dimension in ((column, dimension) for dimension, column in recipe.groups.items()):
        yield Finding(_("Gliederung „{name}“: Spalte „{column}“."), {"name": dimension, "column": column}, doubt=True)
    for place, heading in table.headings.items():
        if (heading.groups and "ages" not in guesses) or heading.unit or (heading.time and heading.measure):
            values = {"column": table.names[place], "meaning": _meaning(heading, recipe)}
            yield Finding(_("„{column}“ heißt: {meaning}."), values)
    if "ages" in guesses:
        message = _("Die Zahlen in den Überschriften sind Lebensjahre. Bitte prüfen Sie das.")
        yield Finding(message, doubt=True)
    if "measure" in guesses:
        message = _("Merkmal: „{name}“, aus dem Titel oder dem Namen der Datei. Bitte prüfen Sie das.")
        yield Finding(message, {"name": recipe.measure}, doubt=True)


def _meaning(heading: Heading, recipe: Recipe) -> str:
    parts = [heading.measure or recipe.measure, *(f"{dimension} {code}" for dimension, code in heading.groups)]
    return ", ".join(part for part in (*parts, heading.time, heading.unit) if part)


def _aside(table: Table) -> Iterator[Finding]:
    if table.recipe.aside:
        yield Finding(_("Nicht übernommen: {names}."), {"names": some(table.recipe.aside, 20)})


def _numbers(recipe: Recipe, certainty: Certainty) -> Iterator[Finding]:
    sign = _("Komma") if recipe.decimal == COMMA else _("Punkt")
    if certainty is Certainty.BOTH:
        message = _("Zahlen mit Dezimalkomma und mit Dezimalpunkt stehen gemischt; gelesen wird {sign}.")
        yield Finding(message, {"sign": sign}, doubt=True)
    elif certainty is Certainty.OPEN:
        message = _("Ob 1.234 tausend meint oder drei Stellen hinter dem Komma, ist offen; Dezimalzeichen: {sign}.")
        yield Finding(message, {"sign": sign}, doubt=True)
    elif certainty is Certainty.SHOWN:
        yield Finding(_("Dezimalzeichen: {sign}."), {"sign": sign})
    for text, status in recipe.signs.items():
        values = {"sign": text, "meaning": STATUS_LABELS[status]}
        yield Finding(_("„{sign}“ heißt hier: {meaning}."), values, doubt=recipe.layout not in FLAT)
