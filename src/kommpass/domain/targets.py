"""What a measure or goal is to reach (Zielwert): six kinds of target, in words and judged, never floats."""

import re
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kommpass.domain.moments import DateRefused, PartialDate, parse_moment
from kommpass.domain.words import _


class Direction(StrEnum):
    """Which way is better. AUTO reads it from the baseline (Ausgangswert); without one, more is better."""

    AUTO = ""
    UP = "up"
    DOWN = "down"
    WITHIN = "within"


class Outcome(StrEnum):
    """The judgement of a value."""

    REACHED = "reached"
    PARTLY = "partly"
    NOT = "not"
    NOT_ASSESSABLE = "not_assessable"


KIND_LABELS = {
    "number": _("Zahl"),
    "percentage": _("Prozentwert"),
    "range": _("Spanne"),
    "date": _("Termin"),
    "yesno": _("Ja oder Nein"),
    "qualitative": _("Beschreibung"),
}
OUTCOME_LABELS = {
    Outcome.REACHED: _("erreicht"),
    Outcome.PARTLY: _("teilweise erreicht"),
    Outcome.NOT: _("nicht erreicht"),
    Outcome.NOT_ASSESSABLE: _("nicht bewertbar"),
}


class TargetRefused(ValueError):
    """Input that makes no target; `field` is the form field, `sentence` is German."""

    def __init__(self, field: str, message: str, **values: str):
        super().__init__(message.format(**values))
        self.field, self.message, self.values = field, message, values

    @property
    def sentence(self) -> str:
        return str(self)


@dataclass(frozen=True)
class NumberTarget:
    """ "12 Plätze bis 2027". `by` is an ISO partial date or words such as "Kita-Jahr 2015/16"."""

    value: Decimal
    unit: str = ""
    by: str = ""
    direction: Direction = Direction.AUTO
    kind = "number"


@dataclass(frozen=True)
class PercentageTarget:
    """ "40 % bis Kita-Jahr 2015/16": 40, not 0.4. Over 100 or under 0 only where `beyond_hundred` says so."""

    value: Decimal
    unit: str = ""
    by: str = ""
    direction: Direction = Direction.AUTO
    beyond_hundred: bool = False
    kind = "percentage"

    def __post_init__(self) -> None:
        if not self.beyond_hundred and not 0 <= self.value <= 100:
            sentence = _("Ein Anteil liegt zwischen 0 und 100 %, eingegeben wurden {value} %.")
            raise TargetRefused("value", sentence, value=format_decimal(self.value))


@dataclass(frozen=True)
class RangeTarget:
    """ "10 bis 14 Schulen bis 2027". Above the range counts as reached, unless `direction` is "within"."""

    low: Decimal
    high: Decimal
    unit: str = ""
    by: str = ""
    direction: Direction = Direction.AUTO
    kind = "range"

    def __post_init__(self) -> None:
        if self.low > self.high:
            sentence = _("Der kleinere Wert gehört an die erste Stelle: {low} ist größer als {high}.")
            raise TargetRefused("low", sentence, low=format_decimal(self.low), high=format_decimal(self.high))


@dataclass(frozen=True)
class DateTarget:
    """Something is there by a day, month or year."""

    by: str
    text: str = ""
    kind = "date"


@dataclass(frozen=True)
class YesNoTarget:
    """Something is there or it is not."""

    text: str = ""
    by: str = ""
    kind = "yesno"


@dataclass(frozen=True)
class QualitativeTarget:
    """A state in words; people judge it."""

    text: str
    by: str = ""
    kind = "qualitative"


Target = NumberTarget | PercentageTarget | RangeTarget | DateTarget | YesNoTarget | QualitativeTarget
Value = Decimal | PartialDate | bool | str | None

KINDS: dict[str, type[Any]] = {
    each.kind: each
    for each in (NumberTarget, PercentageTarget, RangeTarget, DateTarget, YesNoTarget, QualitativeTarget)
}


