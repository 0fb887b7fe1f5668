"""How much each part counts for and against, and from where on two offers are shown as one.

The points are natural logarithms of odds: each says how much more often one finds this among two writings of one offer
than among two offers. They add up, what is unknown adds nothing, and `NEEDED` is what it takes to outweigh that two
offers taken at random are nearly never the same. They were set by hand on the tuning half of
tests/domain/labelled_duplicates.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log, log2

from kommpass.domain.likeness.records import Evidence, EvidenceKind


@dataclass(frozen=True)
class Weight:
    """Points for full agreement and for full difference."""

    agrees: float
    differs: float


WEIGHTS = {
    EvidenceKind.TITLE: Weight(4.0, 10.0),
    EvidenceKind.MARKS: Weight(0.5, 7.0),
    EvidenceKind.PROVIDER: Weight(1.5, 3.0),
    EvidenceKind.SITE: Weight(5.0, 9.0),
    EvidenceKind.PHONE: Weight(4.0, 1.0),
    EvidenceKind.MAIL: Weight(3.5, 0.5),
    EvidenceKind.AGES: Weight(0.5, 2.5),
    EvidenceKind.TIMES: Weight(0.5, 2.0),
    EvidenceKind.KIND: Weight(0.3, 4.5),
    EvidenceKind.NO_LINK: Weight(0.0, 4.0),
}
NEEDED = 6.7
"""What names, ages, times and kind can never bring together, because `NO_LINK` then counts against: without an agreeing
site, telephone or mail address nothing is ever called a duplicate ("Krabbelgruppe" x 40)."""
LIKELY = 0.5
"""The score from which a pair is shown."""
MOST_BESIDE_TITLE = sum(weight.agrees for kind, weight in WEIGHTS.items() if kind is not EvidenceKind.TITLE)
"""What everything else can bring: with it one sees from the titles alone that two records can never be one."""

# What many offers share says little about two of them: by how much each doubling lowers the weight.
STEEPNESS = {
    EvidenceKind.TITLE: 0.1,
    EvidenceKind.PROVIDER: 0.3,
    EvidenceKind.SITE: 0.05,
    EvidenceKind.PHONE: 1.5,
    EvidenceKind.MAIL: 1.5,
}


def rarity(kind: EvidenceKind, shared_by: int) -> float:
    """1 where only the two share it, less where many do. Depends on nothing else in the data.

    >>> [round(rarity(EvidenceKind.PHONE, count), 2) for count in (2, 4, 14, 100)]
    [1.0, 0.4, 0.19, 0.11]
    """
    return 1 / (1 + STEEPNESS.get(kind, 0.0) * log2(max(2, shared_by) / 2))


def evidence(
    kind: EvidenceKind, value: float, message: str, values: Mapping[str, str] | None = None, *, shared_by: int = 2
) -> Evidence:
    """The piece with its weight: for or against, and less where many share what speaks for it."""
    weight = WEIGHTS[kind].agrees * rarity(kind, shared_by) if value > 0 else WEIGHTS[kind].differs
    return Evidence(kind, message, tuple((values or {}).items()), round(weight, 3), round(value, 3))


def between(alike: float, *, same: float, neutral: float, other: float) -> float:
    """A likeness from 0 to 1 as a value from -1 to 1: 1 from `same` on, 0 at `neutral`, -1 up to `other`.

    >>> [round(between(alike, same=0.9, neutral=0.6, other=0.2), 1) for alike in (0.95, 0.75, 0.6, 0.4, 0.1)]
    [1.0, 0.5, 0.0, -0.5, -1.0]
    """
    if alike >= neutral:
        return min(1.0, (alike - neutral) / (same - neutral))
    return max(-1.0, (alike - neutral) / (neutral - other))


def score(points: float) -> float:
    """From points to a number between 0 and 1: even at `NEEDED`.

    >>> score(NEEDED), round(score(NEEDED + 3), 2), round(score(0), 3)
    (0.5, 0.95, 0.001)
    """
    return 1 / (1 + exp(min(700.0, NEEDED - points)))


def points_for(wanted: float) -> float:
    """The points it takes to reach a score.

    >>> points_for(0.5) == NEEDED, round(score(points_for(0.9)), 6)
    (True, 0.9)
    """
    inside = min(1 - 1e-9, max(1e-9, wanted))
    return NEEDED + log(inside / (1 - inside))
