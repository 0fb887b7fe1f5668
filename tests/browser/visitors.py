"""Who comes to the house: a browser context for each person, signed in once through the real form."""

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.acting import sign_in
from tests.browser.house import House

AUENTAL = "koordination@auental.example"
HASSELGRUND = "koordination@hasselgrund.example"
YOUTH_OFFICE = "jugendamt@auental.example"
PROVIDER = "awo@auental.example"
COUNCIL_OFFICE = "ratsbuero@auental.example"
COUNCIL = "rat@auental.example"
AUDITOR = "auditorin@verein.example"
STATISTICS = "statistik@auental.example"
REVIEW_BOARD = "gutachten@verein.example"
ASSOCIATION = "geschaeftsstelle@verein.example"
ADMINISTRATOR = "system@kommpass.example"


class Visitors:
    """Opens browsers for people of the demo, and remembers their sessions."""

    def __init__(self, house: House, browser: Browser):
        self._house, self._browser, self._sessions = house, browser, {}

    def open_pages(self) -> list[Page]:
        """What is on all screens now."""
        return [page for context in self._browser.contexts for page in context.pages]

    def context(self, email: str = "", **options) -> BrowserContext:
        """A browser of its own for this person (nobody: not signed in). Times out early: pages are local."""
        session = self._session(email) if email else None
        context = self._browser.new_context(
            locale="de-DE",
            reduced_motion="reduce",
            storage_state=session,
            **{"base_url": self._house.url, "viewport": {"width": 1280, "height": 900}, **options},
        )
        context.set_default_timeout(10_000)
        return context

    def _session(self, email: str):
        if email not in self._sessions:
            with self._browser.new_context(base_url=self._house.url, locale="de-DE") as context:
                page = context.new_page()
                sign_in(page, email, self._house.password)
                self._sessions[email] = context.storage_state()
        return self._sessions[email]
