"""Ceremonies: who gets a certificate where, with how many people; and which certificates still wait for one."""

from datetime import date

from django.db.models import Count, QuerySet, Sum

from kommpass.association.models import Ceremony, CeremonyGuest
from kommpass.certification.models import Certificate, CertificateStep
from kommpass.domain.validity import months_before

RECENT_MONTHS = 24
"""A certificate that was awarded longer ago has had its ceremony elsewhere."""


def ceremonies() -> QuerySet[Ceremony]:
    """All ceremonies, the newest first, with the number of towns and people. Towns are counted, so look everywhere."""
    return Ceremony.objects.annotate(towns=Count("guests"), people=Sum("guests__people", default=0))


def guests() -> QuerySet[CeremonyGuest]:
    """The guests in scope with their certificates, by the names of the towns."""
    return (
        CeremonyGuest.objects.select_related("ceremony", "certificate__procedure__municipality", "municipality")
        .defer("certificate__canonical")
        .order_by("municipality__name", "pk")
    )


def waiting(day: date) -> QuerySet[Certificate]:
    """Certificates that no ceremony hands over yet, awarded in the last two years before this day."""
    return (
        Certificate.objects.filter(ceremonies=None, awarded_on__gt=months_before(day, RECENT_MONTHS))
        .exclude(steps__kind=CertificateStep.Kind.WITHDRAWN)
        .select_related("municipality", "procedure__municipality")
        .defer("canonical")
        .order_by("municipality__name", "-valid_from_on", "pk")
    )
