"""Reads opening hours from German sentences and from OpenStreetMap's syntax; what is not sure stays text."""

import re
from dataclasses import dataclass
from datetime import date

from kommpass.domain.opening_hours.assembling import assemble
from kommpass.domain.opening_hours.parts import Unread
from kommpass.domain.opening_hours.statements import Reader, Statement
from kommpass.domain.opening_hours.tokens import lines_of, tokens_of
from kommpass.domain.schedules import Schedule

LONGEST_TEXT = 5000

# A line in this syntax has English days, PH, SH, off, an index or an open end, and nothing of a German sentence.
_EXACT_MARK = re.compile(r"\b(?:Tu|We|Th|Su|PH|SH|off|24/7)\b|\[-?\d|\d\+")
_EXACT_SIGNS = re.compile(r"(?:(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH|off|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b"
                          r"|[-\d\s:;,+/\[\]])+")  # fmt: skip
# If a line that we cannot read says one of these, it may change what the other lines say.
_CHANGES_THE_REST = re.compile(
    r"woche|gerade|monat|ferien|feiertag|au(?:ß|ss)er|ausgenommen|winter|sommer|saison|turnus|abwechselnd|wechsel"
    r"|täg(?:ig|lich)|pause|geschlossen|entf[aä]ll|f[aä]llt|geändert|abweichend|\bmai\b|januar|februar|märz|april|juni|juli|august|september|oktober|november|dezember"
    r"|\bPH\b|\bSH\b|\d\.\s*\d{1,2}\.|\b20\d\d\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """What was read, and the text that was not (without HTML, its parts joined by "; ")."""

    schedules: tuple[Schedule, ...] = ()
    unread: str = ""


def read(text: str, *, today: date | None = None) -> Reading:
    """The schedules of a text. A line is read as a whole or stays in `unread` as a whole; nothing is guessed.

    Hours are closed on public holidays unless the text says otherwise, as they are in our towns. "werktags" is
    Monday to Friday: nobody shall come on a Saturday in vain. Dates without a year ("24.12. geschlossen") are read
    for the ten years from `today` on, and stay unread without it.

    >>> reading = read("Di 9-12 und 14-18 Uhr; Fr nach dem Gottesdienst")
    >>> [(each.rule, each.starts, each.ends) for each in reading.schedules]
    [('FREQ=WEEKLY;BYDAY=TU', '09:00', '12:00'), ('FREQ=WEEKLY;BYDAY=TU', '14:00', '18:00')]
    >>> reading.unread
    'Fr nach dem Gottesdienst'
    """
    if len(text) > LONGEST_TEXT:
        return Reading(unread=text.strip())
    lines = lines_of(text)
    everything = Reading(unread="; ".join(lines))
    exact = bool(_EXACT_MARK.search("; ".join(lines))) and all(_EXACT_SIGNS.fullmatch(line) for line in lines)
    read_lines = [_statements(line, exact) for line in lines]
    unread = [line for line, found in zip(lines, read_lines, strict=True) if found is None]
    if any(_CHANGES_THE_REST.search(line) for line in unread):
        return everything
    try:
        schedules = assemble([(place, each) for place, found in enumerate(read_lines) for each in found or ()], today)
    except Unread:
        return everything
    # A mere "montags geschlossen" would be lost: without any time the whole text stays.
    return Reading(schedules, "; ".join(unread)) if schedules else everything


def _statements(line: str, exact: bool) -> list[Statement] | None:
    tokens = tokens_of(line)
    if tokens is None:
        return None
    try:
        return Reader(tokens, exact).read()
    except Unread:
        return None
