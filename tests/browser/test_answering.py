"""A department answers its questions through the link in the mail: with the keyboard alone, and without any script."""

from playwright.sync_api import Page, expect

from tests.browser.mailbox import follow_mail, open_mail

# What a person sees of the focus: a line or a shadow, on the thing itself, on its label, or painted before either.
SHOWN = """() => {
  const focused = document.activeElement
  if (!focused || focused === document.body) return 'nothing has the focus'
  const parts = [focused, ...(focused.labels || [])].flatMap(each =>
    [null, '::before', '::after'].map(part => getComputedStyle(each, part)))
  const marked = parts.some(style => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
    || style.boxShadow !== 'none')
  const name = `${focused.tagName} ${focused.id || focused.name || focused.innerText.slice(0, 40)}`
  if (!marked) return `no visible focus: ${name}`
  const boxes = [focused, ...(focused.labels || [])].map(each => each.getBoundingClientRect())
  if (!boxes.some(box => box.bottom > 0 && box.top < innerHeight && box.width > 1)) return `out of sight: ${name}`
  return ''
}"""
WHERE = """() => {
  const at = document.activeElement
  const text = (at.innerText || at.value || '').trim()
  const kind = at.type || at.tagName.toLowerCase()
  const { id, checked, value } = at
  return { id, kind, text, checked, value, href: at.href || '', numeric: at.inputMode === 'decimal' }
}"""
MOST_STEPS = 400


def step(page: Page, key: str = "Tab") -> dict:
    """Press a key; say where one is now, and insist that it can be seen."""
    page.keyboard.press(key)
    complaint = page.evaluate(SHOWN)
    assert not complaint, complaint
    return page.evaluate(WHERE)


def tab_to(page: Page, wanted) -> dict:
    """Go on until the focus is on what is wanted."""
    for _ in range(MOST_STEPS):
        here = step(page)
        if wanted(here):
            return here
    raise AssertionError("The keyboard does not lead there.")


def press_through(page: Page, key: str = "Enter") -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def answer(page: Page, here: dict) -> None:
    """The first possible answer where something is to be picked, and words where something is to be written."""
    if here["kind"] == "radio" and here["value"] == "open":
        page.keyboard.press("ArrowDown")  # from the last one, "still open", to the first
    elif (here["kind"] == "radio" and not here["checked"]) or here["id"].endswith("-holds"):
        page.keyboard.press("Space")
    elif here["id"].endswith("-value") and not here["text"]:
        page.keyboard.type("12" if here["numeric"] else "2027")


def test_a_department_answers_its_bundle_with_the_keyboard_alone(visit):
    page = visit()
    page.goto("/mails/")
    first = step(page)
    assert first["href"].endswith("#main"), "the first stop leads past the head of the page"
    tab_to(page, lambda here: here["kind"] == "a" and "Wohnen, Wege und Spielen" in here["text"])
    press_through(page)
    tab_to(page, lambda here: "/stocktaking/link/" in here["href"])
    press_through(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wohnen, Wege und Spielen")

    for _ in range(MOST_STEPS):
        here = step(page)
        if here["text"] == "Speichern und abgeben":
            break
        answer(page, here)
    assert step(page, "Shift+Tab")["text"] == "Speichern und später weitermachen"
    assert step(page)["text"] == "Speichern und abgeben"
    press_through(page)

    expect(page.get_by_text("Vielen Dank für Ihre Antworten!")).to_be_visible()


def test_arrow_keys_choose_among_the_answers_and_a_menu_folds_with_the_keyboard(visit):
    page = visit()
    follow_mail(page, "fachbereich2@hasselgrund.example", "Älterwerden")
    tab_to(page, lambda here: here["kind"] == "radio")
    page.keyboard.press("Space")
    chosen = page.evaluate(WHERE)["id"]
    assert step(page, "ArrowDown")["id"] != chosen
    tab_to(page, lambda here: here["text"].startswith("Quellen und Anmerkung"))
    page.keyboard.press("Enter")
    assert step(page)["kind"] in {"textarea", "text"}


def test_without_script_a_provider_reads_its_questions_answers_and_hands_in(visit):
    page = visit(java_script_enabled=False)
    open_mail(page, "vorstand@dorftreff-hasselgrund.example", "Angebote von Vereinen")
    page.get_by_role("link", name="/stocktaking/link/").click()
    questions = page.locator("section.answer")
    expect(questions).not_to_have_count(0)
    for question in questions.all():
        question.get_by_label("Wissen wir nicht").check()
    page.get_by_role("button", name="Speichern und später weitermachen").click()
    page.get_by_role("button", name="Speichern und abgeben").click()
    expect(page.get_by_text("Vielen Dank für Ihre Antworten!")).to_be_visible()


def test_without_script_handing_in_too_early_says_which_question_is_open_and_keeps_the_others(visit):
    page = visit(java_script_enabled=False)
    follow_mail(page, "fachbereich2@hasselgrund.example", "Älterwerden")
    first = page.locator("section.answer").first
    first.get_by_label("Wissen wir nicht").check()
    page.get_by_role("button", name="Speichern und abgeben").click()
    expect(page.get_by_role("alert").first).to_contain_text("noch offen")
    expect(page.locator("section.answer").first.get_by_label("Wissen wir nicht")).to_be_checked()


def test_without_script_the_public_pages_tell_what_the_town_promises(visit):
    page = visit(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Auental").first.click()
    page.locator("a[href*='/public/field/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Ziel")
    page.goto("/auental/public/decisions/")
    expect(page.get_by_role("main")).to_contain_text("beschließt die Zielvereinbarung")
