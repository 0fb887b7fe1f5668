"""Public pages go out compressed and still answer "not modified"; personal pages and pictures go out as they are."""

import gzip

import pytest
from django.test import Client

from kommpass.domain.permissions import Role
from tests.conftest import member, signed_in
from tests.offers.builders import an_offer

FIND = "/auental/public/offers/"
PACKED = {"Accept-Encoding": "gzip, deflate"}


@pytest.fixture
def town(auental):
    for number in range(30):
        an_offer(f"Krabbelgruppe {number}")
    return auental


def test_a_public_page_is_small_on_its_way_and_the_same_at_its_end(town):
    plain, packed = Client().get(FIND), Client().get(FIND, headers=PACKED)
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 4


def test_who_has_the_page_does_not_get_it_again(town):
    first = Client().get(FIND, headers=PACKED)
    again = Client().get(FIND, headers=PACKED | {"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_other_programs_read_is_compressed_too(town):
    answer = Client().get("/auental/api/hsds/services", headers=PACKED)
    assert answer["Content-Encoding"] == "gzip"


def test_a_page_with_something_personal_is_not_compressed(town):
    """Its length would betray what an attacker who can add to it wants to guess (BREACH)."""
    coordinator = signed_in(member(Role.COORDINATOR))
    answers = [coordinator.get("/auental/offers/", headers=PACKED), Client().get("/accounts/login/", headers=PACKED)]
    assert [(each.status_code, each.get("Content-Encoding")) for each in answers] == [(200, None)] * 2
