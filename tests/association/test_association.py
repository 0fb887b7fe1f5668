"""The association and the installation: a look across towns that shows no draft, and opening the house for a town."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kommpass.association.actions import create_town
from kommpass.audits import actions as audits
from kommpass.audits.catalogue import newest
from kommpass.audits.models import JournalEntry
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.people.models import Membership, Organisation
from tests.association.builders import adopted
from tests.conftest import AUDIT, NOON, PASSWORD, TODAY, actor, member, signed_in

NEW = {
    "name": "Neustadt", "slug": "neustadt", "ags": "05999003", "population": 20_000, "has_youth_office": "on",
    "coordinator_name": "Nora Neu", "coordinator_email": "nora@neustadt.example",
}  # fmt: skip


@pytest.fixture
def administrator(db):
    return signed_in(member(Role.ADMINISTRATOR))


@pytest.fixture
def office(db):
    return signed_in(member(Role.ASSOCIATION_OFFICE))


def test_a_town_is_created_and_its_coordinator_comes_in(administrator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = administrator.post("/association/installation/towns/add/", NEW)
    assert response["Location"] == "/association/installation/"
    letter = mail.outbox[-1]
    path = re.search(r"https?://[^/]+(/neustadt/\S+)", letter.body).group(1)

    browser = Client()
    browser.post(path, {"password": PASSWORD, "again": PASSWORD})

    assert letter.to == ["nora@neustadt.example"]
    assert browser.get("/neustadt/people/settings/").status_code == 200
    with within(Municipality.objects.get(slug="neustadt")):
        assert list(Membership.objects.values_list("user__email", "role")) == [("nora@neustadt.example", "coordinator")]
        assert list(JournalEntry.objects.values_list("action", flat=True)) == [
            "town.create", "people.invite", "invitation.accept",
        ]  # fmt: skip


@pytest.mark.parametrize(
    "slug", ["accounts", "association", "i18n", "static", "auental", "Mit Leerzeichen", "../weg", ""]
)
def test_an_address_that_is_taken_or_impossible_is_refused(auental, administrator, slug):
    response = administrator.post("/association/installation/towns/add/", NEW | {"slug": slug})

    assert (response.status_code, Municipality.objects.count()) == (200, 1)


def test_a_town_whose_coordinator_has_no_address_is_not_half_created(db):
    with pytest.raises(NotPossible):
        create_town(
            name="X", slug="x", coordinator_name="N", coordinator_email="kein-postfach",
            by=actor(Role.ADMINISTRATOR), at=NOON,
        )  # fmt: skip
    assert Municipality.objects.count() == 0


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_the_administration_creates_towns(db, role):
    with pytest.raises(NotAllowed):
        create_town(name="X", slug="x", coordinator_name="N", coordinator_email="n@x.example", by=actor(role), at=NOON)


def test_a_coordinator_sees_neither_the_installation_nor_the_association(client_as):
    browser = client_as(Role.COORDINATOR)
    for path in ("/association/procedures/", "/association/installation/", "/association/installation/towns/add/"):
        assert browser.get(path).status_code == 403


def test_administration_and_association_do_not_see_each_others_pages(administrator, office):
    assert [
        administrator.get(path).status_code for path in ("/association/installation/", "/association/procedures/")
    ] == [200, 403]
    assert [office.get(path).status_code for path in ("/association/installation/", "/association/procedures/")] == [
        403,
        200,
    ]


def test_the_association_sees_where_towns_stand_and_no_draft(procedure, office, hasselgrund, youth_office):
    Organisation.objects.create(name="Interne Notiz Geheim")
    page = office.get("/association/procedures/").content.decode()

    assert "Auental" in page and "Hasselgrund" in page and "noch kein Verfahren" in page
    assert "Geheim" not in page and "Jugendamt" not in page
    assert "Zielvereinbarung beschlossen" not in page


def test_an_adopted_agreement_shows_as_decided(procedure, office):
    adopted(procedure, TODAY)
    assert "Zielvereinbarung beschlossen" in office.get("/association/procedures/").content.decode()


def test_the_office_gets_into_no_town_by_its_role(procedure, office):
    assert office.get("/auental/people/").status_code == 403


def test_the_lists_ask_equally_often_for_one_town_and_for_many(procedure, office, administrator):
    def asked(browser, path):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        return len(queries)

    pages = [(office, "/association/procedures/"), (administrator, "/association/installation/")]
    few = [asked(*page) for page in pages]
    for number in range(4):
        town = Municipality.objects.create(name=f"Ort {number}", slug=f"ort-{number}", population=1)
        with within(town):
            member(Role.COORDINATOR, email=f"k{number}@ort.example")
            audits.start_procedure(
                scheme_key=AUDIT, scheme_version=newest(AUDIT).version, rung="basic", title="Audit",
                by=actor(), at=NOON,
            )  # fmt: skip

    assert [asked(*page) for page in pages] == few
