"""Whoever is in charge says how far it is: through the link without account, signed in; in one click or in words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommpass.domain.permissions import Role
from kommpass.implementation import actions, queries
from kommpass.implementation.models import IndicatorReading, SelfAssessment
from kommpass.municipalities.scope import within
from kommpass.people.links import token_of
from kommpass.people.models import ContributionLink, Organisation
from tests.conftest import member, signed_in
from tests.implementation.builders import (
    a_year_before,
    answer,
    ask,
    begin,
    counted,
    end,
    head,
    link_to,
    owner,
    request_to,
    resolved,
    say,
    words_on,
)

PAGE = "/auental/progress/"
LATE = "Die Stelle ist noch nicht besetzt."


@pytest.fixture
def measures(procedure, youth_office, provider):
    """Two of the youth office, on one of which something was said last year; one of a provider."""
    made = resolved(procedure, youth_office, youth_office, provider)
    a_year_before(procedure, (made[0], "in_progress", "yellow", LATE))
    return made


@pytest.fixture
def round_(procedure, measures):
    made = begin(procedure)
    ask(made)
    return made


@pytest.fixture
def link(round_):
    return link_to(request_to(round_, "Jugendamt"))


def text(response) -> str:
    return response.content.decode()


def htmx(browser: Client, address: str, sent: dict):
    return browser.post(address, sent, headers={"HX-Request": "true"})


# The link in the mail


def test_the_link_shows_all_measures_of_one_person_and_reading_it_writes_nothing(link, procedure):
    before = procedure.journal.count()
    page = text(Client().get(link))
    assert ["Vorhaben 1" in page, "Vorhaben 2" in page, "Vorhaben 3" in page] == [True, True, False]
    assert "Wie weit sind Ihre 2 Maßnahmen?" in page
    assert LATE in page
    assert "Noch 2 von 2" in page
    assert (SelfAssessment.objects.count(), procedure.journal.count()) == (1, before)


def test_nothing_has_changed_is_one_click_and_says_who_confirmed_it_when(link, measures):
    reply = Client().post(link, {"intent": "unchanged", "measure": measures[0].pk})
    assert (reply.status_code, reply["Location"]) == (302, f"{link}#measure-{measures[0].pk}")
    said = SelfAssessment.objects.order_by("pk").last()
    assert (said.state, said.light, said.text, said.unchanged) == ("in_progress", "yellow", LATE, True)
    assert (said.by_name, said.via, said.at.date()) == ("Jugendamt", "link", timezone.now().date())


def test_unchanged_is_offered_only_where_there_is_an_earlier_word(link, measures):
    browser = Client()
    page = text(browser.get(link))
    assert "Bei 1 Maßnahme hat sich nichts geändert" in page
    assert page.count('name="intent" value="unchanged"') == 2  # for the one measure, and for all at once
    reply = browser.post(link, {"intent": "unchanged", "measure": measures[1].pk}, follow=True)
    assert "Hier war nichts mehr zu bestätigen." in text(reply)
    assert words_on(measures[1]) == []


def test_all_at_once_confirms_what_has_an_earlier_word_and_doing_it_again_changes_nothing(link, measures):
    browser = Client()
    first = text(browser.post(link, {"intent": "unchanged", "measure": "all"}, follow=True))
    assert "Danke. 1 Maßnahme ist als unverändert gemeldet." in first
    assert "Noch 1 von 2" in first
    again = text(browser.post(link, {"intent": "unchanged", "measure": "all"}, follow=True))
    assert "Hier war nichts mehr zu bestätigen." in again
    assert [len(words_on(each)) for each in measures] == [2, 0, 0]


def test_the_last_answer_is_followed_by_thanks_and_can_still_be_changed(link, measures, round_):
    browser = Client()
    browser.post(link, {"intent": "unchanged", "measure": "all"})
    page = text(browser.post(link, answer(measures[1], "done"), follow=True))
    assert "Vielen Dank, Sie sind fertig!" in page
    assert "Der Sachstand aller 2 Maßnahmen ist gemeldet." in page
    seen = queries.given(round_)[measures[1].pk].pk
    browser.post(link, answer(measures[1], "done_permanent", seen=seen))
    assert words_on(measures[1]) == [("done", "green", "", False), ("done_permanent", "green", "", False)]


def test_a_double_click_says_it_once_and_leads_to_the_same_place(link, measures):
    browser, sent = Client(), answer(measures[1]) | {"once": "einmal.1"}
    assert [browser.post(link, sent)["Location"] for _click in range(2)] == [f"{link}#measure-{measures[1].pk}"] * 2
    sent = {"intent": "unchanged", "measure": "all", "once": "einmal.2"}
    assert [browser.post(link, sent)["Location"] for _click in range(2)] == [link] * 2
    assert [len(words_on(each)) for each in measures] == [2, 1, 0]


def test_in_two_tabs_the_second_sees_the_first_and_nobody_overwrites_anybody_unawares(link, measures):
    first, second = Client(), Client()
    first.post(link, answer(measures[1], "done"))
    late = second.post(link, answer(measures[1], "in_progress", "red", "Der Antrag wurde abgelehnt."))
    page = text(late)
    assert late.status_code == 422
    assert "Inzwischen hat Jugendamt geantwortet: „umgesetzt · im Plan“. Ihr Text ist nicht verloren." in page
    assert "Der Antrag wurde abgelehnt." in page
    assert words_on(measures[1]) == [("done", "green", "", False)]
    seen = SelfAssessment.objects.get(measure=measures[1]).pk
    assert f'name="m{measures[1].pk}-seen" value="{seen}"' in page
    second.post(link, answer(measures[1], "in_progress", "red", "Der Antrag wurde abgelehnt.", seen=seen))
    assert words_on(measures[1])[1] == ("in_progress", "red", "Der Antrag wurde abgelehnt.", False)


def test_unchanged_from_an_old_tab_does_not_undo_a_newer_answer(link, measures):
    browser = Client()
    browser.post(link, answer(measures[0], "done"))
    browser.post(link, {"intent": "unchanged", "measure": "all"})
    assert words_on(measures[0])[-1] == ("done", "green", "", False)


def test_a_closed_round_shows_what_was_said_and_does_not_lose_a_text_that_came_too_late(link, measures, round_):
    browser = Client()
    browser.post(link, answer(measures[1], "done"))
    end(round_)
    page = text(browser.get(link))
    assert "Diese Statusrunde ist abgeschlossen" in page
    assert "<button" not in page.partition("<main")[2]
    late = browser.post(link, answer(measures[0], "in_progress", "red", "Neuer Träger gesucht."))
    assert late.status_code == 422
    assert "inzwischen abgeschlossen, Ihre Angaben wurden nicht mehr gespeichert" in text(late)
    assert "Neuer Träger gesucht." in text(late)
    assert browser.post(link, {"intent": "unchanged", "measure": "all"}).status_code == 409
    assert len(words_on(measures[0])) == 1


def test_the_link_opens_nothing_of_anybody_else(link, measures, round_, hasselgrund):
    browser = Client()
    for foreign in (measures[2].pk, "999999", "9" * 30, "x", "", "1\x00"):
        for sent in ({"intent": "unchanged"}, {"intent": "report"}):
            assert browser.post(link, sent | {"measure": foreign}).status_code == 404
    assert words_on(measures[2]) == []
    theirs = link.replace("/auental/", "/hasselgrund/")
    assert [browser.get(theirs).status_code, browser.post(theirs, answer(measures[0])).status_code] == [410, 410]


def test_a_link_for_something_else_or_run_out_does_not_open(round_, youth_office):
    asked = request_to(round_, "Jugendamt")
    now = timezone.now()

    def status(purpose="progress", subject=asked.pk, organisation=youth_office, days=10, **more) -> int:
        made = ContributionLink.objects.create(
            purpose=purpose, subject=subject, organisation=organisation, email="a@b.example", issued_at=now,
            expires_at=now + timedelta(days=days), **more,
        )  # fmt: skip
        return Client().get(f"{PAGE}answer/{token_of(made)}/").status_code

    other = Organisation.objects.create(name="Anderes Amt")
    assert status() == 200
    assert [
        status(purpose="bundle"), status(subject=10**9), status(organisation=other), status(days=-1),
        status(revoked_at=now), Client().get(f"{PAGE}answer/verfälscht/").status_code,
    ] == [410] * 6  # fmt: skip


def test_the_link_of_last_year_shows_last_year_and_writes_nothing_into_this_one(procedure, youth_office):
    (measure,) = resolved(procedure, youth_office)
    before = a_year_before(procedure, (measure, "in_progress"))
    with pytest.raises(Exception, match="abgeschlossen"):
        ask(before)
    old = ContributionLink.objects.create(
        purpose="progress", subject=before.requests.get().pk, organisation=youth_office, email="a@b.example",
        issued_at=timezone.now(), expires_at=timezone.now() + timedelta(days=9),
    )  # fmt: skip
    now = begin(procedure)
    address = f"{PAGE}answer/{token_of(old)}/"
    assert "Diese Statusrunde ist abgeschlossen" in text(Client().get(address))
    assert Client().post(address, answer(measure, "done")).status_code == 422
    assert queries.given(now) == {}


def test_who_heads_two_departments_answers_for_both_on_one_page(procedure, youth_office):
    school_office = Organisation.objects.create(name="Schulamt", short="40")
    made = resolved(procedure, youth_office, school_office)
    for each, post in zip(made, [head(youth_office), head(school_office)], strict=True):
        each.post = post
        each.save()
    round_ = begin(procedure)
    ask(round_)
    link = link_to(request_to(round_, "Lea Leitung"))
    page = text(Client().get(link))
    assert "Jugendamt" in page and "Schulamt" in page
    for each in made:
        Client().post(link, answer(each, "done"))
    assert list(SelfAssessment.objects.values_list("by_name", "state").order_by("pk")) == [("Lea Leitung", "done")] * 2


def test_nobody_is_asked_to_sign_in_and_nothing_is_remembered_in_the_browser(link, measures):
    browser = Client()
    browser.get(link)
    browser.post(link, {"intent": "unchanged", "measure": "all"})
    assert "sessionid" not in browser.cookies or not browser.session.get("_auth_user_id")
    assert "noindex" in text(browser.get(link))


# What is written


@pytest.mark.parametrize(
    ("state", "light"),
    [("in_progress", "yellow"), ("not_started", "red"), ("partly_done", "green"), ("dropped", "green"),
     ("replaced", "green"), ("not_realised", "green"), ("done", "yellow")],
)  # fmt: skip
def test_from_yellow_on_and_where_it_ends_otherwise_a_reason_is_demanded(link, measures, state, light):
    reply = Client().post(link, answer(measures[1], state, light, " \r\n "))
    assert (reply.status_code, "Bitte schreiben Sie in einem Satz, woran es liegt." in text(reply)) == (422, True)
    assert words_on(measures[1]) == []
    Client().post(link, answer(measures[1], state, light, "Das Land fördert es nicht mehr."))
    assert words_on(measures[1]) == [(state, light, "Das Land fördert es nicht mehr.", False)]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"state": ""}, "Bitte wählen Sie, wie weit die Maßnahme ist."),
        ({"light": ""}, "Bitte wählen Sie, ob es nach Plan geht."),
        ({"state": "fertig"}, "Bitte eine gültige Auswahl treffen."),
        ({"expected": "31.02.2030"}, "Den Tag „31.02.2030“ gibt es nicht."),
        ({"expected": "irgendwann"}, "„irgendwann“ ist kein Datum."),
        ({"state": "done", "expected": "2030"}, "Was schon abgeschlossen ist, braucht keinen neuen Termin."),
        ({"text": "x" * 20_001}, "Dieser Text ist zu lang (20001 Zeichen)."),
        ({"text": "vorher\x00nachher"}, "Nullzeichen"),
    ],
)
def test_a_mistake_is_named_and_everything_written_stays_in_the_fields(link, measures, wrong, sentence):
    reply = Client().post(link, answer(measures[1], light="red", text="Der Umbau dauert.") | _named(measures[1], wrong))
    page = text(reply)
    assert (reply.status_code, sentence in page) == (422, True)
    assert wrong.get("text", "Der Umbau dauert.").replace("\x00", "") in page.replace("\x00", "")
    assert words_on(measures[1]) == []


def _named(measure, fields: dict) -> dict:
    return {f"m{measure.pk}-{name}": value for name, value in fields.items()}


def test_a_new_date_is_kept_as_exactly_as_it_is_known_and_goes_when_the_measure_is_done(link, measures):
    Client().post(link, answer(measures[1], expected="Juni 2030"))
    assert queries.history(measures[1])[0].expected == "2030-06"
    page = text(Client().get(link))
    assert "Neuer Termin: Juni 2030" in page
    seen = queries.history(measures[1])[0].pk
    Client().post(link, answer(measures[1], "done", expected="Juni 2030", seen=seen))
    assert (queries.history(measures[1])[0].state, queries.history(measures[1])[0].expected) == ("done", "")


def test_a_german_number_is_kept_as_a_decimal_with_date_and_source(link, measures):
    seats = counted(measures[1])
    value, as_of, source = (f"m{measures[1].pk}-{name}-{seats.pk}" for name in ("value", "as_of", "source"))
    Client().post(link, answer(measures[1]) | {value: "1.234,5", as_of: "März 2026", source: "Kita-Statistik"})
    kept = IndicatorReading.objects.get()
    assert (str(kept.value.normalize()), kept.words, kept.as_of, kept.source) == (
        "1234.5", "", "2026-03", "Kita-Statistik",
    )  # fmt: skip
    page = text(Client().get(link))
    assert "zuletzt 1234,5 (März 2026)" in page
    assert "Ziel: 40 Plätze bis 2028" in page
    for wrong in ("12.5", "viele", "NaN", "1" * 16, "999.999.999.999.999", "٣"):
        reply = Client().post(link, answer(measures[1], seen=kept.assessment_id) | {value: wrong})
        assert reply.status_code == 422, wrong
        assert f'value="{wrong}"' in text(reply)
    assert IndicatorReading.objects.count() == 1


def test_a_value_is_dated_to_the_end_of_the_period_unless_it_says_otherwise_and_none_is_no_value(link, measures):
    seats = counted(measures[1])
    Client().post(link, answer(measures[1]))
    assert not IndicatorReading.objects.exists()
    seen = SelfAssessment.objects.order_by("pk").last().pk
    Client().post(link, answer(measures[1], seen=seen) | {f"m{measures[1].pk}-value-{seats.pk}": "0"})
    assert [(str(each), each.as_of) for each in IndicatorReading.objects.all()] == [("0", "2026-12-31")]


def test_fragments_swap_one_card_and_say_what_is_left(link, measures):
    browser = Client()
    page = text(htmx(browser, link, answer(measures[1], "done")))
    assert page.strip().startswith(f'<article class="card said said--done" id="measure-{measures[1].pk}"')
    assert "Noch 1 von 2" in page
    assert "<html" not in page
    wrong = htmx(browser, link, answer(measures[0], "in_progress", "red"))
    assert (wrong.status_code, "woran es liegt" in text(wrong), "<html" in text(wrong)) == (422, True, False)
    page = text(htmx(browser, link, {"intent": "unchanged", "measure": measures[0].pk}))
    assert "Gemeldet: unverändert" in page
    assert "Vielen Dank, Sie sind fertig!" in page


# Signed in


def test_signed_in_the_same_page_shows_what_my_organisations_are_asked(round_, measures, youth_office):
    browser = signed_in(member(Role.CONTRIBUTOR, organisation=youth_office))
    page = text(browser.get(f"{PAGE}own/"))
    assert ["Vorhaben 1" in page, "Vorhaben 2" in page, "Vorhaben 3" in page] == [True, True, False]
    address = f"{PAGE}rounds/{round_.pk}/answer/"
    reply = browser.post(address, answer(measures[1], "in_progress", "red", "Kein Personal."))
    assert reply["Location"] == f"{PAGE}own/#measure-{measures[1].pk}"
    assert SelfAssessment.objects.order_by("pk").last().by_name == "Person Fachbereich"
    assert browser.post(address, answer(measures[2])).status_code == 404
    wrong = browser.post(address, answer(measures[0], "in_progress", "red"))
    assert (wrong.status_code, "Sachstand melden" in text(wrong)) == (422, True)


def test_a_provider_reports_its_own_without_links_it_may_not_follow(round_, measures, provider):
    browser = signed_in(member(Role.PROVIDER, organisation=provider))
    page = text(browser.get(f"{PAGE}own/"))
    assert "Vorhaben 3" in page
    assert f"{PAGE}measures/" not in page
    browser.post(f"{PAGE}rounds/{round_.pk}/answer/", answer(measures[2], "done"))
    assert words_on(measures[2]) == [("done", "green", "", False)]
    assert browser.get(PAGE).status_code == 403


def test_before_the_first_round_the_page_says_that_nobody_asks(procedure, youth_office):
    resolved(procedure, youth_office)
    browser = signed_in(member(Role.CONTRIBUTOR, organisation=youth_office))
    assert "Gerade fragt niemand" in text(browser.get(f"{PAGE}own/"))


def test_only_the_coordination_answers_for_others_through_their_request(round_, measures, provider, client_as):
    asked = request_to(round_, "Jugendamt")
    address = f"{PAGE}requests/{asked.pk}/"
    stranger = signed_in(member(Role.PROVIDER, organisation=provider))
    assert [stranger.get(address).status_code, stranger.post(address, answer(measures[0])).status_code] == [404, 404]
    assert client_as(Role.AUDITOR).get(address).status_code == 403
    office = client_as()
    assert "Im Protokoll steht, dass Sie es eingetragen haben." in text(office.get(address))
    office.post(address, {"intent": "unchanged", "measure": "all"})
    assert words_on(measures[0])[-1] == ("in_progress", "yellow", LATE, True)


# The rules beneath the pages


def test_an_action_refuses_what_the_page_would_refuse(round_, measures, youth_office, provider):
    with pytest.raises(Exception, match="woran es liegt"):
        say(round_, measures[1], "in_progress", "yellow", "  ", by=owner(youth_office))
    with pytest.raises(Exception, match="gehört zu einer anderen Organisation"):
        say(round_, measures[1], by=owner(provider, role=Role.PROVIDER))
    with pytest.raises(Exception, match="gehört zu einer anderen Organisation"):
        actions.confirm_unchanged(round=round_, measures=measures, by=owner(youth_office), at=timezone.now())
    with pytest.raises(Exception, match="braucht keinen neuen Termin"):
        say(round_, measures[1], "done", expected="2030")
    with pytest.raises(Exception, match="Den Tag „2030-02-31“ gibt es nicht"):
        say(round_, measures[1], expected="2030-02-31")
    foreign = counted(measures[2])
    with pytest.raises(Exception, match="gehört zu einer anderen Maßnahme"):
        say(round_, measures[1], readings=[actions.Reading(foreign, words="viel")])
    assert words_on(measures[1]) == []


def test_a_measure_that_came_later_is_not_asked_about_in_a_round_that_runs(round_, measures):
    measures[1].asked.all().delete()
    with pytest.raises(Exception, match="Nach dieser Maßnahme wird in dieser Statusrunde nicht gefragt"):
        say(round_, measures[1])


def test_the_page_costs_the_same_for_one_measure_and_for_thirty(procedure, youth_office):
    def cost(number: int) -> int:
        made = resolved(procedure, *[youth_office] * number) if number == 1 else _more(first[0], number)
        round_ = begin(procedure, f"Runde {number}", period=PERIODS[number])
        ask(round_)
        link = link_to(request_to(round_, "Jugendamt"))
        first[:] = made
        Client().get(link)
        with CaptureQueriesContext(connection) as seen:
            page = text(Client().get(link))
        assert page.count("<article") == len(made)
        end(round_)
        return len(seen)

    first: list = []
    assert cost(1) == cost(30)


def _more(like, number: int) -> list:
    """The measure and as many like it, each with an indicator."""
    for place in range(2, number + 1):
        like.pk = None
        like.uid, like.title, like.position = f"00000000-0000-4000-8000-{place:012}", f"Vorhaben {place}", place
        like._state.adding = True
        like.save()
    return list(queries.reported_measures(like.agreement))


PERIODS = {
    number: (timezone.localdate() - timedelta(days=start), timezone.localdate() - timedelta(days=start - 300))
    for number, start in ((1, 900), (30, 500))
}


def test_a_link_of_one_town_answers_nothing_in_another(link, measures, hasselgrund):
    with within(hasselgrund):
        assert not SelfAssessment.objects.exists()
    Client().post(link, answer(measures[1], "done"))
    with within(hasselgrund):
        assert not SelfAssessment.objects.exists()
