"""What must stand in a column for it to mean a target, whatever the column is called."""

import re
from collections.abc import Callable, Sequence

from kommpass.domain.offers.listing.accessibility import TARGETS as CRITERIA
from kommpass.domain.offers.listing.accessibility import criterion, read_state
from kommpass.domain.offers.listing.cells import read_cost, read_mails, read_number, read_web_address
from kommpass.domain.offers.listing.moments import read_moment
from kommpass.domain.offers.listing.words import guess_words, split_items

_NO_PROVIDERS = {"öffentlich", "privat", "frei", "freie", "kommunal", "städtisch", "kirchlich", "public", "private"}
Sample = Sequence[str]


def share(values: Sample, fits: Callable[[str], object]) -> float:
    return sum(bool(fits(value)) for value in values) / len(values) if values else 0.0


def numeric(values: Sample) -> bool:
    return share(values, lambda value: re.fullmatch(r"[\d.,\s/+-]+", value)) > 0.5


def _texts(values: Sample) -> bool:
    return not numeric(values)


def _no_flags(values: Sample) -> bool:
    return share(values, lambda value: len(value) > 1) > 0.5


def _phones(values: Sample) -> bool:
    return share(values, lambda value: sum(sign.isdigit() for sign in value) >= 3 and "@" not in value) >= 0.5


def _known(target: str) -> Callable[[Sample], bool]:
    """Whether enough different values name a word of our list. A list of categories names mostly one kind."""

    def fits(values: Sample) -> bool:
        items = [value for value in values] if target == "facility" else [i for v in values for i in split_items(v)]
        different = list(dict.fromkeys(items))[:60]
        return bool(different) and share(different, lambda value: guess_words(target, value)) >= 0.3

    return fits


def _states(values: Sample) -> bool:
    """Whether most cells say yes, no or not known; nothing at all says nothing."""
    return share(values, lambda value: read_state(value) is not None) >= 0.5


def _barriers(values: Sample) -> bool:
    return share(values, lambda value: read_state(value) is not None or criterion(value)) >= 0.5


def _prices(values: Sample) -> bool:
    return share(values, lambda value: read_cost(value)[0] == "free" or read_cost(value)[1]) >= 0.5


CONTENTS: dict[str, Callable[[Sample], bool]] = {
    "title": _texts,
    "location_name": _texts,
    "provider": lambda values: _texts(values) and not {value.casefold() for value in values} <= _NO_PROVIDERS,
    "text": lambda values: _texts(values) and _no_flags(values),
    "email": lambda values: share(values, lambda value: read_mails(value)[0]) >= 0.5,
    "url": lambda values: share(values, read_web_address) >= 0.5,
    "registration_url": lambda values: share(values, read_web_address) >= 0.5,
    "phone": _phones,
    "postal_code": lambda values: share(values, lambda value: re.search(r"\b\d{4,5}\b", value)) >= 0.5,
    "city": _texts,
    "street": _texts,
    "begins": lambda values: share(values, read_moment) >= 0.5,
    "ends": lambda values: share(values, read_moment) >= 0.5,
    "as_of": lambda values: share(values, read_moment) >= 0.5,
    "times": lambda values: share(values, lambda value: re.search(r"\d", value)) >= 0.5,
    "capacity": lambda values: share(values, lambda value: read_number(value) is not None) >= 0.6,
    "available": lambda values: share(values, lambda value: read_number(value) is not None) >= 0.6,
    "ages": lambda values: share(values, lambda value: re.search(r"\d", value)) >= 0.5,
    "min_age": lambda values: share(values, lambda value: re.search(r"\d", value)) >= 0.5,
    "max_age": lambda values: share(values, lambda value: re.search(r"\d", value)) >= 0.5,
    "cost": lambda values: len(values) > 0,
    "is_free": _states,
    **dict.fromkeys(("full_price", "reduced_price", "card_price"), _prices),
    "accessibility": _barriers,
    **dict.fromkeys(CRITERIA, _barriers),
    "facility": _known("facility"),
    "topics": _known("topics"),
    "target_groups": _known("target_groups"),
    "languages": _known("languages"),
}
