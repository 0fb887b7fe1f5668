"""What the readers of all formats hand over: rows with texts and shapes, before their places are understood."""

from dataclasses import dataclass, field
from typing import Any

from kommpass.adapters.offer_files.coordinate_systems import System
from kommpass.adapters.offer_files.sheet import Note


@dataclass
class RawRow:
    """A row as read. `geometry` is a Shapely geometry in the file's own coordinate system."""

    number: int
    values: dict[str, str]
    geometry: Any = None


@dataclass
class RawSheet:
    """A sheet as read. `system` is what the file says of its coordinates, None where it says nothing."""

    name: str
    columns: tuple[str, ...]
    rows: list[RawRow]
    notes: list[Note] = field(default_factory=list)
    encoding: str = ""
    system: System | None = None
