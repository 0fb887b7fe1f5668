"""Reads one row of a list by its recipe: an offer, its provider and its site, with problems and hints in sentences."""

import hashlib
import re
from collections.abc import Iterator, Mapping

from kommpass.domain.likeness.wording import folded
from kommpass.domain.offers.checks import SUMMARY_LENGTH, TEXT_LENGTH, TITLE_LENGTH, Problem, problems
from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.listing.addresses import LONGEST, read_address
from kommpass.domain.offers.listing.cells import nothing
from kommpass.domain.offers.listing.comparing import at_places
from kommpass.domain.offers.listing.entry import Entry, Point, Site
from kommpass.domain.offers.listing.own_table import unguarded
from kommpass.domain.offers.listing.parts import Reader
from kommpass.domain.offers.listing.place_parts import accessibility_of, at_our_places, more_places
from kommpass.domain.offers.listing.plain_text import one_line, plain_text
from kommpass.domain.offers.listing.recipe import Recipe
from kommpass.domain.offers.listing.synonyms import TOPICS_OF_FACILITIES
from kommpass.domain.offers.listing.targets import BY_KEY, LISTS
from kommpass.domain.offers.listing.words import ONE_WORD, split_items
from kommpass.domain.offers.vocabularies import FACILITIES
from kommpass.domain.words import _

_SENTENCE = re.compile(r"(?<=[a-zäöüß]{3})[.!?](?=\s)")
LONGEST_KEY = 200
LONGEST_PROVIDER = 150
KNOWN_BY = ("title", "facility", "location_name", "street", "house_number", "postal_code", "city", "begins")
"""What tells rows without a number apart: the hall and the pitch of one name in one street are two."""
ON_ONE_LINE = {
    "title",
    "subtitle",
    "summary",
    "provider",
    "location_name",
    "street",
    "house_number",
    "postal_code",
    "city",
    "room",
    "function",
}


def read_row(number: int, values: Mapping[str, str], point: Point | None, recipe: Recipe) -> Entry:
    """What the row says. `point` is latitude and longitude; `number` the row's number in the file.

    >>> recipe = Recipe("id", {"title": ("name",), "provider": ("traeger",)})
    >>> entry = read_row(2, {"id": "7", "name": "Villa Luna", "traeger": "Luna e.V."}, None, recipe)
    >>> entry.key, entry.content.title, entry.provider, entry.problems
    ('7', 'Villa Luna', 'Luna e.V.', ())
    """
    said = {
        target: text
        for target, columns in recipe.columns.items()
        if (text := _said(target, columns, values, ours=recipe.ours))
    }
    reader = Reader(said, recipe)
    content = _content(reader, said, recipe)
    site = _site(reader, said, point, content.title)
    key = key_of_row(values, recipe)
    if recipe.key_column and not values.get(recipe.key_column, "").strip():
        reader.hint("key", _("Die Zeile hat keine Nummer und wird an Name und Adresse wiedererkannt."))
    provider = (said.get("provider", "") or recipe.fixed.provider)[:LONGEST_PROVIDER]
    # Times may name places of ours that the row does not: whoever writes it knows whether the offer is there.
    found = [*problems(content if recipe.ours else at_places(content, content.places)), *_without(provider)]
    return Entry((number,), key, content, provider, site, tuple(found), tuple(reader.hints), said.get("changed_at", ""),
                 more_places(reader), at_our_places(reader, content.places))  # fmt: skip


def _said(target: str, columns: tuple[str, ...], values: Mapping[str, str], *, ours: bool) -> str:
    """What the columns of a target say together, as plain text; what two columns say alike is said once."""
    if ours or BY_KEY[target].written_by_us:
        return unguarded(values.get(columns[0], ""))
    clean = one_line if target in ON_ONE_LINE else plain_text
    texts = dict.fromkeys(clean(unguarded(values.get(column, ""))) for column in columns)
    return BY_KEY[target].glue.join(text for text in texts if not nothing(text))


def _content(reader: Reader, said: Mapping[str, str], recipe: Recipe) -> OfferContent:
    title, text = _title(reader, said)
    words = {target: reader.words(target) for target in LISTS if target not in ONE_WORD}
    facility = next(iter(reader.words("facility")), "") or recipe.fixed.facility
    read = {
        "title": title,
        "subtitle": reader.cut("subtitle", said.get("subtitle", ""), TITLE_LENGTH),
        "text": reader.cut("text", text, TEXT_LENGTH),
        "facility": facility,
        "url": reader.web_address("url"),
        "registration_url": reader.web_address("registration_url"),
        "contacts": reader.contacts(),
        "capacity": reader.capacity(),
        "funding": reader.funding(),
        "places": reader.places(),
        **{
            name: reader.cut(name, said.get(name, ""), TEXT_LENGTH)
            for name in ("registration", "documents", "interpreting")
        },
        **reader.ages(),
        **reader.costs(),
        **reader.times(),
        **reader.days(),
        **words,
    }
    read["topics"] = read["topics"] or recipe.fixed.topics or _usual_topics(facility, recipe)
    read["formats"] = read["formats"] or (() if recipe.ours else OfferContent().formats)
    content = OfferContent(**read)
    return content.having(**_summary(reader, said, content, recipe))


