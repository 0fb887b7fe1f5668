"""A plan comes in as a file, is looked at, taken over, and taken back; its pages are only met on this way."""

from playwright.sync_api import expect

from tests.browser import visitors as who
from tests.browser.acting import press
from tests.browser.looking import Observer, look_at

PLAN = """Handlungsfeld;Ziel;Maßnahme;Zuständig;Frist
Schule und Lernen;Alle Kinder kommen sicher zur Schule;Schulwegplan für die Grundschule;Bauamt;31.12.2028
Schule und Lernen;Alle Kinder kommen sicher zur Schule;Elternlotsen an zwei Kreuzungen;Bürgerdienste;2028
"""


def test_a_plan_is_checked_taken_over_and_taken_back(visit, house):
    page = visit(who.HASSELGRUND)
    observer = Observer(page, house.url)
    page.goto("/hasselgrund/agreement/import/")
    plan = {"name": "schulwege.csv", "mimeType": "text/csv", "buffer": PLAN.encode()}
    page.locator("[name=file]").set_input_files(plan)
    press(page, "Hochladen und ansehen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Das haben wir verstanden")
    assert look_at(page, observer, "agreement:import-check").about() == []
    page.get_by_label("Schule und Lernen").select_option(index=1)
    press(page, "2 Maßnahmen übernehmen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Übernommen")
    assert look_at(page, observer, "agreement:import-run").about() == []
    press(page, "Zurücknehmen")
    expect(page.get_by_role("row").filter(has_text="schulwege.csv")).to_contain_text("zurückgenommen")
