"""The house and the browser that these tests share; on a failure, a picture of what was on the screen."""

import os
import re
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.house import ROOT, open_house
from tests.browser.visitors import Visitors

SHOTS = ROOT / "build" / "shots"
QUIETLY = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
QUIETLY += ["--disable-sync", "--no-first-run", "--disable-quic"]


@pytest.fixture(scope="session")
def browser():
    """Chromium without a window; sandbox off, because tests run as root in containers."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        sentence = "Browser tests need Chromium: install it, or name it in CHROMIUM=/path/to/chromium."
        if os.environ.get("KOMMPASS_REQUIRE_ALL") == "1":
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=QUIETLY)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def house(browser, tmp_path_factory):
    """The demo, made once for all tests; asked for after the browser, so that a missing Chromium shows at once."""
    with open_house(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(scope="session")
def visitors(house, browser):
    """Everybody's sessions, kept over all tests."""
    return Visitors(house, browser)


@pytest.fixture
def visit(visitors):
    """A page of a browser of somebody: visit("koordination@auental.example"), visit() for a stranger."""
    opened = []

    def page(email: str = "", **options):
        opened.append(visitors.context(email, **options))
        return opened[-1].new_page()

    yield page
    for context in opened:
        context.close()


def pytest_collection_modifyitems(items):
    """The walk through all pages comes first: it sees the demo as it was made."""
    items.sort(key=lambda item: item.path.name != "test_pages.py")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call" and report.failed and "visitors" in item.funcargs:
        _keep_pictures(item.funcargs["visitors"].open_pages(), re.sub(r"\W+", "-", item.name))
    return report


def _keep_pictures(pages, test: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages, start=1):
        page.screenshot(path=SHOTS / f"{test}-{number}.png", full_page=True)
