"""Several procedures in one town: whoever works in it chooses one; rounds that are over can be read and not changed."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kommpass.audits import actions
from kommpass.audits.catalogue import newest
from kommpass.audits.models import JournalEntry, Procedure
from kommpass.audits.queries import choices, current
from kommpass.balancing.models import Balance, GoalBalance
from kommpass.domain.permissions import Role
from kommpass.implementation.models import SelfAssessment, StatusRemark
from tests.balancing.builders import DEED, adopted, next_round, said
from tests.conftest import NOON, member, queries_of, signed_in

pytestmark = pytest.mark.django_db
PLUS = "familienbewusst_plus"
CHOOSE = "/auental/procedure/choose/"


def begin_plus() -> Procedure:
    return actions.start_procedure(
        scheme_key=PLUS, scheme_version=newest(PLUS).version, rung="basic", title="Prädikat Auental", **DEED
    )


def menu(browser) -> str:
    """The head of the menu: in which procedure we are, and between which one may choose."""
    page = browser.get("/auental/calendar/").content.decode()
    shown = re.search(r'<p class="menu__procedure">.*?Übersicht', page, re.S).group(0).removesuffix("Übersicht")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", shown)).strip()


@pytest.fixture
def coordinator(auental):
    return signed_in(member(Role.COORDINATOR))


def test_a_town_with_one_procedure_is_not_asked_and_pays_no_query(procedure, coordinator):
    assert choices(current()) == [] and choices(procedure) == [] and choices(None) == []
    assert "Verfahren wechseln" not in menu(coordinator)

    def cost() -> int:
        with CaptureQueriesContext(connection) as counted:
            coordinator.get("/auental/procedure/scheme/")
        return queries_of(counted)

    coordinator.get("/auental/procedure/scheme/")
    alone = cost()
    begin_plus()
    assert cost() == alone + 1


def test_the_menu_names_every_procedure_with_its_state(procedure, coordinator):
    actions.pause_procedure(procedure=procedure, reason="Haushaltssperre", **DEED)
    begin_plus()
    shown = menu(coordinator)
    assert shown.startswith("Prädikat Auental 1. Durchgang Verfahren wechseln")
    assert "Audit Auental 1. Durchgang · ruht" in shown and "Prädikat Auental 1. Durchgang · läuft" in shown


def test_a_choice_lasts_and_belongs_to_the_person_who_made_it(procedure, coordinator):
    begin_plus()
    answer = coordinator.post(CHOOSE, {"procedure_id": procedure.pk})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/auental/")
    assert menu(coordinator).startswith("Audit Auental 1. Durchgang")
    assert menu(signed_in(member(Role.AUDITOR))).startswith("Prädikat Auental")


def test_whoever_begins_a_procedure_works_in_it(procedure, coordinator):
    coordinator.post(CHOOSE, {"procedure_id": procedure.pk})
    answer = coordinator.post(
        "/auental/procedure/start/",
        {"scheme": f"{PLUS}:{newest(PLUS).version}", "rung": "basic", "title": "Prädikat Auental"},
    )
    assert answer.status_code == 302
    assert menu(coordinator).startswith("Prädikat Auental")


@pytest.mark.parametrize("wrong", ["", "0", "999999", "9" * 40, "eins", "1\0", "-1", "<b>"])
def test_what_is_no_procedure_of_this_town_cannot_be_chosen(procedure, coordinator, wrong):
    assert coordinator.post(CHOOSE, {"procedure_id": wrong}).status_code == 404
    assert menu(coordinator).startswith("Audit Auental")


def test_the_procedure_of_another_town_does_not_exist_here(procedure, coordinator, hasselgrund):
    theirs = Procedure.objects.create(
        municipality=hasselgrund, scheme_key=PLUS, scheme_version=newest(PLUS).version, scheme_digest="", rung="basic",
        title="Fremd", started_at=NOON,
    )  # fmt: skip
    assert coordinator.post(CHOOSE, {"procedure_id": theirs.pk}).status_code == 404
    assert choices(current()) == []


@pytest.mark.parametrize("role", [Role.REVIEW_BOARD, Role.ASSOCIATION_OFFICE, Role.ADMINISTRATOR])
def test_who_may_not_see_a_procedure_chooses_none(procedure, role):
    browser = signed_in(member(role))
    assert browser.post(CHOOSE, {"procedure_id": procedure.pk}).status_code == 403
    assert Client().post(CHOOSE, {"procedure_id": procedure.pk}).headers["Location"].startswith("/accounts/login/")


@pytest.fixture
def two_rounds(procedure, youth_office):
    """The first round is over, the second has begun; whoever comes now works in the second."""
    adopted(procedure, youth_office)
    said(procedure)
    next_round(procedure)
    return procedure


PAGES = [
    "", "calendar/", "council/", "procedure/", "procedure/scheme/", "stocktaking/", "participation/", "bodies/",
    "agreement/", "agreement/measures/", "agreement/versions/", "agreement/versions/1/", "progress/", "balance/",
    "balance/sealed/",
]  # fmt: skip


def test_a_round_that_is_over_is_read_page_by_page_and_says_that_it_is_over(two_rounds, coordinator):
    assert menu(coordinator).startswith("Zweiter Durchgang 2. Durchgang")
    coordinator.post(CHOOSE, {"procedure_id": two_rounds.pk})
    assert menu(coordinator).startswith("Audit Auental 1. Durchgang · abgeschlossen")
    for page in PAGES:
        answer = coordinator.get(f"/auental/{page}")
        assert (page, answer.status_code) == (page, 200)
        assert "Sie lesen einen Durchgang, der abgeschlossen ist: Audit Auental" in answer.content.decode()
    measure = two_rounds.agreement.measures.first()
    assert coordinator.get(f"/auental/agreement/measures/{measure.pk}/").status_code == 200


def test_nothing_of_a_round_that_is_over_can_be_written(two_rounds, coordinator):
    coordinator.post(CHOOSE, {"procedure_id": two_rounds.pk})
    measure, goal = two_rounds.agreement.measures.first(), two_rounds.agreement.goals.first()
    before = JournalEntry.objects.count()
    tried = {
        "agreement/freeze/": {"reason": "Noch einmal"},
        f"agreement/measures/{measure.pk}/edit/": {"title": "Anders", "edition": measure.edition},
        f"agreement/goals/{goal.pk}/edit/": {"title": "Anders"},
        f"agreement/measures/{measure.pk}/amend/": {"kind": "wording", "title": "Anders", "reason": "Weil"},
        "progress/rounds/new/": {"title": "Runde", "period_from": "2027-01-01", "period_until": "2027-12-31"},
        f"progress/goals/{goal.pk}/judge/": {"achievement": "fully", "text": "Ja"},
        "balance/begin/": {}, "balance/text/": {"text": "Anders"}, "balance/close/": {},
        f"balance/goals/{goal.pk}/": {"verdict": "done", "reason": "Anders", "edition": 1},
        "balance/carry-over/": {}, "procedure/state/pause/": {"reason": "Weil"},
        "participation/ideas/new/": {"text": "x"},
    }  # fmt: skip
    answers = {page: coordinator.post(f"/auental/{page}", data).status_code for page, data in tried.items()}
    assert {page: status for page, status in answers.items() if status not in (403, 404, 409)} == {}
    assert JournalEntry.objects.count() == before
    assert Balance.objects.count() == 1 and GoalBalance.objects.filter(reason="Anders").count() == 0
    assert SelfAssessment.objects.count() == 2 and StatusRemark.objects.count() == 0


def test_the_council_reads_an_older_round_too(two_rounds):
    browser = signed_in(member(Role.COUNCIL_MEMBER))
    browser.post(CHOOSE, {"procedure_id": two_rounds.pk})
    page = browser.get("/auental/council/").content.decode()
    assert "Was daraus geworden ist" in page and "Eine Frage stellen" not in page
