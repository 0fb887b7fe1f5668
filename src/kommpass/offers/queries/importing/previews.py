"""Looks ahead: what a list would do if it were taken over now. Reads everything once and writes nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kommpass.domain.offers.changes import LABELS
from kommpass.domain.offers.checks import Problem
from kommpass.domain.offers.content import Place
from kommpass.domain.offers.listing import Entry, Joined, Recipe
from kommpass.domain.words import _
from kommpass.offers.models import Offer, Origin
from kommpass.offers.queries.importing.known import Known, known_of
from kommpass.offers.queries.importing.likely import Likely, likely
from kommpass.offers.queries.importing.runs import gone_offers
from kommpass.offers.queries.importing.standing import Standing, State, standing_of
from kommpass.offers.queries.importing.tables import KeptTable

MOST_SHOWN = 300
PREVIEWED = 10
ELSEWHERE = "new"
"""Stands for a place that is not written down yet."""


@dataclass
class LookAhead:
    """Numbers, the places of the rows of each offer, and what there is to say: all as it is kept in the run."""

    counts: dict[str, int]
    groups: list[list[int]]
    problems: list[dict[str, Any]]
    hints: list[dict[str, Any]]
    changed: list[dict[str, Any]]
    likely: list[dict[str, Any]]
    gone: list[int]

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("problems", "hints", "changed", "likely", "gone")}


def look_ahead(table: KeptTable, recipe: Recipe, source: str) -> LookAhead:
    """What taking the list over would do. A constant number of queries."""
    joined = table.joined(recipe)
    known = known_of(source, joined.entries, recipe)
    standings = [standing_of(entry, known.get(entry.key), recipe, _elsewhere) for entry in joined.entries]
    new = {place: joined.entries[place] for place, each in enumerate(standings) if each.state == State.NEW}
    present = {each.offer.pk for each in known.values()}
    places, gone = table.places(), gone_offers(source, keys_of(joined))
    return LookAhead(
        counts=_counts(table, joined, standings, gone),
        groups=[[places[number] for number in entry.numbers] for entry in joined.entries],
        problems=[_said(entry, problem) for entry in joined.refused for problem in entry.problems][:MOST_SHOWN],
        hints=[_said(entry, hint) for entry in joined.entries for hint in entry.hints][:MOST_SHOWN],
        changed=_changed(joined.entries, standings)[:MOST_SHOWN],
        likely=_told(likely(new, besides=present)[:MOST_SHOWN], joined.entries),
        gone=[each.pk for each in gone][:MOST_SHOWN],
    )


def keys_of(joined: Joined) -> frozenset[str]:
    """All numbers that the list has, also those of rows with mistakes: they are not gone."""
    return frozenset(entry.key for entry in (*joined.entries, *joined.refused))


def _elsewhere(entry: Entry) -> tuple[Place, ...]:
    if entry.content.places:
        return entry.content.places
    return tuple(Place(f"{ELSEWHERE}{number or ''}", each.room) for number, each in enumerate(entry.sites))


def _counts(table: KeptTable, joined: Joined, standings: list[Standing], gone: list[Origin]) -> dict[str, int]:
    states = Counter(each.state for each in standings)
    kept = sum(bool(each.brought and each.brought.kept) or bool(each.kept_provider) for each in standings)
    return {
        "rows": len(table.rows),
        "offers": len(joined.entries),
        **{state.value: states[state] for state in State},
        "kept": kept,
        "gone": sum(each.gone_at is None for each in gone),
        "errors": len(joined.refused),
        "hints": sum(len(entry.hints) for entry in joined.entries),
    }


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


def _told(found: list[Likely], entries: tuple[Entry, ...]) -> list[dict[str, Any]]:
    titles = dict(Offer.objects.filter(pk__in=[each.offer for each in found]).values_list("pk", "title"))
    return [
        {
            "place": each.place,
            "row": entries[each.place].numbers[0],
            "title": entries[each.place].content.title,
            "offer": each.offer,
            "offer_title": titles.get(each.offer, ""),
            "percent": round(each.score * 100),
            "evidence": [{"message": message, "values": values} for message, values in each.evidence],
        }
        for each in found
    ]
