"""A round of asking: whom it asks, the mails, who answered, its end; and old statuses that become rounds."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommpass.agreement.models import StatusEntry
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.refusals import NotPossible
from kommpass.implementation import actions, queries
from kommpass.implementation.models import SelfAssessment, StatusRequest, StatusRound
from kommpass.implementation.periods import propose
from kommpass.people.models import ContributionLink, Organisation
from tests.agreement.builders import COORDINATOR, accept, draft, measure
from tests.conftest import NOON, make_user, open_only
from tests.implementation.builders import (
    LAST_YEAR,
    a_year_before,
    adopt_draft,
    ask,
    begin,
    end,
    head,
    link_to,
    request_to,
    resolved,
    say,
)

PAGE = "/auental/progress/"


def names(round_: StatusRound) -> list[tuple[str, str, int]]:
    """Whom a round asks: name, address, number of measures."""
    return [(each.name, each.email, each.measure_count) for each in queries.requests(round_)]


@pytest.fixture
def silent(auental):
    return Organisation.objects.create(name="Dorfladen", kind="association")


def test_what_is_drafted_after_the_resolution_is_not_asked_about_nor_counted_until_it_is_adopted(
    procedure, youth_office
):
    (promised,) = resolved(procedure, youth_office)
    open_only(procedure, Stage.COUNCIL, Stage.IMPLEMENTATION)
    later = measure(promised.goal, "Noch im Entwurf", responsible=youth_office)
    asked = begin(procedure)
    assert [each.measure for each in asked.asked.all()] == [promised]
    assert [each.measure for each in queries.standings(procedure.agreement, timezone.localdate())] == [promised]
    with pytest.raises(NotPossible, match="nicht gefragt"):
        say(asked, later)
    accept(later)
    adopt_draft(procedure, procedure.agreement, reference="0200/2026", body="Stadtrat")
    assert len(queries.standings(procedure.agreement, timezone.localdate())) == 2


def test_one_person_who_heads_two_departments_gets_one_request_about_all_their_measures(procedure, youth_office):
    school_office = Organisation.objects.create(name="Schulamt", short="40")
    posts = [head(youth_office), head(school_office)]
    made = resolved(procedure, youth_office, school_office)
    for each, post in zip(made, posts, strict=True):
        each.post = post
        each.save()
    assert names(begin(procedure)) == [("Lea Leitung", "leitung@auental.example", 2)]


def test_the_deputy_is_asked_when_the_holder_has_left_and_the_mailbox_when_nobody_is_there(procedure, youth_office):
    post = head(youth_office)
    post.deputy = make_user("vertretung@auental.example", "Viktor Vertretung")
    post.save()
    (measure,) = resolved(procedure, youth_office, post=post)
    asked = []
    for leaves in (None, post.holder, post.deputy):
        if leaves:
            leaves.is_active = False
            leaves.save()
        measure.post.refresh_from_db()
        round_ = begin(procedure, "Probe", period=(date(2020 + len(asked), 1, 1), date(2020 + len(asked), 12, 31)))
        asked += [(each.name, each.email) for each in queries.requests(round_)]
        end(round_)
    assert asked == [
        ("Lea Leitung", "leitung@auental.example"),
        ("Viktor Vertretung", "vertretung@auental.example"),
        ("Jugendamt", "jugendamt@auental.example"),
    ]


def test_a_measure_without_owner_asks_nobody_and_the_page_says_so(procedure, youth_office, client_as):
    made = resolved(procedure, youth_office, youth_office)
    made[1].responsible = None
    made[1].save()
    round_ = begin(procedure)
    assert names(round_) == [("Jugendamt", "jugendamt@auental.example", 1)]
    page = client_as().get(f"{PAGE}rounds/{round_.pk}/").content.decode()
    assert "Nach diesen Maßnahmen wird niemand gefragt" in page
    assert "1.1.2 Vorhaben 2" in page


def test_the_form_of_a_new_round_proposes_the_year_after_the_last_one(procedure, youth_office):
    resolved(procedure, youth_office)
    a_year_before(procedure)
    found = propose(procedure, date(2026, 12, 20))
    assert (found.title, found.period_from, found.period_until) == (
        "Sachstand 2026", date(2026, 1, 1), date(2026, 12, 31),
    )  # fmt: skip
    assert found.due_on == date(2027, 1, 17)


def test_years_without_a_round_are_merged_and_the_first_one_begins_with_the_agreement(procedure, youth_office):
    assert propose(procedure, date(2026, 12, 1)).period_from == date(2026, 12, 1)
    resolved(procedure, youth_office)
    first = propose(procedure, date(2026, 12, 1))
    assert (first.period_from, first.period_until) == (date(2026, 10, 7), date(2027, 10, 6))
    a_year_before(procedure)
    merged = propose(procedure, date(2028, 3, 1))
    assert (merged.title, merged.period_from, merged.period_until) == (
        "Sachstand 2026/2027", date(2026, 1, 1), date(2027, 12, 31),
    )  # fmt: skip


def test_a_round_is_begun_by_page_with_what_the_form_proposes(procedure, youth_office, client_as):
    resolved(procedure, youth_office)
    a_year_before(procedure)
    browser = client_as()
    form = browser.get(f"{PAGE}rounds/new/").context["form"]
    sent = {name: form[name].value() for name in form.fields}
    answer = browser.post(f"{PAGE}rounds/new/", sent)
    begun = queries.open_round(procedure)
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}rounds/{begun.pk}/")
    assert (begun.title, begun.period_from, begun.requests.count()) == ("Sachstand 2026", date(2026, 1, 1), 1)
    assert "Es läuft schon eine Statusrunde" in browser.get(f"{PAGE}rounds/new/").content.decode()
    assert browser.post(f"{PAGE}rounds/new/", sent | {"title": "Noch eine"}).status_code == 409


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"period_until": "2024-12-31"}, "Der Zeitraum endet, bevor er beginnt."),
        ({"due_on": "2020-01-01"}, "Dieser Tag ist schon vorbei."),
        ({"period_from": "0226-01-01"}, "Bitte prüfen Sie das Jahr."),
        ({"period_until": "31.02.2027"}, "Bitte ein gültiges Datum eingeben."),
        ({"title": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"title": "x" * 151}, "höchstens 150 Zeichen"),
        ({"title": "a\0b"}, "Nullzeichen"),
    ],
)
def test_a_round_with_a_mistake_is_not_begun_and_the_form_says_why(procedure, youth_office, client_as, wrong, sentence):
    resolved(procedure, youth_office)
    fine = {"title": "Sachstand", "period_from": "2026-01-01", "period_until": "2026-12-31", "due_on": "2099-01-01"}
    fine["due_on"] = (timezone.localdate() + timedelta(days=20)).isoformat()
    page = client_as().post(f"{PAGE}rounds/new/", fine | wrong).content.decode()
    assert sentence in page
    assert not StatusRound.objects.exists()


def test_without_a_resolution_there_is_nothing_to_ask_about(procedure, client_as):
    draft(procedure)
    open_only(procedure, Stage.IMPLEMENTATION)
    with pytest.raises(NotPossible, match="noch keine beschlossene Zielvereinbarung"):
        begin(procedure)


def test_the_same_period_is_not_asked_about_twice(procedure, youth_office):
    resolved(procedure, youth_office)
    a_year_before(procedure)
    with pytest.raises(NotPossible, match="Für diesen oder einen späteren Zeitraum"):
        begin(procedure, period=LAST_YEAR)


def test_one_mail_with_one_link_for_all_measures_of_a_person(
    procedure, youth_office, provider, client_as, django_capture_on_commit_callbacks
):
    resolved(procedure, youth_office, youth_office, provider)
    round_ = begin(procedure)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_as().post(f"{PAGE}rounds/{round_.pk}/ask/", {"whom": "all"}, follow=True)
    assert "2 E-Mails sind unterwegs." in answer.content.decode()
    letters = {each.to[0]: each for each in mail.outbox}
    assert sorted(letters) == ["info@kinderschutzbund.example", "jugendamt@auental.example"]
    letter = letters["jugendamt@auental.example"]
    assert letter.subject == "Wie weit sind Ihre Maßnahmen? Bitte um kurze Rückmeldung"
    assert "den Stand von 2 Maßnahmen" in letter.body
    named, _moment, _signature = link_to(request_to(round_, "Jugendamt")).split(":")  # the mail may be a second older
    assert f"{named}:" in letter.body
    assert all(each.asked_at for each in queries.requests(round_))


def test_only_those_who_still_owe_something_are_reminded_and_a_new_link_replaces_the_old_one(
    procedure, youth_office, provider, client_as
):
    ours, _theirs = resolved(procedure, youth_office, provider)
    round_ = begin(procedure)
    ask(round_)
    say(round_, ours)
    before = link_to(request_to(round_, "Kinderschutzbund Auental"))
    client_as().post(f"{PAGE}rounds/{round_.pk}/ask/", {"whom": "owing"})
    written = {
        each.organisation.name: each.revoked_at is not None
        for each in ContributionLink.objects.filter(purpose="progress").order_by("pk")
    }
    assert written == {"Jugendamt": False, "Kinderschutzbund Auental": False}
    assert ContributionLink.objects.filter(purpose="progress").count() == 3
    assert link_to(request_to(round_, "Kinderschutzbund Auental")) != before


def test_the_chosen_ones_are_written_to_and_forged_keys_are_no_choice(procedure, youth_office, provider, client_as):
    resolved(procedure, youth_office, provider)
    round_, browser = begin(procedure), client_as()
    address = f"{PAGE}rounds/{round_.pk}/ask/"
    browser.post(address, {"whom": "chosen", "request": [request_to(round_, "Jugendamt").pk]})
    assert [each.name for each in queries.requests(round_) if each.asked_at] == ["Jugendamt"]
    none = browser.post(address, {"whom": "chosen"})
    assert (none.status_code, "Bitte kreuzen Sie an" in none.content.decode()) == (422, True)
    for forged in ("9" * 30, "x", "999999"):
        assert browser.post(address, {"whom": "chosen", "request": [forged]}).status_code == 422
    assert browser.post(address, {"whom": "everybody"}).status_code == 422
    assert ContributionLink.objects.filter(purpose="progress").count() == 1


def test_who_has_no_address_is_named_and_the_coordination_answers_for_them(procedure, silent, client_as):
    plain = Organisation.objects.create(name="Stadtgrün")
    _fine, measure = resolved(procedure, plain, silent)
    round_, browser = begin(procedure), client_as()
    page = browser.post(f"{PAGE}rounds/{round_.pk}/ask/", {"whom": "all"}, follow=True).content.decode()
    assert "Dorfladen hat keine E-Mail-Adresse. Sie können die Angaben selbst eintragen." in page
    asked = request_to(round_, "Dorfladen")
    assert f"{PAGE}requests/{asked.pk}/" in page
    sent = {"intent": "report", "measure": measure.pk, f"m{measure.pk}-state": "done", f"m{measure.pk}-light": "green"}
    answer = browser.post(f"{PAGE}requests/{asked.pk}/", sent)
    assert answer["Location"] == f"{PAGE}requests/{asked.pk}/#measure-{measure.pk}"
    said = SelfAssessment.objects.get()
    assert (said.measure, said.state, said.by_name, said.via) == (measure, "done", "Person Koordination", "account")


def test_a_closed_round_asks_nobody_and_says_what_stayed_open(procedure, youth_office, provider, client_as):
    ours, theirs = resolved(procedure, youth_office, provider)
    round_, browser = begin(procedure), client_as()
    say(round_, ours, "done")
    assert "1 von 2 Maßnahmen sind beantwortet." in browser.get(f"{PAGE}rounds/{round_.pk}/").content.decode()
    browser.post(f"{PAGE}rounds/{round_.pk}/close/")
    round_.refresh_from_db()
    assert not round_.open
    assert browser.post(f"{PAGE}rounds/{round_.pk}/close/").status_code == 409
    assert browser.post(f"{PAGE}rounds/{round_.pk}/ask/", {"whom": "all"}).status_code == 409
    with pytest.raises(NotPossible, match="abgeschlossen"):
        say(round_, theirs)
    page = browser.get(f"{PAGE}rounds/{round_.pk}/").content.decode()
    assert "Abgeschlossen am" in page
    assert "E-Mails senden" not in page


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.AUDITOR, Role.COUNCIL_MEMBER, Role.COUNCIL_OFFICE], ids=str)
def test_others_see_who_answered_but_no_addresses_and_no_buttons(procedure, youth_office, client_as, role):
    resolved(procedure, youth_office)
    round_, browser = begin(procedure), client_as(role)
    page = browser.get(f"{PAGE}rounds/{round_.pk}/").content.decode()
    assert "Jugendamt" in page
    assert "jugendamt@auental.example" not in page
    assert "E-Mails senden" not in page
    refused = [browser.post(f"{PAGE}rounds/{round_.pk}/{deed}/").status_code for deed in ("ask", "close")]
    assert refused == [403, 403]
    assert browser.get(f"{PAGE}rounds/new/").status_code == 403


def test_imported_statuses_become_closed_rounds_once(procedure, youth_office, client_as):
    (measure,) = resolved(procedure, youth_office)
    for year, light, text in ((2013, "green", "Läuft."), (2015, "red", ""), (2015, "yellow", "Stockt.")):
        StatusEntry.objects.create(
            measure=measure, label=f"Bericht {year}", period_from=date(year, 1, 1), period_until=date(year, 12, 31),
            light=light, text=text,
        )  # fmt: skip
    browser = client_as()
    assert "Frühere Sachstände übernehmen" in browser.get(PAGE).content.decode()
    browser.post(f"{PAGE}rounds/take-over/")
    assert [(each.title, each.open) for each in queries.rounds(procedure)] == [
        ("Übernommener Stand 2015", False),
        ("Übernommener Stand 2013", False),
    ]
    assert [(each.state, each.light, each.text) for each in queries.history(measure)] == [
        ("in_progress", "yellow", "Stockt."),
        ("in_progress", "green", "Läuft."),
    ]
    assert "Frühere Sachstände übernehmen" not in browser.get(PAGE).content.decode()
    assert browser.post(f"{PAGE}rounds/take-over/").status_code == 409
    page = browser.get(queries.rounds(procedure).first().get_absolute_url()).content.decode()
    assert "Diese Sachstände kamen mit einem übernommenen Plan." in page


def test_a_double_click_begins_one_round_and_sends_one_mail(
    procedure, youth_office, client_as, django_capture_on_commit_callbacks
):
    resolved(procedure, youth_office)
    browser = client_as()
    sent = {"title": "Sachstand", "period_from": "2026-01-01", "period_until": "2026-12-31", "once": "a"}
    sent["due_on"] = (timezone.localdate() + timedelta(days=20)).isoformat()
    places = {browser.post(f"{PAGE}rounds/new/", sent)["Location"] for _click in range(2)}
    round_ = StatusRound.objects.get()
    assert places == {f"{PAGE}rounds/{round_.pk}/"}
    with django_capture_on_commit_callbacks(execute=True):
        for _click in range(2):
            browser.post(f"{PAGE}rounds/{round_.pk}/ask/", {"whom": "all", "once": "b"})
    assert len(mail.outbox) == 1


def test_the_list_of_a_round_has_pages_and_costs_the_same_for_one_and_for_sixty(procedure, client_as):
    owners = [
        Organisation.objects.create(name=f"Amt {number:02}", email=f"amt{number}@auental.example")
        for number in range(60)
    ]
    resolved(procedure, owners[0])
    round_, browser = begin(procedure), client_as()
    address = f"{PAGE}rounds/{round_.pk}/"

    def cost() -> int:
        browser.get(address)
        with CaptureQueriesContext(connection) as seen:
            browser.get(address)
        return len(seen)

    few = cost()
    StatusRequest.objects.bulk_create(
        StatusRequest(round=round_, organisation=each, name=each.name, email=each.email) for each in owners[1:]
    )
    assert cost() == few
    pages = [browser.get(address, {"page": number}).content.decode() for number in (1, 2, "zwei")]
    assert ["Amt 49" in pages[0], "Amt 50" in pages[0], "Amt 59" in pages[1], "Amt 00" in pages[2]] == [
        True, False, True, True,
    ]  # fmt: skip


def test_closing_is_written_down_with_what_was_answered(procedure, youth_office, provider):
    ours, _theirs = resolved(procedure, youth_office, provider)
    round_ = begin(procedure)
    say(round_, ours)
    actions.close_round(round=round_, by=COORDINATOR, at=NOON)
    entry = procedure.journal.order_by("-sequence").first()
    assert (entry.action, entry.details) == ("round.close", {"round": round_.pk, "answered": 1, "asked": 2})
