"""The mails of the demo are those of these days: every link in them leads somewhere."""

from tests.browser.mailbox import link_in


def test_no_letter_of_old_times_lies_in_the_outbox_and_every_link_opens(visit):
    page = visit()
    page.goto("/mails/")
    rows = page.get_by_role("main").get_by_role("row").get_by_role("link")
    letters = [each.get_attribute("href") for each in rows.all()]
    assert 10 <= len(letters) <= 20
    for letter in letters:
        page.goto(letter)
        answer = page.goto(link_in(page))
        assert answer.status == 200, letter


def test_the_sample_link_of_the_table_of_logins_lets_somebody_report_without_account(visit, house):
    page = visit(java_script_enabled=False)
    answer = page.goto(house.link_for("Sachstand melden ohne Konto"))
    assert answer.status == 200
    assert page.locator("h1").count() == 1
