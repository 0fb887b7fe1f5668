"""Invitations: sent by mail, good once, and never for more than the inviter may give."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kommpass.audits.models import JournalEntry
from kommpass.domain.permissions import INSTALLATION_ROLES, TOWN_ROLES, Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.municipalities.scope import within
from kommpass.people import queries
from kommpass.people.models import Invitation, Membership, User
from kommpass.town_hall import actions
from tests.conftest import NOON, PASSWORD, actor, make_user, member, signed_in

NEW = {"password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def invite(auental, django_capture_on_commit_callbacks):
    """Invite somebody and give back the invitation and the path of the link in the mail."""

    def send(role=Role.AUDITOR, email="ute@beispiel.example", *, by=None, **more):
        with django_capture_on_commit_callbacks(execute=True):
            invitation = actions.invite_person(
                email=email, name=more.pop("name", "Ute Weber"), role=role, by=by or actor(), at=timezone.now(), **more
            )
        return invitation, link_in(mail.outbox[-1])

    return send


def link_in(letter) -> str:
    return re.search(r"https?://[^/]+(/\S+)", letter.body).group(1)


def refusal_of(response) -> str:
    return response.content.decode()


def test_an_invited_person_chooses_a_password_and_is_inside(invite):
    _invitation, link = invite()
    browser = Client()

    assert "Auditorin oder Auditor" in browser.get(link).content.decode()
    response = browser.post(link, NEW)

    assert (response.status_code, response["Location"]) == (302, "/auental/")
    user = User.objects.get(email="ute@beispiel.example")
    assert list(Membership.objects.values_list("user", "role")) == [(user.pk, "auditor")]
    assert browser.get("/accounts/profile/").status_code == 200


def test_the_letter_names_inviter_role_town_and_the_day_it_ends(invite, settings):
    settings.BASE_URL = "https://kommpass.example"
    invitation, link = invite()
    letter = mail.outbox[-1]

    assert letter.to == ["ute@beispiel.example"]
    assert "Auental" in letter.subject
    assert "Vera Beispiel lädt Sie ein" in letter.body and "Auditorin oder Auditor" in letter.body
    assert f"https://kommpass.example{link}" in letter.body
    assert timezone.localtime(invitation.expires_at).strftime("%d.%m.%Y") in letter.body


def test_opening_the_link_changes_nothing_however_often(invite):
    invitation, link = invite()
    browser = Client()

    assert [browser.get(link).status_code for _ in range(3)] == [200, 200, 200]
    invitation.refresh_from_db()
    assert (invitation.accepted_at, User.objects.count()) == (None, 0)


def test_an_invitation_cannot_be_used_a_second_time(invite):
    _invitation, link = invite()
    Client().post(link, NEW)

    again = Client().post(link, NEW)
    looked = Client().get(link)

    assert (again.status_code, looked.status_code, User.objects.count()) == (410, 410, 1)
    assert "schon angenommen" in refusal_of(again)


def test_a_changed_token_opens_nothing(invite):
    _invitation, link = invite()
    other = link[:-3] + ("xy/" if not link.endswith("xy/") else "ab/")

    response = Client().post(other, NEW)

    assert (response.status_code, User.objects.count()) == (410, 0)


def test_the_invitation_of_one_town_opens_no_other(invite, hasselgrund):
    _invitation, link = invite()

    response = Client().post(link.replace("/auental/", "/hasselgrund/"), NEW)

    assert (response.status_code, User.objects.count()) == (410, 0)


def test_after_a_fortnight_the_invitation_is_over(invite):
    invitation, link = invite()
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    response = Client().post(link, NEW)

    assert response.status_code == 410 and "abgelaufen" in refusal_of(response)


def test_a_withdrawn_invitation_is_closed(invite):
    invitation, link = invite()
    actions.revoke_invitation(invitation=invitation, by=actor(), at=NOON)

    response = Client().get(link)

    assert response.status_code == 410 and "zurückgezogen" in refusal_of(response)


def test_sent_again_the_old_link_dies_and_the_new_one_works(invite, django_capture_on_commit_callbacks):
    invitation, old = invite()
    with django_capture_on_commit_callbacks(execute=True):
        actions.resend_invitation(invitation=invitation, by=actor(), at=timezone.now())
    new = link_in(mail.outbox[-1])

    assert Client().get(old).status_code == 410
    assert Client().post(new, NEW).status_code == 302


def test_only_a_digest_of_the_token_is_kept(invite):
    invitation, link = invite()
    token = link.rstrip("/").rsplit("/", 1)[1]

    stored = [str(value) for value in Invitation.objects.filter(pk=invitation.pk).values_list()[0]]

    assert all(token not in value for value in stored)
    assert all(token not in str(entry.details) for entry in JournalEntry.objects.all())


@pytest.mark.parametrize("role", INSTALLATION_ROLES)
@pytest.mark.parametrize("inviter", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_nobody_is_invited_into_a_role_of_the_installation(auental, inviter, role):
    with pytest.raises(NotAllowed):
        actions.invite_person(email="a@b.example", name="A", role=role, by=actor(inviter), at=NOON)


@pytest.mark.parametrize("inviter", sorted(set(TOWN_ROLES) - {Role.COORDINATOR}))
def test_other_roles_invite_nobody(auental, inviter):
    with pytest.raises(NotAllowed):
        actions.invite_person(email="a@b.example", name="A", role=Role.AUDITOR, by=actor(inviter), at=NOON)


def test_a_role_slipped_into_the_form_is_refused(client_as):
    coordinator = client_as(Role.COORDINATOR)
    data = {"name": "Eva", "email": "eva@beispiel.example", "role": "administrator"}

    response = coordinator.post("/auental/people/invite/", data)

    assert (response.status_code, Invitation.objects.count()) == (200, 0)


def test_role_and_address_slipped_into_the_acceptance_change_nothing(invite):
    _invitation, link = invite(Role.COUNCIL_MEMBER)

    Client().post(link, NEW | {"role": "coordinator", "email": "fremd@beispiel.example", "is_active": "1"})

    found = list(Membership.objects.values_list("user__email", "role"))
    assert found == [("ute@beispiel.example", "council_member")]


def test_a_department_needs_an_organisation(client_as):
    data = {"name": "Eva", "email": "eva@beispiel.example", "role": "contributor"}

    response = client_as().post("/auental/people/invite/", data)

    assert "für welche Organisation" in response.content.decode()
    with pytest.raises(NotPossible):
        actions.invite_person(email="a@b.example", name="A", role=Role.PROVIDER, by=actor(), at=NOON)


def test_an_existing_account_must_sign_in_before_it_accepts(invite):
    user = make_user("ute@beispiel.example", "Ute Weber")
    _invitation, link = invite()

    stranger = Client().post(link, {"password": "Ein-anderes-Passwort-9", "again": "Ein-anderes-Passwort-9"})
    user.refresh_from_db()
    assert (stranger.status_code, user.check_password(PASSWORD), Membership.objects.count()) == (403, True, 0)
    assert "/accounts/login/?next=%2Fauental%2Fpeople%2Finvitation%2F" in Client().get(link).content.decode()

    assert signed_in(user).post(link).status_code == 302
    assert list(Membership.objects.values_list("user", "role")) == [(user.pk, "auditor")]


def test_the_invitation_of_somebody_else_cannot_be_taken_up(invite):
    somebody = make_user("jan@beispiel.example", "Jan Anders")
    _invitation, link = invite(Role.COORDINATOR)

    response = signed_in(somebody).post(link, NEW)

    assert (response.status_code, Membership.objects.count(), User.objects.count()) == (403, 0, 1)


def test_a_closed_account_stays_closed(invite):
    user = make_user("ute@beispiel.example", "Ute Weber")
    user.is_active = False
    user.save()
    _invitation, link = invite()

    assert Client().post(link, NEW).status_code == 403
    assert Membership.objects.count() == 0


def test_a_weak_or_mistyped_password_is_explained_and_nothing_happens(invite):
    _invitation, link = invite()

    short = Client().post(link, {"password": "kurz", "again": "kurz"})
    differing = Client().post(link, {"password": PASSWORD, "again": PASSWORD + "x"})
    own_name = Client().post(link, {"password": "ute@beispiel.example", "again": "ute@beispiel.example"})

    assert [answer.status_code for answer in (short, differing, own_name)] == [200, 200, 200]
    assert "stimmen nicht überein" in differing.content.decode()
    assert User.objects.count() == 0


def test_a_name_cannot_break_into_the_mail_header_or_the_page(invite):
    bad = "Ute\r\nBcc: alle@stadt.example <script>alert(1)</script>"
    _invitation, link = invite(name=bad)
    letter = mail.outbox[-1]

    assert letter.message()["Bcc"] is None
    assert "\n" not in letter.subject and letter.recipients() == ["ute@beispiel.example"]
    page = Client().get(link).content.decode()
    assert "<script>alert(1)</script>" not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize("address", ["a@b.example\nBcc: c@d.example", "kein-postfach", "a@b.example, c@d.example", ""])
def test_what_is_no_address_gets_no_invitation(auental, address):
    with pytest.raises(NotPossible):
        actions.invite_person(email=address, name="A", role=Role.AUDITOR, by=actor(), at=NOON)
    assert Invitation.objects.count() == 0


def test_the_same_person_is_not_invited_twice_for_the_same_thing(invite):
    invite()
    with pytest.raises(NotPossible):
        invite()
    invite(Role.COUNCIL_MEMBER)
    assert queries.open_invitations().count() == 2


def test_a_silent_mail_server_loses_nothing(auental, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        invitation = actions.invite_person(
            email="ute@beispiel.example", name="Ute", role=Role.AUDITOR, by=actor(), at=NOON
        )
    invitation.refresh_from_db()
    assert invitation.undelivered

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        actions.resend_invitation(invitation=invitation, by=actor(), at=NOON)
    invitation.refresh_from_db()
    assert (invitation.undelivered, len(mail.outbox)) == (False, 1)


def test_accepting_needs_the_token_of_the_form(invite):
    """CSRF: a foreign page cannot press the button."""
    user = make_user("ute@beispiel.example", "Ute Weber")
    _invitation, link = invite()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)

    assert (strict.post(link).status_code, Membership.objects.count()) == (403, 0)


def test_a_coordinator_of_one_town_cannot_touch_the_invitations_of_another(invite, hasselgrund, client_as):
    invitation, _link = invite()
    with within(hasselgrund):
        stranger = signed_in(member(Role.COORDINATOR, email="fremd@hasselgrund.example"))

    assert stranger.post(f"/hasselgrund/people/invitations/{invitation.pk}/revoke/").status_code == 404
    assert stranger.post(f"/auental/people/invitations/{invitation.pk}/revoke/").status_code == 403
    invitation.refresh_from_db()
    assert invitation.revoked_at is None


def test_the_last_coordinator_cannot_be_ended(auental):
    held = Membership.objects.get(user=member(Role.COORDINATOR))
    with pytest.raises(NotPossible):
        actions.end_membership(membership=held, by=actor(), at=NOON)
    member(Role.COORDINATOR, email="zweite@auental.example")

    actions.end_membership(membership=held, by=actor(), at=NOON)

    assert [each.user.email for each in queries.coordinators()] == ["zweite@auental.example"]


def test_an_ended_role_opens_no_door_any_more(client_as):
    browser = client_as(Role.COORDINATOR)
    member(Role.COORDINATOR, email="zweite@auental.example")
    assert browser.get("/auental/people/").status_code == 200

    held = Membership.objects.get(user__email="coordinator@auental.example")
    actions.end_membership(membership=held, by=actor(), at=NOON)

    assert browser.get("/auental/people/").status_code == 403


def test_a_double_click_sends_one_invitation(client_as):
    browser = client_as()
    data = {"name": "Eva", "email": "eva@beispiel.example", "role": "auditor", "once": "derselbe-Klick"}

    answers = [browser.post("/auental/people/invite/", data)["Location"] for _ in range(2)]

    assert answers == ["/auental/people/", "/auental/people/"]
    assert Invitation.objects.count() == 1
