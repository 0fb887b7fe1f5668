"""The source of the house as the tests read it: its files, its functions, and what they call."""

import ast
from functools import cache
from pathlib import Path

import kommpass

HOUSE = Path(kommpass.__file__).parent
PROJECT = HOUSE.parents[1]
NOT_ROOMS = {"locale", "schemes", "__pycache__", "static"}
ROOMS = sorted(each.name for each in HOUSE.iterdir() if each.is_dir() and each.name not in NOT_ROOMS)


def python_files() -> list[Path]:
    """Every Python file of ours except migrations and empty packages."""
    found = sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)
    return [path for path in found if path.read_text(encoding="utf-8").strip()]


def templates() -> list[Path]:
    return sorted(HOUSE.rglob("templates/**/*.html"))


def styles_and_scripts() -> list[Path]:
    inside = [*HOUSE.rglob("static/**/*.css"), *HOUSE.rglob("static/**/*.js")]
    front = PROJECT / "frontend" / "src"
    return sorted([*inside, *front.rglob("*.css"), *front.rglob("*.ts")])


def told(path: Path) -> str:
    """A file as a person would name it."""
    return str(path.relative_to(PROJECT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def action_files(room: str) -> list[Path]:
    single, package = HOUSE / room / "actions.py", HOUSE / room / "actions"
    return [single] if single.exists() else sorted(package.rglob("*.py"))


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in tree(path).body if isinstance(node, ast.FunctionDef)]


def calls(function: ast.FunctionDef) -> set[str]:
    """The plain names of everything a function calls."""
    called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {getattr(each, "id", getattr(each, "attr", "")) for each in called}


def _meant(name: str, near: Path) -> tuple[Path, ast.FunctionDef] | None:
    """The function of this name as seen from a file: its own first, then its room's, then another room's."""
    room = next(each for each in ROOMS if HOUSE / each in near.parents)
    for path in [near, *action_files(room), *(path for other in ROOMS for path in action_files(other))]:
        for function in functions(path):
            if function.name == name:
                return path, function
    return None


def reaches(function: ast.FunctionDef, path: Path, goal: str) -> bool:
    """Does the function call `goal`, directly or through other functions of the actions?"""
    seen, waiting = set(), [(path, function)]
    while waiting:
        where, next_one = waiting.pop()
        names = calls(next_one)
        if goal in names:
            return True
        found = [_meant(name, where) for name in sorted(names - seen)]
        seen |= names
        waiting += [each for each in found if each]
    return False


def first_words(node: ast.Call, position: int = 0) -> str:
    """The text a call is given at this place, or "" if it is not written there as it is."""
    given = node.args[position] if len(node.args) > position else None
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else ""
