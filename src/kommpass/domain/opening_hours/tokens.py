"""Takes a text about opening hours apart: into lines that stand alone, and each line into words that we know."""

import html
import re
from dataclasses import dataclass
from datetime import date

from kommpass.domain.schedules import DAY_CODES

SEPARATORS = ("COMMA", "AND", "BAR")
"""What may stand between two days, two hours or two statements."""

_BREAK = re.compile(r"<\s*(?:br|/?p|/?li|/?div|/?tr|/?h\d|/?ul|/?ol)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,400}>")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d~]+")
# A sentence ends with a point after a word of four letters or more, "Uhr" or a bracket: "Mo." and "1." go on.
_HARD = re.compile(r"[;\n•·]+|(?<=\w{4})(?<![Ss]ept)\.(?=\s|$)|(?<=[Uu]hr)\.(?=\s|$)|(?<=\))\.(?=\s|$)")

_DAY_WORDS = {
    "MO": r"montags?|mo", "TU": r"dienstags?|di|tu", "WE": r"mittwochs?|mi|we", "TH": r"donnerstags?|do|th",
    "FR": r"freitags?|fr", "SA": r"samstags?|sonnabends?|sbd|sa", "SU": r"sonntags?|so|su",
}  # fmt: skip
_MONTH_WORDS = (
    r"januar|jan", r"februar|feb", r"märz|mär|mrz|mar", r"april|apr", r"mai|may", r"juni|jun", r"juli|jul",
    r"august|aug", r"september|sept|sep", r"oktober|okt|oct", r"november|nov", r"dezember|dez|dec",
)  # fmt: skip
_MONTH = "|".join(f"(?:{each})" for each in _MONTH_WORDS)
_ORDINALS = {"erste": 1, "zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5, "letzte": -1, "vorletzte": -2}
_AT_HOLIDAYS = r"(?:(?:an\s+)?(?:gesetzlichen\s+|allen\s+)?feiertagen|feiertags)"
_IN_HOLIDAYS = r"(?:(?:in|während)\s+(?:den|der)\s+(?:schul)?ferien|ferien)"
_SUCH = r"(?:vorheriger|telefonischer|individueller|persönlicher)"
_SUNDAYS = r"(?:an\s+)?sonn-?\s*(?:und|u\.|&)\s*feiertagen"
_NOT = r"(?:nicht|au(?:ß|ss)er|ausgenommen|jedoch\s+nicht|aber\s+nicht)"
_ALSO = r"(?:auch|einschließlich|inklusive|inkl\.?)"
_OR = r"(?:\s+(?:und|oder|sowie)\s+|\s*[,/&]\s*)"
_CLOSED = r"(?:geschlossen|zu|ruhetag|schließtag|kein\s+angebot|off|closed)"

_PATTERNS = (
    ("ALWAYS", r"24\s*/\s*7|rund\s+um\s+die\s+uhr"),
    ("BOTH_OFF", rf"{_NOT}\s+{_IN_HOLIDAYS}{_OR}(?:{_NOT}\s+)?{_AT_HOLIDAYS}"),
    ("BOTH_OFF", rf"{_NOT}\s+{_AT_HOLIDAYS}{_OR}(?:{_NOT}\s+)?{_IN_HOLIDAYS}"),
    ("SCHOOL_OFF", rf"{_NOT}\s+{_IN_HOLIDAYS}|{_IN_HOLIDAYS}\s*:?\s*{_CLOSED}"),
    ("SCHOOL_OFF", r"(?:nur\s+)?außerhalb\s+der\s+(?:schul)?ferien|nur\s+(?:in|während)\s+der\s+schulzeit"),
    ("SCHOOL_ONLY", rf"nur\s+{_IN_HOLIDAYS}"),
    ("SCHOOL_ON", rf"{_ALSO}\s+{_IN_HOLIDAYS}"),
    ("SUNDAYS_OFF", rf"{_SUNDAYS}\s*:?\s*{_CLOSED}|{_NOT}\s+{_SUNDAYS}"),
    ("PUBLIC_OFF", rf"{_NOT}\s+{_AT_HOLIDAYS}|{_AT_HOLIDAYS}\s*:?\s*{_CLOSED}"),
    ("PUBLIC_ON", rf"{_ALSO}\s+{_AT_HOLIDAYS}"),
    ("ARRANGEMENT", rf"(?:(?:oder|nur|termine?)\s+){{0,2}}nach\s+(?:{_SUCH}\s+)?(?:termin)?(?:vereinbarung|absprache)"),
    ("FORTNIGHTLY", r"(?:14[\s-]*|vierzehn)täg(?:ig|lich)|zweiwöch(?:entlich|ig)"),
    ("FORTNIGHTLY", r"alle\s+(?:zwei|2)\s+wochen|jede\s+(?:zweite|2\.)\s+woche"),
    ("IN_MONTH", r"(?:im|des|eines?|jeden)\s+(?:jeden\s+)?monats?"),
    ("EACH_MONTH", r"monatlich"),
    ("PUBLIC", r"(?-i:PH)|feiertage?n?"),
    ("SCHOOL", r"(?-i:SH)"),
    ("EXCEPT", r"außer|ausser|ausgenommen"),
    ("CLOSED", _CLOSED),
    ("ALL_DAYS", r"täglich|jeden\s+tag|alle\s+tage"),
    ("WORKDAYS", r"werktags|wochentags|an\s+werktagen|werktäglich"),
    ("WEEKEND", r"(?:am\s+)?wochenende|an\s+(?:den\s+)?wochenenden"),
    ("PHONE", r"telefonisch(?:\s+erreichbar)?|tel(?:\.|efon(?:ische)?)?\s*-?(?:sprech)?(?:zeiten|stunden?)"),
    ("DAY", "|".join(f"(?P<day_{code}>{words})" for code, words in _DAY_WORDS.items())),
    ("DATE", r"(?P<d1>\d{1,2})\.\s*(?P<m1>\d{1,2})\.\s*(?P<y1>\d{4}|\d\d)?(?!\d)"),
    ("DATE", rf"(?P<d2>\d{{1,2}})\.\s*(?P<m2>{_MONTH})\.?(?:\s+(?P<y2>\d{{4}}))?(?!\w)"),
    ("DATE", rf"(?:(?P<y3>\d{{4}})\s+)?(?P<m3>{_MONTH})\s+(?P<d3>\d{{1,2}})(?![\d:.])"),
    ("DATE", r"(?P<y4>\d{4})-(?P<m4>\d\d)-(?P<d4>\d\d)(?!\d)"),
    ("MONTH", rf"(?:im\s+|von\s+)?(?P<month>{_MONTH})\.?"),
    ("CLOCK", r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?!\d)(?!\.\d)"),
    ("ORDINAL", r"(?P<ordinal>(?:vor)?(?:erste|zweite|dritte|vierte|fünfte|letzte)[nrms]?|[1-5]\.)"),
    ("INDEX", r"\[(?P<index>-?[1-5](?:\s*,\s*-?[1-5])*)\]"),
    ("NUMBER", r"\d{1,2}(?!\d)"),
    ("OPEN_END", r"\+"),
    ("UHR", r"uhr|h"),
    ("UNTIL", r"bis\s+zum"),
    ("TO", r"-|bis(?:\s+einschließlich)?"),
    ("FROM", r"ab(?:\s+dem)?|beginn|start|beginnend(?:\s+am)?"),
    ("BETWEEN", r"von|zwischen|um"),
    ("EACH", r"jeden|jede[rs]?|immer|wöchentlich"),
    ("ON", r"am|den|der|an"),
    ("COMMA", r",|/"),
    ("AND", r"und|u\.|sowie|&|\+"),
    ("BAR", r"\|"),
    ("COLON", r":|="),
    ("BRACKET", r"[()]"),
    ("QUOTE", r"[\"„“”»«']"),
    ("NOISE", r"(?:öffnungs|sprech|büro|beratungs)?zeiten|sprechstunden?|geöffnet|offen|open"),
    ("NOISE", r"durchgehend|jeweils|regelmäßig|wann|die|unsere"),
)  # fmt: skip
# A word ends where no letter and no digit follows; figures may touch letters ("8h", "10Uhr").
_WORDLIKE = {"UHR", "TO", "CLOCK", "NUMBER", "DATE", "INDEX", "OPEN_END", "COMMA", "AND", "BAR", "COLON", "BRACKET",
             "QUOTE", "ORDINAL"}  # fmt: skip
_COMPILED = tuple(
    (name, re.compile(rf"(?:{pattern})" + ("" if name in _WORDLIKE else r"(?!\w)"), re.IGNORECASE))
    for name, pattern in _PATTERNS
)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Token:
    """A word that we know; `value` is a number, a day, a list of numbers, whatever its kind needs."""

    kind: str
    value: object = None
    text: str = ""


def lines_of(text: str) -> list[str]:
    """The parts of a text that stand alone, without HTML, with one kind of dash and of space.

    >>> lines_of("<p>Mo&ndash;Fr 8&nbsp;&mdash;&nbsp;12 Uhr<br>Sa zu; Termine frei.</p>")
    ['Mo-Fr 8 - 12 Uhr', 'Sa zu', 'Termine frei']
    """
    plain = _UNSEEN.sub("", html.unescape(_TAG.sub(" ", _BREAK.sub("\n", text))).replace("\r", "\n"))
    pieces = _HARD.split(_DASHES.sub("-", plain))
    return [line for piece in pieces if (line := _SPACES.sub(" ", piece).strip(" ,."))]


def tokens_of(line: str) -> list[Token] | None:
    """The words of a line; None as soon as one of them is not known."""
    found: list[Token] = []
    place = 0
    while place < len(line):
        if line[place] == " ":
            place += 1
            continue
        token, length = _token_at(line, place)
        if token is None:
            return None
        found.append(token)
        place += length
    return found


def _token_at(line: str, place: int) -> tuple[Token | None, int]:
    before = line[place - 1] if place else ""
    for name, pattern in _COMPILED:
        match = pattern.match(line, place)
        if match is None or not match[0]:
            continue
        if _LETTER.match(match[0]) and _LETTER.match(before):
            continue
        value = _value(name, match)
        if value is not None:
            length = len(match[0])
            # "Mo." and "Jan." are abbreviations.
            if name in ("DAY", "MONTH") and line[place + length : place + length + 1] == ".":
                length += 1
            return Token(name, value, match[0]), length
    return None, 0


def _value(name: str, match: re.Match[str]) -> object:
    """What the word says; None where it only looks like one (25:70, 31.02.)."""
    if name == "DAY":
        return next(place for place, code in enumerate(DAY_CODES) if match[f"day_{code}"])
    if name == "DATE":
        return _date(match)
    if name == "MONTH":
        return _month(match["month"])
    if name == "CLOCK":
        return _minutes(int(match["hour"]), int(match["minute"]))
    if name == "NUMBER":
        return int(match[0])
    if name == "ORDINAL":
        return _ordinal(match["ordinal"])
    if name == "INDEX":
        return tuple(int(each) for each in match["index"].split(","))
    return match[0]


def _minutes(hour: int, minute: int) -> int | None:
    """Minutes after midnight; up to 48 hours, since OpenStreetMap writes 26:00 for two in the night."""
    return hour * 60 + minute if hour <= 48 and minute < 60 else None


def _month(text: str) -> int:
    return next(number for number, words in enumerate(_MONTH_WORDS, 1) if re.fullmatch(words, text, re.IGNORECASE))


def _ordinal(text: str) -> int:
    if text[0].isdigit():
        return int(text[0])
    word = text.lower()
    return next(number for start, number in _ORDINALS.items() if word.startswith(start))


def _date(match: re.Match[str]) -> tuple[int, int, int] | None:
    """Year (0 where none is said), month, day."""
    groups = match.groupdict()
    for number in "1234":
        if f"d{number}" in groups:
            month_text, year = groups[f"m{number}"], int(groups[f"y{number}"] or 0)
            month = int(month_text) if month_text.isdigit() else _month(month_text)
            year += 2000 if 0 < year < 100 else 0
            return (year, month, int(groups[f"d{number}"])) if _exists(year, month, int(groups[f"d{number}"])) else None
    return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year or 2028, month, day)
    except ValueError:
        return False
    return True
