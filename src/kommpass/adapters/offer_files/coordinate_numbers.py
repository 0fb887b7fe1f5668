"""Reads numbers and pairs of coordinates as people write them: decimal commas, degrees and minutes, WKT."""

import re

_SPACES = str.maketrans("", "", " \u00a0\u202f'’")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_DEGREES = re.compile(
    r"([+-]?\d{1,3}(?:[.,]\d+)?)\s*°\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''))?"
)
_WIND = re.compile(r"^([NSEOW])\s*|\s*([NSEOW])$", re.IGNORECASE)
_WKT = re.compile(r"(?:SRID=\d+;\s*)?POINT\s*Z?\s*\(\s*(\S+)\s+(\S+?)(?:\s+\S+?)?\s*\)", re.IGNORECASE)
_BETWEEN = (re.compile(r"\s*[;|/]\s*"), re.compile(r"\s*,\s+"), re.compile(r"\s+"), re.compile(r","))


def number(text: str) -> float | None:
    """The number of one coordinate, None if the text is none. The last of comma and dot is the decimal one.

    >>> number("51,48"), number("5.702.951,5"), number("5 702 951"), number("51° 28' 54\\" N"), number("Kita")
    (51.48, 5702951.5, 5702951.0, 51.48166666666667, None)
    """
    text = text.strip()
    if not text or len(text) > 40:
        return None
    wind = _WIND.search(text)
    bare = _WIND.sub("", text) if wind else text
    degrees = _DEGREES.fullmatch(bare.strip())
    value = _from_degrees(degrees) if degrees else _from_digits(bare.translate(_SPACES))
    southwest = wind is not None and (wind[1] or wind[2]).upper() in "SW"
    return -value if value is not None and southwest else value


def _from_degrees(found: re.Match[str]) -> float:
    whole, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups())
    rest = minutes / 60 + seconds / 3600
    return whole - rest if found[1].startswith("-") else whole + rest


def _from_digits(text: str) -> float | None:
    comma, dot = text.rfind(","), text.rfind(".")
    if comma >= 0 and dot >= 0:
        thousands, decimal = (",", ".") if dot > comma else (".", ",")
        text = text.replace(thousands, "").replace(decimal, ".")
    elif text.count(".") > 1:
        text = text.replace(".", "")
    elif text.count(",") > 1:
        text = text.replace(",", "")
    else:
        text = text.replace(",", ".")
    return float(text) if _NUMBER.fullmatch(text) else None


def pair(text: str) -> tuple[float, float] | None:
    """The two numbers of a cell in the order in which they stand, None if they are not exactly two.

    >>> pair("51.4818, 7.2162"), pair("[7.2162,51.4818]"), pair("51,48; 7,21"), pair("POINT (7.2162 51.4818)")
    ((51.4818, 7.2162), (7.2162, 51.4818), (51.48, 7.21), (7.2162, 51.4818))
    """
    text = text.strip().strip("[](){}").strip() if not text.lstrip()[:1].isalpha() else text.strip()
    if not text or len(text) > 100:
        return None
    wkt = _WKT.fullmatch(text)
    if wkt:
        return _both(wkt[1], wkt[2])
    for between in _BETWEEN:
        parts = between.split(text)
        if len(parts) == 2 and (both := _both(*parts)):
            return both
    return None


def _both(first: str, second: str) -> tuple[float, float] | None:
    one, other = number(first), number(second)
    return None if one is None or other is None else (one, other)