def parse_decimal(text: str, field: str = "value") -> Decimal:
    """A German number: "2,5", "1.234,5", "1 234", "40 %". Raises `TargetRefused` naming `field`.

    >>> parse_decimal("1.234,5"), parse_decimal("-2,5"), parse_decimal("40 %")
    (Decimal('1234.5'), Decimal('-2.5'), Decimal('40'))
    >>> parse_decimal("2.5")
    Traceback (most recent call last):
    kommpass.domain.targets.TargetRefused: „2.5“ ist keine Zahl. Schreiben Sie zum Beispiel 1.234,5 oder 40.
    """
    bare = re.sub(r"[\s\u00a0\u202f]", "", text).replace("−", "-").removesuffix("%")
    if not re.fullmatch(r"[+-]?(\d{1,3}(\.\d{3}){1,4}|\d{1,15})(,\d{1,6})?", bare, re.ASCII):
        sentence = _("„{text}“ ist keine Zahl. Schreiben Sie zum Beispiel 1.234,5 oder 40.")
        raise TargetRefused(field, sentence, text=text.strip()[:40])
    return Decimal(bare.replace(".", "").replace(",", "."))


def format_decimal(number: Decimal) -> str:
    """German, with thousands from five digits on and no digits lost.

    >>> format_decimal(Decimal("1234.50")), format_decimal(Decimal("12345")), format_decimal(Decimal("-0.5"))
    ('1234,50', '12.345', '-0,5')
    """
    whole, _point, rest = f"{number:f}".partition(".")
    digits = whole.lstrip("-")
    grouped = f"{int(digits):,}".replace(",", ".") if len(digits) > 4 else digits
    return ("-" if whole.startswith("-") else "") + grouped + (f",{rest}" if rest else "")


def deadline(target: Target) -> PartialDate | None:
    """The day, month or year of `by`, if it can be read as one: "Kita-Jahr 2015/16" ends in July 2016."""
    try:
        return parse_moment(target.by) if target.by else None
    except DateRefused:
        return None


def to_json(target: Target) -> dict[str, Any]:
    """The target as JSON: decimals as texts, attributes that say nothing left out.

    >>> to_json(RangeTarget(Decimal("10"), Decimal("14"), "Schulen", "2027"))
    {'kind': 'range', 'low': '10', 'high': '14', 'unit': 'Schulen', 'by': '2027'}
    """
    content: dict[str, Any] = {"kind": target.kind}
    for each in fields(target):
        value = getattr(target, each.name)
        if isinstance(value, Decimal):
            content[each.name] = f"{value:f}"
        elif value != each.default:
            content[each.name] = str(value) if isinstance(value, Direction) else value
    return content


def from_json(content: dict[str, Any]) -> Target:
    """The inverse of `to_json`. Raises KeyError, TypeError or ValueError for a content not ours."""
    form = KINDS[content["kind"]]
    values = {name: value for name, value in content.items() if name != "kind"}
    for name in ("value", "low", "high"):
        if name in values:
            if not isinstance(values[name], str):
                raise TypeError(f"expected {name} as a text, got {type(values[name]).__name__}")
            values[name] = Decimal(values[name])
    if "direction" in values:
        values["direction"] = Direction(values["direction"])
    target: Target = form(**values)
    return target


def from_form(
    kind: str,
    *,
    value: str = "",
    low: str = "",
    high: str = "",
    unit: str = "",
    text: str = "",
    by: str = "",
    direction: str = "",
    beyond_hundred: bool = False,
) -> Target:
    """A target from the texts of a form. Raises `TargetRefused` with the field and a sentence.

    >>> describe(from_form("range", low="10", high="14", unit="Schulen", by="2027"))
    '10 bis 14 Schulen bis 2027'
    """
    unit, text, by, way = unit.strip(), text.strip(), _settled_by(by), _direction(direction)
    if kind == "number":
        return NumberTarget(_number(value, "value"), unit, by, way)
    if kind == "percentage":
        return PercentageTarget(_number(value, "value"), unit, by, way, beyond_hundred)
    if kind == "range":
        return RangeTarget(_number(low, "low"), _number(high, "high"), unit, by, way)
    if kind == "date":
        if not by:
            raise TargetRefused("by", _("Bitte nennen Sie den Termin, zum Beispiel „Juni 2027“."))
        target = DateTarget(by, text)
        if deadline(target) is None:
            raise TargetRefused("by", _("„{text}“ ist kein Datum."), text=by)
        return target
    if kind == "yesno":
        return YesNoTarget(text, by)
    if kind == "qualitative":
        if not text:
            raise TargetRefused("text", _("Bitte beschreiben Sie, was erreicht sein soll."))
        return QualitativeTarget(text, by)
    raise TargetRefused("kind", _("Bitte wählen Sie eine Art des Zielwerts."))


