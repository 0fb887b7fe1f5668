"""Finds the pairs: two records side by side, one record at entry, or a whole directory on import and at night."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kommpass.domain.likeness import fit, links, names
from kommpass.domain.likeness.blocks import Thinned, blocks, candidates, keys, meet
from kommpass.domain.likeness.normal import Normal, normal
from kommpass.domain.likeness.records import Evidence, Pair, Record
from kommpass.domain.likeness.sharing import Shared
from kommpass.domain.likeness.weights import LIKELY, MOST_BESIDE_TITLE, points_for, score

Part = Callable[[Normal, Normal, Shared], Evidence | None]
PARTS: tuple[Part, ...] = (
    names.title,
    names.marks,
    names.provider,
    names.kind,
    links.site,
    links.phone,
    links.mail,
    fit.ages,
    fit.times,
)


@dataclass(frozen=True)
class Survey:
    """What a search through all records found, how many pairs it looked at, and where it could not look at each."""

    pairs: tuple[Pair, ...]
    compared: int
    thinned: tuple[Thinned, ...]


def compare(first: Record, second: Record) -> Pair:
    """Two records side by side, whatever else there is: everything they share counts as rare.

    >>> one = Record("a", "Krabbelgruppe", street="Hauptstr. 5", postal_code="44866", phones=("0234 123456",))
    >>> two = Record("b", "Angebot: Krabbel-Gruppe", street="Hauptstraße 5", phones=("+49 (0)234 123456",))
    >>> [each.sentence for each in compare(one, two).evidence]
    ['gleiche Adresse: Hauptstr. 5', 'gleiche Telefonnummer 0234123456', 'Titel zu 100 % gleich']
    """
    return side_by_side(normal(first), normal(second), Shared())


def pairs(records: Iterable[Record], *, threshold: float = LIKELY) -> list[Pair]:
    """The pairs that are likely one offer, the likeliest first. Keys must differ (ValueError)."""
    return list(survey(records, threshold=threshold).pairs)


def survey(records: Iterable[Record], *, threshold: float = LIKELY) -> Survey:
    """As `pairs`, and how it was done."""
    forms = _forms(sorted(records, key=lambda each: each.key))
    places, thinned = candidates(forms)
    chosen = ((forms[first], forms[second]) for first, second in places)
    return Survey(tuple(_likely(chosen, Shared.among(forms), threshold)), len(places), thinned)


def like(record: Record, others: Iterable[Record], *, threshold: float = LIKELY) -> list[Pair]:
    """What one record is likely a second writing of. `others` may hold it already: its own key is left out."""
    return Finder(others).like(record, threshold=threshold)


class Finder:
    """A directory made ready once, to be asked for many single records: by an import, by a form while one types."""

    def __init__(self, records: Iterable[Record]):
        self.forms = _forms(records)
        self.keys = {each.record.key for each in self.forms}
        self.blocks = blocks(self.forms)
        self.shared = Shared.among(self.forms)

    def like(self, record: Record, *, threshold: float = LIKELY) -> list[Pair]:
        """As the function `like`."""
        form = normal(record)
        met = ((key, place) for key in keys(form) for place in self.blocks.get(key, ()))
        places = {place for key, place in met if meet(key, form, self.forms[place])}
        others = (self.forms[place] for place in places)
        shared = self.shared if record.key in self.keys else self.shared.with_one_more(form)
        return _likely(((form, other) for other in others if other.record.key != record.key), shared, threshold)


def side_by_side(first: Normal, second: Normal, shared: Shared) -> Pair:
    """Two records in their comparable form: all evidence, what counts most first. The order of the two is the keys'."""
    if _comes_first(second.record, first.record):
        first, second = second, first
    found = [each for part in PARTS if (each := part(first, second, shared)) is not None]
    if not any(each.kind in links.LINKS and each.speaks_for for each in found):
        found.append(links.no_link())
    found.sort(key=lambda each: (-abs(each.points), each.kind))
    total = score(sum(each.points for each in found))
    return Pair(first.record.key, second.record.key, round(total, 4), tuple(found))


def _comes_first(one: Record, other: Record) -> bool:
    return repr(one) < repr(other) if one.key == other.key else one.key < other.key


def _likely(chosen: Iterable[tuple[Normal, Normal]], shared: Shared, threshold: float) -> list[Pair]:
    """Most pairs of one house need no second look: their titles are too different for anything else to make up for."""
    least = names.least_likeness(min(0.0, points_for(threshold) - MOST_BESIDE_TITLE))
    worth = (each for each in chosen if _untitled(*each) or names.titles_alike(*each, shared) >= least)
    found = (side_by_side(first, second, shared) for first, second in worth)
    likely = (each for each in found if each.score >= threshold)
    return sorted(likely, key=lambda each: (-each.score, each.first, each.second))


def _untitled(first: Normal, second: Normal) -> bool:
    return not first.title.words or not second.title.words


def _forms(records: Iterable[Record]) -> list[Normal]:
    forms = [normal(each) for each in records]
    different = len({each.record.key for each in forms})
    if different != len(forms):
        raise ValueError(f"expected different keys, got {len(forms)} records with {different} keys")
    return forms
