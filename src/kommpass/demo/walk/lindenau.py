"""Lindenau: two whole rounds with a lapse between their certificates, and the beginning of the third."""

from kommpass.demo.walk import bodies
from kommpass.demo.walk.chapters import CERTIFICATE, LATER_ROUND, UNTIL_COUNCIL, UNTIL_THE_END, Chapter
from kommpass.demo.walk.offers import keep_directory
from kommpass.demo.walk.town import TownOnItsWay

BEGINS = 452
CHAPTERS = (
    Chapter(round=1, ends=2510, steps=UNTIL_COUNCIL),
    Chapter(round=1, ends=2395, steps=CERTIFICATE),
    Chapter(round=1, ends=1312, steps=UNTIL_THE_END),
    Chapter(round=2, ends=990, steps=LATER_ROUND | CERTIFICATE, folder="second/"),
    Chapter(round=2, ends=20, steps=UNTIL_THE_END, folder="second/"),
)


def these_days(walk: TownOnItsWay) -> None:
    """The third round has just begun, on the permanent rung: its paper is on the way to committee and council."""
    walk.folder = "third/"
    walk.go("begun")
    walk.begin()
    walk.go("proposed")
    paper = bodies.draft(walk, walk.story("council")["participation"])
    walk.go("invited")
    bodies.put_on_agenda(walk, paper, walk.story("council")["participation"]["station"][0])
    keep_directory(walk)