def _number(text: str, field: str) -> Decimal:
    if not text.strip():
        raise TargetRefused(field, _("Bitte geben Sie eine Zahl ein."))
    return parse_decimal(text, field)


def _settled_by(by: str) -> str:
    """A readable date in ISO, a stretch such as "Kita-Jahr 2015/16" in its own words."""
    written = " ".join(by.split())
    written = re.sub(r"^bis\s+(zum\s+)?", "", written, flags=re.IGNORECASE)
    if re.search(r"\d[/–]\d{2}(\d{2})?$", written) and not re.fullmatch(r"\d{1,2}/\d{4}", written):
        return written
    try:
        return parse_moment(written).text if written else ""
    except DateRefused as refused:
        raise TargetRefused("by", refused.message, **refused.values) from None


def _direction(text: str) -> Direction:
    try:
        return Direction(text)
    except ValueError:
        raise TargetRefused("direction", _("Bitte wählen Sie, ob mehr oder weniger besser ist.")) from None


def describe(target: Target) -> str:
    """The target in German words.

    >>> describe(PercentageTarget(Decimal(40), by="Kita-Jahr 2015/16"))
    '40 % bis Kita-Jahr 2015/16'
    >>> describe(DateTarget("2027-06", "Familienbüro eröffnet"))
    'Familienbüro eröffnet bis Juni 2027'
    """
    match target:
        case NumberTarget():
            words = f"{format_decimal(target.value)} {target.unit}"
        case PercentageTarget():
            words = f"{format_decimal(target.value)} % {target.unit}"
        case RangeTarget():
            words = f"{format_decimal(target.low)} bis {format_decimal(target.high)} {target.unit}"
        case YesNoTarget():
            words = target.text or "Ja"
        case DateTarget() | QualitativeTarget():
            words = target.text
    until = _german_by(target.by)
    return f"{words.strip()} bis {until}".strip() if until else words.strip()


def _german_by(by: str) -> str:
    return parse_moment(by).german if re.fullmatch(r"\d{4}(-\d{2}){0,2}", by) else by


def judge(target: Target, baseline: Decimal | None, value: Value) -> Outcome:
    """Judge a value against its target and baseline (Ausgangswert); the caller converts nothing.

    Numbers: "partly" is every step from the baseline towards the target; without a baseline, from zero.
    Dates: the value is the day it happened; too late is "partly". Yes or no: bool. Qualitative: people judge,
    their word ("reached", "partly", "not") is the value. No value, or one of another kind: "not_assessable".

    >>> target = from_form("range", low="10", high="14", unit="Schulen", by="2027")
    >>> [judge(target, Decimal(6), Decimal(value)).value for value in (12, 8, 6)]
    ['reached', 'partly', 'not']
    """
    match target, value:
        case (YesNoTarget(), bool()):
            return Outcome.REACHED if value else Outcome.NOT
        case (QualitativeTarget(), str()):
            return Outcome(value) if value in tuple(Outcome) else Outcome.NOT_ASSESSABLE
        case (DateTarget(), PartialDate()):
            limit = deadline(target)
            if limit is None:
                return Outcome.NOT_ASSESSABLE
            return Outcome.REACHED if value.last_day <= limit.last_day else Outcome.PARTLY
        case (NumberTarget() | PercentageTarget(), Decimal()):
            return _judge_span((target.value, target.value), target.direction, baseline, value)
        case (RangeTarget(), Decimal()):
            return _judge_span((target.low, target.high), target.direction, baseline, value)
    return Outcome.NOT_ASSESSABLE


def _way(direction: Direction, baseline: Decimal | None, high: Decimal) -> Direction:
    if direction is not Direction.AUTO:
        return direction
    return Direction.DOWN if baseline is not None and baseline > high else Direction.UP


def _judge_span(
    span: tuple[Decimal, Decimal], direction: Direction, baseline: Decimal | None, value: Decimal
) -> Outcome:
    low, high = span
    way = _way(direction, baseline, high)
    reached = (low <= value or way is Direction.DOWN) and (value <= high or way is Direction.UP)
    if reached:
        return Outcome.REACHED
    if baseline is None:
        return Outcome.PARTLY if way is Direction.UP and value > 0 else Outcome.NOT
    return Outcome.PARTLY if _distance(value, low, high) < _distance(baseline, low, high) else Outcome.NOT


def _distance(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    return max(low - value, value - high, Decimal(0))
