"""Small rules of the interface: addresses, numbers, moments, and what is public."""

import doctest
import importlib
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

import pytest
import rfc3987
from hypothesis import given, settings
from hypothesis import strategies as st

from kommpass.domain.offers.content import Capacity, Contact, Funding, OfferContent
from kommpass.open_data.hsds.ids import HOUSE, child
from kommpass.open_data.hsds.plain import known, uri_of
from kommpass.open_data.parameters import Unreadable, read_moment
from kommpass.open_data.public_content import public_content

TODAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    "name",
    ["catalogue", "hsds.ids", "hsds.plain", "listings.pages", "parameters", "tables.cells"],
)
def test_the_examples_in_the_code_are_true(name):
    failed, tried = doctest.testmod(importlib.import_module(f"kommpass.open_data.{name}"))
    assert (failed, tried > 0) == (0, True)


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_somebody_typed_is_a_uri_or_nothing(host, rest):
    for written in (f"https://{host}/{rest}", f"https://famz.example/{host}?{rest}#{host}", f"{host}{rest}"):
        found = uri_of(written)
        assert found == "" or rfc3987.match(found, rule="URI")
        assert uri_of(found) == found


@settings(deadline=None)
@given(st.uuids(), st.text(max_size=20), st.integers())
def test_keys_are_uuids_of_version_five(parent, kind, row):
    assert child(str(parent), kind, row) == str(uuid5(parent, f"{kind}/{row}"))
    assert UUID(child(HOUSE, kind, row)).version == 5


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29), timezones=st.timezones()))  # noqa: DTZ001
def test_every_moment_with_its_zone_is_read(at):
    written = at.isoformat(timespec="seconds")
    if len(written) == 25:  # some historical zones have seconds in their distance, which RFC 3339 does not know
        assert read_moment(written) == at.replace(microsecond=0).astimezone(UTC)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-09-01", datetime(2026, 9, 1, tzinfo=UTC)),
        ("2026-09-01t08:15:30.123456789z", datetime(2026, 9, 1, 8, 15, 30, 123456, UTC)),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("0000-01-01", datetime(1, 1, 1, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59:59-14:00", datetime.max.replace(tzinfo=UTC)),
    ],
)
def test_odd_moments_that_the_standard_allows(written, moment):
    assert read_moment(written) == moment


@pytest.mark.parametrize("written", ["", "gestern", "2026-13-01", "2026-09-01T25:00:00Z", "2026-09-01T10:00:00", "1e9"])
def test_what_is_no_moment(written):
    with pytest.raises(Unreadable):
        read_moment(written)


def test_a_zero_is_known_and_nothing_is_not():
    row = {"a": 0, "b": 0.0, "c": "", "d": None, "e": [], "f": {}, "g": "x", "h": False}
    assert known(row) == {"a": 0, "b": 0.0, "g": "x", "h": False}


def test_public_is_what_people_agreed_to():
    content = OfferContent(
        title="A", prevention=("universal",),
        contacts=(Contact("Büro", "1", "a@b.example", "Petra", False), Contact("", "", "", "Paula", True)),
        funding=(Funding("Stiftung", "", False), Funding("Land", "", True)),
        capacity=Capacity("Kinder", 10, 3, "2027-02-01"),
    )  # fmt: skip
    assert public_content(content, TODAY) == OfferContent(
        title="A",
        contacts=(Contact("Büro", "1", "a@b.example"), Contact("", "", "", "Paula", True)),
        funding=(Funding("Land", "", True),),
        capacity=Capacity("Kinder", 10),
    )


def test_an_offer_with_nothing_to_hide_is_not_copied():
    content = OfferContent(title="A", contacts=(Contact("Büro", "1"),))
    assert public_content(content, TODAY) is content
