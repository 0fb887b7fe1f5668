"""Everything the judged queries are asked of: the real lists of two cities, read where they lie and never copied."""

import json
import os
import re
from functools import cache
from pathlib import Path

from . import berlin, bochum
from .item import Item, joined, plain

__all__ = ["Item", "data_folder", "load"]

REPOSITORY = Path(__file__).resolve().parents[3]
EVENTS = Path("12_events/muensterland/datenportal-muensterland-events-beispiel.json")
_RULE = re.compile(r"-{5,}")
"""Below the line of dashes the feed repeats the address, which it also gives in fields."""


def data_folder() -> Path:
    """Where the real data lies beside the project (KOMMPASS_SHARED names another place); it need not exist."""
    return Path(os.environ.get("KOMMPASS_SHARED") or REPOSITORY.parent / "shared") / "data"


@cache
def load(data: Path) -> tuple[Item, ...]:
    """All items below the data folder `data` (the one that has 03_facilities_offers), in the order of the files."""
    return (*bochum.items(data), *berlin.items(data), *_events(data / EVENTS))


def _events(path: Path) -> list[Item]:
    return [_event(row) for row in json.loads(path.read_text(encoding="utf-8-sig"))["data"]]


def _event(row: dict) -> Item:
    where = row["poi"]
    address = where["address"]
    return Item(
        key=f"muensterland_event/{row['id']}",
        title=plain(row["name"]),
        provider=plain(where["name"]),
        kinds=("Veranstaltung", *(each["name"] for each in row["types"])),
        text=_RULE.split(plain(row["description_text"]))[0].strip(),
        street=joined((address["street"], address["house_number"]), " "),
        postal_code=address["postal_code"] or "",
        place=address["city"] or "",
        latitude=address["latitude"],
        longitude=address["longitude"],
    )
