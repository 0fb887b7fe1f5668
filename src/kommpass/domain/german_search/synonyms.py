"""Reads synonyms.toml and everyday.toml: which words a search may take for others, as people and town halls do."""

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kommpass.domain.german_search.compounds import index_parts
from kommpass.domain.german_search.folding import fold
from kommpass.domain.german_search.stems import stem
from kommpass.domain.german_search.tokens import tokens

FILES = ("synonyms.toml", "everyday.toml")
SAME = 0.8
ALSO = 0.5
"""How much a hit by another word counts beside a hit by the word itself."""
RELATIONS = ("same", "near", "also", "kinds")
GENERAL = 0.4
"""Any Kampfsport for who asked for Judo; a Judo for who asked for Kampfsport counts ALSO."""

Stems = tuple[str, ...]
"""The stems of a word, or of the words of an expression without its stop words: (bildung, teilhab)."""


@functools.lru_cache(20_000)
def stems(expression: str) -> Stems:
    """The stems of an expression, a hyphenated word as one.

    >>> stems("Bildung und Teilhabe"), stems("Mutter-Kind-Kur")
    (('bildung', 'teilhab'), ('mutterkindkur',))
    """
    return tuple(stem(fold(token.written)) for token in tokens(expression))


@functools.lru_cache(20_000)
def _keys(expression: str) -> tuple[Stems, Stems]:
    """How one may write it: Mutter-Kind-Kur and Mutter Kind Kur."""
    apart = tuple(stem(fold(part)) for token in tokens(expression) for part in token.parts or (token.written,))
    return stems(expression), apart


@functools.cache
def table() -> dict[Stems, dict[Stems, float]]:
    """Expression -> the expressions it finds as well, with their weights. Read once."""
    found: dict[Stems, dict[Stems, float]] = {}
    for subject in _subjects():
        for group in subject.get("same", ()):
            _add_group(found, group, SAME)
        for group in subject.get("near", ()):
            _add_group(found, group, ALSO)
        for expression, *others in subject.get("also", ()):
            _add(found, expression, others, ALSO)
        for expression, *kinds in subject.get("kinds", ()):
            _add(found, expression, kinds, ALSO)
            for kind in kinds:
                _add(found, kind, [expression], GENERAL)
    return found


def _add_group(found: dict[Stems, dict[Stems, float]], group: list[str], weight: float) -> None:
    targets = [expression for expression in group if not expression.startswith(">")]
    for expression in group:
        _add(found, expression, targets, weight)


@functools.cache
def _subjects() -> tuple[Mapping[str, Any], ...]:
    texts = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in FILES)
    return tuple(subject for text in texts for subject in tomllib.loads(text)["subject"])


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
def _compounds() -> dict[Stems, list[Stems]]:
    found: dict[Stems, list[Stems]] = {}
    for expression in table():
        words = spelled(expression)
        parts = tuple(stem(part.word) for part in index_parts(words[0])) if len(words) == 1 else ()
        if len(parts) > 1:
            found.setdefault(parts, []).append(expression)
    return found


def compounds_of(parts: Stems) -> list[Stems]:
    """The compounds of the groups that have these parts.

    >>> compounds_of(("senior", "treff"))
    [('seniorentreff',)]
    """
    return _compounds().get(parts, [])


@functools.cache
def longest_expression() -> int:
    """How many words the longest expression has."""
    return max(map(len, table()))


@functools.cache
def known_words() -> dict[str, str]:
    """All words of the groups, folded -> as written: what a mistyped word may be, even if the town never wrote it."""
    return {fold(token.written): token.written for text in _expressions() for token in tokens(text)}


def _expressions() -> list[str]:
    groups = [group for subject in _subjects() for name in RELATIONS for group in subject.get(name, ())]
    return [text for group in groups for text in group]


@functools.cache
def _spellings() -> dict[Stems, tuple[str, ...]]:
    return {stems(text): tuple(fold(token.written) for token in tokens(text)) for text in _expressions()}


def spelled(expression: Stems) -> tuple[str, ...]:
    """The folded words of an expression of the groups, () for any other.

    >>> spelled(stems("Deutschkurs"))
    ('deutschkurs',)
    """
    return _spellings().get(expression, ())
