"""What falls due for one person in all of their towns and outside of them, and how it stands in their calendar."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kommpass.adapters.calendar_file import DayEntry
from kommpass.audits.queries import procedures
from kommpass.domain.deadlines import Deadline
from kommpass.municipalities.scope import within
from kommpass.notices.marks import mark
from kommpass.people.addresses import absolute
from kommpass.people.dues import dues, office_dues
from kommpass.people.models import CalendarKey, User
from kommpass.people.queries import towns_of

DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Due:
    """A deadline and where it comes from: a procedure of a town, a town as a whole, or the association."""

    deadline: Deadline
    town: str = ""
    procedure: int = 0

    @property
    def named(self) -> Deadline:
        """With the name of the town: for lists over several towns."""
        label = f"{self.town}: {self.deadline.label}" if self.town else self.deadline.label
        return replace(self.deadline, label=label)


def calendar_keys() -> QuerySet[CalendarKey]:
    """The addresses that open a calendar: those of people whose access is open."""
    return CalendarKey.objects.filter(person__is_active=True).select_related("person")


def calendar_key_of(person: User) -> CalendarKey | None:
    return CalendarKey.objects.filter(person=person).first()


def dues_of(person: User, day: date) -> list[Due]:
    """Everything that falls due for this person, the earliest first; what is overdue stays."""
    found = [Due(each) for each in office_dues(person, day)]
    for municipality in towns_of(person):
        with within(municipality):
            found += [Due(each, municipality.name) for each in dues(person, None, day)]
            for procedure in procedures():
                found += [Due(each, municipality.name, procedure.pk) for each in dues(person, procedure, day)]
    return sorted(found, key=lambda each: (each.deadline.due_on, each.town, each.deadline.label, each.procedure))


def entries(found: Iterable[Due]) -> Iterator[DayEntry]:
    """The same as entries of a calendar. Each says its town, whom it concerns and where it can be done."""
    host = urlsplit(settings.BASE_URL).hostname or "kommpass"
    seen: Counter[str] = Counter()
    for due in found:
        key = _mark(due)
        seen[key] += 1
        yield DayEntry(
            uid=f"{key}-{seen[key]}@{host}",
            on=due.deadline.due_on,
            summary=_summary(due),
            description="\n".join(filter(None, (due.deadline.responsible, _link(due.deadline)))),
            categories=[each for each in (due.town, _("Frist")) if each],
            url=_link(due.deadline),
        )


def _mark(due: Due) -> str:
    """What a calendar program knows it by. Counts in its words ("noch 3 von 5") change, the thing stays the same."""
    each = due.deadline
    words = DIGITS.sub("", each.label)
    return mark(due.town, due.procedure, each.kind, each.url, each.responsible, each.due_on, words)[:32]


def _summary(due: Due) -> str:
    label = due.named.label
    return _("Überfällig: %s") % label if due.deadline.state == "overdue" else label


def _link(deadline: Deadline) -> str:
    return absolute(deadline.url) if deadline.url else ""
