"""What is there of the numbers of a source: the offers, what the list last said of them, and what people said since."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.listing import Entry, Recipe, Site, document_then, more_sites_then, said_then
from kommpass.domain.offers.listing.made_tables import HSDS_KEY, offer_of_ours
from kommpass.domain.offers.verification import Block
from kommpass.offers.cataloguing import newest_confirmations
from kommpass.offers.models import Location, Offer, Origin, Revision

AT_A_TIME = 5_000
"""For how many values a query asks at once: SQLite takes no more than 32,766."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
CLOCKS_APART = timedelta(minutes=5)


@dataclass(frozen=True)
class Known:
    """One number of a source. `offer` is where a merged offer went; `base`, `provider` and `site` are what the list
    last said, at the moment `since`; `confirmed` are the newest words of people for each block. `returned`: it is
    an offer of ours that comes back in a file of ours, "calendar" or "tables". `places`: key of
    a place of our own table -> what is known of its accessibility. `by_this_run`: it was this very list that changed
    the offer last, as one at a place of which an earlier row said something."""

    origin: Origin | None
    offer: Offer
    base: OfferContent
    provider: str
    site: Site | None
    since: datetime
    confirmed: dict[Block, datetime]
    returned: str = ""
    more: tuple[Site, ...] = ()
    places: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    by_this_run: bool = False

    @property
    def sites(self) -> tuple[Site, ...]:
        return (self.site, *self.more) if self.site else self.more


def known_of(
    source: str, entries: Collection[Entry], recipe: Recipe, *, moments: Collection[datetime] = (), lock: bool = False
) -> dict[str, Known]:
    """What is there of these entries, by their keys. The same number of queries for any number of entries.

    The entries of our own table and calendar are known by the keys of our offers, wherever they came from. `moments`
    are those at which this run wrote portions.
    """
    keys = {entry.key for entry in entries}
    origins = {each.external: each for each in _origins(source, keys)}
    own = _own({entry.key: _uuid(entry.key, recipe) for entry in entries}, lock)
    offers = _offers({each.offer_id for each in origins.values()}, lock)
    own = {key: offers.setdefault(each.pk, each) for key, each in own.items()}  # one object for each offer
    last = {key: _last(offers, offers[each.offer_id]) for key, each in origins.items()}
    confirmed = _confirmations({each.pk for each in last.values()} | {each.pk for each in own.values()})
    found = {key: _from_origin(each, last[key], confirmed) for key, each in origins.items()}
    if own:
        returned = "" if recipe.ours else "tables" if recipe.key_column == HSDS_KEY else "calendar"
        found |= _from_own(entries, own, origins, confirmed, returned)
    return {key: replace(each, by_this_run=each.offer.changed_at in moments) for key, each in found.items()}


def _origins(source: str, keys: Collection[str]) -> Iterable[Origin]:
    every = Origin.objects.filter(source=source)
    if len(keys) <= AT_A_TIME:
        return every.filter(external__in=keys)
    return (each for each in every if each.external in keys)


def _from_origin(origin: Origin, offer: Offer, confirmed: dict[int, dict[Block, datetime]]) -> Known:
    provider, site = said_then(origin.content)
    base = offer.document if _still_said(origin, offer) else OfferContent.from_json(origin.content)
    more = more_sites_then(origin.content)
    return Known(origin, offer, base, provider, site, origin.seen_at, confirmed.get(offer.pk, {}), more=more)


def _still_said(origin: Origin, offer: Offer) -> bool:
    """Whether today's document is what the list last said, so that it needs reading only once."""
    return document_then(origin.content) == offer.content


def _own(keys: dict[str, UUID | None], lock: bool) -> dict[str, Offer]:
    """Our own offers by the keys of their entries."""
    offers: dict[UUID, Offer] = {}
    for some in _portions([key for key in keys.values() if key]):
        rows = Offer.objects.select_for_update(of=("self",)) if lock else Offer.objects.all()
        offers |= {each.key: each for each in rows.filter(key__in=some).select_related("provider__organisation")}
    return {entry: offers[key] for entry, key in keys.items() if key in offers}


