"""Reads synonyms.toml: which words a search may take for others, as people and town halls do."""

import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path

from kommpass.domain.german_search.folding import fold
from kommpass.domain.german_search.stems import stem
from kommpass.domain.german_search.tokens import tokens

FILE = Path(__file__).with_name("synonyms.toml")
SAME = 0.8
ALSO = 0.6
"""How much a hit by another word counts beside a hit by the word itself."""

Stems = tuple[str, ...]
"""The stems of a word, or of the words of an expression without its stop words: (bildung, teilhab)."""


def stems(expression: str) -> Stems:
    """The stems of an expression, a hyphenated word as one.

    >>> stems("Bildung und Teilhabe"), stems("Mutter-Kind-Kur")
    (('bildung', 'teilhab'), ('mutterkindkur',))
    """
    return tuple(stem(fold(token.written)) for token in tokens(expression))


def _keys(expression: str) -> Iterator[Stems]:
    """How one may write it: Mutter-Kind-Kur and Mutter Kind Kur."""
    yield stems(expression)
    yield tuple(stem(fold(part)) for token in tokens(expression) for part in token.parts or (token.written,))


@functools.cache
def table() -> dict[Stems, dict[Stems, float]]:
    """Expression -> the expressions it finds as well, with their weights. Read once."""
    found: dict[Stems, dict[Stems, float]] = {}
    for subject in tomllib.loads(FILE.read_text(encoding="utf-8"))["subject"]:
        for group in subject["same"]:
            targets = [expression for expression in group if not expression.startswith(">")]
            for expression in group:
                _add(found, expression, targets, SAME)
        for expression, *others in subject["also"]:
            _add(found, expression, others, ALSO)
    return found


def _add(found: dict[Stems, dict[Stems, float]], expression: str, others: list[str], weight: float) -> None:
    for key in _keys(expression):
        targets = found.setdefault(key, {})
        for target in map(stems, others):
            if target and target != key:
                targets[target] = max(weight, targets.get(target, 0.0))


def synonyms(expression: Stems) -> dict[Stems, float]:
    """What else finds this expression: stems -> weight between 0 and 1. Empty for words nobody wrote a group for.

    >>> ("krabbelgrupp",) in synonyms(stems("PEKiP")), stems("Bildungspaket") in synonyms(stems("Bildung und Teilhabe"))
    (True, True)
    """
    return table().get(expression, {})


@functools.cache
def longest_expression() -> int:
    """How many words the longest expression has."""
    return max(map(len, table()))


@functools.cache
def known_words() -> dict[str, str]:
    """All words of the groups, folded -> as written: what a mistyped word may be, even if the town never wrote it."""
    subjects = tomllib.loads(FILE.read_text(encoding="utf-8"))["subject"]
    groups = [group for subject in subjects for group in (*subject["same"], *subject["also"])]
    return {fold(token.written): token.written for group in groups for text in group for token in tokens(text)}
