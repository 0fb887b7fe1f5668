"""Accounts: by invitation only, locked after failures, with a second step, and telling strangers nothing."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from kommpass.domain.permissions import Role
from kommpass.municipalities.scope import within
from kommpass.people.models import InstallationRole, Membership, User
from tests.conftest import PASSWORD, make_user, member, signed_in

WRONG = "Ganz-falsches-Passwort-7"


@pytest.fixture(autouse=True)
def nobody_is_locked_out(db):
    cache.clear()


@pytest.fixture
def vera(db):
    return make_user()


def log_in(browser: Client, password: str, email: str = "vera@auental.example", **more):
    return browser.post("/accounts/login/", {"login": email, "password": password, **more})


def is_inside(browser: Client) -> bool:
    return browser.get("/accounts/profile/").status_code == 200


def test_mail_address_and_password_open_the_door(vera):
    browser = Client()

    response = log_in(browser, PASSWORD)

    assert (response.status_code, response["Location"], is_inside(browser)) == (302, "/accounts/start/", True)


def test_the_address_may_be_written_in_capitals(vera):
    browser = Client()
    log_in(browser, PASSWORD, " VERA@Auental.example ")
    assert is_inside(browser)


def test_after_five_failures_even_the_right_password_is_refused(vera):
    answers = [log_in(Client(), WRONG).content.decode() for _ in range(5)]
    assert all("stimmen nicht" in answer for answer in answers)

    browser = Client()
    locked = log_in(browser, PASSWORD)

    assert "zu viele Anmeldeversuche" in locked.content.decode()
    assert not is_inside(browser)


def test_the_lock_counts_the_address_however_it_is_written_and_whatever_host_is_called(vera):
    for number, host in enumerate(["127.0.0.1", "localhost", "testserver", "127.0.0.1", "localhost"]):
        email = "vera@auental.example" if number % 2 else "Vera@AUENTAL.example"
        Client(HTTP_HOST=host).post("/accounts/login/", {"login": email, "password": WRONG})

    browser = Client()
    log_in(browser, PASSWORD)

    assert not is_inside(browser)


def test_the_lock_of_one_person_does_not_lock_out_others(vera):
    make_user("jan@auental.example", "Jan Anders")
    for _ in range(6):
        log_in(Client(), WRONG)

    browser = Client()
    log_in(browser, PASSWORD, "jan@auental.example")

    assert is_inside(browser)


def test_a_stranger_is_locked_out_like_a_known_person(vera):
    known = [log_in(Client(), WRONG).content for _ in range(6)]
    unknown = [log_in(Client(), WRONG, "niemand@auental.example").content for _ in range(6)]

    def sentence(page):
        return re.findall(r"(stimmen nicht|zu viele Anmeldeversuche)", page.decode())[:1]

    assert [sentence(page) for page in known] == [sentence(page) for page in unknown]


def test_a_new_password_by_mail_opens_a_locked_door(vera):
    for _ in range(5):
        log_in(Client(), WRONG)
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": vera.email})
    path = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body).group(1)
    form = browser.get(path)["Location"]
    browser.post(form, {"password1": "Ein-neues-Kennwort-2", "password2": "Ein-neues-Kennwort-2"})

    log_in(browser, "Ein-neues-Kennwort-2")

    assert is_inside(browser)
    assert "gilt nicht mehr" in Client().get(path).content.decode()


def test_the_reset_answers_known_and_unknown_addresses_alike(vera):
    known = Client().post("/accounts/password/reset/", {"email": vera.email}, follow=True)
    unknown = Client().post("/accounts/password/reset/", {"email": "niemand@auental.example"}, follow=True)

    assert (known.redirect_chain, known.status_code) == (unknown.redirect_chain, unknown.status_code)
    assert [letter.to for letter in mail.outbox] == [[vera.email]]


def test_the_link_of_the_reset_has_the_host_of_the_settings(vera, settings):
    settings.BASE_URL = "https://kommpass.example"
    settings.ALLOWED_HOSTS = ["*"]
    Client(HTTP_HOST="boese.example").post("/accounts/password/reset/", {"email": vera.email})

    body = mail.outbox[-1].body
    assert "https://kommpass.example/accounts/password/reset/key/" in body and "boese.example" not in body


def test_nobody_signs_up_by_themselves(db):
    data = {"email": "neu@beispiel.example", "password1": PASSWORD, "password2": PASSWORD}

    looked, tried = Client().get("/accounts/signup/"), Client().post("/accounts/signup/", data)

    assert (looked.status_code, tried.status_code, User.objects.count()) == (403, 403, 0)
    assert "mit einer Einladung" in looked.content.decode()


@pytest.mark.parametrize(
    "path", ["email/", "confirm-email/", "confirm-email/abc/", "password/set/", "login/code/confirm/", "3rdparty/"]
)
def test_pages_that_this_house_does_not_use_do_not_exist(vera, path):
    assert signed_in(vera).get(f"/accounts/{path}").status_code == 404


@pytest.mark.parametrize(
    "target", ["https://boese.example/", "//boese.example/", "javascript:alert(1)", r"/\boese.example"]
)
def test_next_leads_only_into_our_own_house(vera, target):
    assert log_in(Client(), PASSWORD, next=target)["Location"] == "/accounts/start/"
    assert log_in(Client(), PASSWORD, next="/auental/people/")["Location"] == "/auental/people/"


def test_a_closed_account_does_not_get_in(vera):
    vera.is_active = False
    vera.save()
    browser = Client()

    response = log_in(browser, PASSWORD)

    assert response["Location"] == "/accounts/inactive/"
    assert "Ihr Zugang ist geschlossen" in browser.get("/accounts/inactive/").content.decode()
    assert not is_inside(browser)


def test_opening_the_log_out_page_signs_nobody_out(vera):
    browser = signed_in(vera)
    browser.get("/accounts/logout/")
    assert is_inside(browser)

    browser.post("/accounts/logout/")

    assert not is_inside(browser)


def test_the_log_in_form_needs_its_token(vera):
    assert log_in(Client(enforce_csrf_checks=True), PASSWORD).status_code == 403


def code_of(secret: str) -> str:
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"


def test_with_an_app_the_password_alone_does_not_open_the_door(vera):
    secret = generate_totp_secret()
    TOTP.activate(vera, secret)
    browser = Client()

    asked = log_in(browser, PASSWORD)
    assert (asked["Location"], is_inside(browser)) == ("/accounts/2fa/authenticate/", False)
    assert not is_inside(Client()) and browser.post(asked["Location"], {"code": "12345"}).status_code == 200

    browser.post(asked["Location"], {"code": code_of(secret)})

    assert is_inside(browser)


def test_an_emergency_code_opens_the_door_once(vera):
    TOTP.activate(vera, generate_totp_secret())
    code = RecoveryCodes.activate(vera).get_unused_codes()[0]

    def inside_with(code):
        browser = Client()
        log_in(browser, PASSWORD)
        browser.post("/accounts/2fa/authenticate/", {"code": code})
        return is_inside(browser)

    assert [inside_with(code), inside_with(code)] == [True, False]


def test_the_app_is_set_up_after_asking_for_the_password_again(vera):
    browser = Client()
    log_in(browser, PASSWORD)

    asked = browser.get("/accounts/2fa/totp/activate/")
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    browser.post(asked["Location"], {"password": PASSWORD})
    page = browser.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page).group(1)
    browser.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})

    assert "eingerichtet" in browser.get("/accounts/2fa/").content.decode()
    assert set(vera.authenticator_set.values_list("type", flat=True)) == {"totp", "recovery_codes"}


PAGES = [
    "login/", "logout/", "password/reset/", "password/reset/done/", "password/change/", "profile/", "2fa/",
    "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "reauthenticate/", "inactive/", "start/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_account_is_german_and_without_inline_script(vera, path):
    browser = Client()
    if path not in {"login/", "password/reset/", "password/reset/done/", "inactive/"}:
        log_in(browser, PASSWORD)
        browser.post("/accounts/reauthenticate/", {"password": PASSWORD})

    page = browser.get(f"/accounts/{path}").content.decode()

    assert "<h1>" in page and 'lang="de"' in page
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", page) == []
    assert re.findall(r"\sstyle=|\son\w+=", page) == []
    assert re.findall(r"\b(?:Sign In|Password|du|dein\w*|Du|Dein\w*)\b", re.sub(r"<[^>]+>", " ", page)) == []


def test_one_town_is_entered_straight_away_several_are_offered(auental, hasselgrund):
    vera = member(Role.COORDINATOR, email="vera@auental.example", name="Vera Beispiel")
    assert signed_in(vera).get("/accounts/start/")["Location"] == "/auental/"

    with within(hasselgrund):
        Membership.objects.create(user=vera, role=Role.AUDITOR)
    page = signed_in(vera).get("/accounts/start/").content.decode()

    assert "/auental/" in page and "/hasselgrund/" in page


def test_who_has_no_town_is_told_so_kindly(vera):
    assert "in keiner Kommune" in signed_in(vera).get("/accounts/start/").content.decode()


def test_name_and_phone_are_ones_own_to_change_and_nothing_else_is(vera):
    data = {"name": "Vera Neu <b>", "phone": "0123", "email": "andere@auental.example", "is_active": ""}
    signed_in(vera).post("/accounts/profile/", data)
    vera.refresh_from_db()

    assert (vera.name, vera.phone, vera.email, vera.is_active) == ("Vera Neu <b>", "0123", "vera@auental.example", True)
    assert "Vera Neu <b>" not in signed_in(vera).get("/accounts/profile/").content.decode()


def test_the_command_opens_the_installation_for_its_first_administrator(db, capsys, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("administrator", "Chef@Stadt.example", "Anna Admin")
    path = re.search(r"https?://[^/]+(/\S+)", capsys.readouterr().out).group(1)
    assert path in mail.outbox[-1].body

    browser = Client()
    form = browser.get(path)["Location"]
    browser.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    log_in(browser, PASSWORD, "chef@stadt.example")

    assert is_inside(browser)
    assert list(InstallationRole.objects.values_list("user__email", "role")) == [
        ("chef@stadt.example", "administrator")
    ]
    assert "gilt nicht mehr" in Client().get(path).content.decode()


def test_migrate_alone_makes_the_table_that_counts_failures(db):
    assert "kommpass_cache" in connection.introspection.table_names()
