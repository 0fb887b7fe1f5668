"""Reads the four lists of Bochum: day care, playgrounds, schools, and the sports list with its merged cells."""

import csv
from collections.abc import Iterator
from pathlib import Path

from .item import Item, joined, merged, plain

FOLDER = Path("03_facilities_offers/bochum")
POINTS_OF_INTEREST = {
    "bochum_kita": "bochum_daycare_centers.csv",
    "bochum_playground": "bochum_playgrounds.csv",
    "bochum_school": "bochum_schools.csv",
}
CITY_DISTRICTS = {
    "1": "Bochum-Mitte",
    "2": "Bochum-Wattenscheid",
    "3": "Bochum-Nord",
    "4": "Bochum-Ost",
    "5": "Bochum-Süd",
    "6": "Bochum-Südwest",
}
ATHLETICS = {"RL": "Rundlaufbahn", "KS": "Kugelstoßen", "WS": "Weitsprung"}
"""The legend stands in the last column of the sports list, beside the first rows."""


def items(data: Path) -> list[Item]:
    """Everything of Bochum. The places are UTM 32 and left out: nobody judges by distance here."""
    folder = data / FOLDER
    found = [item for source, name in POINTS_OF_INTEREST.items() for item in _points_of_interest(folder / name, source)]
    return merged(found) + _sports(folder / "bochum_sports_facilities.csv")


def _points_of_interest(path: Path, source: str) -> Iterator[Item]:
    with path.open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened, delimiter=";"):
            postal_code, _, place = row["plz_ort"].partition(" ")
            yield Item(
                key=f"{source}/{row['poi_id']}",
                title=plain(row["name"]),
                kinds=tuple(row["kateg_pfad"].split("/")[1:]),
                text=plain(row["beschreib"]),
                street=row["str_hausnr"],
                postal_code=postal_code,
                place=place,
            )


def _sports(path: Path) -> list[Item]:
    """One item per ground: a row without an address continues the row above it."""
    with path.open(encoding="cp1252", newline="") as opened:
        rows = [[plain(cell) for cell in row] for row in csv.reader(opened, delimiter=";")][1:]
    grounds: list[list[list[str]]] = []
    for row in rows:
        if not any(row):
            continue
        if row[2]:
            grounds.append([row])
        else:
            grounds[-1].append(row)
    return [_ground(number, rows) for number, rows in enumerate(grounds, 1)]


def _ground(number: int, rows: list[list[str]]) -> Item:
    first = rows[0]
    return Item(
        key=f"bochum_sports/{number}",
        title=joined((first[0] or rows[-1][0], first[1]), " "),
        kinds=tuple(dict.fromkeys(row[0] for row in rows if row[0])),
        text=joined((_field(row) for row in rows), "; "),
        street=first[2],
        place="Bochum",
        district=CITY_DISTRICTS.get(first[3], ""),
    )


def _field(row: list[str]) -> str:
    """What one line of the list says about one pitch or hall, with its abbreviations written out."""
    pitch, surface, _size, light, athletics = row[4:9] if len(row) >= 9 else [*row[4:8], ""]
    lit = "beleuchtet" if light == "ja" else ""
    return joined((pitch, surface, lit, *(ATHLETICS.get(each.strip(), "") for each in athletics.split(","))))
