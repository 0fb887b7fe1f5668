"""Reads what the demo tells: the data files of a town, with their years counted from a today."""

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"

# A line that reaches the margin goes on in the next one; a shorter line ends where it ends. So lists stay lists.
WRAPPED = re.compile(r"(?<=[^\n]{95})(?<![\"\]}])\n(?=[\w„{])(?!\d+\. )")


YEARS_AWAY = re.compile(r"\{y(-?\d+)\}")
MONTHS_AWAY = re.compile(r"\{m(-?\d+)\}")


def story(town: str, subject: str, today: date) -> dict:
    """One data file. "{y0}" is this year, "{y1}" the next, "{m-2}" the month before the last, like "2027-03".

    Read only: every file is read once.
    """
    return _read(town, subject, today.year, today.month)


@cache
def _read(town: str, subject: str, year: int, month: int) -> dict:
    text = (FOLDER / town / f"{subject}.toml").read_text(encoding="utf-8")
    text = WRAPPED.sub(" ", text)
    text = YEARS_AWAY.sub(lambda found: str(year + int(found[1])), text)
    text = MONTHS_AWAY.sub(lambda found: _month(year * 12 + month - 1 + int(found[1])), text)
    return tomllib.loads(text)


def _month(place: int) -> str:
    return f"{place // 12}-{place % 12 + 1:02}"
