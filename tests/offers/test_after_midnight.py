"""Between midnight and one or two o'clock the world's day is still yesterday; the town's day is what counts."""

from datetime import UTC, datetime

from kommpass.offers import actions
from tests.conftest import actor
from tests.offers.builders import a_location, an_offer

HALF_PAST_MIDNIGHT = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
DEED = {"by": actor(), "at": HALF_PAST_MIDNIGHT}


def test_what_is_said_of_a_place_after_midnight_is_of_the_new_day(auental):
    place = actions.change_accessibility(location=a_location(), states={"step_free": "yes"}, **DEED)
    assert place.accessibility["step_free"]["checked_on"] == "2026-11-28"


def test_an_offer_that_ends_after_midnight_ends_on_the_new_day(auental):
    offer = actions.end_offer(offer=an_offer("Krabbelgruppe"), **DEED)
    assert offer.ended_on.isoformat() == "2026-11-28"
