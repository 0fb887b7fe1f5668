"""Takes a text apart into words: hyphens, gender signs, apostrophes; small words that say nothing are left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kommpass.domain.german_search.folding import clean, fold
from kommpass.domain.german_search.function_words import STOP
from kommpass.domain.german_search.stems import LONGEST

LETTER = (
    "(?:[^\\W_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff\u0e00-\u0eff])"
)
"""A letter or digit of any script, with the signs and vowels that stand above and below it."""
HYPHENS = "[-\u2010\u2011\u2012\u2013]"
TOKEN = re.compile(f"{LETTER}+(?:{HYPHENS}{LETTER}+)*")

GENDER = re.compile(r"(?<=[^\W\d_]{2})(?:[*:_·•]|/[-‐‑–]?|\([-‐‑–]?)(?=[iI]n(?:nen)?(?:\)|\b|[a-zäöü]))")
"""Schüler*innen, Schüler:innen, Schüler/-innen, Schüler(innen): what stands between is no end of a word."""
APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’‘`´](?=s\b)", re.IGNORECASE)

ABBREVIATIONS = (
    (re.compile(r"(?:(?<=[a-zäöüß]{3})|^)str$"), "straße"),
    (re.compile(r"(?:(?<=[a-zäöüß]{3})|^)pl$"), "platz"),
    (re.compile(r"^st$"), "sankt"),
    (re.compile(r"^städt$"), "städtisch"),
    (re.compile(r"^kath$"), "katholisch"),
    (re.compile(r"^(?:ev|evang|evgl)$"), "evangelisch"),
    (re.compile(r"^förderschwerp$"), "förderschwerpunkt"),
    (re.compile(r"^(sonder|heil|sozial)?päd$"), r"\1pädagogisch"),
    (re.compile(r"^kirchengem$"), "kirchengemeinde"),
    (re.compile(r"^(?:rhythm|rythm)$"), "rhythmisch"),
    (re.compile(r"^kiga$|^kigä$"), "kindergarten"),
)
"""Words that lists write either way: Goethestr., Spielpl., St. Marien, Städt. Kita, Ev. Kirchengem."""
REGISTERED = re.compile(r"\be\.?\s?V\b|\beV\b")
"""An „e.V.“ is no evangelical one."""

MOST_PARTS = 6


@dataclass(frozen=True)
class Token:
    """A word as it was written, in lower case; `parts` are the parts between its hyphens, if it has any."""

    written: str
    parts: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.written, *self.parts)


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in their order, without stop words and single Latin letters.

    >>> [token.forms for token in tokens("Eltern-Kind-Gruppe für Schüler*innen, Goethestr. 5")]
    [('elternkindgruppe', 'eltern', 'kind', 'gruppe'), ('schülerinnen',), ('goethestraße',), ('5',)]
    """
    for found in TOKEN.finditer(APOSTROPHE.sub("", GENDER.sub("", REGISTERED.sub(" ", clean(text))))):
        pieces = [_in_full(piece)[:LONGEST] for piece in re.split(HYPHENS, found[0].lower())]
        whole = _in_full("".join(pieces))[:LONGEST]
        if 1 < len(pieces) <= MOST_PARTS and not whole.isdigit() and says_something(whole):
            yield Token(whole, tuple(piece for piece in pieces if says_something(piece)))
        else:
            yield from (Token(piece) for piece in pieces if says_something(piece))


def _in_full(piece: str) -> str:
    for abbreviation, whole in ABBREVIATIONS:
        piece = abbreviation.sub(whole, piece)
    return piece


def says_something(written: str) -> bool:
    """Whether one may search for this word: it is no stop word and no single Latin letter."""
    folded = fold(written)
    return folded not in STOP and (len(folded) > 1 or folded.isdigit() or not folded.isascii())


def words(text: str) -> list[str]:
    """The folded words of a text, hyphenated ones whole and in parts.

    >>> words("Die Mutter-Kind-Kur im Überblick")
    ['mutterkindkur', 'mutter', 'kind', 'kur', 'uberblick']
    """
    return [folded for token in tokens(text) for form in token.forms if (folded := fold(form))]
