"""Real lists with known duplicates, read where they lie: what is one facility is known by ids the finder never sees.

True pairs: one id in two rows (Bochum's Kitas, schools and playgrounds stand once for each rubric, Berlin's schools
once for each branch), in two snapshots (Berlin's Kitas of 2025-10 and 2026-07, with new names, numbers and places), in
two files (Lichtenberg's youth clubs as JSON and as geo.json); and a seeded second writing of part of the rows (`mess`).
Everything else is a negative, and the lists are full of hard ones: two Kitas of one provider in one house, one name at
twenty places, Bolzplatz beside Kinderspielplatz, primary and secondary school with one telephone.
"""

import csv
import hashlib
import json
import os
import random
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from pyproj import Transformer
from tests.domain.mess import messed

from kommpass.domain.likeness import Record

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KOMMPASS_SHARED") or REPOSITORY.parent / "shared")
LISTS = SHARED / "data" / "03_facilities_offers"
TOWNS = ("Bochum", "Berlin")
HALVES = ("tuning", "judging")
MESSED_COPIES, MESSED_SECONDS = 0.4, 0.6
"""How many facilities get a messed copy where a list names each once; how many rows of a second list are messed."""
Couple = tuple[str, str]


@dataclass(frozen=True)
class Labelled:
    """A record and what it is: `truth` is the same for two records of one facility. `messed`: written again by us."""

    record: Record
    source: str
    truth: str
    messed: bool = False


@dataclass(frozen=True)
class LabelledSet:
    """One half of one town. The keys of the records say nothing."""

    items: dict[str, Labelled]

    @property
    def records(self) -> list[Record]:
        return [each.record for each in self.items.values()]

    @property
    def true_pairs(self) -> set[Couple]:
        return self._pairs_with_the_same(lambda each: each.truth)

    def source(self, couple: Couple) -> str:
        first, second = (self.items[key].source for key in couple)
        return first if first == second else "across lists"

    def truths(self, couple: Couple) -> frozenset[str]:
        return frozenset(self.items[key].truth for key in couple)

    def messed(self, couple: Couple) -> bool:
        return any(self.items[key].messed for key in couple)

    def hard_negatives(self) -> dict[str, set[Couple]]:
        """Pairs that are easily mistaken for one, by what makes them hard."""
        by_house = self._pairs_with_the_same(_house)
        by_title = self._pairs_with_the_same(lambda each: each.record.title.lower())
        by_phone = self._pairs_with_the_same(lambda each: each.record.phones)
        by_provider = {pair for pair in by_title | by_phone if len({_provider(self.items[key]) for key in pair}) == 1}
        found = {
            "another offer in the same house": by_house,
            "the same title at another place": by_title - by_house,
            "the same number at another place": by_phone - by_house,
            "the same provider with title or number at another place": by_provider - by_house,
        }
        return {what: pairs - self.true_pairs for what, pairs in found.items()}

    def _pairs_with_the_same(self, value: Callable[[Labelled], Hashable]) -> set[Couple]:
        groups: dict[Hashable, list[str]] = defaultdict(list)
        for key, each in self.items.items():
            if value(each):
                groups[value(each)].append(key)
        return {couple for group in groups.values() for couple in combinations(sorted(group), 2)}


def _house(each: Labelled) -> Hashable:
    return each.record.street and each.record.postal_code and (each.record.street, each.record.postal_code)


def _provider(each: Labelled) -> str:
    return each.record.provider or each.truth


def labelled_set(town: str, half: str) -> LabelledSet:
    """`half` is "tuning" or "judging". Split by street, so that neighbours, the hardest negatives, stay together.

    A facility belongs to the half of the street in which it is found first, also if a later row has it elsewhere. What
    has no street at all (Lichtenberg's playgrounds) falls into one half: tuning.
    """
    items = list(_bochum() if town == "Bochum" else _berlin())
    home: dict[str, str] = {}
    for each in items:
        home.setdefault(each.truth, _half(each.record))
    chosen = [each for each in items if home[each.truth] == half]
    random.Random(f"{town} {half}").shuffle(chosen)
    keys = (f"{place:05}" for place in range(len(chosen)))
    return LabelledSet(
        {key: replace(each, record=replace(each.record, key=key)) for key, each in zip(keys, chosen, strict=True)}
    )


def _half(record: Record) -> str:
    street = re.sub(r"\W*\d.*$", "", record.street).lower().replace("straße", "str").replace("str.", "str")
    digest = hashlib.sha256(f"{street}|{record.postal_code}".encode()).digest()
    return HALVES[1 - digest[0] % 2]


def _with_copies(items: Iterable[Labelled]) -> Iterator[Labelled]:
    """The rows and, for some of the facilities, a second writing."""
    seen = set()
    for each in items:
        yield each
        if each.truth not in seen:
            seen.add(each.truth)
            if random.Random(f"copy {each.truth}").random() < MESSED_COPIES:
                yield replace(each, record=messed(each.record, each.truth), messed=True)


def _second(each: Labelled) -> Labelled:
    """A row of the second list, as it is or messed."""
    if random.Random(f"second {each.truth}").random() < MESSED_SECONDS:
        return replace(each, record=messed(each.record, each.truth), messed=True)
    return each


def _bochum() -> Iterator[Labelled]:
    for name in ("daycare_centers", "schools", "playgrounds"):
        yield from _with_copies(_bochum_list(name))
    yield from _with_copies(_bochum_sports())


