"""Numbers as pictures: the parts of the bars, and the way of an indicator towards its target."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from kommpass.agreement.models import Indicator
from kommpass.domain.moments import DateRefused, PartialDate
from kommpass.domain.progress import Achievement, Freshness, Tally
from kommpass.domain.targets import (
    OUTCOME_LABELS,
    DateTarget,
    NumberTarget,
    Outcome,
    PercentageTarget,
    RangeTarget,
    Target,
    TargetRefused,
    Value,
    YesNoTarget,
    describe,
    format_decimal,
    from_json,
    judge,
    parse_decimal,
)
from kommpass.implementation.models import GoalJudgement, IndicatorReading
from kommpass.implementation.queries import MeasureStanding

HEIGHT, TOP, BOTTOM = 150, 26, 112
LEFT, RIGHT = 8, 92
MOST_LABELS = 8
Part = tuple[str, int, str]
TONE_OF_OUTCOME = {Outcome.REACHED: "success", Outcome.PARTLY: "warning", Outcome.NOT: "danger"}


def german(value: Decimal) -> str:
    """A stored number as people write it: without the zeros that the database adds."""
    return format_decimal(value.normalize())


def state_parts(counted: Tally) -> list[Part]:
    """The five parts of every bar about measures. They add up to all of them."""
    return [
        (_("umgesetzt"), counted.done, "good"),
        (_("in Arbeit"), counted.under_way, "soft"),
        (_("noch nicht begonnen"), counted.not_started, "quiet"),
        (_("anders beendet"), counted.ended_otherwise, "sun"),
        (_("noch nie gemeldet"), counted.unreported, "none"),
    ]


def freshness_parts(rows: Iterable[MeasureStanding]) -> list[Part]:
    """How old the last words are, the newest first."""
    tones = {Freshness.FRESH: "good", Freshness.AGEING: "soft", Freshness.STALE: "sun", Freshness.NEVER: "none"}
    counted = dict.fromkeys(tones, 0)
    for each in rows:
        counted[each.freshness] += 1
    return [(_(each.label), number, tones[each]) for each, number in counted.items()]


def achievement_parts(goals: int, judgements: Iterable[GoalJudgement]) -> list[Part]:
    """Whether the goals are reached, the best first; goals on which nobody has said anything stand at the end."""
    tones = {
        Achievement.FULLY: "good", Achievement.LARGELY: "soft", Achievement.PARTLY: "sun", Achievement.NOT: "bad",
        Achievement.NOT_ASSESSABLE: "quiet",
    }  # fmt: skip
    counted = dict.fromkeys(tones, 0)
    for each in judgements:
        counted[Achievement(each.achievement)] += 1
    parts = [(_(each.label), number, tones[each]) for each, number in counted.items()]
    return [*parts, (_("noch ohne Urteil"), goals - sum(counted.values()), "none")]


@dataclass(frozen=True)
class Line:
    """A row of the table of an indicator: its value at a time, and what it means against the target."""

    reading: IndicatorReading
    shown: str
    outcome: Outcome
    corrected: bool

    @property
    def label(self) -> str:
        return OUTCOME_LABELS[self.outcome]

    @property
    def tone(self) -> str:
        return TONE_OF_OUTCOME.get(self.outcome, "neutral")


@dataclass(frozen=True)
class Dot:
    """A value in the drawing: across in percent of the width, down in pixels."""

    x: str
    y: str
    label: str
    as_of: str


@dataclass(frozen=True)
class Series:
    """Everything that was said of one indicator. Without two places to compare there is no drawing."""

    indicator: Indicator
    target: str
    lines: list[Line]
    dots: list[Dot] = field(default_factory=list)
    goal_at: list[str] = field(default_factory=list)
    height: int = HEIGHT

    @property
    def strokes(self) -> list[tuple[Dot, Dot]]:
        return list(zip(self.dots, self.dots[1:], strict=False))

    @property
    def ends(self) -> list[Dot]:
        """The first and the last value: their dates stand below the axis."""
        return [*self.dots[:1], *self.dots[1:][-1:]]


def series_of(indicator: Indicator, readings: Sequence[IndicatorReading]) -> Series:
    """The way of an indicator. Of several values for the same time the last one counts; the others stay visible."""
    target = from_json(indicator.target)
    baseline = _number(indicator.baseline)
    last = {each.as_of: each.pk for each in readings}
    lines = [
        Line(each, str(each), judge(target, baseline, _value(target, each)), last[each.as_of] != each.pk)
        for each in readings
    ]
    valid = [each for each in lines if not each.corrected and each.reading.value is not None]
    goal = _goal_of(target)
    if not valid or not goal:
        return Series(indicator, describe(target), lines)
    values = [each.reading.value for each in valid]
    scale = _Scale([*values, *goal, *([] if baseline is None else [baseline])])
    days = [PartialDate.parse(each.reading.as_of).last_day.toordinal() for each in valid]
    dots = [
        Dot(_across(day, days), scale.down(value), each.shown if len(valid) <= MOST_LABELS else "", each.reading.as_of)
        for day, value, each in zip(days, values, valid, strict=True)
    ]
    return Series(indicator, describe(target), lines, dots, [scale.down(each) for each in goal])


class _Scale:
    """Where a value lies between the lowest and the highest that are to be seen."""

    def __init__(self, values: list[Decimal]):
        self.low, self.high = min(values), max(values)

    def down(self, value: Decimal) -> str:
        share = float((value - self.low) / (self.high - self.low)) if self.high > self.low else 0.5
        return f"{BOTTOM - share * (BOTTOM - TOP):.1f}"


def _across(day: int, days: list[int]) -> str:
    first, last = min(days), max(days)
    return f"{LEFT + (RIGHT - LEFT) * (day - first) / (last - first):.1f}" if last > first else "50"


def _goal_of(target: Target) -> list[Decimal]:
    """The heights at which the target lies: one for a number, two for a range."""
    match target:
        case NumberTarget() | PercentageTarget():
            return [target.value]
        case RangeTarget():
            return [target.low, target.high]
    return []


def _value(target: Target, reading: IndicatorReading) -> Value:
    """What was said, as the target wants to compare it."""
    match target:
        case YesNoTarget():
            return {"ja": True, "nein": False}.get(reading.words.casefold())
        case DateTarget():
            try:
                return PartialDate.parse(reading.words)
            except DateRefused:
                return None
    return reading.words if reading.value is None else reading.value


def _number(text: str) -> Decimal | None:
    try:
        return parse_decimal(text) if text else None
    except TargetRefused:
        return None
