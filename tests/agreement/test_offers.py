"""Measures and offers belong together: tied by a click, seen on both sides, and no part of any version."""

import pytest

from kommpass.agreement import actions, queries
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from tests.agreement.builders import draft, goal, measure
from tests.conftest import NOON, actor
from tests.offers.builders import an_offer

DEED = {"by": actor(), "at": NOON}


def a_measure(procedure):
    return measure(goal(draft(procedure)))


def test_an_offer_is_tied_once_and_its_role_can_change(procedure):
    promise, offer = a_measure(procedure), an_offer("Krabbelgruppe")
    actions.tie_offer(measure=promise, offer=offer, role="contributes", **DEED)
    actions.tie_offer(measure=promise, offer=offer, role="carries_out", **DEED)
    assert [(each.offer, each.role) for each in promise.offers.all()] == [(offer, "carries_out")]


def test_an_unknown_role_ties_nothing(procedure):
    promise, offer = a_measure(procedure), an_offer("Krabbelgruppe")
    with pytest.raises(NotPossible):
        actions.tie_offer(measure=promise, offer=offer, role="schmückt", **DEED)
    assert promise.offers.count() == 0


def test_a_provider_does_not_say_what_carries_out_a_promise(procedure):
    with pytest.raises(NotAllowed):
        actions.tie_offer(
            measure=a_measure(procedure), offer=an_offer(), role="carries_out", by=actor(Role.PROVIDER), at=NOON
        )


def test_the_page_of_the_offer_names_promised_measures_only(procedure, client):
    promise, offer = a_measure(procedure), an_offer("Krabbelgruppe")
    actions.tie_offer(measure=promise, offer=offer, role="carries_out", **DEED)
    assert list(queries.public_measures_of(offer)) == []
    type(promise).objects.filter(pk=promise.pk).update(promised=True)
    assert list(queries.public_measures_of(offer)) == [promise]
    assert promise.title in client.get(f"/auental/public/offers/{offer.key}/").content.decode()


def test_a_clerk_searches_ties_and_unties(procedure, client_as):
    promise, offer = a_measure(procedure), an_offer("Krabbelgruppe")
    browser, page = client_as(), f"/auental/agreement/measures/{promise.pk}/offers/"
    assert "Krabbelgruppe" in browser.get(page, {"q": "krabbeln"}).content.decode()
    browser.post(f"{page}{offer.pk}/tie/", {"role": "carries_out"})
    assert promise.offers.count() == 1
    browser.post(f"{page}{offer.pk}/untie/")
    assert promise.offers.count() == 0
