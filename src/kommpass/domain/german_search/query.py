"""What somebody typed into the search, taken as plain words: no operator, no quotation mark has a meaning."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kommpass.domain.german_search.folding import fold
from kommpass.domain.german_search.function_words import FAINT
from kommpass.domain.german_search.stems import stem
from kommpass.domain.german_search.tokens import Token, tokens

MOST_LETTERS = 200
MOST_WORDS = 12


@dataclass(frozen=True)
class QueryWord:
    """A word of the search: as written in lower case, folded, and its folded parts if it has hyphens."""

    written: str
    folded: str
    parts: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        return stem(self.folded)

    @property
    def faint(self) -> bool:
        """Whether it says so little that an offer need not have it: kostenlos, Angebot, a number."""
        return self.folded in FAINT or self.folded.isdigit()


@dataclass(frozen=True)
class Query:
    """A search: its words in their order, none twice. Without words it asks for nothing in particular."""

    words: tuple[QueryWord, ...]


def parse(query: str) -> Query:
    """Take a search apart; of more than 200 letters or 12 words the rest is not looked at.

    >>> [word.folded for word in parse('Was kostet "Kita"?').words]
    ['kostet', 'kita']
    >>> [(word.folded, word.parts) for word in parse("Wohin mit Mutter-Kind-Gruppe").words]
    [('mutterkindgruppe', ('mutter', 'kind', 'gruppe'))]
    """
    return Query(tuple(islice(_without_twins(tokens(query[:MOST_LETTERS])), MOST_WORDS)))


def _without_twins(found: Iterator[Token]) -> Iterator[QueryWord]:
    seen: set[str] = set()
    for token in found:
        word = QueryWord(token.written, fold(token.written), tuple(map(fold, token.parts)))
        if word.folded and word.stem not in seen:
            seen.add(word.stem)
            yield word
