"""The settings: a town is set up without touching code."""

import pytest

from kommpass.audits.models import JournalEntry
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotPossible
from kommpass.municipalities.models import District, Municipality
from kommpass.municipalities.scope import within
from kommpass.sockets.modules import Module, plug_in, unplug
from kommpass.town_hall import actions
from tests.conftest import NOON, actor

DATA = {
    "name": "Auental", "population": 61_000, "has_youth_office": "on", "county_name": "", "imprint": "Stadt Auental",
    "report_months": 6, "reminder_days": 10, "paper_lead_days": 28, "minimum_count": 7, "edition": 1,
}  # fmt: skip
LEVELS = {f"level_{kind}": "" for kind in ("editorial", "wording", "deadline_shift", "replace", "drop", "add")}


def stored() -> Municipality:
    return Municipality.objects.get(slug="auental")


def test_data_and_thresholds_are_saved_and_written_down(client_as):
    response = client_as().post("/auental/people/settings/town/", DATA)

    town = stored()
    assert response["Location"] == "/auental/people/settings/"
    assert (town.population, town.report_months, town.reminder_days, town.paper_lead_days, town.minimum_count) == (
        61_000, 6, 10, 28, 7,
    )  # fmt: skip
    entry = JournalEntry.objects.get()
    assert (entry.action, entry.details["old"]["population"], entry.details["new"]["population"]) == (
        "town.configure", 60_000, 61_000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [("population", 0), ("minimum_count", 2), ("report_months", 0), ("report_months", "viele"), ("name", ""),
     ("population", -5), ("reminder_days", 9999), ("imprint", "x" * 20_001)],
)  # fmt: skip
def test_what_cannot_be_is_explained_and_nothing_is_saved(client_as, name, value):
    response = client_as().post("/auental/people/settings/town/", DATA | {name: value})

    assert response.status_code == 200 and "--error" in response.content.decode()
    assert (stored().edition, JournalEntry.objects.count()) == (1, 0)


def test_two_editors_of_the_data_meet_a_merge_page(client_as):
    browser = client_as()
    browser.post("/auental/people/settings/town/", DATA)

    second = browser.post("/auental/people/settings/town/", DATA | {"imprint": "Mein Impressum", "population": 62_000})

    page = second.content.decode()
    assert second.status_code == 409 and "Mein Impressum" in page and "Stadt Auental" in page
    assert (
        browser.post("/auental/people/settings/town/", DATA | {"imprint": "Mein Impressum", "edition": 2}).status_code
        == 302
    )
    assert stored().imprint == "Mein Impressum"


def test_who_approves_what_is_chosen_per_kind_of_change(client_as):
    client_as().post("/auental/people/settings/rules/", LEVELS | {"level_drop": "council", "edition": 1})

    assert stored().amendment_levels == {"drop": "council"}


def test_the_second_of_two_editors_of_the_rules_keeps_their_choice_and_decides(client_as):
    browser = client_as()
    browser.post("/auental/people/settings/rules/", LEVELS | {"level_drop": "council", "edition": 1})

    second = browser.post("/auental/people/settings/rules/", LEVELS | {"level_drop": "committee", "edition": 1})

    page = second.content.decode()
    assert second.status_code == 200 and "inzwischen von jemand anderem" in page
    assert '<option value="committee" selected' in page and 'name="edition" value="2"' in page
    assert stored().amendment_levels == {"drop": "council"}
    browser.post("/auental/people/settings/rules/", LEVELS | {"level_drop": "committee", "edition": 2})
    assert stored().amendment_levels == {"drop": "committee"}


def test_a_module_is_switched_on_and_off(client_as):
    plug_in(Module(key="probe", title="Probe", urls="kommpass.town_hall.urls"))
    try:
        browser = client_as()
        browser.post("/auental/people/settings/rules/", LEVELS | {"modules": ["probe"], "edition": 1})
        assert stored().modules == ["probe"]
        browser.post("/auental/people/settings/rules/", LEVELS | {"modules": ["fremd"], "edition": 2})
        assert stored().modules == ["probe"]
        browser.post("/auental/people/settings/rules/", LEVELS | {"edition": 2})
        assert stored().modules == []
    finally:
        unplug("probe")


def test_settings_that_do_not_exist_are_refused(auental):
    for changes in ({"slug": "neu"}, {"modules": ["fremd"]}, {"amendment_levels": {"drop": "nobody"}}, {"ags": "1"}):
        with pytest.raises(NotPossible):
            actions.configure_town(changes=changes, seen=None, by=actor(), at=NOON)
    assert stored().edition == 1


def test_districts_are_added_and_renamed(client_as):
    browser = client_as()
    browser.post("/auental/people/settings/districts/add/", {"name": "Neustadt", "code": "10"})
    district = District.objects.get(name="Neustadt")
    browser.post(f"/auental/people/settings/districts/{district.pk}/", {"name": "Altstadt", "code": "10"})

    district.refresh_from_db()
    assert (district.name, district.code) == ("Altstadt", "10")
    twice = browser.post("/auental/people/settings/districts/add/", {"name": "Altstadt"})
    assert "gibt es schon" in twice.content.decode() and District.objects.count() == 10


def test_the_districts_of_another_town_do_not_exist_here(client_as, hasselgrund):
    with within(hasselgrund):
        foreign = District.objects.create(name="Fern")

    assert client_as().post(f"/auental/people/settings/districts/{foreign.pk}/", {"name": "X"}).status_code == 404


@pytest.mark.parametrize("path", ["settings/", "settings/town/", "settings/rules/", "settings/districts/add/"])
@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.AUDITOR, Role.COUNCIL_OFFICE])
def test_others_see_no_settings(client_as, role, path):
    assert client_as(role).get(f"/auental/people/{path}").status_code == 403


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_coordination_and_administration_see_all_pages_of_the_room(client_as, role):
    browser = client_as(role)
    for path in ("", "invite/", "organisations/", "organisations/add/", "links/", "hand-over/", "settings/"):
        assert browser.get(f"/auental/people/{path}").status_code == 200, path
