"""Writes a record down a second time, as another hand would: two to five kinds of mess, always the same for a seed."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from math import cos, radians, sin, tau

from kommpass.domain.likeness import Record

Messer = Callable[[Record, random.Random], Record]
DEGREE_M = 111_195
OFF_M, OFF_SPREAD_M = 60, 15
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
KITA = ("Kindertageseinrichtung", "Kindertagesstätte", "Kita", "KiTa", "Kindergarten")


def typo(record: Record, chance: random.Random) -> Record:
    """One letter of the title doubled, lost or changed places with the next one; never in a short word."""
    words = record.title.split()
    long = [place for place, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not long:
        return record
    place = chance.choice(long)
    at = chance.randrange(1, len(words[place]) - 1)
    before, letter, after, rest = words[place][:at], words[place][at], words[place][at + 1], words[place][at + 2 :]
    doubled, lost, swapped = letter + letter + after, after, after + letter
    words[place] = before + chance.choice((doubled, lost, swapped)) + rest
    return replace(record, title=" ".join(words))


def transliterated(record: Record, chance: random.Random) -> Record:
    """Umlauts spelt out; every fifth time just lost."""
    lost = chance.random() < 0.2
    table = str.maketrans({umlaut: spelt[0] if lost else spelt for umlaut, spelt in UMLAUTS.items()})
    return replace(record, title=record.title.translate(table), street=record.street.translate(table))


def word_order(record: Record, chance: random.Random) -> Record:
    words = record.title.split()
    turn = chance.randrange(1, len(words)) if len(words) > 1 else 0
    return replace(record, title=" ".join(words[turn:] + words[:turn]))


def provider_variant(record: Record, chance: random.Random) -> Record:
    """The legal form spelt otherwise or left out, capitals, or no provider at all."""
    name = re.sub(r"\s*(?:e\. ?V\.|gGmbH|gemeinnützige GmbH|GmbH|gUG.*|eG)\s*$", "", record.provider).strip()
    if not name:
        return record
    return replace(record, provider=chance.choice((name, f"{name} e.V.", f"{name} gGmbH", name.upper(), "")))


def street_variant(record: Record, chance: random.Random) -> Record:
    """Straße for Str. and the other way round, "4 a" for "4a"."""
    street = record.street
    if "straße" in street.lower():
        street = street.replace("straße", "str.").replace("Straße", "Str.")
    else:
        street = re.sub(r"(?<=[a-zäöüß])str\.", "straße", street).replace("Str.", "Straße")
    apart, together = re.sub(r"(\d)([a-zA-Z])\b", r"\1 \2", street), re.sub(r"(\d) ([a-z])\b", r"\1\2", street)
    return replace(record, street=chance.choice((apart, together)))


def phone_variant(record: Record, chance: random.Random) -> Record:
    """Another format; every third time no number."""
    if not record.phones:
        return record
    if chance.random() < 0.33:
        return replace(record, phones=())
    digits = re.sub(r"\D", "", record.phones[0])
    if not (digits.startswith("0") or record.phones[0].startswith("+")):
        forms = f"030/{digits}", f"+49 30 {digits}", f"{digits[:4]} {digits[4:]}"
    else:
        number = "0" + digits[2:] if digits.startswith("49") else digits
        area, middle, end = number[1:3], number[3:6], number[6:]
        forms = f"0{area} / {middle}{end}", f"+49 (0){area} {middle}-{end}", f"0049{number[1:]}"
    return replace(record, phones=(chance.choice(forms),))


def mail_variant(record: Record, chance: random.Random) -> Record:
    """No mail address, or the general one of the house."""
    if not record.mails:
        return record
    return replace(record, mails=() if chance.random() < 0.5 else (f"info@{record.mails[0].partition('@')[2]}",))


def moved_pin(record: Record, chance: random.Random) -> Record:
    """The geocoder's plot: some 60 m off, and every fifth time no pin. Nobody writes down a title alone."""
    if record.latitude is None or record.longitude is None:
        return record
    if record.street and chance.random() < 0.2:
        return replace(record, latitude=None, longitude=None)
    metres, way = min(100.0, max(20.0, chance.gauss(OFF_M, OFF_SPREAD_M))), chance.uniform(0, tau)
    north, east = metres * sin(way) / DEGREE_M, metres * cos(way) / DEGREE_M / cos(radians(record.latitude))
    return replace(record, latitude=record.latitude + north, longitude=record.longitude + east)


def wrapped_title(record: Record, chance: random.Random) -> Record:
    day, title = chance.choice(("Di", "Mittwoch", "Do")), record.title
    return replace(record, title=chance.choice((f"Angebot: {title}", f"{title} – jeden {day}", f"NEU! {title}")))


def short_for_long(record: Record, chance: random.Random) -> Record:
    """Kita, Kindertagesstätte and so on; Familienzentrum as FamZ."""
    title = record.title.replace("Familienzentrum", "FamZ")
    for kind in KITA:
        if re.search(rf"\b{kind}\b", title):
            other = chance.choice([each for each in KITA if each != kind])
            return replace(record, title=re.sub(rf"\b{kind}\b", other, title, count=1))
    return replace(record, title=title)


def lost_postal_code(record: Record, chance: random.Random) -> Record:
    return replace(record, postal_code="")


def lost_kind(record: Record, chance: random.Random) -> Record:
    return replace(record, kind="")


MESS: tuple[Messer, ...] = (
    typo,
    transliterated,
    word_order,
    provider_variant,
    street_variant,
    phone_variant,
    mail_variant,
    moved_pin,
    wrapped_title,
    short_for_long,
    lost_postal_code,
    lost_kind,
)


def messed(record: Record, seed: str) -> Record:
    """The record under the same key with two to five kinds of mess that change something."""
    chance = random.Random(seed)
    wanted, done = chance.randint(2, 5), 0
    for mess in chance.sample(MESS, len(MESS)):
        changed = mess(record, chance)
        if changed != record:
            record, done = changed, done + 1
        if done == wanted:
            break
    return record
