"""How many records share what one says: what many say tells little about two of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from kommpass.domain.likeness.normal import Normal
from kommpass.domain.likeness.records import EvidenceKind

HOUSE_TITLES, HOUSE_SHARE = 4, 0.4
"""A word is the name of the house, not of an offer, if so many of the different titles at one place have it."""
Words = tuple[str, ...]


@dataclass(frozen=True)
class Shared:
    """Counts over records. Without records each value counts as rare.

    `titles` and `house_words` are by the name of the place: the different titles there, and the words they share.
    """

    counts: Counter[tuple[EvidenceKind, str]] = field(default_factory=Counter)
    titles: dict[str, set[Words]] = field(default_factory=dict)
    house_words: dict[str, frozenset[str]] = field(default_factory=dict)
    one_more: Counter[tuple[EvidenceKind, str]] = field(default_factory=Counter)

    @classmethod
    def among(cls, records: Iterable[Normal]) -> "Shared":
        counts: Counter[tuple[EvidenceKind, str]] = Counter()
        titles: dict[str, set[Words]] = {}
        for each in records:
            counts.update(_values(each))
            if each.place_name:
                titles.setdefault(each.place_name, set()).add(each.title.words)
        return cls(counts, titles, {place: words for place, here in titles.items() if (words := _common_words(here))})

    def with_one_more(self, each: Normal) -> "Shared":
        """The same counts with a record that is not among them yet."""
        here = self.titles.get(each.place_name, set()) | {each.title.words}
        words = {**self.house_words, each.place_name: _common_words(here)} if each.place_name else self.house_words
        return replace(self, house_words=words, one_more=Counter(_values(each)))

    def by(self, kind: EvidenceKind, *values: str) -> int:
        """By how many: at least the two that are compared; of several values the one that most share."""
        return max([2, *(self.counts[kind, value] + self.one_more[kind, value] for value in values if value)])

    def words_of_house(self, first: Normal, second: Normal) -> frozenset[str]:
        """The words that name where the two are: "im Familienzentrum Mohn" in the titles of most of its offers."""
        nothing: frozenset[str] = frozenset()
        here = self.house_words.get(first.place_name, nothing)
        return here | self.house_words.get(second.place_name, nothing)


def _common_words(titles: Collection[Words]) -> frozenset[str]:
    needed = max(HOUSE_TITLES, HOUSE_SHARE * len(titles))
    if len(titles) < needed:
        return frozenset()
    counts = Counter(word for title in titles for word in title)
    return frozenset(word for word, count in counts.items() if count >= needed)


def _values(each: Normal) -> Iterator[tuple[EvidenceKind, str]]:
    yield EvidenceKind.TITLE, each.title.text
    yield EvidenceKind.PROVIDER, each.provider.text
    yield EvidenceKind.SITE, each.place_name
    for number in each.phones:
        yield EvidenceKind.PHONE, number
    for name in each.mails | each.domains:
        yield EvidenceKind.MAIL, name
