"""Every page obeys the strict content security policy, names no town, and calls nobody outside."""

import re

from tests.house.sources import python_files, styles_and_scripts, templates, told

COMMENTS = re.compile(r"\{#.*?#\}|\{% comment .*?%\}.*?\{% endcomment %\}|<!--.*?-->", re.S)
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I)
EVENTS = "click|change|submit|load|error|input|key[a-z]+|mouse[a-z]+|pointer[a-z]+|focus[a-z]*|blur|toggle|reset"
HANDLER = re.compile(rf"<[a-z][^>]*\son(?:{EVENTS})\s*=", re.I)
STYLE = re.compile(r"\sstyle\s*=\s*[\"']|<style\b", re.I)
ADDRESS = re.compile(r"https?://[^\s\"'<>)`{}]+")
FORM = re.compile(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", re.S | re.I)
SLUG = re.compile(r"\{[{%][^}%]*\bslug\b[^}%]*[}%]\}")
UNESCAPED = re.compile(r"\|\s*safe\b|\{%\s*autoescape off")
# Links that a reader may follow, and names that only look like addresses. Nothing of this is loaded by a page.
LINKS = ("http://www.w3.org/", "https://www.w3.org/", "http://127.0.0.1")
DEMO_TOWNS = re.compile(r"auental|hasselgrund", re.I)
# Where a town may be named: docstrings, examples in quotation marks, words of help.
EXAMPLES = re.compile(r'""".*?"""|„[^“]*“|help_text=[^\n]*', re.S)


def text_of(path) -> str:
    return COMMENTS.sub("", path.read_text(encoding="utf-8"))


def found_in(paths, *rules) -> list[str]:
    """Every place where one of the rules finds something: the file, and what stands there."""
    return [
        f"{told(path)}: {found.group(0)[:100]}"
        for path in paths
        for rule in rules
        for found in rule.finditer(text_of(path))
    ]


def test_there_are_pages_to_look_at():
    assert len(templates()) > 80


def test_a_page_has_no_script_and_no_style_of_its_own():
    assert found_in(templates(), SCRIPT, HANDLER, STYLE, re.compile("javascript:", re.I)) == []


def test_a_page_never_says_in_which_town_it_stands():
    """The pages of the installation list towns with their addresses; they stand in none."""
    inside = [path for path in templates() if "association" not in path.parts]
    assert found_in(inside, SLUG, DEMO_TOWNS) == []


def test_a_page_calls_nobody_outside_of_the_house():
    addresses = found_in([*templates(), *styles_and_scripts()], ADDRESS)
    assert [each for each in addresses if not each.split(": ", 1)[1].startswith(LINKS)] == []


def test_a_page_escapes_whatever_it_shows():
    """Text that is not escaped comes from us and says so in Python; a page never decides it."""
    assert found_in(templates(), UNESCAPED) == []


def test_every_form_that_writes_is_protected_against_forged_requests():
    forms = [(told(path), form) for path in templates() for form in FORM.findall(text_of(path))]
    # Checking a file writes nothing; a word from a family comes from nobody in particular. Neither sets a cookie.
    without = ("certification:verify-file", "finder:signal")
    forms = [(path, form) for path, form in forms if not any(name in form for name in without)]
    assert [(path, form[:100]) for path, form in forms if "csrf_token" not in form] == []
    assert len(forms) > 10


def test_a_template_begins_with_what_it_is_for():
    """The snippets that draw form fields are too small for it."""
    begins = {path: path.read_text(encoding="utf-8").lstrip() for path in templates() if path.parent.name != "forms"}
    assert [told(path) for path, text in begins.items() if not text.startswith(("{#", "{% comment"))] == []


def test_a_remark_ends_on_its_line():
    """Django takes a remark over two lines for a text and shows it to everybody."""
    lines = [(told(path), line) for path in templates() for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(path, line[:80]) for path, line in lines if line.count("{#") != line.count("#}")] == []


def test_the_code_knows_no_particular_town():
    rooms = [path for path in python_files() if not {"demo", "management"} & set(path.parts)]
    texts = {told(path): EXAMPLES.sub("", path.read_text(encoding="utf-8")) for path in rooms}
    assert {path: DEMO_TOWNS.findall(text) for path, text in texts.items() if DEMO_TOWNS.search(text)} == {}
