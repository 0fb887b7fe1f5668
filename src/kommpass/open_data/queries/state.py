"""On what every answer depends, so that nobody has to fetch twice what they have."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache

from django.db import connection
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

    `districts` changes with the districts; `around` with all that an entry of a list depends on beside its own offer:
    the town, the names of organisations, the districts.
    """

    today: date
    marks: tuple
    modified: datetime
    changed: datetime
    districts: tuple
    around: tuple


def state(today: date) -> State:
    """The state of the directory. One query.

    The index is written anew with every change and every confirmation of an offer; names of organisations and
    boundaries of districts change without it. The day counts, because offers begin and numbers of places age.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_statement(here(), connection.vendor))
        edition, index, names, *districts, changed = cursor.fetchone()
    changed = _moment(changed)
    around = (here(), edition, names, *districts)
    morning = timezone.make_aware(datetime.combine(today, time()))
    return State(
        today=today,
        marks=(today, *around, index, changed),
        modified=max(changed or morning, morning),
        changed=changed or morning,
        districts=tuple(districts),
        around=around,
    )


@lru_cache(maxsize=256)
def _statement(town: int, _vendor: str) -> tuple[str, tuple]:
    """The question as SQL, once for each town: to put it into words takes twenty times as long as to answer it."""
    rows = Municipality.objects.filter(pk=town).values_list(
        "edition",
        IndexState.objects.values("version")[:1],
        _of_all(Organisation.objects, Sum("edition")),
        *(_of_all(District.objects, each) for each in (Sum("edition"), Count("pk"), Max("pk"))),
        _of_all(Offer.objects, Max("changed_at")),
    )
    return rows.query.sql_with_params()


def _moment(found: datetime | str | None) -> datetime | None:
    """SQLite keeps moments as texts in UTC."""
    if isinstance(found, str):
        return datetime.fromisoformat(found).replace(tzinfo=UTC)
    return found


def _of_all(rows, value) -> QuerySet:
    return rows.order_by().values("municipality").annotate(found=value).values("found")
