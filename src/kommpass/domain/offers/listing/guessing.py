"""Guesses how a list is read: from the names of its columns, and from what stands in them."""

import re
from collections.abc import Mapping, Sequence

from kommpass.domain.offers.listing.accessibility import TARGETS as CRITERIA
from kommpass.domain.offers.listing.contents import CONTENTS, Sample, numeric, share
from kommpass.domain.offers.listing.headers import rank
from kommpass.domain.offers.listing.made_tables import key_of, made_by_us
from kommpass.domain.offers.listing.own_table import COLUMNS, KEY, is_own_table
from kommpass.domain.offers.listing.recipe import Fixed, Recipe
from kommpass.domain.offers.listing.targets import BY_KEY
from kommpass.domain.offers.listing.words import guess_words

SAMPLE = 300
MOST = {"text": 6, "url": 3, "phone": 3, "email": 2, "cost": 2}
"""How many columns a target takes from a guess; all others take one."""
_FIELDS = {each.key for each in BY_KEY.values()}


# Where two targets want the same column, the earlier one has it. Categories may mean both kind and topic.
ORDER = (
    *("title", "provider", "email", "phone", "url", "registration_url", "postal_code", "street", "house_number"),
    *("city", "times", "begins", "ends", "runs_from", "runs_until", "location_name", "room", "min_age", "max_age"),
    *(
        "ages",
        "capacity",
        "available",
        "as_of",
        "cost",
        "is_free",
        "full_price",
        "reduced_price",
        "card_price",
        "cost_note",
        "facility",
        "topics",
        "target_groups",
    ),
    *("languages", "life_phases", "subtitle", "summary", "text", "access", "formats", "registration", "documents"),
    *("interpreting", "function", "prevention", "accessibility", *CRITERIA),
)
SHARED = {("facility", "topics")}


def guess_columns(table: Mapping[str, Sequence[str]], key_column: str = "") -> dict[str, tuple[str, ...]]:
    """Target -> columns, from all columns with their values; the number of a row means nothing else.

    >>> guess_columns({"id": ["1"], "name": ["Villa Luna"], "plz_ort": ["44789 Bochum"], "link": ["www.luna.de"]})
    {'title': ('name',), 'url': ('link',), 'postal_code': ('plz_ort',)}
    """
    if is_own_table(table):
        return {target: (column,) for target, column in COLUMNS.items() if column in table}
    if made := made_by_us(table):
        return _made(table, made, key_column)
    samples = {column: [value for value in values if value][:SAMPLE] for column, values in table.items()}
    samples.pop(key_column, None)
    found: dict[str, tuple[str, ...]] = {
        column: (column,) for column in samples if column in _FIELDS and _can_be(column, samples[column])
    }
    taken = {column: target for target, columns in found.items() for column in columns}
    if "times_typed" in found or "times" in found:
        found.setdefault("times", found.get("times_typed", ()))
    for target in ORDER:
        if target not in found and (columns := _best(target, samples, taken)):
            found[target] = columns
            taken.update({column: taken.get(column, target) for column in columns})
    if "title" not in found:
        found["title"] = found.get("location_name") or found.get("provider") or _any_title(samples, taken)
    return {target: found[target] for target in BY_KEY if found.get(target)}


def _made(table: Mapping[str, Sequence[str]], made: Mapping[str, str], key_column: str) -> dict[str, tuple[str, ...]]:
    """A table that a reader of ours made; further columns of the file may fill what it leaves empty."""
    found: dict[str, tuple[str, ...]] = {target: (column,) for target, column in made.items()}
    ours = {*made.values(), key_column}
    beside = {name: [each for each in values if each][:SAMPLE] for name, values in table.items() if name not in ours}
    taken: dict[str, str] = {}
    for target in ORDER:
        empty = target in made and not any(table[made[target]])
        if empty and (columns := _best(target, beside, taken)):
            found[target] = columns
            taken |= dict.fromkeys(columns, target)
    return found


def _can_be(target: str, values: Sample) -> bool:
    """Our own names count even where nothing stands below them; "places" of another list are numbers."""
    if target == "places":
        return not numeric(values) and bool(values)
    return not values or CONTENTS.get(target, lambda _values: True)(values) or BY_KEY[target].vocabulary is not None


def _best(target: str, samples: Mapping[str, Sample], taken: Mapping[str, str]) -> tuple[str, ...]:
    fits = CONTENTS.get(target, lambda _values: True)
    ranked = [
        (place, position, column)
        for position, (column, values) in enumerate(samples.items())
        if (place := rank(target, column)) is not None
        and values
        and (column not in taken or (taken[column], target) in SHARED)
        and fits(values)
    ]
    chosen = sorted(ranked)[: MOST.get(target, 1)]
    return tuple(column for _place, _position, column in chosen)


def _any_title(samples: Mapping[str, Sample], taken: Mapping[str, str]) -> tuple[str, ...]:
    """Without a name for it: the free column of texts that differ most, if it is no number or key."""
    free = {column: values for column, values in samples.items() if column not in taken and _names_something(values)}
    return (max(free, key=lambda column: len(set(free[column]))),) if free else ()


def _names_something(values: Sample) -> bool:
    return (
        share(values, lambda value: re.search(r"[^\W\d_]{3}", value) and not re.fullmatch(r"[0-9a-fA-F-]+", value))
        > 0.5
    )


def guess_fixed(name: str, columns: Mapping[str, tuple[str, ...]], town: str = "", *, with_city: bool = False) -> Fixed:
    """What the name of a file or sheet says of all its rows, where no column does.

    >>> guess_fixed("berlin-daycare-centers-2026", {}).facility
    'daycare_centre'
    """
    facility = next(iter(guess_words("facility", re.sub(r"[_-]", " ", name))), "")
    return Fixed(facility=facility, city="" if "city" in columns or with_city else town)


def guess_recipe(table: Mapping[str, Sequence[str]], name: str, key_column: str | None, town: str = "") -> Recipe:
    """The whole recipe for a table that nobody has read before."""
    columns = guess_columns(table, key_column or "")
    if is_own_table(table):
        return Recipe(KEY, columns, {}, Fixed(publish=True))
    key_column = key_of(table) or key_column
    codes = [value for column in columns.get("postal_code", ()) for value in table[column][:SAMPLE] if value]
    with_city = share(codes, lambda value: re.search(r"\d{5}\s+\w{3}", value)) > 0.5
    return Recipe(key_column or "", columns, {}, guess_fixed(name, columns, town, with_city=with_city))
