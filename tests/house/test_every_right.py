"""Every right of the table is used, every right that is used stands in the table, and each has a word."""

import ast
import re

from kommpass.config.navigation import INSTALLATION, TOWN
from kommpass.domain.deeds import DEEDS
from kommpass.domain.permissions import RULES
from tests.house.addresses import addresses
from tests.house.sources import first_words, python_files, templates, tree

ASKING = {"permit": 1, "allowed": 1, "may": 1, "requires": 0, "by_link": 1}
WRITING = {"record": 1, "record_each": 1}


def asked(places: dict[str, int]) -> set[str]:
    """All rights named as they are in calls of these functions."""
    found = set()
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in places:
                    found.add(first_words(node, places[name]))
    return found - {""}


def spelled() -> set[str]:
    """Everything in code and templates that looks like a right."""
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in [*python_files(), *templates()]
        if path.name not in ("permissions.py", "deeds.py")
    )  # fmt: skip
    return set(re.findall(r"[\"']([a-z_]+\.[a-z_]+)[\"']", text))


def test_whatever_the_code_asks_for_stands_in_the_table():
    in_use = asked(ASKING) | {each.requires for each in addresses() if each.requires}
    in_use |= {way.action for way in (*TOWN, *INSTALLATION)}
    assert sorted(in_use - RULES.keys()) == []


def test_whatever_stands_in_the_table_is_asked_for_somewhere():
    assert sorted(RULES.keys() - spelled()) == []


def test_every_right_has_a_german_word():
    assert sorted(RULES.keys() - DEEDS.keys()) == []


def test_whatever_the_journal_notes_has_a_german_word():
    assert sorted(asked(WRITING) - DEEDS.keys()) == []
