"""Second keys to one's account: a code from an app, and a passkey; and the pages around them."""

import base64
import hmac
import re
import struct
import time

from playwright.sync_api import Page, expect

from tests.browser import visitors as who
from tests.browser.acting import fill, press, sign_in
from tests.browser.looking import Observer, look_at

VIRTUAL_KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def code_of_the_app(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def confirm(page: Page, password: str) -> None:
    """Before anything changes about the keys, the house asks again."""
    fill(page, password=password)
    press(page, "Bestätigen")


def fine(page: Page, observer: Observer) -> None:
    assert look_at(page, observer, page.url).about() == []


def test_an_app_is_added_asked_for_at_the_next_log_in_and_taken_away_again(visit, house):
    page = visit()
    observer = Observer(page, house.url)
    sign_in(page, who.STATISTICS, house.password)
    page.goto("/accounts/2fa/totp/activate/")
    confirm(page, house.password)
    fine(page, observer)
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.content()).group()
    fill(page, code=code_of_the_app(secret))
    press(page)
    page.goto("/accounts/2fa/recovery-codes/")
    fine(page, observer)
    page.goto("/accounts/2fa/recovery-codes/generate/")
    fine(page, observer)
    codes = page.request.get("/accounts/2fa/recovery-codes/download/")
    assert codes.headers["content-type"].startswith("text/plain")

    page.context.clear_cookies()
    sign_in(page, who.STATISTICS, house.password)
    expect(page.locator("[name=code]")).to_be_visible()
    fine(page, observer)
    fill(page, code=codes.text().split()[-1])
    press(page)
    expect(page).to_have_url(re.compile("/auental/$"))
    page.goto("/accounts/2fa/reauthenticate/")
    fine(page, observer)
    page.goto("/accounts/2fa/totp/deactivate/")
    confirm(page, house.password)
    fine(page, observer)
    press(page, "App abmelden")
    expect(page.get_by_role("main").get_by_role("link", name="App einrichten")).to_be_visible()


def test_a_passkey_opens_the_house_and_can_be_renamed_and_removed(visit, house):
    page = visit()
    home = house.url.replace("127.0.0.1", "localhost")  # passkeys belong to a name, not to a number
    observer = Observer(page, home)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL_KEY})
    sign_in(page, who.ASSOCIATION, house.password, home)
    page.goto(f"{home}/accounts/2fa/webauthn/add/")
    confirm(page, house.password)
    fine(page, observer)
    page.get_by_label("Name des Passkeys").fill("Rechner im Büro")
    page.get_by_label("Auch ohne Passwort anmelden").check()
    page.get_by_role("button", name="Passkey einrichten").click()
    page.wait_for_url("**/recovery-codes/**")

    page.context.clear_cookies()
    page.goto(f"{home}/accounts/login/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url("**/association/procedures/")

    page.goto(f"{home}/accounts/2fa/webauthn/")
    fine(page, observer)
    page.get_by_role("link", name="Umbenennen").click()
    page.get_by_role("link", name="Mit einem Passkey bestätigen").click()
    fine(page, observer)
    press(page, "Passkey verwenden")
    fine(page, observer)
    page.get_by_label("Name").fill("Rechner im Archiv")
    press(page)
    page.get_by_role("link", name="Entfernen Rechner im Archiv").click()
    fine(page, observer)
    press(page, "Passkey entfernen")
    expect(page.get_by_role("main")).to_contain_text("Noch kein Passkey eingerichtet")
