"""Which new rows of a list are likely offers that are there already, with the evidence."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kommpass.domain import schedules
from kommpass.domain.likeness import Finder, Pair, Record
from kommpass.domain.offers.listing import Entry
from kommpass.offers.models import Offer
from kommpass.offers.queries.duplicates import records

ROW = "row"


@dataclass(frozen=True)
class Likely:
    """A row (its place among the entries) and an offer that may be the same; evidence as message and values."""

    place: int
    offer: int
    score: float
    evidence: tuple[tuple[str, dict[str, str]], ...]


def likely(entries: Mapping[int, Entry], besides: Collection[int]) -> list[Likely]:
    """The likeliest offer for each of these entries, if there is any; offers in `besides` are out of the question."""
    if not entries:
        return []
    offers = Offer.objects.exclude(state=Offer.State.ENDED).select_related("provider__organisation")
    there = [each for each in offers if each.pk not in besides]
    if not there:
        return []
    finder = Finder(records(there))
    found = [
        _likely(place, pairs[0])
        for place, entry in entries.items()
        if (pairs := finder.like(_record(f"{ROW}{place}", entry)))
    ]
    return sorted(found, key=lambda each: (-each.score, each.place))


def _likely(place: int, pair: Pair) -> Likely:
    offer = pair.second if pair.first.startswith(ROW) else pair.first
    evidence = (*pair.reasons, *pair.doubts)
    return Likely(place, int(offer), pair.score, tuple((each.message, dict(each.values)) for each in evidence))


def _record(key: str, entry: Entry) -> Record:
    content, site = entry.content, entry.site
    latitude, longitude = site.point if site and site.point else (None, None)
    return Record(
        key=key,
        title=content.title,
        provider=entry.provider,
        street=site.street if site else "",
        postal_code=site.postal_code if site else "",
        latitude=latitude,
        longitude=longitude,
        phones=tuple(each.phone for each in content.contacts if each.phone),
        mails=tuple(each.email for each in content.contacts if each.email),
        min_months=content.min_months,
        max_months=content.max_months,
        times=tuple(
            f"{schedules.DAY_CODES[day]} {each.starts}" for each in content.times for day in schedules.weekdays(each)
        ),
        kind=content.facility or next(iter(content.topics), ""),
    )
