"""Finds the lists of entries in a JSON file of unknown make: plain, wrapped, paged, or one entry alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from kommpass.adapters.offer_files.cell_texts import Cells
from kommpass.adapters.offer_files.json_texts import as_text, flat, rows_of
from kommpass.adapters.offer_files.raw import RawSheet
from kommpass.adapters.offer_files.sheet import Note, refuse
from kommpass.adapters.offer_files.tables import sheet_of
from kommpass.domain.words import _

_WRAPPERS = (
    *("data", "index", "results", "items", "records", "rows", "contents", "entries"),
    *("elements", "docs", "features", "hits", "value", "member", "hydra:member", "list"),
)
"""Names under which interfaces hand out their entries: SimpleSearch, CKAN, Laravel, HSDS, OData, Overpass."""
_NEXT_PAGE = ("next", "next_page", "next_page_url", "nextPage", "next_url", "@odata.nextLink", "nextLink")
_LAST_PAGE = ("last_page", "total_pages", "totalPages", "pages", "page_count", "pageCount")
_ALONE = ("id", "name", "title", "titel", "bezeichnung", "uuid")
_KEY = _("Schlüssel")
_NO_LIST = _(
    "In der JSON-Datei steht keine Liste von Einträgen. Bitte speichern Sie die Liste selbst, "
    "also [{{…}}, {{…}}], oder eine CSV-Datei."
)


def read_entries(value: Any, name: str) -> list[RawSheet]:
    """A sheet for each list of entries. Raises `FileRefused` where there is none."""
    if isinstance(value, list) and value and all(isinstance(each, list) for each in value):
        return [_sheet_of_lists(value, name)]
    return [_sheet(title, entries, notes) for title, entries, notes in _lists(value, name)]


def _lists(value: Any, name: str) -> list[tuple[str, list[Any], list[Note]]]:
    if isinstance(value, list):
        if not value:
            refuse(_("Die Liste in der JSON-Datei ist leer."))
        if not any(isinstance(each, Mapping) for each in value):
            refuse(_NO_LIST)
        return [(name, value, [])]
    if not isinstance(value, Mapping):
        refuse(_NO_LIST)
    found = _wrapped(value)
    if found is None:
        if any(not isinstance(value.get(key), (list, dict, type(None))) for key in _ALONE):
            return [(name, [value], [Note(_("Die Datei enthält nur einen Eintrag."))])]
        if (keyed := _keyed(value)) is not None:
            return [(name, keyed, [])]
        refuse(_NO_LIST)
    return [(name if len(found) == 1 else key, entries, _page(value)) for key, entries in found]


def _wrapped(value: Mapping[str, Any], depth: int = 0) -> list[tuple[str, list[Any]]] | None:
    """The lists of entries inside an object, by the name that says so, or the only ones; None for none."""
    lists = {key: each for key, each in value.items() if isinstance(each, list) and _are_entries(each)}
    for key in _WRAPPERS:
        if key in lists:
            return [(key, lists[key])]
        if isinstance(value.get(key), list) and not value[key]:
            refuse(_("Die Liste in der JSON-Datei ist leer."))
    if lists and not any(as_text(value[key]) for key in _ALONE if key in value):
        return list(lists.items())
    if not lists and depth < 3:
        for inner in value.values():
            if isinstance(inner, Mapping) and (found := _wrapped(inner, depth + 1)):
                return found
    return None


def _are_entries(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(each, Mapping) for each in value)


def _keyed(value: Mapping[str, Any]) -> list[Any] | None:
    """Entries by key, {"01": {…}, "02": {…}}, as a list that knows its keys."""
    if len(value) < 2 or not all(isinstance(each, Mapping) for each in value.values()):
        return None
    shared = set.intersection(*(set(each) for each in value.values()))
    return [{_KEY: key, **each} for key, each in value.items()] if shared else None


def _page(value: Mapping[str, Any]) -> list[Note]:
    """Whether the file is only one page of many."""
    pages = next((value[key] for key in _LAST_PAGE if isinstance(value.get(key), int)), 0)
    if isinstance(pages, bool) or pages < 2:
        return [Note(_("Die Datei ist nur eine Seite von mehreren."))] if _has_next(value) else []
    return [Note(_("Die Datei ist nur eine Seite von {pages}."), {"pages": pages})]


def _has_next(value: Mapping[str, Any]) -> bool:
    return any(isinstance(value.get(key), str) and value[key] for key in _NEXT_PAGE)


def _sheet(name: str, entries: list[Any], notes: list[Note]) -> RawSheet:
    cells = Cells()
    columns, rows = rows_of([flat(each) if isinstance(each, Mapping) else {} for each in entries], cells)
    strange = [place for place, each in enumerate(entries, 1) if not isinstance(each, Mapping)]
    rows = [row for row in rows if row.number not in set(strange)]
    notes = [*notes, *_strange(strange), *cells.notes()]
    return RawSheet(name, columns, rows, notes)


def _strange(places: list[int]) -> Iterator[Note]:
    for place in places[:20]:
        yield Note(_("Eintrag {place} der Liste ist kein Objekt und wird ausgelassen."), {"place": place})


def _sheet_of_lists(value: list[list[Any]], name: str) -> RawSheet:
    grid = [(number, [as_text(cell) for cell in cells]) for number, cells in enumerate(value, 1)]
    return sheet_of([(number, cells) for number, cells in grid if any(cell.strip() for cell in cells)], name)
