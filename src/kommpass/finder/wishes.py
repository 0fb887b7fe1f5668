"""The whole state of a search in its address: reading it, writing it, and naming what is chosen.

Whatever makes no sense in an address is left out, so an old or mistyped link still leads to a page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.ages import UnreadableAge, read_age
from kommpass.finder.nearby import Spot, spot_of
from kommpass.municipalities.models import District
from kommpass.offers.models import Provider
from kommpass.offers.queries.finding import Wish
from kommpass.offers.queries.shelves import FACETS
from kommpass.ui.pages import search_words

PARAMETERS = {
    "topic": "topics",
    "phase": "life_phases",
    "for": "target_groups",
    "facility": "facility",
    "day": "weekdays",
    "time": "day_parts",
    "lang": "languages",
    "cost": "cost",
    "access": "access",
    "format": "formats",
}
DISTANCES = (500, 1_000, 2_000, 5_000, 10_000)
USUAL_DISTANCE = 2_000
LONGEST = 200


@dataclass(frozen=True)
class Chip:
    """Something that is chosen, in words, with the address of the same search without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Asked:
    """A search as somebody asked for it: the wish, the texts they typed, and what could not be understood."""

    wish: Wish
    age: str = ""
    near: str = ""
    within: int = USUAL_DISTANCE
    spot: Spot | None = None
    unread: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> str:
        """The search as a query string, in one order whatever order it came in."""
        return urlencode(self.parameters)

    def without(self, name: str, value: str = "") -> str:
        left = [(key, each) for key, each in self.parameters if not (key == name and value in ("", each))]
        return f"?{urlencode(left)}"

    @property
    def narrowed(self) -> bool:
        return bool(self.parameters)


def read(given: QueryDict) -> Asked:
    """Read an address. At most three queries: districts, a provider, a place."""
    kept: list[tuple[str, str]] = []
    unread: list[str] = []
    query = search_words(given, longest=LONGEST)
    if query:
        kept.append(("q", query))
    words = {facet: _known(given.getlist(name), FACETS[facet], name, kept) for name, facet in PARAMETERS.items()}
    criteria = _known(given.getlist("barrier"), lists.ACCESSIBILITY, "barrier", kept)
    age, months = _age(given.get("age", "").strip()[:30], kept, unread)
    districts = _districts(given.getlist("district"), kept)
    near, spot, within = _near(given, kept, unread)
    flags = {name: given.get(name) == "1" for name in ("open", "old")}
    kept += [(name, "1") for name, set_ in flags.items() if set_]
    provider = _provider(given.get("provider", ""), kept)
    wish = Wish(
        query=query,
        words={name: keys for name, keys in words.items() if keys},
        age=months,
        districts=districts,
        criteria=criteria,
        near=spot.point if spot else None,
        within=float(within),
        provider=provider,
        open_now=flags["open"],
        old_too=flags["old"],
    )
    return Asked(wish, age, near, within, spot, tuple(unread), tuple(kept))


def _known(given: Iterable[str], vocabulary: lists.Vocabulary, name: str, kept: list) -> tuple[str, ...]:
    keys = tuple(key for key in vocabulary.places if key in set(given))
    kept += [(name, key) for key in keys]
    return keys


def _age(written: str, kept: list, unread: list) -> tuple[str, int | None]:
    if not written:
        return "", None
    kept.append(("age", written))
    try:
        return written, read_age(written).first
    except UnreadableAge as unreadable:
        unread.append(_(unreadable.message))
        return written, None


def _districts(given: list[str], kept: list) -> tuple[int, ...]:
    asked = [each for each in given if each.isdecimal() and len(each) < 19][:100]
    if not asked:
        return ()
    found = list(District.objects.filter(pk__in=asked).order_by("pk").values_list("pk", flat=True))
    kept += [("district", str(key)) for key in found]
    return tuple(found)


def _near(given: QueryDict, kept: list, unread: list) -> tuple[str, Spot | None, int]:
    written = search_words(given, "near", longest=LONGEST)
    within = next((each for each in DISTANCES if given.get("within") == str(each)), USUAL_DISTANCE)
    if not written:
        return "", None, within
    kept.append(("near", written))
    kept.append(("within", str(within)))
    spot = spot_of(written)
    if spot is None:
        unread.append(
            _("Diese Adresse oder Haltestelle kennen wir noch nicht: „%s“. Versuchen Sie es mit einer anderen.")
            % written
        )
    return written, spot, within


def _provider(given: str, kept: list) -> int | None:
    if not given.isdecimal() or len(given) > 18:
        return None
    found = Provider.objects.filter(pk=given).values_list("pk", flat=True).first()
    if found:
        kept.append(("provider", str(found)))
    return found


def chips(asked: Asked) -> list[Chip]:
    """What is chosen, each with the way to do without it."""
    wish, made = asked.wish, []
    if wish.query:
        made.append(Chip(f"„{wish.query}“", asked.without("q")))
    if wish.age is not None:
        made.append(Chip(_("Alter: %s") % asked.age, asked.without("age")))
    for name, facet in PARAMETERS.items():
        labels = FACETS[facet].labels
        made += [Chip(_(labels[key]), asked.without(name, key)) for key in wish.words.get(facet, ())]
    made += [Chip(_(lists.ACCESSIBILITY.labels[key]), asked.without("barrier", key)) for key in wish.criteria]
    names = dict(District.objects.filter(pk__in=wish.districts).values_list("pk", "name")) if wish.districts else {}
    made += [Chip(names[key], asked.without("district", str(key))) for key in wish.districts]
    if asked.spot:
        made.append(Chip(_("Nähe: %s") % asked.spot.name, asked.without("near")))
    if wish.open_now:
        made.append(Chip(_("jetzt geöffnet"), asked.without("open")))
    if wish.provider:
        made.append(Chip(_("ein Träger"), asked.without("provider")))
    return made
