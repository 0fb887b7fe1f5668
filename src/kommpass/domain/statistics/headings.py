"""What the header of a column of figures says: which measure, in what unit, of which time, for which people."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kommpass.domain.statistics.times import time_in
from kommpass.domain.words import _

Groups = tuple[tuple[str, str], ...]
"""Pairs of dimension and code, in the order of the file."""

AGE, SEX = "age", "sex"
DIMENSION_LABELS = {AGE: _("Alter"), SEX: _("Geschlecht")}


@dataclass(frozen=True)
class Heading:
    """ "" and () stand for what the header does not say. `area` is set where areas stand in the columns."""

    measure: str = ""
    unit: str = ""
    time: str = ""
    groups: Groups = ()
    area: str = ""

    def to_json(self) -> dict[str, Any]:
        said: dict[str, Any] = {name: value for name, value in vars(self).items() if value}
        if self.groups:
            said["groups"] = [list(pair) for pair in self.groups]
        return said


_NOT_IN_WORD, _WORD_ENDS = r"(?:(?<=[\W_])|^)", r"(?=[\W_]|$)"
_YEARS = r"(?:[ _]?(?:jahre?n?|years?))?"
_AGES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(_NOT_IN_WORD + pattern + _WORD_ENDS, re.IGNORECASE), code)
    for pattern, code in (
        (r"(?:age[ _])?(?:unter|below|under|u)[ _]?(\d{1,2})" + _YEARS, lambda found: f"u{found[1]}"),
        (r"age[ _](?:above|over)[ _]?(\d{1,3})" + _YEARS, lambda found: f"{found[1]}+"),
        (
            r"(\d{1,3})" + _YEARS + r"[ _]?(?:(?:und|u\.|oder|and)[ _]?(?:mehr|älter|over|older)|\+)" + _YEARS,
            lambda found: f"{found[1]}+",
        ),
        (r"(\d{1,2}) bis unter (\d{1,3})" + _YEARS, lambda found: f"{found[1]}-u{found[2]}"),
        (r"(?:age[ _])(\d{1,2})[ _-](\d{1,3})" + _YEARS, lambda found: f"{found[1]}-{found[2]}"),
        (r"(\d{1,2})(?: ?[-–] ?| bis )(\d{1,3})" + _YEARS, lambda found: f"{found[1]}-{found[2]}"),
    )
)
_SEXES = tuple(
    (re.compile(_NOT_IN_WORD + pattern + _WORD_ENDS, re.IGNORECASE), code)
    for pattern, code in (
        (r"(?:weiblich|frauen|female|females|women|(?:(?<=/ )|^)w(?= /|$))", "w"),
        (r"(?:männlich|männer|male|males|men|(?:(?<=/ )|^)m(?= /|$))", "m"),
        (r"divers", "d"),
    )
)
_UNITS = tuple(
    (re.compile(pattern, re.IGNORECASE), unit)
    for pattern, unit in (
        (r"[ _]percentage$|[ _(\[]+in (?:%|prozent)[)\]]?$|[ _]*[(\[](?:%|prozent)[)\]]$| %$", "%"),
        (r"(?<!je)[ _(\[]+(?:in )?(?:km2|km²|qkm)[)\]]?$", "km²"),
        (r"(?<!je)[ _(\[]+(?:in )?(?:qm|m²|m2)[)\]]?$", "m²"),
        (r"[ _(\[]+(?:in )?ha[)\]]?$", "ha"),
        (r"[ _(\[]+(?:in )?(?:euro|eur|€)[)\]]?$", "EUR"),
        (r"[ _(\[]+in 1[ .]?000[)\]]?$", "1000"),
    )
)
_FOOTNOTE = re.compile(r"(?<=[^\d\s])\s?[1-9]\)|\s[1-9]\)")
_WHOLE = re.compile(r"(?:,|^|\s)\s*(?:insgesamt|gesamt|zusammen|total)$", re.IGNORECASE)
_EDGES = " \t\r\n_,;:/-–"
_EDGES = " \t\r\n_,;:/-–"
_ENDS = " \t\r\n_,;:/-–()"


def heading_of(text: str) -> Heading:
    """What a header says. What is no time, unit or group is the measure, as it is written.

    >>> heading_of("inhabitants_age_below_6_percentage")
    Heading(measure='inhabitants', unit='%', time='', groups=(('age', 'u6'),), area='')
    >>> heading_of("Bevölkerung2) weiblich am 31.12.2022 (Jahr)")
    Heading(measure='Bevölkerung', unit='', time='2022-12-31', groups=(('sex', 'w'),), area='')
    >>> heading_of("GESIx_2013"), heading_of("6-15").groups, heading_of("K01").measure, heading_of("Fläche in qm").unit
    (Heading(measure='GESIx', unit='', time='2013', groups=(), area=''), (('age', '6-15'),), 'K01', 'm²')
    """
    rest = _FOOTNOTE.sub("", " ".join(text.split()))
    time, rest = time_in(rest)
    if time:
        rest = re.sub(r"\(\s*(?:jahr|stichtag)?\s*\)|\bam\s*$", "", rest, flags=re.IGNORECASE).strip()
        rest = re.sub(r"\s+am$", "", rest)
    rest = rest.strip(_EDGES)
    unit = ""
    for pattern, name in _UNITS:
        if (found := pattern.search(rest)) and found.start():
            unit, rest = name, rest[: found.start()]
            break
    groups: list[tuple[str, str]] = []
    rest = _taken(rest, _AGES, AGE, groups)
    rest = _taken(rest, tuple((pattern, _always(code)) for pattern, code in _SEXES), SEX, groups)
    measure = _WHOLE.sub("", rest.strip(_ENDS)).strip(_ENDS)
    return Heading(" ".join(measure.split()), unit, time, tuple(groups))


def _always(code: str) -> Callable[[re.Match[str]], str]:
    return lambda _found: code


def _taken(
    text: str,
    patterns: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...],
    dimension: str,
    groups: list[tuple[str, str]],
) -> str:
    for pattern, code in patterns:
        if found := pattern.search(text):
            groups.append((dimension, code(found)))
            return f"{text[: found.start()].rstrip(_ENDS)} {text[found.end() :].lstrip(_ENDS)}".strip()
    return text


def heading_from(raw: Mapping[str, Any]) -> Heading:
    """The inverse of `Heading.to_json`. Raises `TypeError` or `ValueError` for what is no heading."""
    groups = tuple((str(dimension), str(code)) for dimension, code in raw.get("groups", ()))
    texts = {name: value for name, value in raw.items() if name != "groups"}
    if not all(isinstance(value, str) for value in texts.values()):
        raise TypeError("texts expected")
    return Heading(groups=groups, **texts)
