"""The towns of the demo, and the performance: each town is walked as far as asked, in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from kommpass.demo.cast import people_of_the_installation, settle
from kommpass.demo.clock import Clock
from kommpass.demo.stories import story
from kommpass.demo.walk import auental, hasselgrund
from kommpass.demo.walk.town import Step, TownOnItsWay
from kommpass.domain.phases import Stage
from kommpass.municipalities.scope import within


@dataclass(frozen=True)
class DemoTown:
    """How one town is played: when its story begins, its steps by stage, and the letters that go out at the end."""

    name: str
    begins: int
    steps: dict[Stage, Step]
    letters: Step | None = None


TOWNS = {
    "auental": DemoTown("Auental", auental.BEGINS, auental.STEPS),
    "hasselgrund": DemoTown(
        "Hasselgrund", hasselgrund.BEGINS, hasselgrund.STEPS, letters=hasselgrund.letters_of_these_days
    ),
}
STAGES = tuple(auental.STEPS)


def perform(slug: str, *, until: Stage, today: date, say: Callable[[str], None]) -> None:
    """Create one town and walk it through all stages up to and with `until`."""
    played = TOWNS[slug]
    clock = Clock(today)
    clock.on(played.begins)
    with old_letters_stay_in_the_drawer(), transaction.atomic():
        say(f"{played.name}: Stadt, Stadtteile, Menschen und Stellen")
        town, cast = settle(story(slug, "people", today), administrator=people_of_the_installation(), clock=clock)
        walk = TownOnItsWay(town=town, cast=cast, clock=clock)
        with within(town):
            for stage in STAGES[: STAGES.index(until) + 1]:
                if stage in played.steps:
                    say(f"{played.name}: {stage.label}")
                    played.steps[stage](walk)
    if played.letters and set(played.steps) <= set(STAGES[: STAGES.index(until) + 1]):
        with within(town), transaction.atomic():
            played.letters(walk)


@contextmanager
def old_letters_stay_in_the_drawer() -> Iterator[None]:
    """Letters of months ago hold links that have expired: nobody is helped by finding them among today's mails."""
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = usual
