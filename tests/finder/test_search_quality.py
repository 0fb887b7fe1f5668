"""Families find what is there: the finder against judged searches over real lists, on both databases alike."""

import pytest
from django.utils import timezone

from kommpass.domain.offers.content import OfferContent
from kommpass.municipalities.models import District
from kommpass.offers.models import Location
from kommpass.offers.queries.finding import Wish, find
from tests.finder import filled
from tests.finder.search_quality import corpus, measure

GATE = 0.85
"""What is asked of every search, on the half it is tuned on and on the one that nobody tunes for."""


@pytest.fixture
def quality(auental, shared_data):
    """The report on the finder in a town that has the real offers."""
    items = corpus.load(shared_data)
    known = filled.providers(item.provider for item in items)
    districts = {
        name: District.objects.create(name=name) for name in sorted({item.district for item in items if item.district})
    }
    rows = [(_content(item), known[item.provider or "Ohne Träger"], _location(item, districts)) for item in items]
    keys = {offer.pk: item.key for offer, item in zip(filled.offers(rows), items, strict=True)}
    return measure.evaluate(lambda text: [keys[pk] for pk in on_the_page(text)], items)


def on_the_page(text: str) -> tuple[int, ...]:
    """What a family reads below its words, from above: the hits, and behind few of them what may fit as well."""
    found = find(Wish(query=text), timezone.now())
    return found.offers + found.related


def _content(item) -> OfferContent:
    return OfferContent(title=item.title[:150], subtitle=", ".join(item.kinds)[:150], text=item.text[:20_000])


def _location(item, districts) -> Location:
    return Location(
        name=item.place[:150],
        street=item.street[:150],
        postal_code=item.postal_code[:10],
        district=districts.get(item.district),
    )


def test_the_first_ten_hits_are_those_that_people_meant(quality):
    print(quality)
    assert quality.mean(half="tune") >= GATE
    assert quality.mean(half="judge") >= GATE


def test_no_page_is_empty_where_an_offer_exists(quality):
    assert quality.empty_pages() == 0
