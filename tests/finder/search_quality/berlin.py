"""Reads what Berlin has: youth and family work, schools, playgrounds and offices of Lichtenberg, and some day care."""

import csv
import json
import re
from hashlib import sha256
from pathlib import Path

from .item import Item, joined, merged, plain

LICHTENBERG = Path("03_facilities_offers/berlin_lichtenberg")
KITAS = Path("03_facilities_offers/berlin_kitas_2026/berlin-daycare-centers-2026-07-details.csv")
ONE_KITA_OF = 3
"""The city has 2,893; the hash of the id picks a third of them, always the same."""
BOROUGHS = (
    "",
    "Mitte",
    "Friedrichshain-Kreuzberg",
    "Pankow",
    "Charlottenburg-Wilmersdorf",
    "Spandau",
    "Steglitz-Zehlendorf",
    "Tempelhof-Schöneberg",
    "Neukölln",
    "Treptow-Köpenick",
    "Marzahn-Hellersdorf",
    "Lichtenberg",
    "Reinickendorf",
)
"""The first two digits of a Kita's number are those of its borough; 00 is none."""


def items(data: Path) -> list[Item]:
    folder = data / LICHTENBERG
    return [
        *_youth(folder / "freizeit-sport-jfe.json"),
        *_at_schools(folder / "freizeit-sport-ja-jsa.json"),
        *_meetings_of_the_old(folder / "buergerservice-familie-sbst.json"),
        *_offices(folder / "behoerden.json"),
        *_playgrounds(folder / "re-spielplatz.geo.json"),
        *_schools(folder / "schuldaten2015-02.csv"),
        *_kitas(data / KITAS),
    ]


def _index(path: Path) -> list[dict[str, str]]:
    return json.loads(path.read_text(encoding="utf-8"))["index"]


def _district(*parts: str | None) -> str:
    return joined((*parts, "Lichtenberg"))


def _youth(path: Path) -> list[Item]:
    return [
        Item(
            key=f"lichtenberg_youth/{row['id']}",
            title=plain(row["einrichtung"]),
            provider=plain(row["traeger"]),
            kinds=("Kinder, Jugend und Familie",),
            text=plain(row["angebote"]),
            street=plain(row["strasse"]),
            postal_code=row["plz"],
            place=row["ort"] or "Berlin",
            district=_district(row["stadtteile"]),
        )
        for row in _index(path)
    ]


def _at_schools(path: Path) -> list[Item]:
    return [
        Item(
            key=f"lichtenberg_at_school/{row['id']}",
            title=joined((row["projekt"], row["schule"]), " "),
            provider=plain(row["traeger"]),
            kinds=(plain(row["schultyp"]),),
            text=plain(row["angebote"]),
            street=plain(row["strasse"]),
            postal_code=row["plz"],
            place=row["ort"] or "Berlin",
            district="Lichtenberg",
        )
        for row in _index(path)
    ]


def _meetings_of_the_old(path: Path) -> list[Item]:
    """Afternoons of the meeting places for the elderly: the list has one text, whose beginning serves as the title."""
    return [
        Item(
            key=f"lichtenberg_seniors/{row['id']}",
            title=plain(re.split(r";|,?\s*Kostenbeitrag|!,|\n", row["veranstaltung"])[0])[:120],
            provider=plain(row["einrichtung"]),
            kinds=("Veranstaltungen der Seniorenbegegnungsstätten",),
            text=plain(row["veranstaltung"]),
            street=plain(row["strasse"]),
            postal_code=row["plz_ort"].split()[0],
            place="Berlin",
            district="Lichtenberg",
        )
        for row in _index(path)
    ]


def _offices(path: Path) -> list[Item]:
    return [
        Item(
            key=f"lichtenberg_office/{row['id']}",
            title=plain(row["name"]),
            provider="Bezirksamt Lichtenberg von Berlin",
            kinds=("Behörden",),
            text=plain(row["bemerkungen"]),
            street=plain(row["strasse"]),
            postal_code=row["plz_ort"].split()[0],
            place="Berlin",
            district="Lichtenberg",
        )
        for row in _index(path)
    ]


def _playgrounds(path: Path) -> list[Item]:
    return [
        Item(
            key=f"lichtenberg_playground/{row['anlagen_nr']}",
            title=plain(row["name"]),
            kinds=("Spielplätze", row["spiel_art"]),
            place="Berlin",
            district=_district(row["PLANRAUMNAME"]),
            latitude=row["lat"],
            longitude=row["lng"],
        )
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]


def _schools(path: Path) -> list[Item]:
    """The schools of Lichtenberg, one item each; the list has one row per branch. Heads of school are left out."""
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = [row for row in csv.DictReader(opened, delimiter=";") if row["Region"] == "Lichtenberg"]
    return merged(
        Item(
            key=f"lichtenberg_school/{row['BSN']}",
            title=plain(row["Schulname"]),
            kinds=tuple(dict.fromkeys((row["Schulart"], row["Schulzweig"]))),
            text=joined(
                (
                    *(row[name] for name in ("spez_Angebote", "Fremdsprachen", "Ganztagsbetrieb", "Bauten")),
                    *(row[name] for name in ("BemerkungenSchulzweig", "Leistungskurse")),
                    "Privatschule" if row["Schultraeger"] == "privat" else "",
                )
            ),
            street=row["Strasse"],
            postal_code=row["PLZ"],
            place="Berlin",
            district=_district(row["ORTSTEIL"]),
        )
        for row in rows
    )


def _kitas(path: Path) -> list[Item]:
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if _is_in_the_sample(row["id"])]
    return [
        Item(
            key=f"berlin_kita/{row['id']}",
            title=plain(row["name"]),
            provider=plain(row["sponsor_name"]),
            kinds=("Kindertagesstätten", row["type"]),
            text=f"{row['places']} Plätze" if row["places"] else "",
            street=row["street"],
            postal_code=row["zip_code"],
            place="Berlin",
            district=BOROUGHS[int(row["id"][:2])],
            latitude=float(row["lat"]) if row["lat"] else None,
            longitude=float(row["lon"]) if row["lon"] else None,
        )
        for row in rows
    ]


def _is_in_the_sample(number: str) -> bool:
    return int(sha256(number.encode()).hexdigest(), 16) % ONE_KITA_OF == 0
