"""Boundaries of districts from a file: which shape belongs to which district, before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kommpass.adapters.offer_files import Sheet
from kommpass.municipalities.models import District

LONGEST_NAME, LONGEST_CODE = 100, 12


@dataclass(frozen=True)
class Drawn:
    """A shape with the name and number it bears, and the district it belongs to (None: a new one)."""

    name: str
    code: str
    shape: dict
    district: District | None


def drawn(sheet: Sheet, districts: Iterable[District]) -> list[Drawn]:
    """The shapes of a sheet, each with its district by name or number, whatever the columns are called."""
    known = list(districts)
    names = {each.name.casefold(): each for each in known}
    codes = {each.code.casefold(): each for each in known if each.code}
    name_column = _best(sheet, names) or _words(sheet)
    code_column = _best(sheet, codes)
    found = []
    for row in sheet.rows:
        if row.shape is None or row.shape.get("type") not in ("Polygon", "MultiPolygon"):
            continue
        name, code = row.values.get(name_column, "").strip(), row.values.get(code_column or "", "").strip()
        district = names.get(name.casefold()) or codes.get(code.casefold())
        if name or code:
            found.append(Drawn((name or code)[:LONGEST_NAME], code[:LONGEST_CODE], row.shape, district))
    return found


def _best(sheet: Sheet, known: Mapping[str, District]) -> str | None:
    """The column in which most districts are found; none if no district is."""
    hits = {
        column: len({row.values.get(column, "").strip().casefold() for row in sheet.rows} & known.keys())
        for column in sheet.columns
    }
    best = max(hits, key=lambda column: hits[column], default=None)
    return best if best and hits[best] else None


def _words(sheet: Sheet) -> str:
    """The column that looks most like names: letters, and a different one in every row."""

    def like_names(column: str) -> tuple[float, int]:
        values = [row.values.get(column, "") for row in sheet.rows]
        letters = sum(any(sign.isalpha() for sign in value) and not value.startswith("{") for value in values)
        named = any(word in column.casefold() for word in ("name", "bezirk", "stadtteil", "ortsteil"))
        return (letters + len(set(values))) / max(len(values), 1), named

    return max(sheet.columns, key=like_names, default="")
