"""Keeping offers true: who is asked when, by one mail, and what a link may do."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommpass.domain.offers.verification import DAYS, Block, Freshness, Step, due_on, places_hold, standing
from kommpass.domain.permissions import Role
from kommpass.offers import actions
from kommpass.offers.models import Offer, Provider
from kommpass.offers.queries.upkeep import owing
from kommpass.people.links import token_of
from kommpass.people.models import ContributionLink, Organisation
from tests.conftest import NOON, actor
from tests.offers.builders import a_provider, an_offer

DEED = {"by": actor(), "at": NOON}
SINCE = date(2026, 1, 1)


def at(days: int) -> datetime:
    """Noon of a working day at or soon after so many days."""
    moment = NOON.astimezone(ZoneInfo("Europe/Berlin")) + timedelta(days=days)
    while moment.weekday() > 4:
        moment += timedelta(days=1)
    return moment


def an_old_offer(title: str = "Krabbelgruppe", **about) -> Offer:
    """Of a provider with a mailbox; half a year after the day of these tests its contact is due."""
    about.setdefault("provider", with_mailbox("AWO"))
    return an_offer(title, **about)


def with_mailbox(name: str) -> Provider:
    provider = a_provider(name)
    Organisation.objects.filter(pk=provider.organisation_id).update(email="familie@awo.example")
    provider.organisation.refresh_from_db()
    return provider


@pytest.mark.parametrize(
    ("late", "freshness", "step"),
    [
        (-15, Freshness.CONFIRMED, Step.NOTHING),
        (-14, Freshness.CONFIRMED, Step.ASK),
        (0, Freshness.DUE, Step.REMIND),
        (20, Freshness.DUE, Step.REMIND),
        (21, Freshness.DUE, Step.REMIND_AGAIN),
        (35, Freshness.DUE, Step.CALL),
        (59, Freshness.DUE, Step.CALL),
        (60, Freshness.OLD, Step.CALL),
        (180, Freshness.VERY_OLD, Step.CALL),
    ],
)
def test_an_offer_ages_in_steps(late, freshness, step):
    confirmed = {Block.TIMES: SINCE}
    today = due_on(Block.TIMES, SINCE) + timedelta(days=late)
    found = standing(confirmed, frozenset({Block.TIMES}), today, SINCE)
    assert (found.freshness, found.step) == (freshness, step)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from(Block), st.dates(date(2025, 1, 1), date(2027, 1, 1))),
    st.dates(SINCE, date(2028, 1, 1)),
)
def test_a_later_confirmation_never_makes_an_offer_older(confirmed, today):
    blocks = frozenset(Block)
    before = standing(confirmed, blocks, today, SINCE)
    after = standing({**confirmed, before.block: today}, blocks, today, SINCE)
    assert after.due_on >= before.due_on or confirmed.get(before.block, date.min) > today


def test_each_block_has_its_own_interval():
    assert {block.value: DAYS[block] for block in Block} == {
        "times": 91, "contact": 182, "cost": 182, "places": 14, "rest": 365,
    }  # fmt: skip


def test_free_places_are_hidden_after_two_weeks():
    assert [places_hold(SINCE, SINCE + timedelta(days=days)) for days in (-1, 0, 13, 14)] == [False, True, True, False]


def test_a_provider_gets_one_mail_with_all_offers_that_are_due(auental, django_capture_on_commit_callbacks):
    awo = with_mailbox("AWO")
    for title in ("Krabbelgruppe", "Elterncafé", "Sprechstunde"):
        an_offer(title, provider=awo)
    with django_capture_on_commit_callbacks(execute=True):
        sent = actions.ask_due_providers(by=actor(), at=at(178))
    assert (sent, [each.to for each in mail.outbox]) == (1, [["familie@awo.example"]])
    assert "3 Angebote" in mail.outbox[0].body


def test_the_same_step_is_never_asked_twice(auental):
    an_old_offer()
    assert [actions.ask_due_providers(by=actor(), at=at(day)) for day in (178, 179, 186, 187)] == [1, 0, 1, 0]


def test_nobody_is_asked_on_a_sunday(auental):
    an_old_offer()
    assert actions.ask_due_providers(by=actor(), at=datetime(2027, 5, 2, 12, tzinfo=ZoneInfo("Europe/Berlin"))) == 0


def test_who_has_no_mailbox_is_on_the_list_of_calls(auental):
    offer = an_offer("Krabbelgruppe", provider=a_provider("Ohne Postfach"))
    found = owing(at(178).date())
    assert actions.ask_due_providers(by=actor(), at=at(178)) == 0
    assert [each.offer for owed in found for each in owed.to_call] == [offer]


def test_opening_the_link_changes_nothing_and_one_click_confirms_everything(auental, client):
    offer = an_old_offer()
    link = actions.ask_provider(provider=offer.provider, by=actor(), at=at(178))
    ContributionLink.objects.filter(pk=link.pk).update(expires_at=at(9000))
    address, before = f"/auental/offers/link/{token_of(link)}/", offer.confirmations.count()
    assert client.get(address).status_code == 200
    assert offer.confirmations.count() == before
    assert client.post(address, {"offer": [offer.pk]}).status_code == 302
    assert set(offer.confirmations.order_by("-pk").values_list("way", flat=True)[:2]) == {"link"}


def test_a_link_reaches_the_offers_of_its_provider_and_no_others(auental, client):
    offer, strange = an_old_offer(), an_offer("Fremdes", provider=a_provider("Caritas"))
    link = actions.ask_provider(provider=offer.provider, by=actor(), at=at(178))
    ContributionLink.objects.filter(pk=link.pk).update(expires_at=at(9000))
    address, before = f"/auental/offers/link/{token_of(link)}/", strange.confirmations.count()
    assert client.get(f"{address}{strange.pk}/").status_code == 404
    client.post(address, {"offer": [strange.pk], "ended": strange.pk})
    strange.refresh_from_db()
    assert (strange.confirmations.count(), strange.state) == (before, Offer.State.PUBLISHED)


def test_gone_for_good_is_one_click_too(auental, client):
    offer = an_old_offer()
    link = actions.ask_provider(provider=offer.provider, by=actor(), at=at(178))
    ContributionLink.objects.filter(pk=link.pk).update(expires_at=at(9000))
    client.post(f"/auental/offers/link/{token_of(link)}/", {"ended": offer.pk})
    offer.refresh_from_db()
    assert offer.state == Offer.State.ENDED


def test_only_the_coordination_writes_to_providers(auental):
    offer = an_old_offer()
    with pytest.raises(Exception, match="Rolle"):
        actions.ask_provider(provider=offer.provider, by=actor(Role.PROVIDER), at=NOON)
