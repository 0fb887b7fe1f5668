"""The finder of duplicate offers: CPU, pairs compared, precision and recall at 2,000 and 5,000 records.

Peer, on the same records in the same run: all pairs by trigram likeness of title and provider above 0.4, as a database
with trigrams would do it (pg_trgm's measure, in Python), and above 0.6. Records are made up, after the recipe of
`design/directory.md`, section 7: three quarters offers of a town, a tenth of all written a second time with two to five
kinds of mess, the rest the same title of the same provider at another site. Figures on real lists:
tests/domain/test_likeness_real.py.
"""

import random
import time
from dataclasses import replace
from itertools import combinations

from _town import announce, judged
from tests.domain.mess import messed

from kommpass.domain.likeness import Finder, Record, survey
from kommpass.domain.likeness.normal import normal
from kommpass.domain.likeness.wording import plain_words, wording

SIZES, ROUNDS = (2000, 5000), 3
TRIGRAM_LIMITS = (0.4, 0.6)
COPIES, ELSEWHERE = 0.1, 0.15
WHAT = (
    "Krabbelgruppe", "Stillcafé", "Babymassage", "Eltern-Kind-Turnen", "Offener Elterntreff", "Hebammensprechstunde",
    "Schwangerschaftsberatung", "Erziehungsberatung", "Vätergruppe", "Sprachkurs", "Hausaufgabenhilfe", "Jugendtreff",
    "Mädchentreff", "Musikgarten", "Spielgruppe", "Familienfrühstück", "Erste Hilfe am Kind", "Rückbildung",
    "Schuldnerberatung", "Kinderchor", "Fußball", "Nähwerkstatt", "Vorlesestunde", "Ferienfreizeit", "Kochkurs",
)  # fmt: skip
FOR_WHOM = ("", "", "für Zwillinge", "am Nachmittag", "international", "für Alleinerziehende", "mit Anmeldung")
NAMES = (
    "Ahorn", "Birke", "Distel", "Efeu", "Farn", "Ginster", "Holunder", "Iris", "Kastanie", "Linde", "Mohn", "Nelke",
)  # fmt: skip
HOUSES = ("Familienzentrum", "Haus der Begegnung", "Nachbarschaftshaus", "Kita", "Stadtteilbüro", "Jugendzentrum")
STREETS = ("straße", "str.", "weg", "platz")
FORMS = ("e. V.", "gGmbH", "", "gemeinnützige GmbH")


