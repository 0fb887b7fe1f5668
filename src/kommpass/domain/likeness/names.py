"""The parts of a comparison that look at names: title, what is added to it, provider, kind.

Each part takes two records and how many share what they say; it returns evidence, or None where one side says nothing.
"""

from math import log2

from kommpass.domain.likeness.normal import Normal
from kommpass.domain.likeness.records import Evidence, EvidenceKind
from kommpass.domain.likeness.sharing import Shared
from kommpass.domain.likeness.texts import ONLY_LONGER, likeness
from kommpass.domain.likeness.weights import WEIGHTS, between, evidence
from kommpass.domain.words import _

SAME_TITLE, NEUTRAL_TITLE, OTHER_TITLE = 0.95, 0.78, 0.5
SAME_PROVIDER, NEUTRAL_PROVIDER, OTHER_PROVIDER = 0.95, 0.65, 0.3
ONE_MARK = -0.75
"""Only one title has a number: nearly as bad as two different numbers, but it may have been forgotten."""
LEAST_KIND, MOST_KIND = -0.12, -0.6
"""Another kind under the same title, which may be a second rubric, and under another title."""


def title(first: Normal, second: Normal, shared: Shared) -> Evidence | None:
    if not first.title.words or not second.title.words:
        return None
    alike = titles_alike(first, second, shared)
    value = between(alike, same=SAME_TITLE, neutral=NEUTRAL_TITLE, other=OTHER_TITLE)
    count = shared.by(EvidenceKind.TITLE, first.title.text, second.title.text)
    if value < 0:
        message = _("Titel nur zu {percent} % gleich")
    elif count > 2:
        message = _("Titel zu {percent} % gleich, so heißen aber {count} Einträge")
    else:
        message = _("Titel zu {percent} % gleich")
    values = {"percent": str(int(alike * 100)), "count": str(count)}
    return evidence(EvidenceKind.TITLE, value, message, values, shared_by=count)


def titles_alike(first: Normal, second: Normal, shared: Shared) -> float:
    """How alike two titles are, from 0 to 1, without the name of the house.

    Where many offers are in one house, "Yoga" and "Yoga für Mütter" are rather two of them than one.
    """
    crowd = shared.by(EvidenceKind.SITE, first.place_name, second.place_name)
    only_longer = ONLY_LONGER / (1 + log2(crowd / 2))
    return likeness(first.title, second.title, without=shared.words_of_house(first, second), only_longer=only_longer)


def least_likeness(points: float) -> float:
    """How alike two titles are at least if they are to bring so many points (0 or less)."""
    return NEUTRAL_TITLE + max(-1.0, points / WEIGHTS[EvidenceKind.TITLE].differs) * (NEUTRAL_TITLE - OTHER_TITLE)


def marks(first: Normal, second: Normal, shared: Shared) -> Evidence | None:
    if not first.marks and not second.marks:
        return None
    one, other = _listed(first.marks - second.marks), _listed(second.marks - first.marks)
    if one and other:
        message = _("verschiedene Zusätze im Titel: {first} und {second}")
        return evidence(EvidenceKind.MARKS, -1.0, message, {"first": one, "second": other})
    if one or other:
        return evidence(EvidenceKind.MARKS, ONE_MARK, _("nur ein Titel hat den Zusatz {mark}"), {"mark": one or other})
    return evidence(EvidenceKind.MARKS, 1.0, _("gleicher Zusatz im Titel: {mark}"), {"mark": _listed(first.marks)})


def provider(first: Normal, second: Normal, shared: Shared) -> Evidence | None:
    if not first.provider.words or not second.provider.words:
        return None
    alike = likeness(first.provider, second.provider)
    value = between(alike, same=SAME_PROVIDER, neutral=NEUTRAL_PROVIDER, other=OTHER_PROVIDER)
    if value <= 0:
        message = _("anderer Träger: {first} und {second}")
    elif value < 1:
        message = _("ähnlicher Träger: {first} und {second}")
    else:
        message = _("gleicher Träger: {first}")
    values = {"first": first.record.provider, "second": second.record.provider}
    count = shared.by(EvidenceKind.PROVIDER, first.provider.text, second.provider.text)
    return evidence(EvidenceKind.PROVIDER, value, message, values, shared_by=count)


def kind(first: Normal, second: Normal, shared: Shared) -> Evidence | None:
    """One facility often stands in two rubrics of a list, but then under one title."""
    if not first.kind.words or not second.kind.words:
        return None
    values = {"first": first.record.kind, "second": second.record.kind}
    if first.kind.words == second.kind.words:
        return evidence(EvidenceKind.KIND, 1.0, _("gleiche Art: {first}"), values)
    unlike = (1 - titles_alike(first, second, shared)) / (1 - OTHER_TITLE)
    value = -1.0 if _title_says_kind(first, second) else max(MOST_KIND, min(LEAST_KIND, -unlike))
    return evidence(EvidenceKind.KIND, value, _("andere Art: {first} und {second}"), values)


def _title_says_kind(first: Normal, second: Normal) -> bool:
    """Whether what only one title says is its kind: "Schule am Park" and "Schulsozialarbeit Schule am Park"."""
    one, other = set(first.title.words), set(second.title.words)
    return bool((one - other) & set(first.kind.words) or (other - one) & set(second.kind.words))


def _listed(said: frozenset[str]) -> str:
    return ", ".join(sorted(said))
