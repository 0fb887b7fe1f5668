"""How alike two names are, word by word: order does not matter, a typing error little, another word much."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from kommpass.domain.likeness.wording import Wording

LONGEST_COUNTED = 6
"""Letters. A long word tells no more about an offer than one of so many."""
ONLY_LONGER = 0.4
"""What a name that is the other one and something more is given of what it lacks: "Kita Spielhaus, Plätze frei"."""
SHORTEST_WITH_SLIPS, LONG_WORD = 4, 8
"""Letters from which on one slip is believed, and two."""
SAME_JOINED = 88
"""Per cent likeness of what is left over, written as one word: "Krabbel-Gruppe" and "Krabbelgruppe"."""


def likeness(
    first: Wording, second: Wording, *, without: frozenset[str] = frozenset(), only_longer: float = ONLY_LONGER
) -> float:
    """From 0 (no word in common) to 1 (the same words): shared words twice, by all words (Dice), typing errors allowed.

    `without` are words that count only if neither name has another.

    >>> from kommpass.domain.likeness.wording import wording
    >>> round(likeness(wording("Kita Sonnenschein"), wording("Sonnenschien-Kindergarten")), 2)
    0.95
    >>> round(likeness(wording("Bolzplatz Heckertstraße"), wording("Kinderspielplatz Heckertstr.")), 2)
    0.5
    """
    if first.words == second.words:
        return 1.0
    one, other = _counted(first, without), _counted(second, without)
    if not one and not other:
        one, other = _counted(first), _counted(second)
    both = one.keys() & other.keys()
    left = [each for each in one.items() if each[0] not in both]
    right = [each for each in other.items() if each[0] not in both]
    if not left and not right:
        return 1.0
    shared = 2.0 * _size(both) + (_nearly(left, right) if left and right else 0.0)
    alike = min(1.0, shared / (_size(one) + _size(other)))
    return alike + only_longer * (1 - alike) if both and not (left and right) else alike


def _counted(said: Wording, without: frozenset[str] = frozenset()) -> dict[str, str]:
    """The words that count, each with its spelling."""
    words = zip(said.words, said.spelt, strict=True)
    return {word: spelt for word, spelt in words if word not in without} if without else dict(words)


def _nearly(left: list[tuple[str, str]], right: list[tuple[str, str]]) -> float:
    """What the words that are not the same have in common, the best matches first."""
    joined = ratio(_joined(left), _joined(right), score_cutoff=SAME_JOINED) / 100
    if joined:
        return joined * (_size(word for word, _spelt in left) + _size(word for word, _spelt in right))
    near = [(alike, one[0], other[0]) for one in left for other in right if (alike := _typo(one, other))]
    total, used = 0.0, set[str]()
    for alike, one, other in sorted(near, key=lambda each: (-each[0], *sorted(each[1:]))):
        if one not in used and other not in used:
            used |= {one, other}
            total += alike * _size((one, other))
    return total


def _joined(words: list[tuple[str, str]]) -> str:
    return "".join(word for word, _spelt in words)


def _typo(one: tuple[str, str], other: tuple[str, str]) -> float:
    """How alike two words are but for slips, as they were spelt or without umlauts and double letters; else 0."""
    return max(_slips(one[0], other[0]), _slips(one[1], other[1]) if one[0] != one[1] or other[0] != other[1] else 0.0)


def _slips(one: str, other: str) -> float:
    low, high = sorted((len(one), len(other)))
    allowed = 0 if low < SHORTEST_WITH_SLIPS else 1 if low < LONG_WORD else 2
    if high - low > allowed or not allowed:
        return 0.0
    distance = OSA.distance(one, other, score_cutoff=allowed)
    return 1 - distance / high if distance <= allowed else 0.0


def _size(words: Iterable[str]) -> float:
    return float(sum(min(len(word), LONGEST_COUNTED) for word in words))
