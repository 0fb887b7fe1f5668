"""The cells of official statistics: numbers as offices write them, and the signs that stand where no number can.

Signs after DIN 55301 and the tables of the statistical offices. What a cell does not say clearly is an error: a true
zero, a secret and a gap are three different things, and none of them may become another silently.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from kommpass.domain.words import _

COMMA, DOT = ",", "."


class Status(StrEnum):
    """What stands in a cell: a number, or why there is none."""

    VALUE = "value"
    NOTHING = "nothing"
    LESS_THAN_HALF = "less_than_half"
    SECRET = "secret"
    UNRELIABLE = "unreliable"
    MEANINGLESS = "meaningless"
    LATER = "later"
    LIMITED = "limited"
    MISSING = "missing"


STATUS_LABELS = {
    Status.VALUE: _("Zahl"),
    Status.NOTHING: _("nichts vorhanden (genau null)"),
    Status.LESS_THAN_HALF: _("weniger als die Hälfte der letzten Stelle, aber mehr als nichts"),
    Status.SECRET: _("unbekannt oder geheim zu halten"),
    Status.UNRELIABLE: _("nicht sicher genug"),
    Status.MEANINGLESS: _("gesperrt, weil ohne Sinn"),
    Status.LATER: _("kommt später"),
    Status.LIMITED: _("nur eingeschränkt sicher"),
    Status.MISSING: _("leer"),
}

SIGNS: Mapping[str, Status] = {
    "": Status.MISSING,
    "-": Status.NOTHING,
    "–": Status.NOTHING,
    ".": Status.SECRET,
    "*": Status.SECRET,
    "/": Status.UNRELIABLE,
    "x": Status.MEANINGLESS,
    "X": Status.MEANINGLESS,
    "...": Status.LATER,
    "…": Status.LATER,
    "()": Status.LIMITED,
    "( )": Status.LIMITED,
}
"""What the signs mean where a source says nothing else. `*` is the Federal Employment Agency's: fewer than ten."""

QUALITY_LETTERS = "eprsb"
"""Letters behind a number: e final, p provisional, r corrected, s estimated, b break in the series."""

_BLANKS = " \t\u00a0\u2002\u2007\u2008\u2009\u200a\u202f"
_THIN = _BLANKS[1:]
_NUMBERS = {
    COMMA: re.compile(r"([+\-−–]?)((?:0|[1-9]\d{0,2}(?:([. '’])\d{3})(?:\3\d{3})*|[1-9]\d*)?)(?:,(\d+))?", re.ASCII),
    DOT: re.compile(
        r"([+\-−–]?)((?:0|[1-9]\d{0,2}(?:([, '’])\d{3})(?:\3\d{3})*|[1-9]\d*)?)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?",
        re.ASCII,
    ),
}
_AROUND = re.compile(r"(\()?([^()%a-df-zA-DF-Z]*?)(\))? ?(%)? ?(?:(?<![eE])([eprsb]))?")


class Reading(NamedTuple):
    """What a cell says. `value` is None where the status tells no number; `unit` is "%" where the cell says so."""

    value: Decimal | None
    status: Status
    quality: str = ""
    unit: str = ""


class UnknownSign(ValueError):
    """A cell that is neither a number nor a known sign; `text` is what stands there."""

    def __init__(self, text: str):
        super().__init__(text)
        self.text = text


class Reader:
    """Reads the cells of one sheet and remembers what it read before.

    `decimal` is the decimal sign, COMMA or DOT; the other one may only group thousands. `signs` are the sheet's own
    meanings on top of SIGNS; {"0": Status.LESS_THAN_HALF} makes every zero a sign, also 0,0. What is nothing or less
    than half has the value 0.

    >>> read = Reader(COMMA)
    >>> read("1 234,50"), read("(7)"), read("."), read("-")[:2]
    (Reading(value=Decimal('1234.50'), status=<Status.VALUE: 'value'>, quality='', unit=''), \
Reading(value=Decimal('7'), status=<Status.LIMITED: 'limited'>, quality='', unit=''), \
Reading(value=None, status=<Status.SECRET: 'secret'>, quality='', unit=''), \
(Decimal('0'), <Status.NOTHING: 'nothing'>))
    """

    def __init__(self, decimal: str = COMMA, signs: Mapping[str, Status] | None = None):
        self._number = _NUMBERS[decimal]
        self._decimal = decimal
        self._signs = {**SIGNS, **(signs or {})}
        self.known: dict[str, Reading] = {text: _told(status) for text, status in self._signs.items()}

    def __call__(self, text: str) -> Reading:
        """What the cell says. Raises `UnknownSign`."""
        found = self.known.get(text)
        if found is None:
            found = self.known[text] = self._read(text)
        return found

    def _read(self, text: str) -> Reading:
        if text.isdecimal() and text.isascii() and text[0] != "0":
            return Reading(Decimal(text), Status.VALUE)
        bare = text.translate(_PLAIN_BLANKS).strip()
        if bare in self._signs:
            return _told(self._signs[bare])
        around = _AROUND.fullmatch(bare)
        if around is None or bool(around[1]) != bool(around[3]):
            raise UnknownSign(text)
        value = self._value(around[2].strip(), text)
        if not value and not around[1] and "0" in self._signs:
            return _told(self._signs["0"])
        status = Status.LIMITED if around[1] else Status.VALUE
        return Reading(value, status, around[5] or "", around[4] or "")

    def _value(self, text: str, whole: str) -> Decimal:
        number = self._number.fullmatch(text)
        if number is None or not (number[2] or number[4]):
            raise UnknownSign(whole)
        minus = "-" if number[1] in ("-", "−", "–") and number[1] else ""
        group = number[2].replace(number[3], "") if number[3] else number[2]
        power = f"E{number[5]}" if self._decimal == DOT and number[5] else ""
        return Decimal(f"{minus}{group or 0}{'.' + number[4] if number[4] else ''}{power}")


_PLAIN_BLANKS = {ord(blank): " " for blank in _THIN}


def _told(status: Status) -> Reading:
    zero = status in (Status.NOTHING, Status.LESS_THAN_HALF)
    return Reading(Decimal(0) if zero else None, status)


_BOTH = {
    COMMA: re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}", re.ASCII),
    DOT: re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}", re.ASCII),
}
_ONE = {sign: re.compile(rf"(?:0|[1-9]\d*)?\{sign}\d+(?:[eE][+-]?\d+)?", re.ASCII) for sign in (COMMA, DOT)}
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


def decimal_evidence(text: str) -> str:
    """Which decimal sign a number shows: COMMA, DOT, "either" for 1.234 (thousands or three decimals), "" for none.

    >>> decimal_evidence("1.234,5"), decimal_evidence("-.25"), decimal_evidence("1.234"), decimal_evidence("0,125")
    (',', '.', 'either', ',')
    """
    bare = text.strip("()% \u00a0+-−–")
    if _EITHER.fullmatch(bare):
        return "either"
    for sign in (COMMA, DOT):
        if _BOTH[sign].fullmatch(bare) or _ONE[sign].fullmatch(bare):
            return sign
    return ""


_LIKE_A_VALUE = re.compile(r"\(?[+\-−–]?(?:\d[\d.,'’ \u00a0\u2009\u202f]*|[.,]\d+)(?:[eE][+-]?\d+)?\)?\s?%?\s?[eprsb]?")


def looks_like_number(text: str) -> bool:
    """Whether a cell could be a number, in whatever way it is written; signs are none."""
    return bool(_LIKE_A_VALUE.fullmatch(text.strip()))
