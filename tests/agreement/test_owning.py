"""Owners say yes or no before anything is frozen: signed in, or by the link in their mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kommpass.agreement import actions, queries
from kommpass.agreement.actions.freezing import obstacles
from kommpass.agreement.models import Measure
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import GateClosed, NotAllowed, NotPossible
from kommpass.municipalities.scope import within
from kommpass.people.links import token_of
from kommpass.people.models import ContributionLink, Organisation
from tests.agreement.builders import COORDINATOR, draft, freeze, goal, measure
from tests.conftest import NOON, actor, member, signed_in


@pytest.fixture
def agreement(procedure):
    return draft(procedure)


@pytest.fixture
def under(agreement):
    return goal(agreement)


def speaker(organisation):
    role = Role.PROVIDER if organisation.outside else Role.CONTRIBUTOR
    return actor(role, organisations=[organisation], name=f"Person {organisation.name}")


def answer(of, organisation, *, accepted=True, note=""):
    return actions.answer_measure(measure=of, accepted=accepted, note=note, by=speaker(organisation), at=NOON)


def link_of(organisation, *, days: int = 28, purpose: str = "measures") -> ContributionLink:
    return ContributionLink.objects.create(
        purpose=purpose,
        organisation=organisation,
        email="info@kinderschutzbund.example",
        issued_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=days),
    )


def address(link: ContributionLink) -> str:
    return f"/auental/agreement/own/{token_of(link)}/"


def answers(*found) -> list[str]:
    return [Measure.objects.get(pk=each.pk).acceptance for each in found]


def test_a_measure_of_an_outside_actor_needs_their_agreement_before_freezing(agreement, under, youth_office, provider):
    measure(under, "Babybesuche", responsible=youth_office)
    theirs = measure(under, "Elterncafé", responsible=provider)
    assert [(each.have, each.need) for each in obstacles(agreement)] == [(1, 1), (2, 1), (1, 2), (2, 2)]
    with pytest.raises(GateClosed) as shut:
        freeze(agreement)
    assert [(each.label, each.have, each.need) for each in shut.value.missing] == [
        ("Maßnahmen, denen niemand mehr zustimmen muss", 1, 2)
    ]
    assert not agreement.versions.exists()
    answer(theirs, provider)
    assert freeze(agreement).number == 1


def test_a_declined_measure_stands_against_freezing_whoever_owns_it(agreement, under, youth_office):
    declined = measure(under, "Babybesuche", responsible=youth_office)
    answer(declined, youth_office, accepted=False, note="Dafür fehlt die Stelle.")
    assert list(queries.unaccepted(agreement)) == [declined]
    with pytest.raises(GateClosed):
        freeze(agreement)


def test_a_no_needs_a_reason(agreement, under, provider):
    theirs = measure(under, responsible=provider)
    with pytest.raises(NotPossible, match="warum Sie die Maßnahme nicht übernehmen können"):
        answer(theirs, provider, accepted=False, note="  ")
    assert answers(theirs) == ["open"]


def test_nobody_answers_for_another_organisation(agreement, under, youth_office, provider):
    theirs = measure(under, responsible=provider)
    with pytest.raises(NotAllowed, match="gehört zu einer anderen Organisation"):
        answer(theirs, youth_office)


def test_a_measure_without_an_owner_cannot_be_accepted(agreement, under):
    with pytest.raises(NotPossible, match="noch niemand zuständig"):
        actions.answer_measure(measure=measure(under), accepted=True, by=COORDINATOR, at=NOON)


def test_asking_marks_open_measures_only(agreement, under, provider, youth_office):
    fresh, accepted, foreign = (
        measure(under, title, responsible=owner)
        for title, owner in (("A", provider), ("B", provider), ("C", youth_office))
    )
    answer(accepted, provider)
    assert actions.ask_owners(agreement=agreement, organisations=[provider], by=COORDINATOR, at=NOON) == 1
    assert answers(fresh, accepted, foreign) == ["asked", "accepted", "open"]
    assert queries.waiting_organisations(agreement.procedure) == [("Kinderschutzbund Auental", 1)]


def test_the_coordination_asks_by_mail_with_one_link_for_all(
    agreement, under, provider, client_as, django_capture_on_commit_callbacks
):
    for title in ("Elterncafé", "Patenschaften"):
        measure(under, title, responsible=provider)
    silent = Organisation.objects.create(name="Sportverein", kind="association")
    measure(under, "Turnen", responsible=silent)
    with django_capture_on_commit_callbacks(execute=True):
        page = client_as().post(
            "/auental/agreement/acceptance/ask/", {"organisation": [provider.pk, silent.pk, "x"]}, follow=True
        )
    assert [letter.to for letter in mail.outbox] == [["info@kinderschutzbund.example"]]
    assert "Sportverein hat keine E-Mail-Adresse." in page.content.decode()
    assert "1 Organisation wurde angeschrieben." in page.content.decode()
    assert set(agreement.measures.values_list("acceptance", flat=True)) == {"asked"}
    token = mail.outbox[0].body.partition("/agreement/own/")[2].partition("/")[0]
    shown = Client().get(f"/auental/agreement/own/{token}/").content.decode()
    assert "Elterncafé" in shown and "Patenschaften" in shown and "Turnen" not in shown


def test_looking_at_the_link_changes_nothing(agreement, under, provider):
    theirs = measure(under, "Elterncafé", responsible=provider)
    page = Client().get(address(link_of(provider)))
    assert page.status_code == 200
    assert "Elterncafé" in page.content.decode()
    assert answers(theirs) == ["open"]


def test_behind_the_link_one_measure_is_accepted_and_one_declined(agreement, under, provider):
    yes, no = (measure(under, title, responsible=provider) for title in ("Elterncafé", "Patenschaften"))
    client, url = Client(), address(link_of(provider))
    assert client.post(url, {"measure": yes.pk, "answer": "accept"}).status_code == 302
    assert client.post(url, {"measure": no.pk, "answer": "decline", "note": "Zu teuer."}).status_code == 302
    no.refresh_from_db()
    assert answers(yes, no) == ["accepted", "declined"]
    assert (no.acceptance_note, no.accepted_by) == ("Zu teuer.", "Kinderschutzbund Auental")


def test_behind_the_link_all_measures_are_accepted_at_once_and_nobody_elses(agreement, under, provider, youth_office):
    theirs = [measure(under, title, responsible=provider) for title in ("A", "B", "C")]
    foreign = measure(under, "D", responsible=youth_office)
    Client().post(address(link_of(provider)), {"measure": "all", "answer": "accept"})
    assert answers(*theirs, foreign) == ["accepted", "accepted", "accepted", "open"]


def test_a_no_without_a_reason_behind_the_link_is_answered_with_a_sentence(agreement, under, provider):
    theirs = measure(under, responsible=provider)
    page = Client().post(address(link_of(provider)), {"measure": theirs.pk, "answer": "decline"})
    assert page.status_code == 409
    assert "warum Sie die Maßnahme nicht übernehmen können" in page.content.decode()
    assert answers(theirs) == ["open"]


@pytest.mark.parametrize("wanted", ["", "x", "999999", "-1", "²"])
def test_behind_the_link_another_organisations_measure_is_404(agreement, under, provider, youth_office, wanted):
    foreign = measure(under, responsible=youth_office)
    page = Client().post(address(link_of(provider)), {"measure": wanted or foreign.pk, "answer": "accept"})
    assert page.status_code == 404
    assert answers(foreign) == ["open"]


def test_an_expired_link_says_so(agreement, provider):
    page = Client().get(address(link_of(provider, days=-1)))
    assert (page.status_code, "abgelaufen" in page.content.decode()) == (410, True)


def test_a_tampered_link_says_so_and_writes_nothing(agreement, under, provider):
    theirs = measure(under, responsible=provider)
    url = address(link_of(provider))
    page = Client().post(f"{url[:-3]}xx/", {"measure": "all", "answer": "accept"})
    assert (page.status_code, "unvollständig oder wurde verändert" in page.content.decode()) == (410, True)
    assert answers(theirs) == ["open"]


def test_a_link_for_another_purpose_does_not_open_the_measures(agreement, provider):
    link = link_of(provider, purpose="bundle")
    page = Client().get(address(link))
    assert (page.status_code, "gehört nicht zu dieser Seite" in page.content.decode()) == (410, True)


def test_the_link_of_another_town_does_not_open_here(agreement, under, provider, hasselgrund):
    theirs = measure(under, responsible=provider)
    with within(hasselgrund):
        foreign = link_of(Organisation.objects.create(name="Landfrauen", kind="association"))
    page = Client().post(address(foreign), {"measure": "all", "answer": "accept"})
    assert page.status_code == 410
    assert answers(theirs) == ["open"]


def test_signed_in_owners_see_and_answer_their_own_measures(agreement, under, provider, youth_office):
    theirs = measure(under, "Elterncafé", responsible=provider)
    foreign = measure(under, "Babybesuche", responsible=youth_office)
    client = signed_in(member(Role.PROVIDER, organisation=provider))
    shown = client.get("/auental/agreement/own/").content.decode()
    assert "Elterncafé" in shown and "Babybesuche" not in shown
    assert client.post(f"/auental/agreement/measures/{theirs.pk}/answer/", {"answer": "accept"}).status_code == 302
    assert client.post(f"/auental/agreement/measures/{foreign.pk}/answer/", {"answer": "accept"}).status_code == 404
    assert answers(theirs, foreign) == ["accepted", "open"]
