"""Whether goals are reached is a judgement of its own; and a date nobody believes in becomes a proposed change."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommpass.agreement.models import Amendment, Measure
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.refusals import NotPossible
from kommpass.implementation import actions, queries
from kommpass.implementation.models import GoalJudgement
from tests.agreement.builders import COORDINATOR, approve
from tests.conftest import member, open_only, signed_in
from tests.implementation.builders import begin, resolved, say

PAGE = "/auental/progress/"
REASON = "Der Bauantrag liegt noch beim Kreis."


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def measures(procedure, youth_office, provider):
    return resolved(procedure, youth_office, provider, goals=2)


def test_a_goal_is_judged_with_a_reason_and_the_newest_judgement_counts(measures, client_as):
    office, goal = client_as(), measures[0].goal
    address = f"{PAGE}goals/{goal.pk}/judge/"
    assert "zwingend erforderlich" in text(office.post(address, {"achievement": "partly", "text": "  "}))
    assert not GoalJudgement.objects.exists()
    office.post(address, {"achievement": "partly", "text": "Die Befragung sagt: ein wenig."})
    assert office.post(address, {"achievement": "fully", "text": "Jetzt ja."})["Location"] == f"{PAGE}goals/"
    assert queries.judgements(measures[0].agreement)[goal.pk].achievement == "fully"
    page = text(office.get(f"{PAGE}goals/"))
    assert "Jetzt ja." in page and "ein wenig" not in page
    assert "noch ohne Urteil" in page
    assert "Die Befragung sagt: ein wenig." in text(office.get(address))


def test_all_measures_done_do_not_make_a_goal_reached(procedure, measures, client_as):
    round_ = begin(procedure)
    for each in measures:
        say(round_, each, "done")
    page = client_as().get(f"{PAGE}goals/")
    assert [(judgement, counted.done, counted.total) for _goal, judgement, counted in page.context["page"]] == [
        (None, 2, 2), (None, 2, 2),
    ]  # fmt: skip


def test_only_the_coordination_judges_and_others_read(measures, client_as):
    address = f"{PAGE}goals/{measures[0].goal_id}/judge/"
    for role in (Role.CONTRIBUTOR, Role.COUNCIL_MEMBER, Role.AUDITOR, Role.COUNCIL_OFFICE):
        browser = client_as(role)
        assert [browser.get(f"{PAGE}goals/").status_code, browser.get(address).status_code] == [200, 403]
    with pytest.raises(NotPossible, match="woran Sie das sehen"):
        actions.judge_goal(goal=measures[0].goal, achievement="fully", text=" ", by=COORDINATOR, at=timezone.now())


def test_the_lists_of_goals_and_dates_cost_the_same_for_two_and_for_forty(procedure, youth_office, client_as):
    first = resolved(procedure, youth_office)[0]
    round_, office = begin(procedure), client_as()
    say(round_, first, "in_progress", "yellow", REASON, expected="2029")

    def cost(page: str) -> int:
        office.get(f"{PAGE}{page}")
        with CaptureQueriesContext(connection) as seen:
            office.get(f"{PAGE}{page}")
        return len(seen)

    few = [cost("goals/"), cost("late/")]
    request = round_.requests.get()
    for place in range(40):
        more = Measure.objects.create(
            agreement=first.agreement, goal=first.goal, title=f"Noch {place}", responsible=youth_office, due="2027",
            due_on=first.due_on,
        )  # fmt: skip
        request.asked.create(round=round_, measure=more)
        say(round_, more, "in_progress", "yellow", REASON, expected="2029")
    assert [cost("goals/"), cost("late/")] == few


def test_a_later_date_is_listed_and_proposed_with_the_words_of_its_owner(procedure, measures, client_as):
    round_, office = begin(procedure), client_as()
    say(round_, measures[0], "in_progress", "yellow", REASON, expected="2028-06")
    say(round_, measures[1], "in_progress", expected="2027-03")  # earlier than adopted: no shift
    page = text(office.get(f"{PAGE}late/"))
    assert "Beschlossen bis <strong>2027</strong>, erwartet <strong>Juni 2028</strong>." in page
    assert REASON in page
    assert page.count("Als Änderung vorschlagen") == 1
    office.post(f"{PAGE}late/{measures[0].pk}/propose/")
    proposed = Amendment.objects.get()
    assert (proposed.kind, proposed.measure, proposed.changes, proposed.reason) == (
        "deadline_shift", measures[0], {"due": "2028-06"}, REASON,
    )  # fmt: skip
    assert "vorgeschlagen" in text(office.get(f"{PAGE}late/"))
    assert office.post(f"{PAGE}late/{measures[0].pk}/propose/").status_code == 409
    assert office.post(f"{PAGE}late/{measures[1].pk}/propose/").status_code == 409
    approve(proposed)
    measures[0].refresh_from_db()
    assert measures[0].due == "2028-06"
    assert "Niemand rechnet mit einem späteren Termin" in text(office.get(f"{PAGE}late/"))


def test_an_owner_proposes_for_their_own_measure_and_for_no_other(procedure, measures, youth_office):
    round_ = begin(procedure)
    for each in measures[:2]:
        say(round_, each, "in_progress", expected="2029")
    browser = signed_in(member(Role.CONTRIBUTOR, organisation=youth_office))
    assert text(browser.get(f"{PAGE}late/")).count("Als Änderung vorschlagen") == 1
    assert browser.post(f"{PAGE}late/{measures[1].pk}/propose/").status_code == 403
    browser.post(f"{PAGE}late/{measures[0].pk}/propose/")
    assert Amendment.objects.get().reason == f"Neuer Termin laut Sachstand vom {timezone.localdate():%d.%m.%Y}."


def test_who_only_reads_sees_the_dates_without_a_button(procedure, measures, client_as):
    say(begin(procedure), measures[0], "in_progress", expected="2029")
    for role in (Role.COUNCIL_MEMBER, Role.AUDITOR):
        browser = client_as(role)
        assert "Als Änderung vorschlagen" not in text(browser.get(f"{PAGE}late/"))
        assert browser.post(f"{PAGE}late/{measures[0].pk}/propose/").status_code == 403


def test_a_measure_that_stands_in_no_adopted_version_cannot_be_shifted(procedure, measures):
    round_ = begin(procedure)
    fresh = Measure.objects.create(
        agreement=measures[0].agreement, goal=measures[0].goal, title="Neu", responsible=measures[0].responsible,
        due="2027", due_on=measures[0].due_on,
    )  # fmt: skip
    round_.requests.first().asked.create(round=round_, measure=fresh)
    say(round_, fresh, "in_progress", expected="2029")
    with pytest.raises(NotPossible, match="nennt niemand einen späteren Termin"):
        actions.propose_shift(measure=fresh, by=COORDINATOR, at=timezone.now())


def test_outside_of_the_implementation_nobody_begins_reports_or_judges(procedure, measures, client_as):
    open_only(procedure, Stage.STOCKTAKING)
    office = client_as()
    assert [
        office.get(f"{PAGE}rounds/new/").status_code,
        office.post(f"{PAGE}goals/{measures[0].goal_id}/judge/", {"achievement": "fully", "text": "x"}).status_code,
        office.post(f"{PAGE}late/{measures[0].pk}/propose/").status_code,
        office.get(PAGE).status_code,
    ] == [403, 403, 403, 200]
