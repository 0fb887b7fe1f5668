"""An idea and a wording of what family means: written, looked at, changed; pages that nobody meets before."""

from playwright.sync_api import expect

from tests.browser import visitors as who
from tests.browser.acting import fill, press
from tests.browser.looking import Observer, look_at


def test_an_idea_is_written_down_and_changed(visit, house):
    page = visit(who.HASSELGRUND)
    observer = Observer(page, house.url)
    page.goto("/hasselgrund/participation/ideas/new/")
    fill(page, text="Eine Bank an jeder Haltestelle")
    page.locator("[name=source]").select_option(index=1)
    press(page)
    page.goto("/hasselgrund/participation/ideas/")
    page.get_by_role("link", name="Eine Bank an jeder Haltestelle").click()
    page.get_by_role("link", name="Ändern").click()
    assert look_at(page, observer, "participation:idea-edit").about() == []
    fill(page, text="Eine Bank im Schatten an jeder Haltestelle")
    press(page)
    expect(page.get_by_role("main")).to_contain_text("Eine Bank im Schatten an jeder Haltestelle")


def test_a_wording_of_what_family_means_is_proposed_and_agreed(visit, house):
    page = visit(who.HASSELGRUND)
    observer = Observer(page, house.url)
    page.goto("/hasselgrund/participation/definition/propose/")
    fill(page, text="Familie ist, wo Menschen dauerhaft füreinander sorgen.")
    press(page)
    page.goto("/hasselgrund/participation/definition/")
    page.locator("a[href$='/agree/']").first.click()
    assert look_at(page, observer, "participation:definition-agree").about() == []
    press(page)
    expect(page.get_by_role("main")).to_contain_text("Familie ist, wo Menschen dauerhaft füreinander sorgen.")
