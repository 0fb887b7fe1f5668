"""Reads a sealed annual report (kommpass/report/1): its measures, what is to be decided, what changed since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kommpass.domain.progress import LIGHT_LABELS, Light, MeasureState
from kommpass.domain.worddiff import Piece, word_diff
from kommpass.domain.words import _

Content = Mapping[str, Any]

SHARES = {
    "done": _("umgesetzt"),
    "under_way": _("in Arbeit"),
    "not_started": _("noch nicht begonnen"),
    "ended_otherwise": _("anders beendet"),
    "unreported": _("ohne Rückmeldung"),
}
"""The parts that make up all measures of a tally, in the order of every picture."""
FIGURES = {
    "total": _("Maßnahmen"),
    **SHARES,
    **{light.value: LIGHT_LABELS[light] for light in Light},
    "overdue": _("überfällig"),
}
OFF_THE_RESOLUTION = (MeasureState.REPLACED, MeasureState.DROPPED, MeasureState.NOT_REALISED)


@dataclass(frozen=True)
class Place:
    """A measure of a report and where it stands."""

    field: Content
    goal: Content
    measure: Content


def goals_of(content: Content) -> Iterator[tuple[Content, Content]]:
    """Every goal with its field, also those without measures."""
    for field in content.get("fields") or ():
        for goal in field.get("goals") or ():
            yield field, goal


def measures_of(content: Content) -> Iterator[Place]:
    """Every measure with its field and goal, in the order of the report."""
    for field, goal in goals_of(content):
        for measure in goal.get("measures") or ():
            yield Place(field, goal, measure)


def share_of(summary: Mapping[str, int], name: str) -> int:
    """A part of all measures in whole percent, rounded down.

    >>> share_of({"total": 3, "done": 2}, "done"), share_of({"total": 0, "done": 0}, "done")
    (66, 0)
    """
    return 100 * summary.get(name, 0) // summary["total"] if summary.get("total") else 0


def to_decide(measure: Content) -> str:
    """Why a body has to decide on this measure, since what was adopted does not hold any more; empty if it does.

    >>> to_decide({"state": "in_progress", "light": "yellow", "expected": "2028-06"})
    'Der neue Termin liegt nach der beschlossenen Frist.'
    >>> to_decide({"state": "done", "light": "green", "expected": ""})
    ''
    """
    if measure.get("state") in OFF_THE_RESOLUTION:
        return _("Es ist anders gekommen, als beschlossen wurde.")
    if measure.get("expected"):
        return _("Der neue Termin liegt nach der beschlossenen Frist.")
    if measure.get("light") == Light.RED and measure.get("state") not in (
        MeasureState.DONE,
        MeasureState.DONE_PERMANENT,
        MeasureState.PARTLY_DONE,
    ):
        return _("Die Umsetzung ist gefährdet.")
    return ""


@dataclass(frozen=True)
class MeasureChange:
    """The same measure in two reports."""

    field: str
    old: Content
    new: Content

    @property
    def changed(self) -> bool:
        return any(self.old.get(name) != self.new.get(name) for name in ("state", "light", "text", "expected", "due"))

    @property
    def moved(self) -> bool:
        """Whether state or light are another one."""
        return (self.old["state"], self.old["light"]) != (self.new["state"], self.new["light"])

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return word_diff(self.old["text"], self.new["text"])


@dataclass(frozen=True)
class Figure:
    """A counted figure, then and now."""

    name: str
    label: str
    then: int
    now: int

    @property
    def difference(self) -> int:
        return self.now - self.then


@dataclass(frozen=True)
class ReportChanges:
    """What two reports say of the same measures; what only one of them knows."""

    figures: tuple[Figure, ...]
    both: tuple[MeasureChange, ...]
    added: tuple[Place, ...]
    gone: tuple[Place, ...]

    @property
    def changed(self) -> tuple[MeasureChange, ...]:
        return tuple(each for each in self.both if each.changed)

    @property
    def unchanged(self) -> tuple[MeasureChange, ...]:
        return tuple(each for each in self.both if not each.changed)


def compare_reports(old: Content, new: Content) -> ReportChanges:
    """Compare two sealed contents. A measure is the same if its id is, or if it came out of the older one.

    A measure of the next round has an id of its own and names those it came from, the nearest first.

    >>> one = {"fields": [{"title": "Feld", "goals": [{"measures": [{"id": "a", "state": "done", "light": "green"}]}]}]}
    >>> two = {"fields": [{"title": "Feld", "goals": [{"measures": [
    ...     {"id": "b", "predecessors": ["a"], "state": "done", "light": "green"}]}]}]}
    >>> [(each.old["id"], each.new["id"], each.changed) for each in compare_reports(one, two).both]
    [('a', 'b', False)]
    """
    before = {place.measure["id"]: place for place in measures_of(old)}
    both, added, met = [], [], set()
    for place in measures_of(new):
        keys = [place.measure["id"], *place.measure.get("predecessors", ())]
        key = next((each for each in keys if each in before), None)
        if key is None:
            added.append(place)
        else:
            met.add(key)
            both.append(MeasureChange(place.field["title"], before[key].measure, place.measure))
    gone = tuple(place for key, place in before.items() if key not in met)
    return ReportChanges(_figures(old, new), tuple(both), tuple(added), gone)


def _figures(old: Content, new: Content) -> tuple[Figure, ...]:
    then, now = old.get("summary") or {}, new.get("summary") or {}
    return tuple(Figure(name, label, then.get(name, 0), now.get(name, 0)) for name, label in FIGURES.items())
