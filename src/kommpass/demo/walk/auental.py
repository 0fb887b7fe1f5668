"""Auental: told at length. Its second round is in the middle of being carried out, and a status round is open now."""

from kommpass.demo.walk.chapters import CERTIFICATE, IMPLEMENTING, LATER_ROUND, UNTIL_COUNCIL, UNTIL_THE_END, Chapter
from kommpass.demo.walk.implementing import live_through
from kommpass.demo.walk.offers import note_directory
from kommpass.demo.walk.town import TownOnItsWay

BEGINS = 432
CHAPTERS = (
    Chapter(round=1, ends=1925, steps=UNTIL_COUNCIL),
    Chapter(round=1, ends=1820, steps=CERTIFICATE),
    Chapter(round=1, ends=1150, steps=UNTIL_THE_END),
    Chapter(round=2, ends=735, steps=LATER_ROUND | CERTIFICATE, folder="second/"),
    Chapter(round=2, ends=0, steps=IMPLEMENTING, folder="second/"),
)


def these_days(walk: TownOnItsWay) -> None:
    """A status round with fresh letters: some have answered, some are late. And what else waits for somebody."""
    live_through(walk, walk.story("now"), note_directory)
