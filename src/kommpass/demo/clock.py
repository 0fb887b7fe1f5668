"""The clock of the demo: it begins years ago and only runs forward, so that journal and dates tell one story."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


class Clock:
    """Gives every action its moment. Town halls work from Monday to Friday.

    Days are counted back from `today`. A long story has chapters, and each of them counts back from a today of
    its own (`count_from`).
    """

    def __init__(self, today: date):
        self.today = self.end_of_story = today
        self._now = datetime.combine(date.min, time())

    def count_from(self, days: int) -> None:
        """The chapter that begins now has its own today: so many days before the end of the story."""
        self.today = self.end_of_story - timedelta(days=days)

    def day(self, ago: int) -> date:
        """A working day so many days ago (negative: to come); Saturday and Sunday become the Friday before."""
        day = self.today - timedelta(days=ago)
        return day - timedelta(days=max(0, day.weekday() - 4))

    def on(self, ago: int, hour: int = 9) -> date:
        """Go on to a day. A day that is already behind us is an error in the demo's story."""
        wanted = datetime.combine(self.day(ago), time(hour))
        if wanted.date() < self._now.date():
            raise ValueError(f"expected the story to go on after {self._now:%d.%m.%Y}, found {wanted:%d.%m.%Y}")
        self._now = max(wanted, self._now)
        return self._now.date()

    def __call__(self) -> datetime:
        """The moment of the next action: a minute after the last one."""
        self._now += timedelta(minutes=1)
        return timezone.make_aware(self._now)
