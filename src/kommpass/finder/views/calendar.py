"""When something takes place: the calendar of the next weeks, and files for calendar programs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kommpass.adapters.day_calendar import calendar_of
from kommpass.adapters.offer_calendar import CalendarOffer, offers_calendar
from kommpass.audits.door import public
from kommpass.domain.schedules import DayCalendar, Occurrence, occurrences
from kommpass.finder import wishes
from kommpass.finder.published_offers import offer_or_404, provider_or_404
from kommpass.finder.results import Result, results, shown
from kommpass.finder.views.finding import marks, shared, views
from kommpass.municipalities.scope import town
from kommpass.offers.models import Offer
from kommpass.offers.queries.finding import find
from kommpass.people.addresses import absolute
from kommpass.portal.views.published import answer, publish

DAYS = 14
MOST_OFFERS = 500


@dataclass(frozen=True)
class Day:
    """One day of the calendar with what takes place on it, in order of the clock."""

    day: date
    entries: tuple[tuple[Occurrence, Result], ...]


@require_GET
@public
def calendar(request):
    """Two weeks from a day on: courses and dates (opening hours are not shown, they are no occasions)."""
    asked = wishes.read(request.GET)
    now = timezone.now()
    first = _day(request.GET.get("from", ""), timezone.localdate(now))

    def context() -> dict:
        found = find(asked.wish, now)
        return {
            **shared(asked, found),
            "views": views(asked, "finder:calendar"),
            "days": days(results(found.offers[:MOST_OFFERS], found.metres), first),
            "first": first,
            "last": first + timedelta(days=DAYS - 1),
            "before": first - timedelta(days=DAYS),
            "after": first + timedelta(days=DAYS),
            "most": MOST_OFFERS if found.total > MOST_OFFERS else 0,
        }

    return publish(request, "finder/calendar.html", context, *marks(asked, now), first)


def _day(written: str, today: date) -> date:
    try:
        asked = date.fromisoformat(written)
    except ValueError:
        return today
    return asked if abs((asked - today).days) < 731 else today


def days(shown_offers: Iterable[Result], first: date) -> list[Day]:
    """What takes place on each of the days; days without anything are left out."""
    known = calendar_of_town()
    entries: dict[date, list[tuple[Occurrence, Result]]] = {}
    for result in shown_offers:
        for schedule in result.content.times:
            if schedule.kind != "session" and schedule.rule:
                continue
            for each in occurrences(schedule, first, first + timedelta(days=DAYS - 1), known):
                entries.setdefault(each.day, []).append((each, result))
    return [
        Day(day, tuple(sorted(found, key=lambda e: (e[0].begins, e[1].offer.title))))
        for day, found in sorted(entries.items())
    ]


def calendar_of_town() -> DayCalendar:
    return calendar_of(town().state)


@require_GET
@public
def offer_file(request, key: UUID):
    found = offer_or_404(key)
    return _file(request, [found], found.title, found.changed_at)


@require_GET
@public
def provider_file(request, key: UUID):
    found = provider_or_404(key)
    offers = list(
        Offer.objects.filter(provider=found, state__in=Offer.PUBLIC)
        .select_related("provider__organisation")
        .order_by("pk")[:MOST_OFFERS]
    )
    return _file(request, offers, str(found), [each.changed_at for each in offers])


@require_GET
@public
def search_file(request):
    """A saved search as a calendar: it follows the directory."""
    asked = wishes.read(request.GET)
    now = timezone.now()
    keys = find(asked.wish, now).offers[:MOST_OFFERS]
    rows = Offer.objects.filter(pk__in=keys).select_related("provider__organisation").in_bulk()
    name = " · ".join([request.municipality.name, *[each.label for each in wishes.chips(asked)]])
    return _file(request, [rows[key] for key in keys], name, marks(asked, now))


def _file(request, offers: list[Offer], name: str, *seen) -> HttpResponse:
    today = timezone.localdate()

    def draw() -> HttpResponse:
        entries = [_entry(each) for each in shown(offers)]
        made = offers_calendar(entries, name=name, calendar=calendar_of_town(), today=today)
        return HttpResponse(made, content_type="text/calendar; charset=utf-8")

    return answer(request, draw, today, *seen)


def _entry(result: Result) -> CalendarOffer:
    offer, place = result.offer, result.places[0] if result.places else None
    return CalendarOffer(
        uid=f"{offer.key}@kommpass",
        title=offer.title,
        schedules=result.content.times,
        changed_at=offer.changed_at,
        sequence=offer.edition,
        description=result.content.summary,
        place=", ".join(each for each in (place.name, place.address) if each) if place else "",
        point=place.point if place else None,
        url=absolute(reverse("finder:offer", args=[offer.key])),
        provider=str(offer.provider),
        cancelled=offer.state == Offer.State.ENDED,
    )
