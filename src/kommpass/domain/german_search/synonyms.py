"""Which words a search may take for others, made of the thesaurus: stems -> stems, with weights."""

import functools
from collections.abc import Iterable, Iterator

from kommpass.domain.german_search.compounds import index_parts
from kommpass.domain.german_search.folding import fold
from kommpass.domain.german_search.heads import EVERYWHERE
from kommpass.domain.german_search.stems import stem
from kommpass.domain.german_search.thesaurus import groups
from kommpass.domain.german_search.tokens import tokens

SAME = 0.8
KIND = 0.65
ALSO = 0.5
GENERAL = 0.4
"""How much a hit by another word counts beside a hit by the word itself."""

ONLY_ASKED = ">"
"""Before an expression that is asked for and not looked for."""

Stems = tuple[str, ...]
"""The stems of a word, or of the words of an expression without its stop words: (bildung, teilhab)."""


@functools.lru_cache(50_000)
def stems(expression: str) -> Stems:
    """The stems of an expression, a hyphenated word as one.

    >>> stems("Bildung und Teilhabe"), stems("Mutter-Kind-Kur")
    (('bildung', 'teilhab'), ('mutterkindkur',))
    """
    return tuple(stem(fold(token.written)) for token in tokens(expression))


@functools.lru_cache(50_000)
def _keys(expression: str) -> frozenset[Stems]:
    """How one may write it: Mutter-Kind-Kur and Mutter Kind Kur. E-Sport is no Sport, „nach der Schule“ no Schule."""
    apart = tuple(stem(fold(part)) for token in tokens(expression) for part in token.parts or (token.written,))
    whole = stems(expression)
    if len(whole) == 1 and whole[0] in EVERYWHERE and " " in expression:
        return frozenset()
    return frozenset({whole, apart} if len(apart) >= len(expression.replace("-", " ").split()) else {whole})


@functools.cache
def table() -> dict[Stems, dict[Stems, float]]:
    """Expression -> the expressions it finds as well, with their weights. Read once."""
    found: dict[Stems, dict[Stems, float]] = {}
    for relation, weight in (("same", SAME), ("near", ALSO)):
        for group in groups()[relation]:
            targets = [stems(text) for text in group if _looked_for(text)]
            for text in group:
                _add(found, text, targets, weight)
    for text, *others in groups()["also"]:
        _add(found, text, map(stems, others), ALSO)
    for general, *kinds in groups()["kinds"]:
        _add(found, general, [stems(kind) for kind in kinds if _looked_for(kind)], KIND)
        for kind in kinds:
            _add(found, kind, [] if general.startswith(ONLY_ASKED) else [stems(general)], GENERAL)
    return {expression: targets for expression, targets in found.items() if expression and targets}


def _looked_for(expression: str) -> bool:
    """Not what is only asked, nor what small words make special: „Kita für alle Kinder“ is not each Kita."""
    words = stems(expression)
    small_words = len(words) < len(expression.split())
    telling = len(words) - sum(word in EVERYWHERE for word in words)
    said = len(expression.split()) == 1 or telling > 1 or (telling == 1 and not small_words)
    return said and not expression.startswith(ONLY_ASKED)


def _add(found: dict[Stems, dict[Stems, float]], expression: str, others: Iterable[Stems], weight: float) -> None:
    others = [other for other in others if other]
    for key in _keys(expression):
        targets = found.setdefault(key, {})
        for other in others:
            if other != key:
                targets[other] = max(weight, targets.get(other, 0.0))


def synonyms(expression: Stems) -> dict[Stems, float]:
    """What else finds this expression: stems -> weight between 0 and 1. Empty for words nobody wrote a group for.

    >>> ("krabbelgrupp",) in synonyms(stems("PEKiP")), stems("Bildungspaket") in synonyms(stems("Bildung und Teilhabe"))
    (True, True)
    """
    return table().get(expression, {})


@functools.cache
def _led_here() -> dict[Stems, list[Stems]]:
    found: dict[Stems, list[Stems]] = {}
    for expression, targets in table().items():
        for target in targets:
            found.setdefault(target, []).append(expression)
    return found


def neighbours(expression: Stems) -> list[Stems]:
    """All expressions that share a group with this one, those that it finds first.

    >>> stems("Kampfsport") in neighbours(stems("Judo")), stems("Judo") in neighbours(stems("Kampfsport"))
    (True, True)
    """
    return [*synonyms(expression), *_led_here().get(expression, [])]


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


def _expressions() -> Iterator[str]:
    yield from dict.fromkeys(text for relation in groups().values() for group in relation for text in group)


@functools.cache
def _spellings() -> dict[Stems, tuple[str, ...]]:
    shortest_last = sorted(_expressions(), key=lambda text: (-len(text), text))
    return {stems(text): tuple(fold(token.written) for token in tokens(text)) for text in shortest_last}


def spelled(expression: Stems) -> tuple[str, ...]:
    """The folded words of an expression of the groups, () for any other.

    >>> spelled(stems("Deutschkurs"))
    ('deutschkurs',)
    """
    return _spellings().get(expression, ())
