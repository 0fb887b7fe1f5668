"""How far a measure is: its state, whether it is on time, whether its goal is reached. Three things, kept apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kommpass.domain.words import _


class MeasureState(StrEnum):
    """What has become of a measure (Umsetzungsstand). Whoever is in charge says so."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DONE_PERMANENT = "done_permanent"
    PARTLY_DONE = "partly_done"
    REPLACED = "replaced"
    DROPPED = "dropped"
    NOT_REALISED = "not_realised"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


class Light(StrEnum):
    """Whether it goes as planned (Ampel). From yellow on a reason is needed."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"

    @property
    def label(self) -> str:
        return LIGHT_LABELS[self]


class Achievement(StrEnum):
    """Whether a goal is reached (Zielerreichung): a judgement of its own, never the mean of its measures."""

    NOT_ASSESSABLE = "not_assessable"
    NOT = "not"
    PARTLY = "partly"
    LARGELY = "largely"
    FULLY = "fully"

    @property
    def label(self) -> str:
        return ACHIEVEMENT_LABELS[self]


class Freshness(StrEnum):
    """How old the last word on a measure is, counted in rounds."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"
    NEVER = "never"

    @property
    def label(self) -> str:
        return FRESHNESS_LABELS[self]


STATE_LABELS = {
    MeasureState.NOT_STARTED: _("noch nicht begonnen"),
    MeasureState.IN_PROGRESS: _("in Arbeit"),
    MeasureState.DONE: _("umgesetzt"),
    MeasureState.DONE_PERMANENT: _("umgesetzt und Daueraufgabe"),
    MeasureState.PARTLY_DONE: _("teilweise umgesetzt"),
    MeasureState.REPLACED: _("durch anderes ersetzt"),
    MeasureState.DROPPED: _("aufgegeben"),
    MeasureState.NOT_REALISED: _("nicht zu verwirklichen"),
}
LIGHT_LABELS = {
    Light.GREEN: _("im Plan"),
    Light.YELLOW: _("verzögert"),
    Light.RED: _("gefährdet"),
}
ACHIEVEMENT_LABELS = {
    Achievement.NOT_ASSESSABLE: _("noch nicht zu beurteilen"),
    Achievement.NOT: _("nicht erreicht"),
    Achievement.PARTLY: _("teilweise erreicht"),
    Achievement.LARGELY: _("weitgehend erreicht"),
    Achievement.FULLY: _("erreicht"),
}
FRESHNESS_LABELS = {
    Freshness.FRESH: _("aus dieser Statusrunde"),
    Freshness.AGEING: _("aus der letzten Statusrunde"),
    Freshness.STALE: _("älter als zwei Statusrunden"),
    Freshness.NEVER: _("noch nie gemeldet"),
}

DONE = frozenset({MeasureState.DONE, MeasureState.DONE_PERMANENT})
ENDED = DONE | {MeasureState.PARTLY_DONE, MeasureState.REPLACED, MeasureState.DROPPED, MeasureState.NOT_REALISED}
"""States in which nothing more is to be expected of the measure."""
EXPLAINED = ENDED - DONE
"""States that need a reason, whatever the light says."""


def needs_reason(state: MeasureState, light: Light) -> bool:
    """Whether a word of explanation is owed (Begründungspflicht).

    >>> needs_reason(MeasureState.IN_PROGRESS, Light.GREEN), needs_reason(MeasureState.IN_PROGRESS, Light.YELLOW)
    (False, True)
    """
    return light is not Light.GREEN or state in EXPLAINED


def overdue(state: MeasureState | None, due_on: date | None, today: date) -> bool:
    """The adopted date has gone by and nobody said that it is over. A done measure is never late.

    >>> overdue(MeasureState.IN_PROGRESS, date(2027, 6, 30), date(2027, 7, 1))
    True
    """
    return due_on is not None and today > due_on and state not in ENDED


def freshness(rounds_since: int | None) -> Freshness:
    """`rounds_since`: rounds begun after the one in which the last word was given; None if there never was one."""
    if rounds_since is None:
        return Freshness.NEVER
    return (Freshness.FRESH, Freshness.AGEING)[rounds_since] if rounds_since < 2 else Freshness.STALE


@dataclass(frozen=True)
class Tally:
    """Measures counted for one picture: what is done, under way, not begun, ended otherwise; and the lights."""

    total: int = 0
    done: int = 0
    under_way: int = 0
    not_started: int = 0
    ended_otherwise: int = 0
    unreported: int = 0
    green: int = 0
    yellow: int = 0
    red: int = 0
    overdue: int = 0

    @property
    def done_percent(self) -> int:
        """Rounded down: nobody is told 100 % while one measure is open.

        >>> Tally(total=3, done=2).done_percent
        66
        """
        return 100 * self.done // self.total if self.total else 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(one + two for one, two in zip(self._values, other._values, strict=True)))

    @property
    def _values(self) -> tuple[int, ...]:
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)


@dataclass(frozen=True)
class Standing:
    """What is known of one measure for counting."""

    state: MeasureState | None
    light: Light | None
    overdue: bool = False


def tally(standings: Iterable[Standing]) -> Tally:
    """Count measures. The one place where a figure of progress is made: pages, reports and exports all ask here.

    >>> tally([Standing(MeasureState.DONE, Light.GREEN), Standing(None, None)]).unreported
    1
    """
    counted = dict.fromkeys(Tally.__dataclass_fields__, 0)
    for each in standings:
        counted["total"] += 1
        counted[_place(each.state)] += 1
        if each.light is not None:
            counted[each.light.value] += 1
        counted["overdue"] += each.overdue
    return Tally(**counted)


def _place(state: MeasureState | None) -> str:
    if state is None:
        return "unreported"
    if state in DONE:
        return "done"
    if state in ENDED:
        return "ended_otherwise"
    return "not_started" if state is MeasureState.NOT_STARTED else "under_way"
