"""Reads the tables of an HSDS directory in a ZIP archive: each service is one row with all that hangs on it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from kommpass.adapters.hsds.fields import ENTITIES, Entity, columns_of
from kommpass.adapters.hsds.tabular_reading import Row, Tables, services_of, typed
from kommpass.adapters.offer_files.cell_texts import Cells
from kommpass.adapters.offer_files.hsds_places import LATITUDE, LONGITUDE
from kommpass.adapters.offer_files.hsds_services import cells_of
from kommpass.adapters.offer_files.limits import check_size
from kommpass.adapters.offer_files.raw import RawRow, RawSheet
from kommpass.adapters.offer_files.sheet import Note, refuse
from kommpass.adapters.offer_files.text_tables import read_grid
from kommpass.adapters.plan_files.plan import FileRefused
from kommpass.domain.offers.listing.made_tables import HSDS, HSDS_KEY
from kommpass.domain.words import _

TABLES = {f"{each.table}.csv": each for each in ENTITIES.values()}
SERVICES, OTHERS = "services.csv", ("organizations.csv", "locations.csv", "service_at_location.csv")
PACKAGE = "datapackage.json"
OVER = ("defunct", "inactive")
_SPELLINGS = {"uuid": "id", "min_age": "minimum_age", "max_age": "maximum_age"}


def hsds_files(paths: Iterable[str]) -> dict[str, str]:
    """The tables of an HSDS directory among the files of an archive, and what describes them; {} for any other one."""
    named = {PurePosixPath(path).name.lower(): path for path in paths}
    if SERVICES not in named or not any(each in named for each in OTHERS):
        return {}
    return {name: path for name, path in named.items() if name in TABLES or name == PACKAGE}


def read_hsds(contents: Mapping[str, bytes]) -> RawSheet:
    """The services as one sheet. `contents` are the files by their names. Raises `FileRefused`."""
    notes: list[Note] = []
    tables: Tables = {}
    others: dict[str, dict[str, str]] = {}
    encoding = ""
    for name, entity in TABLES.items():
        if name in contents:
            rows, encoding = _rows(entity, contents[name])
            tables[entity.name] = typed(entity, rows)
            others |= _beside(entity, rows)
    if not tables["service"]:
        refuse(_("In der Tabelle services.csv steht kein Angebot mit einer Kennung (Spalte „id“)."))
    ours = _is_ours(contents.get(PACKAGE, b""))
    services = [each for each in services_of(tables) if each.get("status") not in (OVER[:1] if ours else OVER)]
    notes += _left_out(tables, services)
    cells = Cells()
    columns = (HSDS_KEY, *HSDS.values(), LATITUDE, LONGITUDE)
    extra = tuple(dict.fromkeys(column for each in others.values() for column in each if column not in columns))
    check_size(len(services), len(columns) + len(extra))
    raw = [_row(number, each, others, extra, cells, ours=ours) for number, each in enumerate(services, 1)]
    return RawSheet("HSDS", (*columns, *extra), raw, [*notes, *cells.notes()], encoding)


def _rows(entity: Entity, content: bytes) -> tuple[list[dict[str, str]], str]:
    """The rows of a table with the names of the standard, whatever encoding and delimiter it has."""
    try:
        grid, encoding, _notes = read_grid(content)
    except FileRefused as refused:
        problem = refused.problem
        refuse(problem.message, ", ".join(filter(None, (f"{entity.table}.csv", problem.where))), **problem.values)
    if not grid:
        return [], ""
    known = columns_of(entity)
    names = [_standard_name(entity.name, cell.strip().lower(), known) for cell in grid[0][1]]
    return [dict(zip(names, [cell.strip() for cell in cells], strict=False)) for _number, cells in grid[1:]], encoding


def _standard_name(entity: str, name: str, known: list[str]) -> str:
    """Directories that are not quite of the standard say "service_uuid" for "id", "organization_uuid" for its key."""
    if name in known:
        return name
    own = name.removeprefix(f"{entity}_")
    own = _SPELLINGS.get(own, own)
    if entity == "organization" and own == "url":
        own = "website"
    other = name.removesuffix("_uuid") + "_id"
    return own if own in known and own != name else other if name.endswith("_uuid") and other in known else name


def _beside(entity: Entity, rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """What a table of services says in columns that the standard does not have: people may say what they mean."""
    if entity.name != "service":
        return {}
    known = {*columns_of(entity), "organization_name", ""}
    return {row.get("id", ""): {name: text for name, text in row.items() if name not in known} for row in rows}


def _is_ours(package: bytes) -> bool:
    """Whether we wrote the archive: then some words in it are ours and no information of their own."""
    try:
        return str(json.loads(package)["title"]).startswith("Angebote für Familien in ")
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _left_out(tables: Tables, services: list[Row]) -> list[Note]:
    notes = []
    if over := len(tables["service"]) - len(services):
        notes.append(Note(_("Nicht mehr angeboten und deshalb ausgelassen: {count}."), {"count": over}))
    providers = {each.get("organization_id") for each in tables["service"].values()}
    if idle := len(tables.get("organization", {}).keys() - providers):
        notes.append(Note(_("Organisationen ohne Angebot ausgelassen: {count}."), {"count": idle}))
    used = {each.get("location_id") for each in tables.get("service_at_location", {}).values()}
    if unused := len(tables.get("location", {}).keys() - used):
        notes.append(Note(_("Orte, zu denen die Tabellen kein Angebot nennen: {count}."), {"count": unused}))
    return notes


def _row(
    number: int,
    service: Row,
    others: Mapping[str, Mapping[str, str]],
    extra: tuple[str, ...],
    cells: Cells,
    *,
    ours: bool,
) -> RawRow:
    said, times = cells_of(service, ours=ours)
    beside = others.get(service["id"], {})
    values = {HSDS_KEY: service["id"], **said, **{name: beside.get(name, "") for name in extra}}
    return RawRow(number, cells.row(number, values, values.values()) | times)
