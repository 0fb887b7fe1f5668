"""The mails of the demo are those of these days: every link in them leads somewhere."""

from urllib.parse import urlsplit

from tests.browser.mailbox import link_in

TOWNS = ("auental", "hasselgrund", "lindenau", "moorhausen")


def test_no_letter_of_old_times_lies_in_the_outbox_and_every_link_opens(visit):
    page = visit()
    page.goto("/mails/")
    rows = page.get_by_role("main").get_by_role("row").get_by_role("link")
    letters = [each.get_attribute("href") for each in rows.all()]
    links = []
    for letter in letters:
        page.goto(letter)
        links.append(link_in(page))
    of_the_demo = [
        each for each in links if urlsplit(each).path.split("/")[1] in TOWNS
    ]  # other tests write letters too
    assert 10 <= len(of_the_demo) <= 20
    assert [each for each in of_the_demo if page.goto(each).status != 200] == []


def test_the_sample_link_of_the_table_of_logins_lets_somebody_report_without_account(visit, house):
    page = visit(java_script_enabled=False)
    answer = page.goto(house.link_for("Sachstand melden ohne Konto"))
    assert answer.status == 200
    assert page.locator("h1").count() == 1
