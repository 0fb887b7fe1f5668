"""Looks ahead: what a list would do if it were taken over now, portion by portion. Writes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kommpass.domain.offers.changes import LABELS
from kommpass.domain.offers.checks import Problem
from kommpass.domain.offers.content import Place
from kommpass.domain.offers.listing import Entry, join
from kommpass.domain.words import _
from kommpass.offers.models import Offer
from kommpass.offers.queries.importing.known import Known, known_of
from kommpass.offers.queries.importing.likely import Likely, forget, likely
from kommpass.offers.queries.importing.runs import gone_offers
from kommpass.offers.queries.importing.standing import Standing, State, standing_of
from kommpass.offers.queries.importing.tables import KeptTable

MOST_SHOWN = 300
PREVIEWED = 10
ELSEWHERE = "new"
"""Stands for a place that is not written down yet."""


@dataclass
class LookAhead:
    """Numbers, the places of the rows of each offer, and what there is to say: all as it is kept in the run.

    `new` are the places of new offers among the groups, `present` the keys of the offers that the others are.
    """

    counts: dict[str, int]
    groups: list[list[int]] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    present: list[int] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    hints: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    likely: list[dict[str, Any]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name not in ("counts", "groups")}

    @classmethod
    def begun(cls, table: KeptTable) -> "LookAhead":
        names = ("offers", *(state.value for state in State), "kept", "gone", "errors", "hints")
        return cls({"rows": len(table.rows), **dict.fromkeys(names, 0)})

    def compare(self, table: KeptTable, source: str, some: Sequence[Sequence[int]]) -> None:
        """How these offers stand against what is there; each is given by the places of its rows. Constant queries."""
        joined = [join(table.read(places, table.recipe)) for places in some]
        entries = [each for one in joined for each in one.entries]
        refused = [each for one in joined for each in one.refused]
        known = known_of(source, entries, table.recipe)
        standings = [standing_of(entry, known.get(entry.key), table.recipe, _elsewhere) for entry in entries]
        first, places = len(self.groups), table.places()
        self.groups += [[places[number] for number in entry.numbers] for entry in entries]
        self.new += [first + place for place, each in enumerate(standings) if each.state == State.NEW]
        self.present += [each.offer.pk for each in known.values()]
        self.problems = _first(self.problems, [_said(each, said) for each in refused for said in each.problems])
        self.hints = _first(self.hints, [_said(each, said) for each in entries for said in each.hints])
        self.changed = _first(self.changed, _changed(entries, standings))
        self._count(entries, refused, standings)

    def search(self, table: KeptTable, some: Sequence[int]) -> None:
        """Which of these new offers (their places) are likely there already; all others must have been compared."""
        entries = {place: join(table.read(self.groups[place], table.recipe)).entries[0] for place in some}
        found = _told(likely(entries, besides=frozenset(self.present))[:MOST_SHOWN], entries)
        self.likely = sorted([*self.likely, *found], key=lambda each: (-each["score"], each["place"]))[:MOST_SHOWN]

    def end(self, table: KeptTable, source: str) -> None:
        """What the list has no longer."""
        gone = gone_offers(source, table.rows_of(table.recipe).keys())
        self.counts["gone"] = sum(each.gone_at is None for each in gone)
        self.gone = [each.pk for each in gone][:MOST_SHOWN]
        self.new, self.present = [], []
        forget()

    def _count(self, entries: list[Entry], refused: list[Entry], standings: list[Standing]) -> None:
        kept = sum(bool(each.brought and each.brought.kept) or bool(each.kept_provider) for each in standings)
        now = Counter(each.state.value for each in standings)
        now.update(offers=len(entries), kept=kept, errors=len(refused), hints=sum(len(each.hints) for each in entries))
        for name, number in now.items():
            self.counts[name] += number


def _first(so_far: list[dict[str, Any]], more: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of the first rows, as many as are shown."""
    return sorted([*so_far, *more], key=lambda each: each["row"])[:MOST_SHOWN]


def _elsewhere(entry: Entry) -> tuple[Place, ...]:
    if entry.content.places:
        return entry.content.places
    return tuple(Place(f"{ELSEWHERE}{number or ''}", each.room) for number, each in enumerate(entry.sites))


def _said(entry: Entry, problem: Problem) -> dict[str, Any]:
    values = {name: value if isinstance(value, int) else str(value) for name, value in problem.values.items()}
    return {"row": entry.numbers[0], "title": entry.content.title, "message": problem.message, "values": values}


def fields_of(standing: Standing) -> tuple[list[str], list[str]]:
    """The labels of what a row changes, and of what it says otherwise but people's words outweigh."""
    taken = [LABELS[each.field] for each in standing.brought.taken] if standing.brought else []
    kept = [LABELS[each.field] for each in standing.brought.kept] if standing.brought else []
    if standing.moved:
        taken.append(_("Ort auf der Karte"))
    if standing.accessible:
        taken.append(_("Barrierefreiheit"))
    if standing.provider:
        taken.append(_("Träger"))
    if standing.kept_provider:
        kept.append(_("Träger"))
    return taken, kept


def _changed(entries: Iterable[Entry], standings: Iterable[Standing]) -> list[dict[str, Any]]:
    """Rows that change something, or would if nobody had said otherwise since; and offers that stay ended."""
    found = []
    for entry, standing in zip(entries, standings, strict=True):
        taken, kept = fields_of(standing)
        if standing.known and (taken or kept or standing.state == State.ENDED):
            found.append(changed_row(entry, standing.known, taken, kept))
    return found


def changed_row(entry: Entry, known: Known, taken: list[str], kept: list[str]) -> dict[str, Any]:
    """One row of the list of changes, as it is kept."""
    return {
        "row": entry.numbers[0],
        "offer": known.offer.pk,
        "title": known.offer.title,
        "taken": taken,
        "kept": kept,
        "ended": known.offer.state == Offer.State.ENDED,
    }


def _told(found: list[Likely], entries: Mapping[int, Entry]) -> list[dict[str, Any]]:
    titles = dict(Offer.objects.filter(pk__in=[each.offer for each in found]).values_list("pk", "title"))
    return [
        {
            "place": each.place,
            "row": entries[each.place].numbers[0],
            "title": entries[each.place].content.title,
            "offer": each.offer,
            "offer_title": titles.get(each.offer, ""),
            "score": each.score,
            "percent": round(each.score * 100),
            "evidence": [{"message": message, "values": values} for message, values in each.evidence],
        }
        for each in found
    ]
