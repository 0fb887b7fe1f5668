"""The towns of the demo, and the performance: each town is walked as far as asked, in one transaction.

Four towns, so that a visitor meets the audit at each of its stations:

- Auental is told at length. Its second round is being carried out: a status round is open, letters are on the way.
- Hasselgrund is in the middle of its first stocktaking. It stays there on purpose: somebody must be at the beginning,
  or nobody could try how an audit begins, and a small place without a youth office has other questions than a city.
- Lindenau has walked two whole rounds, with a lapse between its certificates, and stands before the permanent one.
- Moorhausen has submitted for the first time: its case is before the review board.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from kommpass.demo.cast import settle
from kommpass.demo.clock import Clock
from kommpass.demo.stories import story
from kommpass.demo.walk import auental, hasselgrund, lindenau, moorhausen
from kommpass.demo.walk.chapters import Chapter
from kommpass.demo.walk.gatherings import assemble
from kommpass.demo.walk.offers import keep_directory
from kommpass.demo.walk.town import Step, TownOnItsWay
from kommpass.domain.phases import Stage
from kommpass.municipalities.scope import within

__all__ = ["ROUNDS", "STAGES", "TOWNS", "assemble", "perform"]
ROUNDS = 2


@dataclass(frozen=True)
class DemoTown:
    """How one town is played: when its story begins, its chapters, and what happens in these days, with letters."""

    name: str
    begins: int
    chapters: tuple[Chapter, ...]
    these_days: Step | None = None


TOWNS = {
    "auental": DemoTown("Auental", auental.BEGINS, auental.CHAPTERS, auental.these_days),
    "hasselgrund": DemoTown("Hasselgrund", hasselgrund.BEGINS, hasselgrund.CHAPTERS, hasselgrund.letters_of_these_days),
    "lindenau": DemoTown("Lindenau", lindenau.BEGINS, lindenau.CHAPTERS, lindenau.these_days),
    "moorhausen": DemoTown("Moorhausen", moorhausen.BEGINS, moorhausen.CHAPTERS, keep_directory),
}
STAGES = tuple(Stage)


def perform(slug: str, *, rounds: int, until: Stage | None, today: date, say: Callable[[str], None]) -> None:
    """Create one town and walk it: so many rounds, the last of them up to and with a stage (None: as far as told)."""
    played = TOWNS[slug]
    told = [(chapter, steps) for chapter in played.chapters if (steps := chapter.until(rounds, until))]
    whole = [steps for _chapter, steps in told] == [each.steps for each in played.chapters]
    end = 0 if whole else told[-1][0].ends
    clock = Clock(today)
    with old_letters_stay_in_the_drawer(), transaction.atomic():
        clock.count_from(told[0][0].ends - end)
        clock.on(played.begins)
        say(f"{played.name}: Stadt, Stadtteile, Menschen und Stellen")
        town, cast = settle(story(slug, "people", clock.today), clock=clock)
        walk = TownOnItsWay(town=town, cast=cast, clock=clock)
        with within(town):
            for chapter, steps in told:
                clock.count_from(chapter.ends - end)
                walk.folder = chapter.folder
                for stage, step in steps.items():
                    say(f"{played.name}: {_title(chapter, stage)}")
                    step(walk)
    if played.these_days and whole:
        with within(town), transaction.atomic():
            clock.count_from(0)
            played.these_days(walk)


def _title(chapter: Chapter, stage: Stage) -> str:
    return str(stage.label) if chapter.round == 1 else f"{stage.label}, {chapter.round}. Durchgang"


@contextmanager
def old_letters_stay_in_the_drawer() -> Iterator[None]:
    """Letters of years ago hold links that have expired: nobody is helped by finding them among today's mails."""
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = usual
