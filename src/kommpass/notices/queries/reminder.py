"""A reminder, and what all kinds of them need: links that still open, and addresses as they stand in a mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.audits.models import Procedure
from kommpass.people.addresses import absolute, in_town
from kommpass.people.models import ContributionLink
from kommpass.people.queries import coordinators, open_links

# Who was asked is left in peace for a week.
ANSWER_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Reminder:
    """One thing somebody owes: the line of the letter, and the key of the ledger."""

    procedure: Procedure
    kind: str
    subject: int
    recipient: str
    due_on: date
    text: str
    url: str
    by_link: bool = False

    @property
    def key(self) -> tuple[str, int, str, date]:
        return self.kind, self.subject, self.recipient, self.due_on


def links(purpose: str, at: datetime, *, by: str = "subject") -> dict[int, ContributionLink]:
    """The newest link that still opens, for each subject or organisation."""
    return {getattr(each, by): each for each in open_links(at).filter(purpose=purpose).order_by("issued_at", "pk")}


def asked_today(link: ContributionLink | None, today: date) -> bool:
    """Who was written to today is not reminded today; tomorrow is early enough."""
    return link is not None and timezone.localdate(link.issued_at) == today


def lead_addresses() -> list[str]:
    """The mail addresses of the coordination."""
    return list(coordinators().order_by("user__email").values_list("user__email", flat=True).distinct())


def address(name: str, *args) -> str:
    """A page of the town as it stands in a mail."""
    return absolute(in_town(name, *args))


def until(day: date, today: date) -> str:
    """The day in words: how a line ends, whether it is near, today or over."""
    if day == today:
        return _("fällig heute")
    words = _("war fällig am %(day)s") if day < today else _("bitte bis zum %(day)s")
    return words % {"day": f"{day:%d.%m.%Y}"}


def in_a_row(names: Iterable[str], most: int = 5) -> str:
    """Names in one line; whoever does not fit is counted.

    >>> in_a_row(["Amt 51", "Amt 40"])
    'Amt 51, Amt 40'
    """
    known = list(names)
    shown = ", ".join(known[:most])
    return _("%(names)s und %(more)d weitere") % {"names": shown, "more": len(known) - most} if known[most:] else shown
