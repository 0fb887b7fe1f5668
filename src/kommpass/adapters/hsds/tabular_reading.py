"""Reads tabular HSDS, whoever wrote it, into services with everything nested."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from pathlib import PurePosixPath
from typing import Any

from kommpass.adapters.hsds.fields import ENTITIES, Entity, columns_of
from kommpass.domain.words import _

MEGABYTE = 1024 * 1024
MOST_BYTES, MOST_UNPACKED, MOST_FILES = 25 * MEGABYTE, 200 * MEGABYTE, 200
LONGEST_CELL = MEGABYTE

Row = dict[str, Any]
Tables = dict[str, dict[str, Row]]


class TabularRefused(ValueError):
    """An archive that is no tabular HSDS; `message` is German and says what to do, with `values` in it."""

    def __init__(self, message: str, **values: object):
        super().__init__(message.format(**values))
        self.message, self.values = message, values


def read_tabular(archive: bytes) -> list[Row]:
    """The services of an archive in their order, nested as in our interface. TabularRefused says why not.

    Columns that neither HSDS nor our profile knows are left out, so are rows without a key. Empty cells are not there.
    """
    tables = _tables(archive)
    if "service" not in tables:
        raise TabularRefused(_("In dem Archiv fehlt die Datei services.csv. Bitte wählen Sie ein HSDS-Archiv."))
    return services_of(tables)


def services_of(tables: Tables) -> list[Row]:
    """The services of tables that were read (kind of thing -> key -> row), with everything nested."""
    nesting = Nesting(tables)
    return [nesting.whole(ENTITIES["service"], row) for row in tables["service"].values()]


def _tables(archive: bytes) -> Tables:
    if len(archive) > MOST_BYTES:
        raise TabularRefused(_("Die Datei ist größer als {limit} MB."), limit=MOST_BYTES // MEGABYTE)
    names = {f"{each.table}.csv": each for each in ENTITIES.values()}
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            parts = opened.infolist()
            if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise TabularRefused(
                    _("Das Archiv ist ausgepackt größer als {limit} MB."), limit=MOST_UNPACKED // MEGABYTE
                )
            found = [(names.get(PurePosixPath(part.filename).name), part) for part in parts]
            return {each.name: _rows(each, opened.read(part)) for each, part in found if each}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as broken:
        raise TabularRefused(_("Das ZIP-Archiv ist unvollständig oder beschädigt.")) from broken


def _rows(entity: Entity, content: bytes) -> dict[str, Row]:
    # The limit holds for the whole process: others have their own.
    usual = csv.field_size_limit(LONGEST_CELL)
    try:
        text = content.decode("utf-8-sig")
        rows = [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""))]
    except (UnicodeDecodeError, csv.Error) as broken:
        raise TabularRefused(
            _("Die Datei {name}.csv lässt sich nicht lesen. Erwartet wird CSV in UTF-8."), name=entity.table
        ) from broken
    finally:
        csv.field_size_limit(usual)
    return typed(entity, rows)


def typed(entity: Entity, rows: Iterable[Mapping[str, str | None]]) -> dict[str, Row]:
    """The rows by their keys, with numbers as numbers; what is empty or no column of ours is not there."""
    made = (_typed(entity, row) for row in rows)
    return {row["id"]: row for row in made if row.get("id")}


def _typed(entity: Entity, row: Mapping[str, str | None]) -> Row:
    values = {name: _value(entity.fields.get(name, "text"), row.get(name) or "") for name in columns_of(entity)}
    return {name: value for name, value in values.items() if value or value == 0}


def _value(kind: str, cell: str) -> Any:
    text = cell.strip()
    if kind != "number" or not text:
        return text
    try:
        number = float(text)
    except ValueError:
        return None
    if not isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def _below(tables: Tables) -> dict[tuple[str, str, str], list[Row]]:
    """The rows by what they hang on: (entity, key of the entity above, which above)."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for name, rows in tables.items():
        for row in rows.values():
            for above, key in _above(name, row):
                found.setdefault((name, above, key), []).append(row)
    return found


def _above(name: str, row: Row) -> Iterator[tuple[str, str]]:
    """What a row hangs on. What belongs to a service at one of its places belongs to no other place of it."""
    if name == "attribute":
        if "link_id" in row:
            yield row.get("link_entity", ""), row["link_id"]
        return
    if "service_at_location_id" in row:
        yield "service_at_location", row["service_at_location_id"]
    else:
        for above in ("service", "location", "organization"):
            if f"{above}_id" in row:
                yield above, row[f"{above}_id"]
    for above in ("contact", "phone"):
        if f"{above}_id" in row:
            yield above, row[f"{above}_id"]


UPWARDS = (("organization", "services"), ("service_at_location", "service"))
"""What is not followed below a service: it leads back to services."""


class Nesting:
    """Rows with everything nested. What hangs below many services, as their organization does, is nested once."""

    def __init__(self, tables: Tables):
        self.tables, self.below = tables, _below(tables)
        self.made: dict[tuple[str, Any], Row] = {}

    def whole(self, entity: Entity, row: Row) -> Row:
        place = entity.name, row["id"]
        if place not in self.made:
            self.made[place] = self._nested(entity, row)
        return self.made[place]

    def _nested(self, entity: Entity, row: Row) -> Row:
        made = dict(row)
        for field, (other, several) in entity.inner.items():
            if (entity.name, field) in UPWARDS:
                continue
            inner = [self.whole(ENTITIES[other], each) for each in self._rows(entity, row, field, other, several)]
            if inner:
                made[field] = inner if several else inner[0]
        return made

    def _rows(self, entity: Entity, row: Row, field: str, other: str, several: bool) -> list[Row]:
        if several:
            return self.below.get((other, entity.name, row["id"]), [])
        key = row.get("taxonomy_id" if field == "taxonomy_detail" else f"{field}_id")
        found = self.tables.get(other, {}).get(key) if key else None
        return [found] if found else []
