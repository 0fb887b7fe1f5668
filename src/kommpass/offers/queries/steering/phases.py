"""The transitions of the prevention chain, in its order; and what one life phase has and lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kommpass.domain.offers.prevention_chain import UNKNOWN, neighbours, place_in_chain
from kommpass.domain.offers.vocabularies import LIFE_PHASES
from kommpass.offers.models import Offer, Transition
from kommpass.offers.queries.steering.matrix import Question, chain, chain_by
from kommpass.offers.telling import label_of

NAMED_PER_TOPIC = 12
"""So many offers of a topic are named on the page of a phase; the others are a link away."""


def every_transition() -> QuerySet[Transition]:
    """The transitions of the town with those who hand over: lists and look-ups both start here."""
    return Transition.objects.select_related("giver__organisation", "taker__organisation")


def transitions() -> list[Transition]:
    """All transitions along the chain: from the first phase to the last. One query."""
    return sorted(every_transition(), key=lambda each: (place_in_chain(each.from_phase, each.to_phase), each.pk))


def between(found: Sequence[Transition]) -> tuple[dict[tuple[str, str], list[Transition]], list[Transition]]:
    """Transitions between neighbouring phases (in either direction), and those that skip phases or stay in one."""
    beside: dict[tuple[str, str], list[Transition]] = {pair: [] for pair in neighbours()}
    others = []
    for each in found:
        way = (each.from_phase, each.to_phase)
        pair = way if way in beside else way[::-1]
        beside.get(pair, others).append(each)
    return beside, others


@dataclass(frozen=True)
class TopicOfPhase:
    """What a phase has of one topic: how many offers, and the first of them by name."""

    key: str
    label: str
    number: int
    offers: list[Offer]

    @property
    def more(self) -> int:
        return self.number - len(self.offers)


@dataclass(frozen=True)
class Phase:
    """A life phase for the strategy workshop: offers by topic, transitions, and what is missing."""

    key: str
    label: str
    total: int
    topics: list[TopicOfPhase]
    without_topic: list[str]
    districts: list[tuple[str, str, int]]
    without_district: list[str]
    incoming: list[Transition]
    outgoing: list[Transition]
    inside: list[Transition]
    undescribed: list[tuple[str, str, str, str]]

    @property
    def gaps(self) -> list[Transition]:
        return [each for each in (*self.incoming, *self.inside, *self.outgoing) if each.gap]


def phase(key: str, today: date) -> Phase:
    """What a phase has and lacks. A constant number of queries."""
    by_topic = chain(Question(), today)
    by_district = chain_by(by_topic, "district", today)
    handed = _handed(key)
    topics = _topics(by_topic, key)
    numbers = [
        (word, name, by_district.matrix.number(key, word))
        for word, name in by_district.columns.words
        if word != UNKNOWN or by_district.matrix.number(key, word)
    ]
    return Phase(
        key=key,
        label=label_of(LIFE_PHASES, key),
        total=by_topic.matrix.number(key),
        topics=[each for each in topics if each.number],
        without_topic=[each.label for each in topics if not each.number and each.key != UNKNOWN],
        districts=numbers,
        without_district=[name for _word, name, number in numbers if not number],
        incoming=[each for each in handed if each.to_phase == key != each.from_phase],
        outgoing=[each for each in handed if each.from_phase == key != each.to_phase],
        inside=[each for each in handed if each.from_phase == each.to_phase],
        undescribed=_undescribed(key, handed),
    )


def _handed(key: str) -> list[Transition]:
    touching = every_transition().filter(Q(from_phase=key) | Q(to_phase=key))
    return sorted(touching, key=lambda each: (place_in_chain(each.from_phase, each.to_phase), each.pk))


def _topics(by_topic, key: str) -> list[TopicOfPhase]:
    """Every topic with its offers in this phase. One query for all names that are shown."""
    inside = {word: by_topic.inside(key, word) for word, _name in by_topic.columns.words}
    named = {offer for offers in inside.values() for offer in offers[:NAMED_PER_TOPIC]}
    known = Offer.objects.select_related("provider__organisation").defer("content").in_bulk(named)
    return [
        TopicOfPhase(word, name, len(inside[word]), [known[offer] for offer in inside[word][:NAMED_PER_TOPIC]])
        for word, name in by_topic.columns.words
    ]


def _undescribed(key: str, handed: Sequence[Transition]) -> list[tuple[str, str, str, str]]:
    """The neighbouring phases to or from which nobody described how families get there: keys and names."""
    described = {frozenset((each.from_phase, each.to_phase)) for each in handed}
    return [
        (first, label_of(LIFE_PHASES, first), second, label_of(LIFE_PHASES, second))
        for first, second in neighbours()
        if key in (first, second) and frozenset((first, second)) not in described
    ]
