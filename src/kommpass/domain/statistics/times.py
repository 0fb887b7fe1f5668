"""When a figure holds: years, months, quarters, key dates and school years, as statistics write them."""

import re
from datetime import date

_YEAR = r"(?:19|20)\d\d"
_EDGE, _END = r"(?<![0-9.,])", r"(?![0-9]|[.,][0-9])"
_DAY = re.compile(
    rf"{_EDGE}(?:({_YEAR})-(\d\d)-(\d\d)|(\d\d?)\.\s?(\d\d?)\.\s?({_YEAR})|(\d\d)/(\d\d)/({_YEAR})){_END}"
)
_SCHOOL_YEAR = re.compile(rf"{_EDGE}({_YEAR})/(\d\d|{_YEAR}){_END}")
_QUARTER = re.compile(rf"{_EDGE}(?:Q([1-4])[ /-]?({_YEAR})|({_YEAR})[ /-]?Q([1-4])|([1-4])\. ?Quartal ({_YEAR})){_END}")
_MONTH = re.compile(rf"{_EDGE}(?:({_YEAR})-(0[1-9]|1[0-2])|(0[1-9]|1[0-2])[-/.]({_YEAR})){_END}")
_REPORT_MONTH = re.compile(rf"({_YEAR})(0[1-9]|1[0-2])")
_ONLY_YEAR = re.compile(rf"{_EDGE}({_YEAR}){_END}")


def time_in(text: str) -> tuple[str, str]:
    """The one time that a text names, in ISO form, and the text without it; ("", text) for none or several.

    >>> time_in("EW 31.12.2020"), time_in("GESIx_2013"), time_in("2022/23"), time_in("2011 bis 2020")
    (('2020-12-31', 'EW '), ('2013', 'GESIx_'), ('2022/23', ''), ('', '2011 bis 2020'))
    >>> time_in("bestand_06-2022"), time_in("Q3 2024"), time_in("9.20211")
    (('2022-06', 'bestand_'), ('2024-Q3', ''), ('', '9.20211'))
    """
    for pattern, written in ((_DAY, _day), (_SCHOOL_YEAR, _school), (_QUARTER, _quarter), (_MONTH, _month)):
        found = list(pattern.finditer(text))
        if len(found) == 1 and (time := written(found[0])):
            rest = text[: found[0].start()] + text[found[0].end() :]
            return (time, rest) if not _ONLY_YEAR.search(rest) else ("", text)
    years = list(_ONLY_YEAR.finditer(text))
    if len(years) != 1:
        return "", text
    return years[0][1], text[: years[0].start()] + text[years[0].end() :]


def time_of(text: str) -> str:
    """The time that a cell says and nothing else, "" for anything else. Report months may be written 202312.

    >>> time_of(" 2020"), time_of("31.12.2020"), time_of("2022-05-15"), time_of("Jahr 2020"), time_of("202312")
    ('2020', '2020-12-31', '2022-05-15', '', '2023-12')
    """
    if found := _REPORT_MONTH.fullmatch(text.strip()):
        return f"{found[1]}-{found[2]}"
    time, rest = time_in(text.strip())
    return time if not rest.strip() else ""


def _day(found: re.Match[str]) -> str:
    year, month, day = next((part for part in _parts(found) if part[0]), ("", "", ""))
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _parts(found: re.Match[str]) -> list[tuple[str, str, str]]:
    return [(found[1], found[2], found[3]), (found[6], found[5], found[4]), (found[9], found[8], found[7])]


def _school(found: re.Match[str]) -> str:
    begin, end = int(found[1]), found[2]
    return f"{begin}/{end[-2:]}" if (begin + 1) % 100 == int(end[-2:]) else ""


def _quarter(found: re.Match[str]) -> str:
    year, number = found[2] or found[3] or found[6], found[1] or found[4] or found[5]
    return f"{year}-Q{number}"


def _month(found: re.Match[str]) -> str:
    return f"{found[1] or found[4]}-{found[2] or found[3]}"
