"""The columns of a town's offers in memory, for as long as its index has not changed."""

from dataclasses import dataclass

import numpy as np

from kommpass.analysis.shelf import Shelf, unpack
from kommpass.domain.german_search import Vocabulary
from kommpass.domain.offers import vocabularies as lists
from kommpass.municipalities.scope import here
from kommpass.offers.models import IndexCard, IndexPlace, IndexState, SearchWord
from kommpass.offers.queries.postings import Postings

FACETS = {
    "life_phases": lists.LIFE_PHASES,
    "topics": lists.TOPICS,
    "target_groups": lists.TARGET_GROUPS,
    "facility": lists.FACILITIES,
    "prevention": lists.PREVENTION,
    "access": lists.ACCESS,
    "cost": lists.COSTS,
    "languages": lists.LANGUAGES,
    "formats": lists.FORMATS,
    "weekdays": lists.WEEKDAYS,
    "day_parts": lists.DAY_PARTS,
}
NUMBERS = ("min_months", "max_months", "due_day", "last_day")
MOST_TOWNS = 32


@dataclass(frozen=True)
class Kept:
    """What is kept of one town, and for which version of its index."""

    version: int
    shelf: Shelf
    vocabulary: Vocabulary
    postings: Postings


_kept: dict[int, Kept] = {}


def kept() -> Kept:
    """The columns and the words of the town in scope. One query while nothing changed, four after a change."""
    town = here()
    version = IndexState.objects.values_list("version", flat=True).first() or 0
    known = _kept.get(town)
    if known is None or known.version != version:
        shelf = _shelf()
        words = Vocabulary(SearchWord.objects.values_list("word", "surface").order_by("pk"))
        known = Kept(version, shelf, words, Postings(shelf.offers))
        _kept[town] = known
        if len(_kept) > MOST_TOWNS:
            _kept.pop(next(each for each in _kept if each != town))
    return known


def _shelf() -> Shelf:
    names = ("offer_id", *FACETS, *NUMBERS, "offer__provider_id")
    cards = np.array(list(IndexCard.objects.order_by("order", "offer").values_list(*names)), dtype=np.int64)
    columns = dict(zip(names, cards.reshape(-1, len(names)).T, strict=True))
    rows = list(
        IndexPlace.objects.order_by("pk").values_list("card_id", "district_id", "latitude", "longitude", "accessible")
    )
    position = {int(key): place for place, key in enumerate(columns["offer_id"])}
    return Shelf(
        offers=columns["offer_id"],
        bits={name: unpack(columns[name], len(vocabulary.words)) for name, vocabulary in FACETS.items()},
        **{name: columns[name] for name in NUMBERS},
        provider=columns["offer__provider_id"],
        place_of=np.array([position[row[0]] for row in rows], dtype=np.int64),
        district=np.array([row[1] or 0 for row in rows], dtype=np.int64),
        latitude=np.array([row[2] for row in rows], dtype=np.float64),
        longitude=np.array([row[3] for row in rows], dtype=np.float64),
        accessible=unpack(np.array([row[4] for row in rows], dtype=np.int64), len(lists.ACCESSIBILITY.words)),
    )