def _bochum_list(name: str) -> Iterator[Labelled]:
    degrees = Transformer.from_crs(25832, 4326)
    for row in _table(f"bochum/bochum_{name}.csv", delimiter=";"):
        latitude, longitude = degrees.transform(float(row["rechts_utm"]), float(row["hoch_utm"]))
        record = Record(
            key="",
            title=row["name"],
            street=row["str_hausnr"],
            postal_code=row["plz_ort"][:5],
            latitude=latitude,
            longitude=longitude,
            kind=row["kategorie"],
        )
        yield Labelled(record, f"Bochum {name}", f"bochum {row['poi_id']}")


def _bochum_sports() -> Iterator[Labelled]:
    """One record for each ground; the rows below it, without a name, are its pitches."""
    rows = _table("bochum/bochum_sports_facilities.csv", delimiter=";", encoding="latin-1")
    for number, row in enumerate(rows):
        name = " ".join(row["Bezeichnung"].split())
        if name and row["Adresse"]:
            record = Record(key="", title=f"{row['Art']} {name}", street=row["Adresse"].strip(), kind=row["Art"])
            yield Labelled(record, "Bochum sports", f"bochum sports {number}")


def _berlin() -> Iterator[Labelled]:
    yield from _berlin_kitas("2025-10")
    yield from map(_second, _berlin_kitas("2026-07"))
    yield from _with_copies(_berlin_schools())
    yield from _youth_clubs("freizeit-sport-jfe.json")
    yield from map(_second, _youth_clubs("freizeit-sport-jfe.geo.json"))
    yield from _with_copies(_school_projects())
    yield from _with_copies(_senior_events())
    yield from _with_copies(_lichtenberg_playgrounds())


def _berlin_kitas(month: str) -> Iterator[Labelled]:
    for row in _table(f"berlin_kitas_2026/berlin-daycare-centers-{month}-details.csv"):
        record = Record(
            key="",
            title=row["name"],
            provider=row["sponsor_name"],
            street=row["street"],
            postal_code=row["zip_code"],
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
            phones=_some(row["phone_number"]),
            kind=row["type"],
        )
        yield Labelled(record, "Berlin Kitas", f"berlin kita {row['id']}")


def _berlin_schools() -> Iterator[Labelled]:
    """A school has a row for each branch. Heads of school, who stand in the list, are not read."""
    for row in _table("berlin_lichtenberg/schuldaten2015-02.csv", delimiter=";"):
        if not re.fullmatch(r"\d\d[A-Z]\d\d", row["BSN"] or ""):
            continue  # a line break inside a cell has torn the row apart
        record = Record(
            key="",
            title=row["Schulname"],
            street=row["Strasse"] or "",
            postal_code=row["PLZ"] or "",
            phones=_some(row["Telefon"]),
            mails=_some(row["eMail"]),
            kind=row["Schulzweig"] or row["Schulart"] or "",
        )
        yield Labelled(record, "Berlin schools", f"berlin school {row['BSN']}")


def _youth_clubs(name: str) -> Iterator[Labelled]:
    for row in _lichtenberg(name):
        record = Record(
            key="",
            title=row["einrichtung"],
            provider=row["traeger"],
            street=row["strasse"],
            postal_code=row["plz"],
            latitude=_degrees(row.get("lat")),
            longitude=_degrees(row.get("lng")),
            phones=_some(row["telefon"]),
            mails=_some(row["e_mail"]),
        )
        yield Labelled(record, "Lichtenberg youth clubs", f"lichtenberg club {row['id']}")


def _school_projects() -> Iterator[Labelled]:
    for row in _lichtenberg("freizeit-sport-ja-jsa.json"):
        record = Record(
            key="",
            title=f"{row['projekt'].strip()} {row['schule'].strip()}",
            provider=row["traeger"] or "",
            street=row["strasse"],
            postal_code=row["plz"],
            phones=_some(row["telefon"]),
            mails=_some(row["e_mail"]),
            kind=row["projekt"].strip(),
        )
        yield Labelled(record, "Lichtenberg school projects", f"lichtenberg project {row['id']}")


def _senior_events() -> Iterator[Labelled]:
    """Afternoons in a meeting place: one house, one number, many offers. Of a series only the first date is taken."""
    seen = set()
    for row in _lichtenberg("buergerservice-familie-sbst.json"):
        title = row["veranstaltung"].split("Kostenbeitrag")[0].strip(" ;:-")
        series = row["strasse"], re.sub(r"\W", "", title)
        if not title or not row["einrichtung"] or series in seen:
            continue
        seen.add(series)
        record = Record(
            key="",
            title=title,
            provider=row["einrichtung"],
            street=row["strasse"],
            postal_code=row["plz_ort"][:5],
            phones=_some(row["telefon"]),
        )
        yield Labelled(record, "Lichtenberg senior events", f"lichtenberg event {row['id']}")


def _lichtenberg_playgrounds() -> Iterator[Labelled]:
    for row in _lichtenberg("re-spielplatz.geo.json"):
        latitude, longitude = _degrees(row["lat"]), _degrees(row["lng"])
        record = Record(key="", title=row["name"], latitude=latitude, longitude=longitude, kind=row["spiel_art"])
        yield Labelled(record, "Lichtenberg playgrounds", f"lichtenberg playground {row['anlagen_nr']}")


def _table(name: str, *, delimiter: str = ",", encoding: str = "utf-8-sig") -> Iterator[dict]:
    with (LISTS / name).open(encoding=encoding, newline="") as opened:
        yield from csv.DictReader(opened, delimiter=delimiter)


def _lichtenberg(name: str) -> list[dict]:
    found = json.loads((LISTS / "berlin_lichtenberg" / name).read_text(encoding="utf-8"))
    return found["index"] if isinstance(found, dict) else found


def _some(text: str | None) -> tuple[str, ...]:
    return (text.strip(),) if text and text.strip() else ()


def _degrees(text: str | float | None) -> float | None:
    return float(text) if text else None