def _usual_topics(facility: str, recipe: Recipe) -> tuple[str, ...]:
    """What such a facility offers, where the list has no column for it."""
    return () if "topics" in recipe.columns else TOPICS_OF_FACILITIES.get(facility, ())


def _title(reader: Reader, said: Mapping[str, str]) -> tuple[str, str]:
    """A name that is too long is cut, and stands in full before the text."""
    title, text = said.get("title", ""), said.get("text", "")
    if len(title) <= TITLE_LENGTH:
        return title, text
    reader.hint("title", _("Der Name ist länger als {most} Zeichen; ganz steht er im Text."), most=TITLE_LENGTH)
    return shortened(title, TITLE_LENGTH), f"{title}\n\n{text}".strip()


def _summary(reader: Reader, said: Mapping[str, str], content: OfferContent, recipe: Recipe) -> dict[str, str]:
    """The short text: the list's own, else how the text begins, else what holds for all rows, else what it is.

    A text that is short itself moves up and is not said twice.
    """
    own, text = said.get("summary", ""), content.text
    if recipe.ours:
        return {"summary": own}
    if len(own) > SUMMARY_LENGTH:
        reader.hint("summary", _("„Kurz gesagt“ wurde auf {most} Zeichen gekürzt."), most=SUMMARY_LENGTH)
    if text and not own and len(text) <= SUMMARY_LENGTH:
        return {"summary": " ".join(text.split()), "text": ""}
    written = own or " ".join(text.split()) or recipe.fixed.summary or FACILITIES.labels.get(content.facility, "")
    return {"summary": shortened(written, SUMMARY_LENGTH)}


def shortened(text: str, most: int) -> str:
    """The text, or as many of its sentences or words as fit.

    >>> shortened("Spielen und toben. Für alle Kinder im Stadtteil.", 30), shortened("Spielen und toben im Freien", 20)
    ('Spielen und toben.', 'Spielen und toben …')
    """
    if len(text) <= most:
        return text
    start = text[:most]
    sentences = [found.end() for found in _SENTENCE.finditer(start) if found.end() > most // 3]
    if sentences:
        return start[: sentences[-1]]
    words = text[: most - 2].rpartition(" ")[0] or text[: most - 2]
    return f"{words.rstrip(' ,;:-–')} …"


def _site(reader: Reader, said: Mapping[str, str], point: Point | None, title: str) -> Site | None:
    address = read_address(
        said.get("street", ""), said.get("house_number", ""), said.get("postal_code", ""), said.get("city", "")
    )
    name, room = said.get("location_name", "")[:LONGEST], said.get("room", "")[:100]
    if not any((*address, name)) and point is None:
        return None
    if not (name or address.street):
        name = title[:LONGEST] if point else ""
    city = address.city or reader.recipe.fixed.city
    rounded = (round(point[0], 6), round(point[1], 6)) if point else None
    return Site(name, address.street, address.postal_code, city, room, rounded, accessibility_of(reader),
                said.get("place_number", ""))  # fmt: skip


def key_of_row(values: Mapping[str, str], recipe: Recipe) -> str:
    """The list's number, or what a row without one is known by. Too long a key is told apart by its digest."""
    key = " ".join(values.get(recipe.key_column, "").split())
    if not key:
        known_by = {name: recipe.columns[name] for name in KNOWN_BY if name in recipe.columns}
        said = (_said(name, columns, values, ours=recipe.ours) for name, columns in known_by.items())
        key = folded(" ".join(text for text in said if text))
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[:150]} {hashlib.sha256(key.encode()).hexdigest()[:40]}"


def _without(provider: str) -> Iterator[Problem]:
    if not provider:
        yield Problem("provider", _("Die Zeile nennt keinen Träger. Bitte sagen Sie, welcher für alle Zeilen gilt."))


def items_of(target: str, values: list[str]) -> dict[str, int]:
    """The different values of a target with how often they occur, the most frequent first, for the mapping of words."""
    found: dict[str, int] = {}
    for value in values:
        for item in [value] if target in ONE_WORD else split_items(value):
            found[item] = found.get(item, 0) + 1
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))
