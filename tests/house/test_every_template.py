"""Every page obeys the strict content security policy, names no town, and calls nobody outside."""

import re

import pytest

from tests.house.sources import python_files, styles_and_scripts, templates, told

COMMENTS = re.compile(r"\{#.*?#\}|\{% comment .*?%\}.*?\{% endcomment %\}|<!--.*?-->", re.S)
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I)
EVENTS = "click|change|submit|load|error|input|key[a-z]+|mouse[a-z]+|pointer[a-z]+|focus[a-z]*|blur|toggle|reset"
HANDLER = re.compile(rf"<[a-z][^>]*\son(?:{EVENTS})\s*=", re.I)
STYLE = re.compile(r"\sstyle\s*=\s*[\"']|<style\b", re.I)
ADDRESS = re.compile(r"https?://[^\s\"'<>)`{}]+")
# Links that a reader may follow, and names that only look like addresses. Nothing of this is loaded by a page.
LINKS = ("http://www.w3.org/", "https://www.w3.org/", "http://127.0.0.1")
DEMO_TOWNS = re.compile(r"auental|hasselgrund", re.I)
every_template = pytest.mark.parametrize("path", templates(), ids=told)


def text_of(path) -> str:
    return COMMENTS.sub("", path.read_text(encoding="utf-8"))


@every_template
def test_a_page_has_no_script_and_no_style_of_its_own(path):
    text = text_of(path)
    assert [found.group(0) for rule in (SCRIPT, HANDLER, STYLE) for found in rule.finditer(text)] == []
    assert "javascript:" not in text.lower()


@every_template
def test_a_page_never_says_in_which_town_it_stands(path):
    """The pages of the installation list towns with their addresses; they stand in none."""
    text = text_of(path)
    assert "association" in path.parts or re.findall(r"\{[{%][^}%]*\bslug\b[^}%]*[}%]\}", text) == []
    assert DEMO_TOWNS.findall(text) == []


@pytest.mark.parametrize("path", [*templates(), *styles_and_scripts()], ids=told)
def test_a_page_calls_nobody_outside_of_the_house(path):
    found = [each for each in ADDRESS.findall(text_of(path)) if not each.startswith(LINKS)]
    assert found == []


@every_template
def test_a_page_is_loud_about_what_it_trusts(path):
    """Text that is not escaped comes from us and says so in a file of its own; a page never does it."""
    assert re.findall(r"\|\s*safe\b|\{%\s*autoescape off", text_of(path)) == []


@every_template
def test_every_form_that_writes_is_protected(path):
    text = text_of(path)
    for form in re.findall(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", text, re.S | re.I):
        assert "csrf_token" in form, form[:120]


@every_template
def test_a_template_begins_with_what_it_is_for(path):
    """The snippets that draw form fields are too small for it."""
    begins = path.read_text(encoding="utf-8").lstrip().startswith(("{#", "{% comment"))
    assert begins or path.parent.name == "forms"


@pytest.mark.parametrize("path", python_files(), ids=told)
def test_the_code_knows_no_particular_town(path):
    if not {"demo", "management"} & set(path.parts):
        without_examples = re.sub(r'""".*?"""|„[^“]*“|help_text=.*', "", path.read_text(encoding="utf-8"), flags=re.S)
        assert DEMO_TOWNS.findall(without_examples) == []
