"""Tabular HSDS: every kind of thing as a CSV file, with a data package that says what the columns are."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from kommpass.adapters.documents.clean_text import clean
from kommpass.adapters.documents.same_bytes import LONG_AGO
from kommpass.adapters.hsds.fields import ENTITIES, Entity, columns_of
from kommpass.open_data.hsds import VERSION
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.services import service
from kommpass.open_data.hsds.taxonomies import all_taxonomies, all_terms
from kommpass.open_data.queries.rows import OfferRow

TYPES = {"number": "number", "day": "date", "moment": "datetime"}


class Tables:
    """The tables while they are filled: a thing that hangs in several places is written once."""

    def __init__(self):
        self._written = {name: io.StringIO() for name in ENTITIES}
        self._seen: dict[str, set[str]] = {name: set() for name in ENTITIES}
        self._columns = {name: columns_of(each) for name, each in ENTITIES.items()}
        for name, written in self._written.items():
            csv.writer(written).writerow(self._columns[name])

    def add(self, name: str, row: dict[str, Any]) -> None:
        """A row, and everything that is nested in it."""
        entity = ENTITIES[name]
        if row["id"] not in self._seen[name]:
            self._seen[name].add(row["id"])
            csv.writer(self._written[name]).writerow(clean([row.get(each, "") for each in self._columns[name]]))
        for field, (other, several) in entity.inner.items():
            if field in row:
                for each in row[field] if several else [row[field]]:
                    self.add(other, each)

    def filled(self) -> list[Entity]:
        return [each for name, each in ENTITIES.items() if self._seen[name] or name == "service"]

    def text(self, name: str) -> str:
        return self._written[name].getvalue()


def tabular(rows: Iterable[OfferRow], frame: Frame) -> bytes:
    """The archive. The same offers give the same bytes."""
    tables = Tables()
    for row in rows:
        tables.add("service", service(row, frame, full=True))
    for taxonomy in all_taxonomies(frame.town.slug):
        tables.add("taxonomy", frame.taxonomy(taxonomy))
    for term in all_terms(frame.town.slug):
        tables.add("taxonomy_term", frame.term(term))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "datapackage.json", json.dumps(_package(tables.filled(), frame), indent=1, ensure_ascii=False))
        for entity in tables.filled():
            _put(archive, f"{entity.table}.csv", tables.text(entity.name))
    return packed.getvalue()


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    part = zipfile.ZipInfo(name, LONG_AGO)
    part.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(part, text.encode())


def _package(entities: list[Entity], frame: Frame) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": f"hsds-{frame.town.slug}",
        "title": f"Angebote für Familien in {frame.town.name} (HSDS {VERSION})",
        "resources": [_resource(each) for each in entities],
    }


def _resource(entity: Entity) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": entity.table,
        "path": f"{entity.table}.csv",
        "format": "csv",
        "encoding": "utf-8",
        "schema": {
            "primaryKey": "id",
            "fields": [_field(entity, name) for name in columns_of(entity)],
        },
    }


def _field(entity: Entity, name: str) -> dict[str, Any]:
    kind = entity.fields.get(name, "text")
    made: dict[str, Any] = {"name": name, "type": TYPES.get(kind, "string")}
    if kind in ("uuid", "uri", "email"):
        made["format"] = kind
    if name in entity.required:
        made["constraints"] = {"required": True}
    return made