def _uuid(key: str, recipe: Recipe) -> UUID | None:
    """The key of our offer, as our table or our calendar names it."""
    named = key if recipe.ours or recipe.key_column == HSDS_KEY else offer_of_ours(key)
    return _as_uuid(named)


def _as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _from_own(
    entries: Collection[Entry],
    own: dict[str, Offer],
    origins: dict[str, Origin],
    confirmed: dict[int, dict[Block, datetime]],
    returned: str,
) -> dict[str, Known]:
    """The table says of when it is: what held then is what its changes grew from, and what people said later stays."""
    said = {entry.key: entry for entry in entries if entry.key in own}
    moments = {key: _moment(entry.changed_at) for key, entry in said.items()}
    places = _accessibility({key for entry in said.values() for key, _states in entry.at_our_places})
    bases = _documents_then({own[key].pk: at for key, at in moments.items()})
    return {
        key: Known(
            origins.get(key), own[key], bases.get(own[key].pk, own[key].document), str(own[key].provider),
            said[key].site if returned else None, at, confirmed.get(own[key].pk, {}),
            returned=returned, more=said[key].more if returned else (), places=places,
        )
        for key, at in moments.items()
    }  # fmt: skip


def _accessibility(keys: Collection[str]) -> dict[str, dict]:
    """What is known of these places of ours."""
    found: dict[str, dict] = {}
    wanted = [key for each in keys if (key := _as_uuid(each))]
    for some in _portions(wanted):
        rows = Location.objects.filter(key__in=some).values_list("key", "accessibility")
        found |= {str(key): known for key, known in rows}
    return found


def _moment(written: str) -> datetime:
    """Written to the millisecond, so what held within it held then. Whoever dates a file ahead says nothing newer than
    what people confirm until then: such a moment is none."""
    try:
        at = datetime.fromisoformat(written)
        moment = (at if at.tzinfo else at.replace(tzinfo=UTC)) + timedelta(milliseconds=1)
        return moment if moment <= timezone.now() + CLOCKS_APART else LONG_AGO
    except (ValueError, OverflowError):
        return LONG_AGO


def _documents_then(moments: dict[int, datetime]) -> dict[int, OfferContent]:
    found: dict[int, OfferContent] = {}
    for some in _portions(sorted(moments)):
        for row in Revision.objects.filter(offer__in=some).order_by("offer", "number"):
            if row.at <= moments[row.offer_id]:
                found[row.offer_id] = OfferContent.from_json(row.content)
    return found


def _offers(keys: Collection[int], lock: bool) -> dict[int, Offer]:
    """Offers with their providers, and those into which they were merged."""
    found: dict[int, Offer] = {}
    wanted = set(keys)
    while wanted:
        for some in _portions(sorted(wanted)):
            rows = Offer.objects.select_for_update(of=("self",)) if lock else Offer.objects.all()
            found |= {each.pk: each for each in rows.filter(pk__in=some).select_related("provider__organisation")}
        wanted = {each.merged_into_id for each in found.values() if each.merged_into_id} - found.keys()
    return found


def _last(offers: dict[int, Offer], offer: Offer) -> Offer:
    seen = {offer.pk}
    while offer.merged_into_id and offer.merged_into_id not in seen:
        seen.add(offer.merged_into_id)
        offer = offers[offer.merged_into_id]
    return offer


def _confirmations(keys: Collection[int]) -> dict[int, dict[Block, datetime]]:
    found: dict[int, dict[Block, datetime]] = {}
    for some in _portions(sorted(keys)):
        found |= newest_confirmations(some)
    return found


def _portions(keys: list) -> Iterable[list]:
    return (keys[start : start + AT_A_TIME] for start in range(0, len(keys), AT_A_TIME))
