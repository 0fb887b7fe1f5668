"""How far everything is: counted once, shown by field and measure by measure, for any number at the same price."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommpass.agreement.models import Measure
from kommpass.domain.permissions import Role
from kommpass.domain.progress import Freshness, Light, MeasureState, Standing, Tally, tally
from kommpass.implementation import queries
from kommpass.implementation.figures import freshness_parts, state_parts
from kommpass.implementation.models import SelfAssessment
from kommpass.municipalities.models import District
from kommpass.people.models import Organisation
from kommpass.ui.templatetags.ui import stacked_rows
from tests.agreement.builders import draft
from tests.conftest import queries_of
from tests.implementation.builders import LAST_YEAR, THIS_YEAR, a_year_before, begin, end, resolved, say
from tests.journeys.afterwards import seal

PAGE = "/auental/progress/"
STATES = ("done", "done_permanent", "in_progress", "not_started", "partly_done", None)
STANDINGS = st.lists(
    st.builds(
        lambda state, light, late: Standing(state, light if state else None, late),
        st.sampled_from([*MeasureState, None]),
        st.sampled_from(list(Light)),
        st.booleans(),
    ),
    max_size=60,
)


unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def text(response) -> str:
    return response.content.decode()


def titles(response) -> list[str]:
    return [each.measure.title for each in response.context["page"].object_list]


@pytest.fixture
def measures(procedure, youth_office, provider):
    """Twelve in six fields: of each field one of the youth office and one of a provider."""
    return resolved(procedure, youth_office, provider, goals=6)


@pytest.fixture
def said(procedure, measures):
    """Something in every state, with every light; on two measures nothing was ever said."""
    round_ = begin(procedure)
    for number, each in enumerate(measures):
        state = STATES[number % len(STATES)]
        light = "red" if number == 2 else "yellow" if number == 3 else "green"
        if state:
            say(round_, each, state, light, "" if light == "green" and state != "partly_done" else "Es hakt.")
    return round_


@unhurried
@given(STANDINGS)
def test_the_parts_of_a_tally_always_add_up_to_all_measures(standings):
    counted = tally(standings)
    assert sum(number for _label, number, _tone in state_parts(counted)) == counted.total == len(standings)
    assert counted.green + counted.yellow + counted.red == counted.total - counted.unreported


@unhurried
@given(st.lists(STANDINGS, max_size=5))
def test_the_fields_add_up_to_the_whole_and_so_do_their_bars(groups):
    whole = tally([each for group in groups for each in group])
    assert sum((tally(group) for group in groups), Tally()) == whole
    chart = stacked_rows([(str(place), state_parts(tally(group))) for place, group in enumerate(groups)])
    assert sum(row["total"] for row in chart["rows"]) == whole.total
    for row in chart["rows"]:
        assert sum(row["values"]) == row["total"]
        assert sum(float(part["width"]) for part in row["parts"]) == pytest.approx(100 if row["total"] else 0, abs=0.01)
        assert [part["value"] for part in row["parts"]] == [value for value in row["values"] if value]


@unhurried
@given(st.lists(st.sampled_from([None, 0, 1, 2, 7]), max_size=30))
def test_every_measure_stands_on_one_rung_of_the_ladder_of_freshness(ages):
    rows = [queries.MeasureStanding(Measure(), None, age, date(2026, 1, 1)) for age in ages]
    parts = dict((label, number) for label, number, _tone in freshness_parts(rows))
    assert sum(parts.values()) == len(ages)
    assert parts["noch nie gemeldet"] == ages.count(None)
    assert parts["älter als zwei Statusrunden"] == sum(age is not None and age >= 2 for age in ages)


def test_page_query_and_sealed_report_say_the_same(procedure, said, measures, client_as):
    end(said)
    rows = queries.standings(procedure.agreement, timezone.localdate())
    counted = queries.tally_of(rows)
    context = client_as().get(PAGE).context
    assert context["counted"] == counted
    assert [number for _label, number, *_more in context["tiles"]] == [
        counted.done, counted.overdue, counted.yellow + counted.red, counted.unreported,
    ]  # fmt: skip
    sealed = seal(procedure, "Bericht 2026", *THIS_YEAR, on=timezone.localdate())
    assert sealed.content["summary"] == {name: getattr(counted, name) for name in counted.__dataclass_fields__}
    by_field = [(label, sum(value for _part, value, _tone in parts)) for label, parts, _url in context["by_field"]]
    frozen = [
        (f"{field['number']} {field['title']}", field["summary"]["total"])
        for field in sealed.content["fields"]
        if field["goals"]
    ]
    assert by_field == frozen
    totals = [queries.tally_of(own) for _place, own in queries.by_field(rows)]
    assert sum(totals, Tally()) == counted


def test_the_overview_shows_numbers_pictures_and_the_same_as_a_table(said, client_as):
    page = text(client_as().get(PAGE))
    assert "4 von 12 Maßnahmen sind umgesetzt (33 %)." in page
    assert page.count("Zahlen als Tabelle") == 3
    assert '<th scope="col" class="number">noch nie gemeldet</th>' in page
    assert 'class="light light--red tone-danger"' in page


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, 12),
        ({"state": "any_done"}, 4),
        ({"state": "done"}, 2),
        ({"state": "any_ended"}, 2),
        ({"state": "none"}, 2),
        ({"light": "any_delayed"}, 2),
        ({"light": "red"}, 1),
        ({"light": "green"}, 8),
        ({"fresh": "fresh"}, 10),
        ({"fresh": "never"}, 2),
        ({"overdue": "on"}, 0),
        ({"state": "any_done", "light": "red"}, 0),
        ({"state": "' OR 1=1", "light": "\x00", "field": "9" * 30, "responsible": "x", "page": "zwei"}, 12),
    ],
)
def test_the_list_is_narrowed_down_by_the_address_and_nonsense_is_left_out(said, client_as, wanted, found):
    answer = client_as().get(PAGE, wanted)
    assert (answer.status_code, answer.context["page"].paginator.count) == (200, found)


def test_the_list_is_narrowed_down_by_field_owner_and_district(said, measures, client_as, youth_office):
    north = District.objects.get(name="Bezirk 1")
    measures[4].districts.add(north)
    browser, field = client_as(), measures[0].goal.field
    assert titles(browser.get(PAGE, {"field": field.pk})) == ["Vorhaben 1", "Vorhaben 2"]
    assert browser.get(PAGE, {"responsible": youth_office.pk}).context["page"].paginator.count == 6
    assert titles(browser.get(PAGE, {"district": north.pk})) == ["Vorhaben 1"]
    filters = browser.get(PAGE).context["filter"]
    assert [label for _key, label in filters.fields["district"].choices] == ["alle", "Bezirk 1"]


def test_each_tile_leads_to_exactly_the_measures_it_counts(said, client_as):
    browser = client_as()
    for label, number, url, _kind, _note in browser.get(PAGE).context["tiles"]:
        assert (label, browser.get(url).context["page"].paginator.count) == (label, number)


def test_a_measure_is_late_when_its_day_has_gone_by_and_nobody_said_that_it_is_over(procedure, youth_office, client_as):
    yesterday = timezone.localdate() - timedelta(days=1)
    late, done = resolved(procedure, youth_office, youth_office, due=yesterday.isoformat())
    say(begin(procedure), done, "done")
    page = client_as().get(PAGE, {"overdue": "on"})
    assert titles(page) == [late.title]
    assert "überfällig" in text(page)


def test_words_grow_old_with_every_round(procedure, youth_office):
    (measure,) = resolved(procedure, youth_office)

    def fresh() -> Freshness:
        return queries.standings(procedure.agreement, timezone.localdate())[0].freshness

    assert fresh() is Freshness.NEVER
    a_year_before(procedure, (measure, "in_progress"))
    found = [fresh()]
    for year in (2026, 2027):
        round_ = begin(procedure, str(year), period=(date(year, 1, 1), date(year, 12, 31)))
        found.append(fresh())
        end(round_)
    assert found == [Freshness.FRESH, Freshness.AGEING, Freshness.STALE]


def test_looking_back_shows_what_was_known_then(procedure, youth_office):
    (measure,) = resolved(procedure, youth_office)
    a_year_before(procedure, (measure, "not_started"))
    say(begin(procedure), measure, "done")
    then = queries.standings(procedure.agreement, timezone.localdate(), until=LAST_YEAR[1])
    now = queries.standings(procedure.agreement, timezone.localdate())
    assert [(each.state.value, each.freshness.value) for each in (*then, *now)] == [
        ("not_started", "fresh"), ("done", "fresh"),
    ]  # fmt: skip


def test_before_there_is_anything_to_carry_out_the_page_says_so(procedure, client_as):
    browser = client_as()
    assert "Noch gibt es nichts umzusetzen" in text(browser.get(PAGE))
    draft(procedure)
    assert "Noch gibt es nichts umzusetzen" in text(browser.get(PAGE))


def test_who_sees_how_far_it_is(said, client_as):
    seen = {role: client_as(role).get(PAGE).status_code for role in Role if role not in (Role.COORDINATOR,)}
    assert {role for role, status in seen.items() if status == 200} == {
        Role.CONTRIBUTOR, Role.COUNCIL_OFFICE, Role.COUNCIL_MEMBER, Role.AUDITOR,
    }  # fmt: skip
    assert {status for status in seen.values() if status != 200} == {403}


def test_the_overview_costs_the_same_for_one_for_fifty_and_for_a_thousand(procedure, youth_office, client_as):
    (first,) = resolved(procedure, youth_office)
    round_, browser = begin(procedure), client_as()

    def grow_to(number: int) -> None:
        have = queries.reported_measures(procedure.agreement).count()
        made = Measure.objects.bulk_create(
            Measure(
                agreement=first.agreement, goal=first.goal, uid=uuid.uuid4(), title=f"Vorhaben {place}",
                position=place + 1, responsible=youth_office, due="2027", due_on=date(2027, 12, 31), promised=True,
            )
            for place in range(have, number)
        )  # fmt: skip
        SelfAssessment.objects.bulk_create(
            SelfAssessment(
                round=round_, measure=each, state="in_progress", light="green", by_id=1, by_name="Amt", via="link",
                at=timezone.now(),
            )
            for each in made
        )  # fmt: skip

    def cost() -> tuple[int, int]:
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as seen:
            answer = browser.get(PAGE)
        return queries_of(seen), len(answer.content)

    costs = []
    for number in (1, 50, 1000):
        grow_to(number)
        costs.append(cost())
    assert len({queries_ for queries_, _size in costs}) == 1
    assert costs[0][0] <= 15, "eight of them at the door: who is this, and may they?"
    assert costs[-1][1] <= 150_000


def test_the_database_itself_wants_a_reason_from_yellow_on(procedure, youth_office):
    (measure,) = resolved(procedure, youth_office)
    round_ = begin(procedure)
    given_by = {"round": round_, "measure": measure, "by_id": 1, "by_name": "Amt", "via": "link", "at": timezone.now()}
    for state, light in (("in_progress", "yellow"), ("in_progress", "red"), ("dropped", "green")):
        with pytest.raises(IntegrityError, match="from_yellow_on_a_reason_is_given"), transaction.atomic():
            SelfAssessment.objects.create(state=state, light=light, text="", **given_by)
    kept = SelfAssessment.objects.create(state="done", light="green", text="", **given_by)
    with pytest.raises(DatabaseError, match="versiegelt"), transaction.atomic():
        SelfAssessment.objects.filter(pk=kept.pk).update(light="red")


def test_organisations_that_answer_for_nothing_are_not_offered_as_a_filter(said, client_as):
    Organisation.objects.create(name="Bauhof")
    names = [label for _key, label in client_as().get(PAGE).context["filter"].fields["responsible"].choices]
    assert names == ["alle", "Jugendamt", "Kinderschutzbund Auental"]