def main() -> None:
    announce(f"Duplicate offers (CPU: median of {ROUNDS}, nothing prepared; the peer once)")
    for size in SIZES:
        records, true = directory(size)
        print(f"N = {size:>5}: {len(true)} true pairs, {size * (size - 1) // 2:,} pairs in all")
        times = [_cpu(lambda records=records: survey(_unprepared(records))) for _round in range(ROUNDS)]
        spent = sorted(times)[ROUNDS // 2]
        result = survey(records)
        found = {(pair.first, pair.second) for pair in result.pairs}
        _say("blocks and evidence", spent, result.compared, found, true)
        finder = Finder(records)
        asked = random.Random(size).sample(records, 200)
        at_entry = _cpu(lambda finder=finder, asked=asked: [finder.like(each) for each in asked]) / len(asked)
        print(f"  {'one record at entry':28} {at_entry:>8,.1f} ms CPU")
        begun = time.process_time()
        alike = _by_trigrams(records)
        spent_by_trigrams = (time.process_time() - begun) * 1000
        for limit in TRIGRAM_LIMITS:
            above = {pair for pair, likeness in alike.items() if likeness > limit}
            _say(f"trigrams > {limit}, all pairs", spent_by_trigrams, size * (size - 1) // 2, above, true)
        judged(f"false among what is found at {size:,}", 100 - 100 * len(found & true) / len(found), 10, "%")
        judged(f"missed at {size:,}", 100 - 100 * len(found & true) / len(true), 5, "%")
        print(f"  {spent_by_trigrams / spent:.0f} times less CPU than trigrams")


def directory(size: int) -> tuple[list[Record], set[tuple[str, str]]]:
    """So many records, shuffled, and the pairs of keys that are one offer."""
    chance = random.Random(f"directory of {size}")
    copies, elsewhere = int(size * COPIES), int(size * ELSEWHERE)
    sites = [_site(chance, number, size) for number in range(size // 12)]
    base: dict[tuple[str, str], Record] = {}
    while len(base) < size - copies - elsewhere:
        title = " ".join(filter(None, (chance.choice(WHAT), chance.choice(FOR_WHOM))))
        house = chance.choice(sites)
        base.setdefault((title, house.key), _offer(chance, title, house))
    offers = list(base.values())
    branches = [_elsewhere(chance, each, number) for number, each in enumerate(chance.sample(offers, elsewhere))]
    again = chance.sample(range(len(offers)), copies)
    seconds = [messed(offers[place], f"{size} {place}") for place in again]
    everything = [*offers, *branches, *seconds]
    keys = [f"{number:05}" for number in chance.sample(range(size), size)]
    second_keys = zip(again, keys[len(offers) + len(branches) :], strict=True)
    true = {tuple(sorted((keys[place], second))) for place, second in second_keys}
    return [replace(each, key=key) for each, key in zip(everything, keys, strict=True)], true


def _site(chance: random.Random, number: int, size: int) -> Record:
    """A house of a provider; every third provider has one office for all its houses."""
    owner = chance.randrange(size // 30)
    office = owner if owner % 3 == 0 else 1000 + number
    name = f"{NAMES[owner % 12]}{NAMES[owner // 12 % 12].lower()} {FORMS[owner % 4]}".strip()
    return Record(
        key=str(number),
        title=f"{chance.choice(HOUSES)} {NAMES[number % 12]}{NAMES[number // 12 % 12].lower()}",
        provider=name,
        street=f"{NAMES[number // 12 % 12]}{chance.choice(STREETS)} {chance.randint(1, 120)}",
        postal_code=f"{44800 + number % 20}",
        latitude=51.4 + chance.random() * 0.15,
        longitude=7.1 + chance.random() * 0.25,
        phones=(f"0234 {700000 + office * 37}",),
        mails=(f"info@traeger{office}.example",),
    )


def _offer(chance: random.Random, title: str, house: Record) -> Record:
    """Half of the offers say where within the house they are; not all say whom they are for and when."""
    youngest = chance.choice((None, 0, 12, 36))
    day, hour = chance.choice(("MO", "TU", "WE", "TH", "FR")), chance.randint(9, 18)
    return replace(
        house,
        title=f"{title} im {house.title}" if chance.random() < 0.5 else title,
        min_months=youngest,
        max_months=None if youngest is None else youngest + 24,
        times=(f"{day} {hour}:00",) if chance.random() < 0.5 else (),
        phones=house.phones if chance.random() < 0.8 else (),
        mails=house.mails if chance.random() < 0.6 else (),
    )


def _elsewhere(chance: random.Random, each: Record, number: int) -> Record:
    """The same course of the same provider in another district, with the same office."""
    return replace(
        each,
        title=each.title.partition(" im ")[0],
        street=f"{NAMES[number % 12]}ring {130 + number}",
        postal_code=f"{44800 + (number + 7) % 20}",
        latitude=51.4 + chance.random() * 0.15,
        longitude=7.1 + chance.random() * 0.25,
    )


def _by_trigrams(records: list[Record]) -> dict[tuple[str, str], float]:
    """Likeness of all pairs above the lowest limit: trigrams of title and provider in common, by trigrams in either."""
    sets = [(each.key, _trigrams(f"{each.title} {each.provider}")) for each in records]
    found = {}
    for (key, one), (other_key, other) in combinations(sets, 2):
        common = len(one & other)
        likeness = common / (len(one) + len(other) - common)
        if likeness > TRIGRAM_LIMITS[0]:
            found[tuple(sorted((key, other_key)))] = likeness
    return found


def _trigrams(text: str) -> frozenset[str]:
    words = "".join(each if each.isalnum() else " " for each in text.lower()).split()
    return frozenset(padded[at : at + 3] for word in words for padded in [f"  {word} "] for at in range(len(word) + 1))


def _unprepared(records: list[Record]) -> list[Record]:
    for prepared in (normal, wording, plain_words):
        prepared.cache_clear()
    return records


def _cpu(work) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def _say(method: str, spent: float, compared: int, found: set, true: set) -> None:
    precision, recall = len(found & true) / len(found), len(found & true) / len(true)
    print(
        f"  {method:28} {spent:>8,.0f} ms CPU, {compared:>10,} pairs compared, "
        f"precision {precision:.3f}, recall {recall:.3f}"
    )


if __name__ == "__main__":
    main()
