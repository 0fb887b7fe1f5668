"""Contribution links: one organisation, one thing, for a while, and no account."""

from datetime import timedelta

import pytest
from django.core import mail

from kommpass.audits.models import JournalEntry
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.municipalities.scope import within
from kommpass.people import queries
from kommpass.people.addresses import in_town
from kommpass.people.links import LinkClosed, open_link, token_of
from kommpass.people.models import ContributionLink, Organisation
from kommpass.town_hall import actions
from tests.conftest import NOON, actor, member, signed_in


def issue(organisation, *, subject=7, email="jugendamt@auental.example", by=None, **more) -> ContributionLink:
    return actions.issue_link(
        organisation=organisation,
        purpose="bundle",
        subject=subject,
        email=email,
        url_name="stocktaking:by-link",
        subject_line=more.pop("subject_line", "Bitte beantworten Sie zwölf Fragen"),
        text=more.pop("text", "bitte beantworten Sie bis Freitag zwölf Fragen zur Kinderbetreuung."),
        by=by or actor(),
        at=NOON,
        **more,
    )


def test_the_letter_says_who_asks_for_what_until_when_and_holds_one_link(
    youth_office, settings, django_capture_on_commit_callbacks
):
    settings.BASE_URL = "https://kommpass.example"
    with django_capture_on_commit_callbacks(execute=True):
        link = issue(youth_office)
    letter = mail.outbox[-1]

    assert (letter.to, letter.subject) == (["jugendamt@auental.example"], "Bitte beantworten Sie zwölf Fragen")
    for words in (
        "Vera Beispiel (Auental)",
        "zwölf Fragen zur Kinderbetreuung",
        "30.11.2026",
        "kein Konto",
        "Jugendamt",
    ):
        assert words in letter.body
    assert letter.body.count("https://") == 1
    assert f"https://kommpass.example{in_town('stocktaking:by-link', token_of(link))}\n" in letter.body


def test_a_link_opens_for_its_purpose_until_it_ends(youth_office):
    link = issue(youth_office, days=28)
    token = token_of(link)

    assert open_link(token, "bundle", NOON + timedelta(days=27)) == link
    for purpose, moment in (("measures", NOON), ("bundle", NOON + timedelta(days=28))):
        with pytest.raises(LinkClosed):
            open_link(token, purpose, moment)


def test_a_newer_link_for_the_same_thing_closes_the_older(youth_office, provider):
    first, other_thing, other_house = issue(youth_office), issue(youth_office, subject=8), issue(provider)

    second = issue(youth_office)

    with pytest.raises(LinkClosed):
        open_link(token_of(first), "bundle", NOON)
    assert [open_link(token_of(each), "bundle", NOON) for each in (second, other_thing, other_house)] == [
        second, other_thing, other_house,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: "x" + t, lambda t: t + "x", lambda t: "", lambda t: "a:b:c"]
)
def test_a_changed_link_opens_nothing(youth_office, spoil):
    with pytest.raises(LinkClosed):
        open_link(spoil(token_of(issue(youth_office))), "bundle", NOON)


def test_a_link_opens_nothing_in_another_town(youth_office, hasselgrund):
    token = token_of(issue(youth_office))
    with within(hasselgrund), pytest.raises(LinkClosed):
        open_link(token, "bundle", NOON)


def test_a_revoked_link_is_closed_for_ever(youth_office):
    link = issue(youth_office)
    actions.revoke_link(link=link, by=actor(), at=NOON)

    with pytest.raises(LinkClosed):
        open_link(token_of(link), "bundle", NOON)
    with pytest.raises(NotPossible):
        actions.revoke_link(link=link, by=actor(), at=NOON)
    assert list(JournalEntry.objects.values_list("action", flat=True)) == ["link.issue", "link.revoke"]


def test_without_an_address_no_link_is_made(youth_office):
    for address in ("", "kein-postfach", "a@b.example\nBcc: c@d.example"):
        with pytest.raises(NotPossible):
            issue(youth_office, email=address)
    assert ContributionLink.objects.count() == 0


def test_a_line_break_in_the_headline_stays_out_of_the_mail_header(youth_office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        issue(youth_office, subject_line="Fragen\r\nBcc: alle@stadt.example")

    assert mail.outbox[-1].subject == "Fragen Bcc: alle@stadt.example"
    assert mail.outbox[-1].message()["Bcc"] is None


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.PROVIDER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_the_coordination_sends_links(youth_office, role):
    with pytest.raises(NotAllowed):
        issue(youth_office, by=actor(role))


def test_the_list_shows_what_is_open_and_lets_the_coordination_close_it(client_as, youth_office):
    link = issue(youth_office)
    ContributionLink.objects.update(expires_at=NOON.replace(year=2099))
    browser = client_as()

    assert "Link sperren" in browser.get("/auental/people/links/").content.decode()
    response = browser.post(f"/auental/people/links/{link.pk}/revoke/")

    assert response["Location"] == "/auental/people/links/"
    assert "gesperrt" in browser.get("/auental/people/links/").content.decode()
    assert list(queries.open_links(NOON)) == []


def test_the_link_of_another_town_does_not_exist(youth_office, hasselgrund):
    link = issue(youth_office)
    with within(hasselgrund):
        Organisation.objects.create(name="Jugendamt")
        stranger = signed_in(member(Role.COORDINATOR, email="fremd@hasselgrund.example"))

    assert stranger.post(f"/hasselgrund/people/links/{link.pk}/revoke/").status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None
