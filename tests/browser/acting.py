"""What a person does on a page: fill fields in and press a button; always waiting for the page that comes next."""

from playwright.sync_api import Page


def press(page: Page, name: str = "", **options) -> None:
    """Press a button of the main part, without a name the first one that is coloured, and wait for the next page."""
    main = page.get_by_role("main")
    button = (
        main.get_by_role("button", name=name, **options) if name else main.locator("button.kern-btn--primary").first
    )
    with page.expect_navigation():
        button.click()


def fill(page: Page, **texts: str) -> None:
    """Write into fields, by the name they are sent with."""
    for name, text in texts.items():
        page.locator(f"main [name={name}]:visible").first.fill(text)


def sign_in(page: Page, email: str, password: str, home: str = "") -> None:
    """Through the real form: address and password."""
    page.goto(f"{home}/accounts/login/")
    fill(page, login=email, password=password)
    press(page, "Anmelden", exact=True)
