"""Who walks through the house, where they begin, and which pages nobody meets on a walk."""

from tests.browser import visitors as who

STRANGER = [
    "/",
    "/auental/public/",
    "/auental/public/offers/",
    "/hasselgrund/public/",
    "/lindenau/public/",
    "/register/",
    "/verify/",
    "/auental/gibt-es-nicht/",
    "/gallery/",
    "/mails/",
    "/robots.txt",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-x/",
    "/accounts/password/reset/key/done/",
    "/hasselgrund/stocktaking/link/abgelaufen/",
]
AUENTAL = [
    "/auental/",
    "/auental/nirgends/",
    "/auental/procedure/start/",
    "/auental/agreement/templates/",
    "/auental/agreement/versions/as-of/?day=2020-01-01",
    "/auental/people/duties/",
    "/auental/people/settings/town/",
    "/auental/people/settings/rules/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/reauthenticate/",
]
HASSELGRUND = ["/hasselgrund/", "/hasselgrund/stocktaking/passed-on/", "/hasselgrund/agreement/freeze/"]

# Visitor, first pages, and how many pages of one kind they open.
ROUNDS = [
    ("", STRANGER, 6),
    (who.AUENTAL, AUENTAL, 3),
    (who.HASSELGRUND, HASSELGRUND, 3),
    (who.AUDITOR, ["/accounts/start/"], 2),
    (who.YOUTH_OFFICE, ["/auental/", "/auental/people/"], 2),
    (who.PROVIDER, ["/auental/"], 2),
    (who.COUNCIL_OFFICE, ["/auental/"], 2),
    (who.COUNCIL, ["/auental/"], 2),
    (who.STATISTICS, ["/auental/"], 2),
    (who.ADMINISTRATOR, ["/accounts/start/"], 2),
    (who.ASSOCIATION, ["/accounts/start/", "/auental/", "/moorhausen/", "/lindenau/"], 3),
    (who.REVIEW_BOARD, ["/accounts/start/", "/moorhausen/"], 3),
]

# Public pages do not know who reads them: only there a link may lead to a closed door.
PUBLIC = ("portal:", "finder:", "start", "imprint", "privacy", "accessibility", "account_login")

# Answers for other programs and no pages: tests/open_data reads them.
INTERFACES = "open_data:"

# Pages that are looked at in a test of their own, and addresses behind which there is no page: why, and which.
ELSEWHERE = {
    "test_import.py": ["agreement:import-check", "agreement:import-run"],
    "test_a_new_town.py": [
        *["audits:upgrade", "bodies:decision-register", "bodies:station-edit", "bodies:station-result"],
        *["stocktaking:prefill", "stocktaking:result", "agreement:freeze"],
    ],
    "test_account.py": [
        *["mfa_authenticate", "mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_generate_recovery_codes"],
        *["mfa_view_recovery_codes", "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_reauthenticate_webauthn"],
    ],
    "test_second_half.py": [
        *["assessment:objection", "assessment:opinion", "assessment:report", "assessment:submit", "balancing:text"],
        *["balancing:carry-over", "balancing:download", "balancing:goal", "balancing:sealed", "balancing:share"],
        *["certification:issue", "notices:calendar-feed", "portal:embed", "reporting:field-text", "reporting:section"],
    ],
    "test_portal.py": ["finder:manifest", "finder:worker", "finder:offline", "finder:receipt"],
    "test_map_tiles.py": ["finder:tile"],
    "tests/offers/test_import_pages.py": ["offers:import-map", "offers:import-preview", "offers:import-carry-out"],
    "test_status_round.py": ["implementation:by-link", "implementation:round-open"],
    "test_participation.py": ["participation:definition-agree", "participation:idea-edit"],
    "test_a_new_town.py, as it would end the walk": ["account_logout"],
    "answers 403 on purpose, and is looked at so": ["no-sign-up"],
    "only the script of the log-in asks there": ["mfa_login_webauthn"],
    "answers to POST only": ["set_language"],
    "pages of the log-in package that this house has closed": [
        *["account_confirm_email", "account_confirm_login_code", "account_email", "account_email_verification_sent"],
        *["account_set_password", "account_signup", "accounts/2fa/webauthn/signup/", "accounts/email/"],
        *["accounts/^confirm-email/(?:.*)$", "accounts/login/code/confirm/", "accounts/password/set/"],
    ],
}
