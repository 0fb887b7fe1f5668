"""On what every answer depends, so that nobody has to fetch twice what they have."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Max, Sum
from django.db.models.query import QuerySet
from django.utils import timezone

from kommpass.municipalities.models import District, Municipality
from kommpass.municipalities.scope import here
from kommpass.offers.models import IndexState, Offer
from kommpass.people.models import Organisation


@dataclass(frozen=True)
class State:
    """`marks` change whenever an answer could; `modified` is the last change of an offer (`changed`) or this morning.

    `districts` changes with the districts.
    """

    today: date
    marks: tuple
    modified: datetime
    changed: datetime
    districts: tuple


def state(today: date) -> State:
    """The state of the directory. One query.

    The index is written anew with every change and every confirmation of an offer; names of organisations and
    boundaries of districts change without it. The day counts, because offers begin and numbers of places age.
    """
    row = (
        Municipality.objects.filter(pk=here())
        .values_list(
            "edition",
            IndexState.objects.values("version")[:1],
            _of_all(Organisation.objects, Sum("edition")),
            *(_of_all(District.objects, each) for each in (Sum("edition"), Count("pk"), Max("pk"))),
            _of_all(Offer.objects, Max("changed_at")),
        )
        .get()
    )
    morning = timezone.make_aware(datetime.combine(today, time()))
    return State(
        today=today,
        marks=(here(), today, *row),
        modified=max(row[-1] or morning, morning),
        changed=row[-1] or morning,
        districts=row[3:6],
    )


def _of_all(rows, value) -> QuerySet:
    return rows.order_by().values("municipality").annotate(found=value).values("found")
