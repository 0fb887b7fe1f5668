"""Reads the mails of the demo as a visitor does: on the page of the mails that went out."""

import re

from playwright.sync_api import Page


def letters(page: Page) -> list[str]:
    """The addresses of all mails that went out, newest first."""
    found: list[str] = []
    page.goto("/mails/")
    while True:
        rows = page.get_by_role("main").get_by_role("row").get_by_role("link")
        found += [each.get_attribute("href") for each in rows.all()]
        further = page.get_by_role("link", name="Nächste Seite")
        if not further.count():
            return found
        further.click()


def open_mail(page: Page, recipient: str, subject: str = "") -> None:
    """Open the newest mail to somebody."""
    page.goto("/mails/")
    row = page.get_by_role("row").filter(has_text=recipient).filter(has_text=subject)
    row.first.get_by_role("link").click()


def link_in(page: Page) -> str:
    """The address in the open mail behind which something is to be done."""
    return page.get_by_role("main").get_by_role("link", name=re.compile("^http")).first.get_attribute("href")


def follow_mail(page: Page, recipient: str, subject: str = "") -> None:
    """Open the newest mail to somebody, and the link in it."""
    open_mail(page, recipient, subject)
    page.goto(link_in(page))
