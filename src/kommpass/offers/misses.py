"""Counts searches that found nothing, as signs of need: words and month, nothing about who searched."""

from datetime import date

from django.db.models import F

from kommpass.domain.german_search import parse
from kommpass.municipalities.scope import town
from kommpass.offers.models import SearchMiss

LONGEST = 100
MOST_A_MONTH = 5_000
"""Beyond that somebody is playing: what is new is not taken up any more this month."""


def count_miss(query: str, day: date) -> None:
    """One more search for these words in this month found nothing. The order of the words does not count."""
    words = " ".join(sorted(word.written for word in parse(query).words))[:LONGEST]
    if not words:
        return
    month = day.replace(day=1)
    if SearchMiss.objects.filter(month=month, words=words).update(count=F("count") + 1):
        return
    if SearchMiss.objects.filter(month=month).count() < MOST_A_MONTH:
        SearchMiss.objects.get_or_create(month=month, words=words, defaults={"count": 1})


def misses(since: date):
    """What was looked for in vain often enough that it says nothing about anybody: from the town's minimum count on."""
    return SearchMiss.objects.filter(month__gte=since, count__gte=max(5, town().minimum_count))
