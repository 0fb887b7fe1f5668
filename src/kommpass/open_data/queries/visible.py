"""Which offers other programs may know: public ones, and for a year those that ended, so that copies forget them."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from kommpass.offers.models import Offer

REMEMBERED = timedelta(days=365)


def visible(today: date) -> QuerySet[Offer]:
    """Every offer that has an entry: a draft has none, and what ended before it was public never had one."""
    ended = Q(state=Offer.State.ENDED, ended_on__gt=today - REMEMBERED)
    return Offer.objects.exclude(published_at=None).filter(Q(state__in=Offer.PUBLIC) | ended)


def running(today: date) -> QuerySet[Offer]:
    """Those that are not over: only these still have places, times and contacts."""
    return visible(today).filter(state__in=Offer.PUBLIC)
