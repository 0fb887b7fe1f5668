"""One shape for everything that is due (Frist), whatever room it comes from."""

from dataclasses import dataclass
from datetime import date, timedelta

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Deadline:
    """Something that is due on a day. `url` leads to where it can be done, `responsible` is whom it concerns.

    >>> Deadline(date(2027, 3, 1), "Fragenpaket", "bundle").on_day(date(2027, 3, 2)).state
    'overdue'
    """

    due_on: date
    label: str
    kind: str
    url: str = ""
    responsible: str = ""
    state: str = ""

    def on_day(self, today: date) -> "Deadline":
        """The same deadline as it looks today: overdue, soon (within 14 days), or just due one day."""
        state = "overdue" if self.due_on < today else "soon" if self.due_on <= today + SOON else ""
        return Deadline(self.due_on, self.label, self.kind, self.url, self.responsible, state)
