"""Every page of the house, met by everybody who may come: for all eyes, on every screen, without a stranger in between."""

from dataclasses import dataclass

import pytest

from tests.browser import visitors as who
from tests.browser.looking import Complaints, Observer, look_at
from tests.browser.ways import Found, page_patterns, pattern_of, walk, worth_a_look

# Everybody's first steps, and how many pages of a kind they look at. The two coordinations look closely.
TOWNS = ["/auental/public/", "/hasselgrund/public/", "/auental/gibt-es-nicht/"]
STRANGER = ["/", *TOWNS, "/gallery/", "/mails/", "/accounts/login/", "/accounts/signup/", "/accounts/inactive/"]
STRANGER += ["/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/password/reset/key/1-x/"]
STRANGER += ["/accounts/password/reset/key/done/", "/hasselgrund/stocktaking/link/abgelaufen/", "/robots.txt"]
AUENTAL = ["/auental/agreement/versions/as-of/?day=2020-01-01", "/auental/people/duties/"]
AUENTAL += ["/auental/people/settings/town/", "/auental/people/settings/rules/", "/accounts/2fa/webauthn/"]
AUENTAL += ["/accounts/2fa/reauthenticate/", "/auental/procedure/start/", "/auental/agreement/templates/"]
ROUNDS = [
    ("", STRANGER, 6),
    (who.AUENTAL, ["/auental/", "/auental/nirgends/", *AUENTAL], 3),
    (who.HASSELGRUND, ["/hasselgrund/", "/hasselgrund/stocktaking/passed-on/", "/hasselgrund/agreement/freeze/"], 3),
    (who.AUDITOR, ["/accounts/start/"], 2),
    (who.YOUTH_OFFICE, ["/auental/", "/auental/people/"], 2),
    (who.PROVIDER, ["/auental/"], 2),
    (who.COUNCIL_OFFICE, ["/auental/"], 2),
    (who.COUNCIL, ["/auental/"], 2),
    (who.STATISTICS, ["/auental/"], 2),
    (who.ADMINISTRATOR, ["/accounts/start/"], 2),
    (who.ASSOCIATION, ["/accounts/start/"], 2),
    (who.REVIEW_BOARD, ["/accounts/start/"], 2),
]


# Pages that are looked at on a way of their own, and addresses behind which there is no page.
ELSEWHERE = dict.fromkeys(["agreement:import-check", "agreement:import-run"], "test_import.py")
ELSEWHERE |= dict.fromkeys(["audits:upgrade", "bodies:decision-register", "bodies:station-edit"], "test_a_new_town.py")
ELSEWHERE |= dict.fromkeys(["bodies:station-result"], "test_a_new_town.py")
ELSEWHERE |= dict.fromkeys(
    ["mfa_authenticate", "mfa_deactivate_totp", "mfa_download_recovery_codes"], "test_account.py"
)
ELSEWHERE |= dict.fromkeys(["mfa_generate_recovery_codes", "mfa_view_recovery_codes"], "test_account.py")
ELSEWHERE |= dict.fromkeys(
    ["mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_reauthenticate_webauthn"], "test_account.py"
)
ELSEWHERE |= dict.fromkeys(["participation:definition-agree", "participation:idea-edit"], "test_participation.py")
ELSEWHERE |= dict.fromkeys(["stocktaking:prefill", "stocktaking:result"], "test_a_new_town.py")
ELSEWHERE["mfa_reauthenticate"] = "leads on to the password, account_reauthenticate, until there is an app"
ELSEWHERE["mfa_login_webauthn"] = "asked by the log-in script only: test_account.py"
ELSEWHERE["account_logout"] = "test_editing.py: it would end the walk"
ELSEWHERE["account_signup"] = "no-sign-up stands before it"
ELSEWHERE["people:my-duties"] = "leads on to the person's own page, people:person"
ELSEWHERE["set_language"] = "answers to POST only"
ELSEWHERE |= dict.fromkeys(
    ["account_confirm_email", "account_confirm_login_code", "account_email", "account_email_verification_sent"]
    + ["account_set_password", "accounts/2fa/webauthn/signup/", "accounts/^confirm-email/(?:.*)$"]
    + ["accounts/email/", "accounts/login/code/confirm/", "accounts/password/set/"],
    "a page of the log-in package that this house has closed",
)

PUBLIC = {"start", "imprint", "privacy", "accessibility"}


@dataclass(frozen=True)
class Tour:
    """What everybody found, and what was wrong with it."""

    found: list[Found]
    complaints: list[Complaints]

    def about(self, *subjects: str) -> list[str]:
        """All complaints about these subjects, each with the page."""
        return [f"{each.name}: {line}" for each in self.complaints for line in each.about(*subjects)]

    def links(self, *statuses: int) -> list[str]:
        """The links that were answered so, and the page they stand on; public pages do not know who reads them."""
        led_there = [each for each in self.found if each.via and each.status in statuses]
        return [
            f"{each.via} -> {each.url} ({each.visitor})"
            for each in led_there
            if not (each.status == 403 and _public(each.via))
        ]


@pytest.fixture(scope="session")
def tour(house, visitors) -> Tour:
    """Walk through the house as everybody; then look at one page of each pattern and each kind of element."""
    links = [house.link_for("Fragen beantworten"), house.link_for("Maßnahmen bestätigen")]
    found = []
    for visitor, starts, samples in ROUNDS:
        with visitors.context(visitor) as context:
            wanted = [house.url + path for path in starts] + ([] if visitor else links)
            found += walk(context, visitor, wanted, samples=samples)
    pages, complaints = {}, []
    for each in worth_a_look(found):
        if each.visitor not in pages:
            page = visitors.context(each.visitor).new_page()
            pages[each.visitor] = page, Observer(page, house.url)
        page, observer = pages[each.visitor]
        page.goto(each.url)
        complaints.append(look_at(page, observer, f"{each.pattern} {each.url} ({each.visitor or 'stranger'})"))
    for page, _observer in pages.values():
        page.context.close()
    return Tour(found, complaints)


def _public(url: str) -> bool:
    return pattern_of(url).startswith(("portal:", "account_login")) or pattern_of(url) in PUBLIC


def none(complaints: list[str]) -> None:
    assert not complaints, "\n".join(["", *complaints])


def test_no_page_of_the_house_keeps_anybody_out(tour):
    none(tour.about("axe", "dark"))


def test_no_page_asks_a_stranger_for_anything_and_none_breaks_the_content_policy(tour):
    none(tour.about("network"))


def test_every_page_fits_a_screen_of_320_pixels_with_buttons_large_enough_to_hit(tour):
    none(tour.about("narrow"))


def test_no_link_leads_to_a_page_that_is_not_there(tour):
    none(tour.links(404, 410, 500))


def test_nobody_is_shown_a_link_to_a_page_they_may_not_see(tour):
    none(tour.links(403))


def test_no_page_is_forgotten(tour):
    """Whoever adds a page adds a link to it, or a test of its own."""
    met = {each.pattern for each in tour.found} | {pattern_of(each.url) for each in tour.found}
    none([f"nobody met: {name}" for name in sorted(page_patterns() - met - set(ELSEWHERE))])
    none([f"met by now, no exception any more: {name}" for name in sorted(met & set(ELSEWHERE))])
