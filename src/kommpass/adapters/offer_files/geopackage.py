"""Reads the layers of a GeoPackage, which is an SQLite file, without trusting it."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import shapely

from kommpass.adapters.offer_files.cell_texts import Cells, settled
from kommpass.adapters.offer_files.coordinate_systems import System, epsg, written
from kommpass.adapters.offer_files.json_texts import as_text
from kommpass.adapters.offer_files.limits import MAX_BYTES, MAX_ROWS, check_corners, check_size
from kommpass.adapters.offer_files.raw import RawRow, RawSheet
from kommpass.adapters.offer_files.shapes import readable
from kommpass.adapters.offer_files.sheet import Note, refuse
from kommpass.adapters.plan_files.cells import unique_headers
from kommpass.adapters.plan_files.plan import FileRefused
from kommpass.domain.words import _

START = b"SQLite format 3\x00"
_BROKEN = _("Das GeoPackage ist unvollständig oder beschädigt. Bitte laden Sie es noch einmal herunter.")
_MAX_STEPS = 20_000
"""Times a thousand steps of SQLite: a view can be made to count for ever."""
_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def read_geopackage(content: bytes) -> list[RawSheet]:
    """A sheet for each layer or table. Raises `FileRefused` for other SQLite files and damaged ones."""
    try:
        with tempfile.TemporaryDirectory(prefix="kommpass-") as folder:  # only we can look into it
            path = Path(folder) / "layers.gpkg"
            path.write_bytes(content)
            # immutable: SQLite must not look for journals beside it, nor write any
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
                return _Package(database).sheets()
    except FileRefused:
        raise
    except Exception:  # a damaged file makes SQLite stumble in many ways, even over its own sentences
        refuse(_BROKEN)


class _Package:
    """An open GeoPackage."""

    def __init__(self, database: sqlite3.Connection):
        self.database, self.corners, self.steps = database, 0, 0
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_BYTES)
        database.set_progress_handler(self._step, 1000)
        database.text_factory = lambda text: text.decode("utf-8", "replace")
        database.execute("PRAGMA trusted_schema = OFF")
        if database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            refuse(_BROKEN)

    def _step(self) -> int:
        self.steps += 1
        return int(self.steps > _MAX_STEPS)

    def sheets(self) -> list[RawSheet]:
        kinds = dict(self.database.execute("SELECT name, type FROM sqlite_master WHERE sql NOT LIKE 'CREATE VIRTUAL%'"))
        if kinds.get("gpkg_contents") != "table":
            refuse(_("Das ist eine SQLite-Datenbank, aber kein GeoPackage. Bitte speichern Sie die Daten als CSV."))
        question = "SELECT table_name, identifier FROM gpkg_contents WHERE data_type IN ('features', 'attributes')"
        layers = self.database.execute(question).fetchall()
        sheets = [self._sheet(table, title) for table, title in layers if kinds.get(table) == "table"]
        if not any(sheet.rows for sheet in sheets):
            refuse(_("Das GeoPackage enthält keine Einträge."))
        left_out = ", ".join(str(table) for table, _title in layers if kinds.get(table) != "table")
        if left_out:
            message = _("Ansichten werden nicht gelesen: {names}.")
            sheets[0].notes.append(Note(message, {"names": left_out[:200]}))
        return [sheet for sheet in sheets if sheet.rows]

    def _sheet(self, table: str, title: Any) -> RawSheet:
        shape_column, reference = self._shape_column(table)
        names = self._columns(table)
        quoted = ", ".join(_quoted(name) for name in names)
        found = self.database.execute(f"SELECT {quoted} FROM {_quoted(table)} LIMIT {MAX_ROWS + 1}")
        texts = [name for name in names if name != shape_column]
        columns = unique_headers([settled(name) for name in texts])
        cells, rows = Cells(), []
        notes: list[Note] = []
        for number, values in enumerate(found, 1):
            check_size(number, len(columns), table)
            said = dict(zip(names, values, strict=True))
            blob = said.pop(shape_column, None)
            row = RawRow(number, cells.row(number, columns, [_text(said[name]) for name in texts]))
            row.geometry = readable(lambda blob=blob: self._geometry(blob), number, notes) if blob else None
            rows.append(row)
        name = title if isinstance(title, str) and title.strip() else table
        return RawSheet(name, columns, rows, [*notes, *cells.notes()], system=self._system(reference))

    def _columns(self, table: str) -> list[str]:
        """The stored columns; computed ones could be made to yield anything."""
        found = self.database.execute(f"PRAGMA table_xinfo({_quoted(table)})").fetchall()
        check_size(0, len(found), table)
        return [each[1] for each in found if each[6] == 0]

    def _shape_column(self, table: str) -> tuple[str, int]:
        question = "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?"
        if not self._has("gpkg_geometry_columns"):
            return "", 0
        return self.database.execute(question, (table,)).fetchone() or ("", 0)

    def _has(self, table: str) -> bool:
        question = "SELECT 1 FROM sqlite_master WHERE name = ? AND type = 'table'"
        return self.database.execute(question, (table,)).fetchone() is not None

    def _system(self, reference: Any) -> System | None:
        """The coordinate system; 0 and -1 stand for unknown ones."""
        if not isinstance(reference, int) or reference <= 0 or not self._has("gpkg_spatial_ref_sys"):
            return None
        question = (
            "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?"
        )
        organisation, code, definition = self.database.execute(question, (reference,)).fetchone() or ("", 0, "")
        if str(organisation).upper() == "EPSG" and isinstance(code, int) and (system := epsg(code)):
            return system
        return written(definition) if isinstance(definition, str) and definition else None

    def _geometry(self, blob: bytes) -> Any:
        """GeoPackageBinary: "GP", version, flags, the system, an envelope by flags, then WKB."""
        if blob[:2] != b"GP":
            raise ValueError("no GeoPackage geometry")
        envelope = _ENVELOPE_BYTES[blob[3] >> 1 & 0b111]
        geometry = shapely.from_wkb(blob[8 + envelope :])
        self.corners += int(shapely.get_num_coordinates(geometry))
        check_corners(self.corners)
        return geometry


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: Any) -> str:
    return _("(Binärdaten)") if isinstance(value, bytes) else as_text(value)
