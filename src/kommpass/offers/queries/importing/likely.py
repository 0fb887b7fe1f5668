"""Which new rows of a list are likely offers that are there already, with the evidence."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kommpass.domain import schedules
from kommpass.domain.likeness import Finder, Pair, Record
from kommpass.domain.offers.listing import Entry
from kommpass.municipalities.scope import here
from kommpass.offers.models import IndexState, Offer
from kommpass.offers.queries.duplicates import records
from kommpass.offers.queries.importing.known import AT_A_TIME

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
    finder = _finder(frozenset(besides)) if entries else None
    if finder is None:
        return []
    found = [
        _likely(place, pairs[0])
        for place, entry in entries.items()
        if (pairs := finder.like(_record(f"{ROW}{place}", entry)))
    ]
    return sorted(found, key=lambda each: (-each.score, each.place))


def _finder(besides: frozenset[int]) -> Finder | None:
    """All other offers made ready, None if there are none. A long list asks again with every portion: as long as the
    index of the town is in the same state, the answer is kept."""
    version = IndexState.objects.values_list("version", flat=True).first()
    asked = here(), version, besides
    if version is None or asked not in _kept:
        forget()
        _kept[asked] = _made_ready(besides)
    return _kept[asked]


_kept: dict[tuple, Finder | None] = {}


def forget() -> None:
    """Whoever has compared all of a list needs the others no longer."""
    _kept.clear()


def _made_ready(besides: frozenset[int]) -> Finder | None:
    keys = Offer.objects.exclude(state=Offer.State.ENDED).order_by("pk").values_list("pk", flat=True)
    others = [key for key in keys if key not in besides]
    rows = Offer.objects.select_related("provider__organisation")
    portions = (others[start : start + AT_A_TIME] for start in range(0, len(others), AT_A_TIME))
    found = [each for some in portions for each in records(rows.filter(pk__in=some))]
    return Finder(found) if found else None


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
