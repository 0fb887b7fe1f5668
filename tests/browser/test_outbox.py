"""The mails of the demo are those of these days: every link in them leads somewhere."""

from tests.browser.mailbox import letters, link_in


def test_no_letter_of_old_times_lies_in_the_outbox_and_every_link_opens(visit, house):
    page = visit()
    links = []
    for letter in letters(page)[-house.letters :]:  # other tests write letters too
        page.goto(letter)
        links.append(link_in(page))
    others = [each for each in links if "/offers/link/" not in each]  # offers fall due on some days more than on others
    assert len(links) >= 10
    assert len(others) <= 20
    assert [each for each in links if page.goto(each).status != 200] == []


def test_the_sample_link_of_the_table_of_logins_lets_somebody_report_without_account(visit, house):
    page = visit(java_script_enabled=False)
    answer = page.goto(house.link_for("Sachstand melden ohne Konto"))
    assert answer.status == 200
    assert page.locator("h1").count() == 1
