"""Reads what the demo tells: the data files of a town, with their years counted from today."""

import re
import tomllib
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "data"

# A line that reaches the margin goes on in the next one; a shorter line ends where it ends. So lists stay lists.
WRAPPED = re.compile(r"(?<=[^\n]{95})(?<![\"\]}])\n(?=[\w„{])(?!\d+\. )")


def story(town: str, subject: str, today: date) -> dict:
    """One data file. "{y0}" is this year, "{y1}" the next, "{y-1}" the last."""
    text = (FOLDER / town / f"{subject}.toml").read_text(encoding="utf-8")
    text = WRAPPED.sub(" ", text)
    for away in range(-9, 10):
        text = text.replace(f"{{y{away}}}", str(today.year + away))
    return tomllib.loads(text)
