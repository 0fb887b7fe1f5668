"""The documents say what the house does today: reference, glossary, links, pictures, commands, examples."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.utils.translation import override
from scripts import reference

from kommpass.audits import actions as audits
from kommpass.audits.archive import journal_lines
from kommpass.domain.scheme_files import load
from tests.conftest import NOON, TODAY, actor
from tests.house.sources import HOUSE, PROJECT, templates

DOCS = PROJECT / "docs"
PAGES = sorted([PROJECT / "README.md", *DOCS.rglob("*.md"), *(PROJECT / "changes").glob("*.md")])
HANDBOOK = sorted((DOCS / "handbuch").glob("*.md"))
PICTURES = sorted((DOCS / "handbuch" / "bilder").glob("*.png"))
MODELS = {model._meta.label: model for model in apps.get_models() if model.__module__.startswith("kommpass.")}

LINK = re.compile(r"(?P<picture>!?)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"```.*?```", re.DOTALL)
COMMAND = re.compile(r"(?:^|`|bin/)kommpass ([a-z]+)\b([^`\n]*)", re.MULTILINE)
VARIABLE = re.compile(r"\bKOMMPASS_[A-Z_]+\b")
# In the handbook a word in italics or bold is a word on the screen, "A > B" is a way of clicks; bold that ends with a
# full stop, a question mark or a colon is a small heading.
ON_SCREEN = re.compile(r"(\*{1,2})(?!\*)([^*]+?)\1", re.DOTALL)

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(PROJECT)))
every_chapter = pytest.mark.parametrize(
    "page", [path for path in HANDBOOK if path.name != "systemverwaltung.md"], ids=lambda path: path.name
)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@cache
def headings(page: Path) -> set[str]:
    """The anchors of a page, as its headings give them."""
    found = re.findall(r"^#+ (.+)$", CODE.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}


@cache
def texts_of_the_interface() -> str:
    """All templates and all Python of the house, in one line: where a word on the screen must come from."""
    files = [*templates(), *(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)]
    return " ".join(" ".join(text_of(path).split()) for path in files)


def test_the_reference_says_what_the_code_says():
    assert reference.stale() == [], "please run: python scripts/reference.py"


def test_the_glossary_has_every_model_by_its_german_name_and_no_other():
    rows = re.findall(r"^\| ([^|]+) \| `([a-z_]+\.[A-Z]\w+)` \|", text_of(DOCS / "glossary.md"), re.MULTILINE)
    with override("de"):
        names = {label: str(model._meta.verbose_name) for label, model in MODELS.items()}

    assert {label: word for word, label in rows} == names


@every_page
def test_every_link_and_every_picture_leads_somewhere(page):
    broken = []
    for found in LINK.finditer(CODE.sub("", text_of(page))):
        place, _, anchor = found["target"].partition("#")
        if place.startswith(("http:", "https:", "mailto:")):
            continue
        target = (page.parent / place).resolve() if place else page
        if not target.exists() or (anchor and anchor not in headings(target)):
            broken.append(found["target"])

    assert broken == []


@every_page
def test_every_picture_says_in_words_what_it_shows(page):
    silent = [found["target"] for found in LINK.finditer(text_of(page)) if found["picture"] and len(found["text"]) < 15]

    assert silent == []


def test_the_pictures_of_the_handbook_are_small_and_all_in_use():
    shown = {found["target"] for page in HANDBOOK for found in LINK.finditer(text_of(page)) if found["picture"]}
    sizes = {path.name: path.stat().st_size for path in PICTURES}

    assert shown == {f"bilder/{name}" for name in sizes}
    assert [name for name, size in sizes.items() if size > 150_000] == []
    assert sum(sizes.values()) < 3_000_000


@every_page
def test_every_command_and_every_option_that_is_named_exists(page):
    unknown = []
    for name, rest in COMMAND.findall(text_of(page)):
        app = get_commands().get(name)
        if app is None:
            unknown.append(f"kommpass {name}")
            continue
        command = load_command_class(app, name) if isinstance(app, str) else app
        options = {
            each for action in command.create_parser("kommpass", name)._actions for each in action.option_strings
        }
        unknown += [f"kommpass {name} {option}" for option in re.findall(r"--[a-z-]+", rest) if option not in options]

    assert unknown == []


@every_page
def test_every_make_target_that_is_named_exists(page):
    targets = set(re.findall(r"^([a-z]+):", text_of(PROJECT / "Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", text_of(page), re.MULTILINE))

    assert named - targets == set()


@every_page
def test_every_setting_that_is_named_exists(page):
    assert set(VARIABLE.findall(text_of(page))) - set(reference.SETTINGS) == set()


@every_chapter
def test_every_word_on_the_screen_that_the_handbook_names_is_there(page):
    found = [(marks, " ".join(text.split())) for marks, text in ON_SCREEN.findall(text_of(page))]
    named = [text for marks, text in found if marks == "*" or not text.endswith((".", "?", ":"))]
    parts = {part for way in named for part in way.split(" > ")}

    assert sorted(part for part in parts if part not in texts_of_the_interface()) == []


def _verifier() -> str:
    (code,) = re.findall(r"```python\n(.*?)```", text_of(DOCS / "reference" / "journal.md"), re.DOTALL)
    return code


@pytest.fixture
def journal_file(procedure, tmp_path):
    """A journal with umlauts, dates and a text in another spelling of Unicode, as the archive gets it."""
    phase = procedure.phases.first()
    audits.plan_phase(phase=phase, planned_from=TODAY, planned_until=None, by=actor(), at=NOON)
    audits.withdraw_procedure(procedure=procedure, reason="Zuru\u0308ck an den Rat – „später“", by=actor(), at=NOON)
    file = tmp_path / "journal.jsonl"
    file.write_text(journal_lines(), encoding="utf-8")
    return file


def verified(file: Path) -> subprocess.CompletedProcess:
    program = file.with_name("verify.py")
    program.write_text(_verifier(), encoding="utf-8")
    return subprocess.run([sys.executable, "-I", program, file], capture_output=True, text=True, check=False)


def test_the_program_in_the_reference_verifies_an_exported_journal(journal_file):
    entries = journal_file.read_text(encoding="utf-8").splitlines()

    done = verified(journal_file)

    assert (done.returncode, done.stdout.split(",")[0]) == (0, f"{len(entries)} entries")


def test_the_program_in_the_reference_finds_a_changed_a_removed_and_a_moved_line(journal_file):
    entries = journal_file.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = [*entries[:-1], entries[-1].replace("Rat", "Tat")]
    removed = [*entries[:1], *entries[2:]]
    moved = [entries[1], entries[0], *entries[2:]]

    codes = []
    for lines in (changed, removed, moved):
        journal_file.write_text("".join(lines), encoding="utf-8")
        codes.append(verified(journal_file).returncode)

    assert codes == [1, 1, 1]


def test_the_scheme_in_the_how_to_can_be_loaded(tmp_path):
    first, _second = re.findall(r"```toml\n(.*?)```", text_of(DOCS / "how-to" / "write-a-scheme.md"), re.DOTALL)
    file = tmp_path / "probe-2026.1.toml"
    file.write_text(first, encoding="utf-8")

    assert [question.key for question in load(file).questions] == ["1.01"]


def test_the_changes_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (PROJECT / "changes").glob("[0-9]*.md"))

    assert numbers == list(range(1, len(numbers) + 1))
