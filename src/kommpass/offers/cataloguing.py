"""Writes what the finder reads: cards, places, slots and words of offers. Called with every change, inside of it.

Only public offers have a card. `everything` makes the whole index anew.
"""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import translation
from django.utils.timezone import localdate

from kommpass.domain import schedules
from kommpass.domain.german_search import document, index_version
from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.changes import blocks_of
from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.verification import Block, standing
from kommpass.municipalities.scope import here
from kommpass.offers.models import (
    Confirmation,
    IndexCard,
    IndexPlace,
    IndexState,
    Offer,
    OfferAtLocation,
    OfferText,
    SearchEntry,
    SearchWord,
    Slot,
)

EPOCH = date(1970, 1, 1)
NEVER_ENDS = 1_000_000
AT_A_TIME = 500


def catalogue(offers: Collection[Offer]) -> None:
    """Write the cards of these offers anew; what is not public loses its card. A constant number of queries."""
    keys = [each.pk for each in offers]
    entries = SearchEntry.objects.filter(offer__in=keys)
    before = set(entries.values_list("word", flat=True))
    entries.delete()
    IndexCard.objects.filter(offer__in=keys).delete()
    mark = _stamp_anew()
    shown = list(
        Offer.objects.filter(pk__in=keys, state=Offer.State.PUBLISHED).select_related("provider__organisation")
    )
    if shown:
        _write(shown, mark)
    _forget_words(before - set(entries.all().values_list("word", flat=True)))


def _forget_words(gone: set[str]) -> None:
    """A word that no offer has any more: it would stand in the way of whoever mistypes its neighbour."""
    if gone:
        still_there = SearchEntry.objects.filter(word__in=gone).values("word")
        SearchWord.objects.filter(word__in=gone).exclude(word__in=still_there).delete()


def everything() -> int:
    """The whole index of the town anew, in portions; the number of offers."""
    SearchWord.objects.all().delete()
    IndexCard.objects.all().delete()
    SearchEntry.objects.all().delete()
    keys = list(Offer.objects.filter(state=Offer.State.PUBLISHED).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_A_TIME):
        catalogue(list(Offer.objects.filter(pk__in=keys[start : start + AT_A_TIME])))
    _stamp_anew()
    IndexState.objects.update(rules=index_version())
    return len(keys)


def is_of_other_rules() -> bool:
    """Whether the town's index was written by other rules than those that searches are read by now."""
    return not IndexState.objects.filter(rules=index_version()).exists()


def _stamp_anew() -> int:
    """A new mark for this state of the index. Drawn and not counted: what was rolled back must never look the same."""
    mark = secrets.randbits(62)
    IndexState.objects.update_or_create(
        municipality_id=here(),
        defaults={"version": mark},
        create_defaults={"version": mark, "rules": index_version()},
    )
    return mark


def _write(offers: list[Offer], mark: int) -> None:
    keys = [each.pk for each in offers]
    documents = {each.pk: each.document for each in offers}
    confirmed = newest_confirmations(keys)
    places = list(
        OfferAtLocation.objects.filter(offer__in=keys)
        .select_related("location__district")
        .order_by("offer_id", "position")
    )
    texts = list(OfferText.objects.filter(offer__in=keys, state=OfferText.State.REVIEWED))
    IndexCard.objects.bulk_create(_card(each, documents[each.pk], confirmed.get(each.pk, {}), mark) for each in offers)
    IndexPlace.objects.bulk_create([_place(each) for each in places])
    Slot.objects.bulk_create([slot for each in offers for slot in _slots(each, documents[each.pk])])
    _write_words(offers, documents, places, texts)


def newest_confirmations(keys: Collection[int]) -> dict[int, dict[Block, datetime]]:
    """The newest human confirmation of each block of these offers. One query."""
    rows = (
        Confirmation.objects.filter(offer__in=keys, human=True).order_by("at", "pk").values_list("offer", "block", "at")
    )
    found: dict[int, dict[Block, datetime]] = {}
    for offer, block, at in rows:
        found.setdefault(offer, {})[Block(block)] = at
    return found


def days(value: date) -> int:
    """A day as the number of days since 1970, so that it compares in arrays."""
    return (value - EPOCH).days


def day_of(number: int) -> date | None:
    """The day that `days` has numbered; None for what never ends."""
    return EPOCH + timedelta(days=number) if number < NEVER_ENDS else None


def _card(offer: Offer, content: OfferContent, confirmed: dict[Block, datetime], mark: int) -> IndexCard:
    at = standing(
        {block: localdate(moment) for block, moment in confirmed.items()},
        blocks_of(content),
        EPOCH,
        localdate(offer.published_at or offer.made_at),
    )
    return IndexCard(
        offer=offer,
        life_phases=lists.LIFE_PHASES.mask(phases(content)),
        topics=lists.TOPICS.mask(content.topics),
        target_groups=lists.TARGET_GROUPS.mask(content.target_groups),
        facility=lists.FACILITIES.mask([content.facility]),
        prevention=lists.PREVENTION.mask(content.prevention),
        access=lists.ACCESS.mask(content.access),
        cost=lists.COSTS.mask(_costs(content)),
        languages=lists.LANGUAGES.mask(content.languages),
        formats=lists.FORMATS.mask(content.formats),
        weekdays=_bits(day for each in content.times for day in schedules.weekdays(each)),
        day_parts=lists.DAY_PARTS.mask(part for each in content.times for part in schedules.day_parts(each)),
        min_months=content.min_months or 0,
        max_months=2400 if content.max_months is None else content.max_months,
        due_day=days(at.due_on),
        last_day=_last_day(content),
        ends_day=min([days(day) for _what, day in ends(content)], default=NEVER_ENDS),
        order=content.title.casefold()[:60],
        mark=mark,
    )


