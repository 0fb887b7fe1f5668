"""From the parameters that were asked for to what the directory understands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kommpass.domain.offers.ages import YEAR
from kommpass.municipalities.models import District
from kommpass.offers.queries.finding import Wish, find
from kommpass.open_data.hsds.taxonomies import HOUSE_LISTS, Taxonomy, district_term, districts_of, house_terms
from kommpass.open_data.queries.narrowing import Wanted, Word

Asked = Mapping[str, Any]


def wanted(asked: Asked, slug: str) -> Wanted:
    """The filters. At most one query, where a district is meant."""
    words = [_term(asked.get("taxonomy_term_id"), slug), _taxonomy(asked.get("taxonomy_id"), slug)]
    return Wanted(
        organization=asked.get("organization_id"),
        modified_after=asked.get("modified_after"),
        words=tuple(word for word in words if word),
        nothing=bool(asked.get("taxonomy_term_id") and not words[0]) or bool(asked.get("taxonomy_id") and not words[1]),
        first_month=_first_month(asked.get("minimum_age")),
        last_month=_last_month(asked.get("maximum_age")),
        days=asked.get("day") or (),
        starts=asked.get("start_time"),
        ends=asked.get("end_time"),
        postcode=asked.get("postcode") or "",
        metres=asked.get("proximity"),
    )


def ranked(search: str, now: datetime) -> tuple[int, ...]:
    """The offers that these words find, best first: the same that families find, with what is long unconfirmed."""
    return find(Wish(query=search, old_too=True), now).offers


def _term(key: str | None, slug: str) -> Word | None:
    if key is None:
        return None
    if found := house_terms().get(key):
        return Word(_list_of(found.taxonomy), found.code)
    taxonomy = districts_of(slug)
    keys = District.objects.values_list("pk", flat=True)
    return next((Word("district", pk) for pk in keys if district_term(taxonomy, pk, "", "").id == key), None)


def _taxonomy(key: str | None, slug: str) -> Word | None:
    if key is None:
        return None
    if key == districts_of(slug).id:
        return Word("district")
    return next((Word(_list_of(each)) for each in HOUSE_LISTS if each.id == key), None)


def _list_of(taxonomy: Taxonomy) -> str:
    return taxonomy.facet or taxonomy.key


def _first_month(years: float | None) -> int | None:
    return None if years is None else round(years * YEAR)


def _last_month(years: float | None) -> int | None:
    """The last month of an age: who is six stays so until the seventh birthday."""
    if years is None:
        return None
    return round(years * YEAR) + (YEAR - 1 if years == int(years) else 0)
