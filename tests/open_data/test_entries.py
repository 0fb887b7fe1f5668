"""What was written once is not written again: after a restart, on the next morning, for the next program."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.offers.content import Capacity, OfferContent
from kommpass.municipalities.models import Municipality
from kommpass.offers import actions
from kommpass.offers.models import Offer
from kommpass.open_data import remembered
from kommpass.open_data.entries import forget_entries
from kommpass.open_data.hsds.services import status
from kommpass.open_data.models import WrittenEntry
from kommpass.open_data.public_content import public_content
from kommpass.open_data.queries.rows import OfferRow, ProviderRow
from kommpass.open_data.turning import next_turn
from kommpass.people.models import Organisation
from tests.conftest import queries_of
from tests.offers.builders import an_offer
from tests.open_data.builders import deed, in_days, with_boundaries

FULL = "/auental/api/hsds/services?full=true"
NOVEMBER = date(2026, 11, 1)
DAYS = st.dates(NOVEMBER, NOVEMBER + timedelta(days=40))


@pytest.fixture
def town(auental, monkeypatch):
    """Auental in a process that has just begun. The sealed journal lets no test out of its transaction, so the
    interface is told that there is none."""
    monkeypatch.setattr("kommpass.open_data.entries._nothing_is_sure", lambda: False)
    restart()
    yield auental
    restart()


def restart() -> None:
    remembered.forget_answers()
    forget_entries()


def asked(path: str = FULL) -> tuple[dict[str, dict], int]:
    """The entries by their names, and how many queries they took."""
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(path)
    assert answer.status_code == 200, answer.content
    return {each["name"]: each for each in answer.json()["contents"]}, queries_of(captured)


def on_day(monkeypatch, number: int) -> None:
    later = timezone.now() + timedelta(days=number)
    monkeypatch.setattr(timezone, "now", lambda: later)
    restart()


def test_after_a_restart_everything_is_answered_from_what_was_written(town):
    for name in ("Krabbelgruppe", "Stillcafé", "Vätertreff"):
        an_offer(name)
    first, many = asked()
    restart()
    assert asked() == (first, 4) and many > 4
    remembered.forget_answers()
    assert asked() == (first, 3)


def test_short_and_full_entries_are_different_things(town):
    an_offer("Krabbelgruppe")
    full, short = asked()[0], asked("/auental/api/hsds/services")[0]
    restart()
    assert (asked()[0], asked("/auental/api/hsds/services")[0]) == (full, short)
    assert "additional_urls" in full["Krabbelgruppe"] and "additional_urls" not in short["Krabbelgruppe"]


def test_the_changed_offer_is_written_anew_and_only_this_one(town):
    offer = an_offer("Krabbelgruppe")
    an_offer("Stillcafé")
    asked()
    before = dict(WrittenEntry.objects.values_list("offer__key", "mark"))
    actions.change_offer(offer=offer, content=offer.document.having(title="Babytreff"), **deed())
    restart()
    assert set(asked()[0]) == {"Babytreff", "Stillcafé"}
    after = dict(WrittenEntry.objects.values_list("offer__key", "mark"))
    assert {key for key in after if after[key] != before[key]} == {offer.key}


def test_an_offer_that_runs_out_is_over_on_the_next_morning_although_nobody_changed_it(town, monkeypatch):
    an_offer("Kurs", runs_until=in_days(0))
    an_offer("Treff")
    assert {name: each["status"] for name, each in asked()[0].items()} == {"Kurs": "active", "Treff": "active"}
    on_day(monkeypatch, 1)
    assert {name: each["status"] for name, each in asked()[0].items()} == {"Kurs": "inactive", "Treff": "active"}


def test_a_process_that_runs_through_the_night_says_so_too_and_keeps_what_it_says_now(town, monkeypatch):
    an_offer("Kurs", runs_until=in_days(0))
    assert asked()[0]["Kurs"]["status"] == "active"
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    later, many = asked()
    assert later["Kurs"]["status"] == "inactive"
    assert asked() == (later, 3) and many > 3


def test_a_number_of_free_places_is_gone_when_it_is_old(town, monkeypatch):
    an_offer("Kurs", capacity=Capacity(maximum=12, available=3, as_of=in_days(0)))
    assert asked()[0]["Kurs"]["capacities"][0]["available"] == 3
    on_day(monkeypatch, 13)
    assert asked()[0]["Kurs"]["capacities"][0]["available"] == 3
    on_day(monkeypatch, 1)
    assert "capacities" not in asked()[0]["Kurs"]


@pytest.mark.parametrize("what", ["the town", "an organisation", "a district", "the software"])
def test_whatever_stands_around_it_is_told_in_every_entry(town, monkeypatch, what):
    an_offer("Krabbelgruppe")
    before = WrittenEntry.objects.values_list("around", flat=True)
    asked()
    [known] = before.all()
    if what == "the town":
        Municipality.objects.filter(pk=town.pk).update(edition=town.edition + 1)
    elif what == "an organisation":
        organisation = Organisation.objects.first()
        organisation.name, organisation.edition = "Umbenannt", organisation.edition + 1
        organisation.save()
    elif what == "a district":
        with_boundaries()
    else:
        monkeypatch.setattr("kommpass.open_data.entries._this_software", lambda: "another one")
    restart()
    found = asked()[0]["Krabbelgruppe"]
    assert before.all()[0] != known
    assert what != "an organisation" or found["organization"]["name"] == "Umbenannt"


def test_a_database_that_refuses_to_keep_an_entry_still_gives_the_answer(town, monkeypatch):
    def refuse(*_given, **_named):
        raise OperationalError("database is locked")

    an_offer("Krabbelgruppe")
    monkeypatch.setattr("django.db.models.query.QuerySet.bulk_create", refuse)
    assert set(asked()[0]) == {"Krabbelgruppe"}
    assert not WrittenEntry.objects.exists()


def test_an_offer_that_is_over_is_never_kept(town):
    offer = an_offer("Krabbelgruppe")
    asked()
    actions.end_offer(offer=offer, **deed())
    restart()
    assert asked()[0]["Krabbelgruppe"]["status"] == "defunct"
    restart()
    assert asked()[0]["Krabbelgruppe"]["status"] == "defunct"


def test_in_the_middle_of_a_transaction_nothing_is_kept(auental):
    restart()
    an_offer("Krabbelgruppe")
    assert set(asked()[0]) == {"Krabbelgruppe"}
    assert not WrittenEntry.objects.exists()


@given(
    runs_from=st.none() | DAYS,
    last_day=st.none() | DAYS,
    counted=st.none() | DAYS,
    today=DAYS,
    ahead=st.integers(0, 40),
)
def test_until_the_day_on_which_it_turns_an_offer_says_the_same(runs_from, last_day, counted, today, ahead):
    capacity = Capacity(maximum=9, available=2, as_of=counted.isoformat()) if counted else None
    content = OfferContent(title="Kurs", runs_from=runs_from.isoformat() if runs_from else "", capacity=capacity)

    def said(day: date) -> tuple:
        public = public_content(content, day)
        provider = ProviderRow(str(uuid4()), "Träger", "", "", "", "", "")
        row = OfferRow(1, "k", Offer.State.PUBLISHED, timezone.now(), last_day, None, provider, {}, public)
        return status(row, day), public.capacity

    turns = next_turn(content, last_day, today)
    later = today + timedelta(days=ahead)
    assert turns is None or turns > today
    if turns is None or later < turns:
        assert said(later) == said(today)
