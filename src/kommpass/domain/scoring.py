"""Points of a scored scheme: what the answers earn, what is needed, and the net diagram by field."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


class Scorable(Protocol):
    """A question as the scoring sees it. `weight` is a class key, or empty: then it earns nothing."""

    @property
    def key(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def weight(self) -> str: ...


@dataclass(frozen=True)
class ScoreClass:
    """A class of questions (Hoher Standard, Standard, Perspektive) and the points a full yes earns."""

    key: str
    title: object
    points: int


@dataclass(frozen=True)
class AnswerShare:
    """How much of the points an answer earns: Ja 100, zum Teil 50, Nein 0 percent."""

    key: str
    percent: int


@dataclass(frozen=True)
class SizeClass:
    """A size class (Größenklasse) and the share of all points it must reach.

    A class with a `status` (such as kreisfreie Stadt) goes before every class by population.
    """

    key: str
    title: object
    minimum_percent: int
    population_from: int = 0
    population_below: int | None = None
    status: str = ""

    def fits(self, population: int, status: str = "") -> bool:
        if self.status:
            return self.status == status
        return self.population_from <= population and (
            self.population_below is None or population < self.population_below
        )


@dataclass(frozen=True)
class Scoring:
    """How a scheme counts: classes, answers, size classes and the maximum it states."""

    classes: tuple[ScoreClass, ...]
    answers: tuple[AnswerShare, ...]
    size_classes: tuple[SizeClass, ...]
    max_points: int

    def points_of(self, weight: str) -> int:
        return next((each.points for each in self.classes if each.key == weight), 0)

    def percent_of(self, answer: str) -> int:
        """The share an answer earns; no answer and an unknown one earn nothing."""
        return next((each.percent for each in self.answers if each.key == answer), 0)

    def size_class(self, *, population: int, status: str = "") -> SizeClass:
        """The size class of a town: by its status if the scheme knows one, otherwise by its population."""
        with_status = [each for each in self.size_classes if each.status and each.fits(population, status)]
        by_number = [each for each in self.size_classes if not each.status and each.fits(population)]
        return (with_status + by_number)[0]


@dataclass(frozen=True)
class Score:
    """Points earned out of a maximum, and the points needed. Judged as points, never as a rounded share."""

    points: Decimal
    maximum: int
    needed: int

    @property
    def share(self) -> float:
        """Between 0 and 1; nothing to earn counts as 0."""
        return float(self.points) / self.maximum if self.maximum else 0.0

    @property
    def percent(self) -> int:
        """Rounded down, so that 44.9 % is never shown as 45.

        >>> Score(points=Decimal("385.5"), maximum=857, needed=386).percent
        44
        """
        return int(100 * self.points // self.maximum) if self.maximum else 0

    @property
    def reached(self) -> bool:
        return bool(self.maximum) and self.points >= self.needed

    @property
    def missing(self) -> Decimal:
        return max(Decimal(0), self.needed - self.points)


@dataclass(frozen=True)
class Spoke:
    """One spoke of the net diagram (Netzdiagramm). `maximum` 0: the town can do nothing in this field."""

    field: str
    score: Score
    minimum_percent: int


def needed_points(maximum: int, percent: int) -> int:
    """The whole points that are at least `percent` of `maximum`, in integers, so nothing is lost.

    >>> [needed_points(857, percent) for percent in (45, 50, 60, 65)]
    [386, 429, 515, 558]
    """
    return -(-maximum * percent // 100)


def points_earned(scoring: Scoring, question: Scorable, answer: str) -> Decimal:
    return Decimal(scoring.points_of(question.weight) * scoring.percent_of(answer)) / 100


def maximum_points(scoring: Scoring, questions: Iterable[Scorable], outside: Collection[str] = ()) -> int:
    """What can be earned at all: questions outside the town's competence are taken out of the maximum."""
    return sum(scoring.points_of(each.weight) for each in questions if each.key not in outside)


def score(
    scoring: Scoring,
    questions: Iterable[Scorable],
    answers: Mapping[str, str],
    *,
    minimum_percent: int,
    outside: Collection[str] = (),
) -> Score:
    """Count the points of these answers (question key -> answer).

    `outside` names the questions outside the town's competence (the county plans youth welfare, say).
    They neither earn nor cost: the same share is asked of a smaller maximum.
    """
    asked = [each for each in questions if each.key not in outside]
    maximum = maximum_points(scoring, asked)
    earned = (points_earned(scoring, each, answers.get(each.key, "")) for each in asked)
    return Score(sum(earned, Decimal(0)), maximum, needed_points(maximum, minimum_percent))


def radar(
    scoring: Scoring,
    fields: Iterable[str],
    questions: Iterable[Scorable],
    answers: Mapping[str, str],
    *,
    minimum_percent: int,
    outside: Collection[str] = (),
) -> tuple[Spoke, ...]:
    """The net diagram: one spoke for each field in the scheme's order, with the minimum curve."""
    asked = tuple(questions)
    return tuple(
        Spoke(
            field=field,
            score=score(
                scoring,
                [each for each in asked if each.field == field],
                answers,
                minimum_percent=minimum_percent,
                outside=outside,
            ),
            minimum_percent=minimum_percent,
        )
        for field in fields
    )
