"""The offers of one page as families see them in a list: a constant number of queries, whatever the page holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommpass.adapters.day_calendar import calendar_of
from kommpass.domain import schedules
from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.changes import blocks_of
from kommpass.domain.offers.content import OfferContent
from kommpass.domain.offers.verification import Standing, standing
from kommpass.municipalities.scope import town
from kommpass.offers.cataloguing import newest_confirmations
from kommpass.offers.models import Location, Offer, OfferAtLocation, OfferText
from kommpass.offers.telling import ages, label_of, price, times

MOST_TIMES = 3


@dataclass(frozen=True)
class Words:
    """The texts of an offer in the language that is shown: which one it is, and whether it fell back to German."""

    title: str
    summary: str
    text: str
    language: str
    fell_back: bool = False


@dataclass(frozen=True)
class Result:
    """One offer in a list."""

    offer: Offer
    content: OfferContent
    words: Words
    places: tuple[Location, ...]
    standing: Standing
    confirmed_on: date | None
    metres: float | None

    @property
    def ages(self) -> str:
        return ages(self.content.min_months, self.content.max_months)

    @property
    def times(self) -> list[str]:
        return [times(each) for each in self.content.times[:MOST_TIMES]]

    @property
    def more_times(self) -> bool:
        return len(self.content.times) > MOST_TIMES

    @property
    def cost(self) -> str:
        if self.content.cost == "free":
            return _("kostenlos")
        return price(self.content.costs[0]) if self.content.costs else ""

    @property
    def topics(self) -> list[str]:
        return [label_of(lists.TOPICS, key) for key in self.content.topics]

    @property
    def distance(self) -> str:
        if self.metres is None:
            return ""
        if self.metres < 1_000:
            return _("%d m") % (round(self.metres / 10) * 10)
        return _("%s km") % f"{self.metres / 1000:.1f}".replace(".", ",")

    @property
    def old(self) -> bool:
        return self.standing.freshness in ("old", "very_old")

    @property
    def next_time(self) -> datetime | None:
        """When it takes place next, within two months."""
        found = schedules.next_occurrence(
            self.content.times, datetime.now(tz=schedules.BERLIN), calendar_of(town().state)
        )
        return found.begins if found else None


def results(keys: Sequence[int], metres: Mapping[int, float], language: str = "") -> list[Result]:
    """These offers in this order. Five queries."""
    found = Offer.objects.filter(pk__in=keys).select_related("provider__organisation").in_bulk()
    return shown([found[key] for key in keys if key in found], metres, language)


def shown(offers: Sequence[Offer], metres: Mapping[int, float] | None = None, language: str = "") -> list[Result]:
    keys = [each.pk for each in offers]
    places: dict[int, list[Location]] = {}
    for row in OfferAtLocation.objects.filter(offer__in=keys).select_related("location__district"):
        places.setdefault(row.offer_id, []).append(row.location)
    texts = texts_of(keys, language or get_language())
    confirmed = newest_confirmations(keys)
    today = localdate()
    made = []
    for offer in offers:
        content, own = offer.document, confirmed.get(offer.pk, {})
        at = standing(
            {block: localdate(moment) for block, moment in own.items()},
            blocks_of(content),
            today,
            localdate(offer.published_at or offer.made_at),
        )
        made.append(
            Result(
                offer=offer,
                content=content,
                words=words_of(content, texts.get(offer.pk), language or get_language()),
                places=tuple(places.get(offer.pk, ())),
                standing=at,
                confirmed_on=localdate(max(own.values())) if own else None,
                metres=(metres or {}).get(offer.pk),
            )
        )
    return made


def texts_of(keys: Iterable[int], language: str) -> dict[int, OfferText]:
    """The reviewed texts in a language; German is the original itself."""
    if language == "de":
        return {}
    rows = OfferText.objects.filter(offer__in=keys, language=language, state=OfferText.State.REVIEWED)
    return {each.offer_id: each for each in rows}


def words_of(content: OfferContent, text: OfferText | None, language: str) -> Words:
    """The texts in the language that is asked for, else the German ones, which then say so."""
    if text is None:
        return Words(content.title, content.summary, content.text, "de", fell_back=language != "de")
    return Words(text.title, text.summary, text.text, "de" if text.language == "de-easy" else text.language)
