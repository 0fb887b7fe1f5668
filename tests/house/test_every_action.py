"""Every action of the house is four breaths: ask, do, write down, return."""

import ast
import re

import pytest

from tests.house.sources import ROOMS, action_files, functions, python_files, reaches, told, tree

# The token is the permission; one's own profile and one's own calendar are one's own.
WITHOUT_PERMIT = {"accept_invitation", "change_profile", "make_calendar_key", "end_calendar_key"}
AS_IT_GOES = {"send_due_reminders", "send_reminder_letter"}  # one transaction per letter: what is sent is sent
# An account, a licence, a meeting of the board and a ceremony belong to no town, and so to no journal.
WITHOUT_RECORD = {
    "change_profile", "make_calendar_key", "end_calendar_key", "license_auditor", "plan_board_meeting", "plan_ceremony",
}  # fmt: skip


def exported(room: str) -> set[str]:
    """What a room offers: the names in `__all__` of its actions, or every public function that is told who acts."""
    for path in action_files(room):
        for node in tree(path).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
                return {each.value for each in node.value.elts}
    return {
        each.name for path in action_files(room) for each in functions(path)
        if not each.name.startswith("_") and "by" in [given.arg for given in each.args.kwonlyargs]
    }  # fmt: skip


ACTIONS = {
    f"{room}.{each.name}": (each, path)
    for room in ROOMS for path in action_files(room) for each in functions(path) if each.name in exported(room)
}  # fmt: skip
every_action = pytest.mark.parametrize(("action", "path"), ACTIONS.values(), ids=ACTIONS.keys())


def test_the_rooms_have_actions():
    assert len(ACTIONS) > 60


@every_action
def test_an_action_takes_keywords_only(action, path):
    given = action.args
    assert [each.arg for each in [*given.posonlyargs, *given.args]] == []
    assert given.vararg is None


@every_action
def test_an_action_asks_whether_this_person_may(action, path):
    assert reaches(action, path, "permit") or action.name in WITHOUT_PERMIT


@every_action
def test_an_action_is_written_down_in_the_journal(action, path):
    written = reaches(action, path, "record") or reaches(action, path, "record_each")
    assert written or action.name in WITHOUT_RECORD


@every_action
def test_an_action_happens_as_a_whole_or_not_at_all(action, path):
    assert action.name in AS_IT_GOES or "transaction.atomic" in [ast.unparse(each) for each in action.decorator_list]


@every_action
def test_an_action_gets_the_clock_and_the_person_from_outside(action, path):
    names = {each.arg for each in action.args.kwonlyargs}
    themselves = {"accept_invitation": {"at"}, "change_profile": set()}
    assert themselves.get(action.name, {"by", "at"}) <= names


@every_action
def test_an_action_longer_than_a_screenful_of_thought_says_what_it_is_for(action, path):
    lines = action.end_lineno - action.body[0].lineno
    assert ast.get_docstring(action) or lines <= 8


@pytest.mark.parametrize("room", ROOMS)
def test_actions_know_no_request_no_message_and_no_clock_of_their_own(room):
    strangers = ("django.http", "django.shortcuts", "django.contrib.messages")
    for path in action_files(room):
        imported = [
            node.module or "" for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)
        ]  # fmt: skip
        assert [name for name in imported if name.startswith(strangers)] == [], told(path)
        clocks = [
            ast.unparse(node.func) for node in ast.walk(tree(path))
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".now", ".today"))
        ]  # fmt: skip
        assert clocks == [], told(path)


def test_the_day_of_a_moment_is_always_the_towns():
    """`at.date()` is the world's day: between midnight and two o'clock it is yesterday. `localdate(at)` is today.

    The demo's clock runs in the town's time.
    """
    worlds_day = re.compile(r"(\bat|_at)(\.(date\(\)|year|month|day)\b|:%)")
    found = [
        f"{told(path)}:{number}"
        for path in python_files()
        if "demo" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if worlds_day.search(line)
    ]
    assert found == []
