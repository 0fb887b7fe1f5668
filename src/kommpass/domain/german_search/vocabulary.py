"""All words that the offers of a town use, ready to be asked for parts, beginnings and likenesses."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kommpass.domain.german_search.folding import fold
from kommpass.domain.german_search.sounds import sound


def by_length(words: Iterable[str]) -> dict[int, list[str]]:
    """The words on shelves by their number of letters: a typo never leaves the neighbouring ones."""
    shelves: dict[int, list[str]] = defaultdict(list)
    for word in words:
        shelves[len(word)].append(word)
    return dict(shelves)


def by_sound(words: Iterable[str]) -> dict[str, list[str]]:
    """The words on shelves by how they sound."""
    shelves: dict[str, list[str]] = defaultdict(list)
    for word in words:
        shelves[sound(word)].append(word)
    return dict(shelves)


def near(shelves: dict[int, list[str]], word: str, distance: int) -> list[tuple[str, int]]:
    """Words that so many slips or fewer lead to (letter missing, added, wrong, or two swapped), nearest first."""
    found = [
        (str(candidate), int(slips))
        for length in range(len(word) - distance, len(word) + distance + 1)
        for candidate, slips, _place in process.extract(
            word, shelves.get(length, ()), scorer=OSA.distance, score_cutoff=distance, limit=None
        )
    ]
    return sorted(found, key=lambda each: (each[1], each[0]))


class Vocabulary:
    """The words of a town, from rows (stem, surface). A surface may be folded or not; a stem may have many.

    >>> town = Vocabulary([("mutt", "mütter"), ("mutterkur", "mütterkur")])
    >>> "mutt" in town, town.starting("mutterk", 5), town.written("mutter")
    (True, ['mutterkur'], 'mütter')
    """

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._stems: dict[str, str] = {}
        self._written: dict[str, str] = {}
        for word, surface in rows:
            folded = fold(surface)
            self._stems[folded] = word
            known = self._written.get(folded)
            if known is None or surface < known:
                self._written[folded] = surface
        self._words = frozenset(self._stems.values())
        self._sorted = sorted(self._stems)
        self._text = "\n".join(("", *self._sorted, ""))

    @cached_property
    def _shelves(self) -> dict[int, list[str]]:
        return by_length(self._sorted)

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        return by_sound(self._sorted)

    def __contains__(self, word: str) -> bool:
        """Whether an offer uses a word with this stem."""
        return word in self._words

    def __len__(self) -> int:
        return len(self._sorted)

    @property
    def surfaces(self) -> list[str]:
        """All folded words, in the order of the alphabet."""
        return self._sorted

    def stem_of(self, surface: str) -> str | None:
        """The stem under which a folded word is kept; None if no offer uses exactly this form."""
        return self._stems.get(surface)

    def written(self, surface: str) -> str:
        """A folded word as people wrote it, with its umlauts: Mutter and Mütter fold to one, the plain one is meant."""
        return self._written.get(surface, surface)

    def starting(self, beginning: str, most: int) -> list[str]:
        """Folded words with this beginning, the shortest first."""
        at = bisect_left(self._sorted, beginning)
        end = bisect_left(self._sorted, beginning + "\U0010ffff", at)
        return sorted(self._sorted[at:end], key=lambda word: (len(word), word))[:most]

    def containing(self, piece: str, most: int) -> list[str]:
        """Folded words with this piece anywhere in them, in the order of the alphabet."""
        return list(islice(self._containing(piece), most))

    def _containing(self, piece: str) -> Iterator[str]:
        text, at = self._text, self._text.find(piece)
        while at >= 0:
            end = text.find("\n", at)
            yield text[text.rfind("\n", 0, at) + 1 : end]
            at = text.find(piece, end)

    def near(self, word: str, distance: int) -> list[tuple[str, int]]:
        """Folded words that so many slips or fewer lead to, nearest first, with the number of slips."""
        return near(self._shelves, word, distance)

    def sounding(self, word: str, slips: int = 0) -> list[str]:
        """Folded words that sound like this one, or nearly so."""
        return sounding(self._sounds, word, slips)


def sounding(shelves: dict[str, list[str]], word: str, slips: int) -> list[str]:
    """Words from shelves of sounds that sound like this one, or as if so many slips were in the sound."""
    own = sound(word)
    if not slips:
        return shelves.get(own, [])
    return [each for other, _slips in near(by_length(shelves), own, slips) for each in shelves[other]]