def phases(content: OfferContent) -> list[str]:
    """The life phases of an offer: those that were chosen, else those its ages touch."""
    return list(content.life_phases) or lists.phases_of_ages(content.min_months, content.max_months)


def _costs(content: OfferContent) -> list[str]:
    reduced = [word for each in content.costs for word in each.reduced_by]
    return [content.cost, *reduced]


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in set(numbers))


def _last_day(content: OfferContent) -> int:
    """The day after which nothing takes place any more: of a course that runs out, of single dates that are over."""
    ends = [date.fromisoformat(content.runs_until)] if content.runs_until else []
    last = [_end_of(each) for each in content.times]
    if last and all(last):
        ends.append(max(day for day in last if day))
    return days(min(ends)) if ends else NEVER_ENDS


def _end_of(schedule: schedules.Schedule) -> date | None:
    if schedule.last_day:
        return schedule.last_day
    return schedule.first_day if not schedule.rule else None


def ends(content: OfferContent) -> list[tuple[str, date]]:
    """What comes to its end when: each funding by its source, and the offer itself (without a source)."""
    known = [(each.source, each.until) for each in content.funding] + [("", content.runs_until)]
    return [(source, date.fromisoformat(until)) for source, until in known if until]


def _place(row: OfferAtLocation) -> IndexPlace:
    known = row.location.accessibility
    having = {state: [key for key, each in known.items() if each["state"] == state] for state in ("yes", "no")}
    return IndexPlace(
        card_id=row.offer_id,
        location_id=row.location_id,
        district_id=row.location.district_id,
        latitude=row.location.latitude,
        longitude=row.location.longitude,
        accessible=lists.ACCESSIBILITY.mask(having["yes"]),
        barriers=lists.ACCESSIBILITY.mask(having["no"]),
    )


def _slots(offer: Offer, content: OfferContent) -> list[Slot]:
    spans = {
        (day, start, end)
        for each in content.times
        if (span := _minutes(each))
        for start, end in [span]
        for day in schedules.weekdays(each)
    }
    return [Slot(card_id=offer.pk, weekday=day, starts=start, ends=end) for day, start, end in sorted(spans)]


def _minutes(schedule: schedules.Schedule) -> tuple[int, int] | None:
    """Begin and end in minutes after the midnight before; what has no hours or no end is never "open now"."""
    if not schedule.starts or not schedule.ends:
        return None
    start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in (schedule.starts, schedule.ends))
    return start, end if end > start else end + 24 * 60


def _write_words(offers, documents, places, texts) -> None:
    entries, written = [], {}
    places_of, texts_of = _by_offer(places), _by_offer(texts)
    for offer in offers:
        found = document(fields_of(offer, documents[offer.pk], places_of[offer.pk], texts_of[offer.pk]))
        entries += [(word, offer.pk, weight) for word, weight in found.weights.items()]
        written.update(found.surfaces)
    _write_entries(entries)
    words = [SearchWord(word=word, surface=surface) for surface, word in sorted(written.items())]
    SearchWord.objects.bulk_create(words, batch_size=5_000, ignore_conflicts=True)


def _write_entries(entries: list[tuple[str, int, int]]) -> None:
    """Word, offer and weight. Twenty rows an offer: a model for each of them would cost more than finding the words."""
    names = [SearchEntry._meta.get_field(each).column for each in ("municipality", "word", "offer", "weight")]
    quoted = ", ".join(connection.ops.quote_name(each) for each in names)
    table = connection.ops.quote_name(SearchEntry._meta.db_table)
    town = here()
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({quoted}) VALUES (%s, %s, %s, %s)",
            [(town, *each) for each in entries],
        )


def _by_offer(rows: Iterable) -> defaultdict[int, list]:
    found = defaultdict(list)
    for row in rows:
        found[row.offer_id].append(row)
    return found


def fields_of(offer: Offer, content: OfferContent, places, texts) -> dict[str, str]:
    """The texts by which an offer is found, by what they are."""
    with translation.override("de"):
        terms = [
            str(vocabulary.labels.get(key, ""))
            for vocabulary, keys in (
                (lists.TOPICS, content.topics),
                (lists.TARGET_GROUPS, content.target_groups),
                (lists.LIFE_PHASES, phases(content)),
                (lists.FACILITIES, (content.facility,)),
                (lists.LANGUAGES, content.languages),
            )
            for key in keys
        ]
    where = [f"{each.location.name} {each.location.city} {each.location.district or ''}" for each in places]
    streets = [f"{each.location.street} {each.location.postal_code}" for each in places]
    return {
        "title": content.title,
        "subtitle": content.subtitle,
        "terms": " ".join(terms),
        "provider": offer.provider.organisation.name,
        "place": " ".join(where),
        "street": " ".join(streets),
        "summary": " ".join([content.summary, *[f"{each.title} {each.summary}" for each in texts]]),
        "text": " ".join([content.text, content.registration, *[each.text for each in texts]]),
    }
