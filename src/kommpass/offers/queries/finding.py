"""Finding offers by words, filters, time and place, with the numbers of every facet: the same on both databases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import isfinite

import numpy as np
from django.utils.timezone import localtime

from kommpass.adapters.day_calendar import calendar_of
from kommpass.analysis.ranking import Ranking, rank
from kommpass.analysis.shelf import Choice, Selection, Shelf, Truths, select
from kommpass.domain import german_search
from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.verification import OUT_OF_SEARCH, SHOWN_AS_OLD
from kommpass.domain.schedules import open_at
from kommpass.municipalities.scope import town
from kommpass.offers.cataloguing import days
from kommpass.offers.models import Offer, Slot
from kommpass.offers.queries.shelves import FACETS, Kept, kept

OLD_COUNTS = 0.5
"""An offer that nobody confirmed for two months stands behind others that fit as well."""


ENOUGH = 10
"""What a phone shows first: with fewer offers that have all words, those come behind that have some or lie near."""


@dataclass(frozen=True)
class Wish:
    """What somebody looks for. `words` by facet are keys of the lists; ages in months; `near` (latitude, longitude)."""

    query: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    age: int | None = None
    districts: tuple[int, ...] = ()
    criteria: tuple[str, ...] = ()
    near: tuple[float, float] | None = None
    within: float = 2_000.0
    provider: int | None = None
    open_now: bool = False
    old_too: bool = False

    @property
    def choice(self) -> Choice:
        return Choice(
            words={
                name: frozenset(FACETS[name].places[key] for key in keys if key in FACETS[name].places)
                for name, keys in self.words.items()
            },
            age=self.age,
            districts=frozenset(self.districts),
            criteria=frozenset(lists.ACCESSIBILITY.places[key] for key in self.criteria),
            near=self.near,
            within=self.within,
            provider=self.provider,
        )


@dataclass(frozen=True)
class Found:
    """The keys of the fitting offers in order, with distances, the facets' numbers, and how the words were read.

    `related` are a few offers with only some of the words, behind a short list; no number counts them.
    """

    offers: tuple[int, ...]
    related: tuple[int, ...]
    metres: Mapping[int, float]
    counts: Mapping[str, Mapping[str, int]]
    districts: Mapping[int, int]
    criteria: Mapping[str, int]
    corrections: Mapping[str, str]
    loosened: bool
    hidden_old: int

    @property
    def total(self) -> int:
        return len(self.offers)


def find(wish: Wish, now: datetime) -> Found:
    """Search. One query for the version, two for "open now", one for words that nobody asked for since the last change,
    and another one for words near to these where few offers have them all."""
    known = kept()
    shelf = known.shelf
    today = days(localtime(now).date())
    spoken = _spoken(wish.query, known)
    there = shelf.last_day >= today
    if wish.open_now:
        there &= _open(shelf, now)
    old = shelf.due_day + OUT_OF_SEARCH.days < today
    shown = there if wish.old_too else there & ~old
    meant = np.ones(shelf.size, bool) if spoken is None else spoken.meant
    selection = select(shelf, wish.choice, shown & meant)
    hidden = 0 if wish.old_too else _count(shelf, wish, there & meant & old)
    rows = _ordered(shelf, wish, selection, spoken, today)
    return Found(
        offers=tuple(shelf.offers[rows].tolist()),
        related=_related(shelf, wish, shown, spoken, today, ENOUGH - len(rows)),
        metres=_metres(shelf, selection, rows) if wish.near else {},
        counts={name: _by_key(FACETS[name], numbers) for name, numbers in selection.counts.items()},
        districts=selection.districts,
        criteria=_by_key(lists.ACCESSIBILITY, selection.criteria),
        corrections=spoken.corrections if spoken else {},
        loosened=bool(spoken and spoken.loosened),
        hidden_old=hidden,
    )


def _count(shelf: Shelf, wish: Wish, given: Truths) -> int:
    return int(np.count_nonzero(select(shelf, wish.choice, given).fitting)) if given.any() else 0


@dataclass(frozen=True)
class _Spoken:
    """What the words gave: a score per offer (minus infinity for none), and which offers have all of the words.

    Where none has all of them, those with most are meant (`loosened`).
    """

    scores: np.ndarray
    meant: Truths
    corrections: Mapping[str, str]
    loosened: bool


def _spoken(query: str, known: Kept) -> _Spoken | None:
    """None when nobody asked for words."""
    asked = german_search.parse(query)
    if not asked.words:
        return None
    expansion = german_search.expand(asked, known.vocabulary)
    ranking = _ranking(expansion, known)
    meant = np.isfinite(ranking.scores) if ranking.fell_back else ranking.complete
    return _Spoken(
        ranking.scores, meant, {each.written: each.meant for each in expansion.corrections}, ranking.fell_back
    )


def _ranking(expansion: german_search.Expansion, known: Kept) -> Ranking:
    """The offers with the words. What lies near to these (ten times as many entries) is read only if it is needed."""
    found = known.postings.of(expansion.words)
    ranking = rank(expansion.terms, found, known.shelf.size, enough=ENOUGH)
    if np.count_nonzero(ranking.complete) < ENOUGH and expansion.wider_words:
        found = known.postings.of(expansion.words | expansion.wider_words)
        ranking = rank(expansion.terms, found, known.shelf.size, enough=ENOUGH)
    return ranking


def _related(
    shelf: Shelf, wish: Wish, shown: Truths, spoken: _Spoken | None, today: int, wanted: int
) -> tuple[int, ...]:
    """The best of those that have some of the words and fit everything else: so many as a short list wants."""
    if spoken is None or wanted <= 0:
        return ()
    some = select(shelf, wish.choice, shown & np.isfinite(spoken.scores) & ~spoken.meant)
    return tuple(shelf.offers[_ordered(shelf, wish, some, spoken, today)[:wanted]].tolist())


def _ordered(shelf: Shelf, wish: Wish, selection: Selection, spoken: _Spoken | None, today: int) -> np.ndarray:
    """The rows of the fitting offers: best words first, else nearest, else by name; the old ones behind."""
    rows = np.flatnonzero(selection.fitting)
    old = (shelf.due_day[rows] + SHOWN_AS_OLD.days < today).astype(np.int64)
    if spoken is not None:
        scores = spoken.scores[rows] * np.where(old, OLD_COUNTS, 1.0)
        return rows[np.lexsort((rows, -scores))]
    if wish.near:
        return rows[np.lexsort((rows, selection.metres[rows]))]
    return rows[np.lexsort((rows, old))]


def _metres(shelf: Shelf, selection: Selection, rows: np.ndarray) -> dict[int, float]:
    far = selection.metres[rows]
    return {int(key): float(metres) for key, metres in zip(shelf.offers[rows], far, strict=True) if isfinite(metres)}


def _by_key(vocabulary: lists.Vocabulary, numbers: Iterable[int]) -> dict[str, int]:
    return {word.key: int(number) for word, number in zip(vocabulary.words, numbers, strict=True)}


def _open(shelf: Shelf, now: datetime) -> Truths:
    """Which offers are open at this moment: the slots of the week say who may be, their full rules say who is."""
    local = localtime(now)
    minute = local.hour * 60 + local.minute
    yesterday = (local - timedelta(days=1)).weekday()
    candidates = set(
        Slot.objects.filter(weekday=local.weekday(), starts__lte=minute, ends__gt=minute).values_list("card", flat=True)
    ) | set(Slot.objects.filter(weekday=yesterday, ends__gt=minute + 1440).values_list("card", flat=True))
    calendar = calendar_of(town().state)
    contents = Offer.objects.filter(pk__in=candidates).values_list("pk", "content")
    opened = {key for key, content in contents.iterator() if open_at(_times(content), now, calendar)}
    return np.isin(shelf.offers, list(opened))


def _times(content: Mapping) -> tuple:
    return Offer(content={"title": "", "times": content.get("times", [])}).document.times
