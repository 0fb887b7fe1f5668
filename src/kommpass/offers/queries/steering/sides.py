"""The sides of a matrix: words in their order, and for each counted offer which of them it has.

Everything is read from the columns in memory; only districts and kinds of providers cost a query of their own.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from kommpass.analysis.shelf import Ints, Shelf, Truths
from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.prevention_chain import UNKNOWN
from kommpass.municipalities.models import District
from kommpass.offers.models import Provider
from kommpass.offers.telling import label_of
from kommpass.people.models import Organisation


@dataclass(frozen=True)
class Counted:
    """Which offers count: their rows on the shelf, and which of all places fulfil what was asked of a place."""

    shelf: Shelf
    rows: Ints
    places: Truths


@dataclass(frozen=True)
class Side:
    """One side of a matrix: its words (key and name), and the words of each counted offer, in the order of `rows`."""

    label: str
    words: tuple[tuple[str, str], ...]
    of_offers: Sequence[frozenset[str]]

    @property
    def names(self) -> dict[str, str]:
        return dict(self.words)


def side_of_list(facet: str, vocabulary: lists.Vocabulary, unknown: str, counted: Counted) -> Side:
    """The words of one of the lists; those that are retired only where an offer still has them."""
    bits = counted.shelf.bits[facet][:, counted.rows]
    shown = [word.key for place, word in enumerate(vocabulary.words) if not word.retired or bits[place].any()]
    names = [(key, label_of(vocabulary, key)) for key in shown]
    return _side(_(vocabulary.label), names, unknown, _sets(list(vocabulary.places), bits))


def side_of_districts(counted: Counted) -> Side:
    """The districts of the town: an offer stands in each one in which it has a place."""
    named = [(str(each.pk), each.name) for each in District.objects.order_by("code", "name")]
    shelf = counted.shelf
    there = np.zeros((len(named), shelf.size), bool)
    for place, (key, _name) in enumerate(named):
        there[place, shelf.place_of[counted.places & (shelf.district == int(key))]] = True
    found = _sets([key for key, _name in named], there[:, counted.rows])
    return _side(_("Stadtteil"), named, _("nicht zugeordnet"), found)


def side_of_providers(counted: Counted) -> Side:
    """The kinds of organisations that run the offers. Every offer has one."""
    kinds = dict(Provider.objects.values_list("pk", "organisation__kind"))
    alone = {kind: frozenset((kind,)) for kind in Organisation.Kind.values}
    found = [alone[kinds[int(key)]] for key in counted.shelf.provider[counted.rows]]
    named = [(kind.value, str(kind.label)) for kind in Organisation.Kind]
    return Side(_("Trägerart"), tuple(named), found)


COLUMNS: dict[str, Callable[[Counted], Side]] = {
    "topic": lambda counted: side_of_list("topics", lists.TOPICS, _("ohne Thema"), counted),
    "district": side_of_districts,
    "prevention": lambda counted: side_of_list("prevention", lists.PREVENTION, _("nicht eingestuft"), counted),
    "access": lambda counted: side_of_list("access", lists.ACCESS, _("nicht angegeben"), counted),
    "provider": side_of_providers,
}


def side_of_phases(counted: Counted) -> Side:
    """The life phases: those that were chosen for an offer, else those its ages touch."""
    return side_of_list("life_phases", lists.LIFE_PHASES, _("ohne Lebensphase und Alter"), counted)


def side_of_facilities(counted: Counted) -> Side:
    """The kinds of facilities."""
    return side_of_list("facility", lists.FACILITIES, _("keine Einrichtung"), counted)


def _side(label: str, names: Collection[tuple[str, str]], unknown: str, found: Sequence[frozenset[str]]) -> Side:
    return Side(label, (*names, (UNKNOWN, unknown)), found)


def _sets(keys: Sequence[str], bits: Truths) -> list[frozenset[str]]:
    """The words of each offer from rows of truth (words, offers); offers that are alike share one set."""
    if not bits.size:
        return [frozenset()] * bits.shape[1]
    packed = np.ascontiguousarray(np.packbits(bits, axis=0).T)
    patterns = [each.tobytes() for each in packed]
    first = dict(zip(reversed(patterns), range(len(patterns) - 1, -1, -1), strict=True))
    named = {each: frozenset(keys[word] for word in np.flatnonzero(bits[:, place])) for each, place in first.items()}
    return [named[each] for each in patterns]
