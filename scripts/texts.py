"""Collects every text of the interface that wants a translation, from Python and from templates.

The German text in the source is the key of the catalogue. No gettext program is needed: Python is read as a
syntax tree, and Django itself turns a template into something that reads like Python.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django import conf
from django.utils.translation.template import templatize

# how a function is called -> where its context, its text and its plural stand
SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
PLURAL_WITH_CONTEXT = {"npgettext", "npgettext_lazy"}
MARKERS = SINGULAR | PLURAL | WITH_CONTEXT | PLURAL_WITH_CONTEXT
CALL = re.compile(r"(?<![\w.])(?:_|n?p?gettext)\(")


@dataclass(frozen=True)
class Text:
    """One entry the catalogue needs; `plural` and `context` are empty for most."""

    text: str
    plural: str = ""
    context: str = ""


class UnreadableText(Exception):
    """A marked text that cannot be a key: an f-string, or a sum with a variable."""


def positions(name: str) -> tuple[int | None, int, int | None]:
    """Which arguments of this marker are context, text and plural."""
    if name in PLURAL:
        return None, 0, 1
    if name in WITH_CONTEXT:
        return 0, 1, None
    if name in PLURAL_WITH_CONTEXT:
        return 0, 1, 2
    return None, 0, None


def called_name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def read_call(call: ast.Call, name: str) -> Text | None:
    """The text of one marked call; None where a variable is translated whose text is marked elsewhere."""
    found = []
    for position in positions(name):
        argument = call.args[position] if position is not None and position < len(call.args) else None
        if isinstance(argument, ast.JoinedStr | ast.BinOp):
            raise UnreadableText(f"line {call.lineno}: {ast.unparse(call)}")
        found.append(argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else "")
    context, text, plural = found
    return Text(text, plural, context) if text else None


def aliases(tree: ast.AST) -> dict[str, str]:
    """Other names a file gives to the markers: `from … import gettext_lazy as label`."""
    return {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname and alias.name in MARKERS
    }


def texts_in_python(source: str) -> Iterator[Text]:
    """
    >>> list(texts_in_python('x = ngettext("ein Kind", "viele Kinder", n); y = _("Ziel" "e")'))
    [Text(text='ein Kind', plural='viele Kinder', context=''), Text(text='Ziele', plural='', context='')]
    """
    tree = ast.parse(source)
    renamed = aliases(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = renamed.get(called_name(node), called_name(node))
            found = read_call(node, name) if name in MARKERS else None
            if found:
                yield found


def texts_in_template(source: str) -> Iterator[Text]:
    """Django writes each marked text of a template as a call among blanked-out text: those calls are read."""
    if not conf.settings.configured:
        conf.settings.configure()  # the reader of templates asks whether we are debugging
    prepared = templatize(source)
    for match in CALL.finditer(prepared):
        call = first_call(prepared[match.start() :])
        found = read_call(call, called_name(call)) if call else None
        if found:
            yield found


def first_call(source: str) -> ast.Call | None:
    """The call a text begins with: the shortest beginning, up to a closing bracket, that is Python."""
    for bracket in re.finditer(r"\)", source):
        beginning = source[: bracket.end()]
        try:
            node = ast.parse(beginning, mode="eval").body
        except SyntaxError:
            # Django leaves the number of a plural as the bare word "count"; anything longer is no call of ours
            if len(beginning) > 20_000:
                return None
            continue
        return node if isinstance(node, ast.Call) else None
    return None


def collect(sources: Path) -> tuple[dict[Text, Path], list[str]]:
    """Every text below a folder with one file that uses it, and the marked texts that cannot be read."""
    found: dict[Text, Path] = {}
    unreadable: list[str] = []
    readers = [
        ("**/*.py", texts_in_python),
        ("**/*.html", texts_in_template),
        ("**/*.txt", texts_in_template),
    ]
    for pattern, reader in readers:
        for file in sorted(sources.glob(pattern)):
            try:
                for text in reader(file.read_text(encoding="utf-8")):
                    found.setdefault(text, file)
            except (UnreadableText, SyntaxError) as reason:
                unreadable.append(f"{file}: {reason}")
    return found, unreadable
