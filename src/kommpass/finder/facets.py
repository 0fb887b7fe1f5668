"""The filters beside a list, each word with the number of offers it would leave; what would leave none is grey."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kommpass.domain.offers import vocabularies as lists
from kommpass.finder.wishes import PARAMETERS, Asked
from kommpass.municipalities.models import District
from kommpass.offers.queries.finding import Found
from kommpass.offers.queries.shelves import FACETS

OPEN_AT_FIRST = ("topic", "phase")
IN_ORDER = ("topic", "phase", "for", "facility", "day", "time", "cost", "lang", "access", "format")


@dataclass(frozen=True)
class Option:
    """One word of a filter: its value in the address, how many offers it leaves, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter. `note` is a sentence below its heading."""

    name: str
    label: str
    options: tuple[Option, ...]
    open: bool
    note: str = ""

    @property
    def chosen(self) -> int:
        return sum(option.chosen for option in self.options)


def facets(asked: Asked, found: Found, districts: list[District]) -> list[Facet]:
    """All filters in their order. Words that no offer of the town has are left out, unless they are chosen."""
    made = [_listed(name, asked, found) for name in IN_ORDER]
    made.insert(2, _districts(asked, found, districts))
    made.insert(8, _accessibility(asked, found))
    return [each for each in made if each.options]


def _listed(name: str, asked: Asked, found: Found) -> Facet:
    facet = PARAMETERS[name]
    vocabulary, chosen = FACETS[facet], asked.wish.words.get(facet, ())
    return _facet(name, _(vocabulary.label), vocabulary, found.counts[facet], chosen)


def _facet(name, label, vocabulary: lists.Vocabulary, counts, chosen, note: str = "") -> Facet:
    options = tuple(
        Option(word.key, _(word.label), counts.get(word.key, 0), word.key in chosen)
        for word in vocabulary.words
        if counts.get(word.key) or word.key in chosen
    )
    return Facet(name, label, options, bool(chosen) or name in OPEN_AT_FIRST, note)


def _districts(asked: Asked, found: Found, districts: list[District]) -> Facet:
    chosen = asked.wish.districts
    options = tuple(
        Option(str(each.pk), each.name, found.districts.get(each.pk, 0), each.pk in chosen)
        for each in districts
        if found.districts.get(each.pk) or each.pk in chosen
    )
    return Facet("district", _("Stadtteil"), options, bool(chosen))


def _accessibility(asked: Asked, found: Found) -> Facet:
    note = _("Gezeigt wird nur, was jemand geprüft hat. Orte, über die wir nichts wissen, sind nicht dabei.")
    label = _(lists.ACCESSIBILITY.label)
    return _facet("barrier", label, lists.ACCESSIBILITY, found.criteria, asked.wish.criteria, note)
