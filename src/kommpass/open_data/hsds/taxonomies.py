"""The lists of words as taxonomies: those of the house, which are the same in every town, and the town's districts."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import override

from kommpass.domain.offers import vocabularies as lists
from kommpass.municipalities.models import District
from kommpass.open_data.hsds.ids import HOUSE, child
from kommpass.people.models import Organisation

EDITION = "2026-11"
"""The state of the lists. A word that is added is a new edition; words are never taken away or renamed."""


@dataclass(frozen=True)
class Taxonomy:
    """A list of words. `link_type` is what an attribute calls it; `facet` the column of the index that has its bits."""

    key: str
    name: str
    link_type: str
    words: dict[str, str]
    facet: str = ""

    @property
    def id(self) -> str:
        return child(HOUSE, "taxonomy", self.key)


@dataclass(frozen=True)
class Term:
    """One word: of which list, and which."""

    taxonomy: Taxonomy
    code: str
    name: str
    id: str


def _of(vocabulary: lists.Vocabulary, link_type: str, facet: str = "") -> Taxonomy:
    words = {word.key: word.label for word in vocabulary.words}
    return Taxonomy(vocabulary.key, vocabulary.label, link_type, words, facet)


def _kinds() -> Taxonomy:
    with override("de"):
        kinds = {str(value): str(label) for value, label in Organisation.Kind.choices}
    return Taxonomy("organisation_kind", "Art des Trägers", "traegerart", kinds)


LIFE_PHASES = _of(lists.LIFE_PHASES, "lebensphase", "life_phases")
TOPICS = _of(lists.TOPICS, "thema", "topics")
TARGET_GROUPS = _of(lists.TARGET_GROUPS, "zielgruppe", "target_groups")
FACILITIES = _of(lists.FACILITIES, "einrichtungsart", "facility")
ACCESS = _of(lists.ACCESS, "zugang", "access")
COSTS = _of(lists.COSTS, "kosten", "cost")
FORMATS = _of(lists.FORMATS, "form", "formats")
ACCESSIBILITY = _of(lists.ACCESSIBILITY, "barrierefreiheit")
KINDS = _kinds()
HOUSE_LISTS = (LIFE_PHASES, TOPICS, TARGET_GROUPS, FACILITIES, ACCESS, COSTS, FORMATS, ACCESSIBILITY, KINDS)


@lru_cache(maxsize=1)
def house_terms() -> dict[str, Term]:
    """Every word of the house's lists, by its key."""
    made = [
        Term(each, code, name, child(each.id, "term", code))
        for each in HOUSE_LISTS
        for code, name in each.words.items()
    ]
    return {term.id: term for term in made}


@lru_cache(maxsize=1)
def house_term_ids() -> dict[tuple[str, str], Term]:
    """The same by list and code."""
    return {(term.taxonomy.key, term.code): term for term in house_terms().values()}


def districts_of(slug: str) -> Taxonomy:
    """The districts of a town: a list of its own."""
    return Taxonomy(f"districts/{slug}", "Stadtteile", "stadtteil", {})


def district_term(taxonomy: Taxonomy, key: int, code: str, name: str) -> Term:
    return Term(taxonomy, code or str(key), name, child(taxonomy.id, "term", key))


def all_terms(slug: str) -> list[Term]:
    """Every word other programs may meet in this town. One query, for the districts."""
    taxonomy = districts_of(slug)
    rows = District.objects.order_by("code", "name").values_list("pk", "code", "name")
    return [*house_terms().values(), *(district_term(taxonomy, *row) for row in rows)]


def all_taxonomies(slug: str) -> list[Taxonomy]:
    return [*HOUSE_LISTS, districts_of(slug)]
