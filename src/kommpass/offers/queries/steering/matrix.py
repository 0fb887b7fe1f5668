"""The prevention chain as a matrix: life phases down, one of five things across, offers in the cells."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.prevention_chain import Matrix, count, placed
from kommpass.offers.cataloguing import days
from kommpass.offers.queries.shelves import kept
from kommpass.offers.queries.steering.sides import COLUMNS, Counted, Side, side_of_phases

STEP_FREE = lists.ACCESSIBILITY.places["step_free"]


def names_of_columns() -> dict[str, str]:
    """By what the columns may be, in the order of the tabs."""
    return {
        "topic": _("Themen"),
        "district": _("Stadtteile"),
        "prevention": _("Präventionsebenen"),
        "access": _("Zugänge"),
        "provider": _("Trägerarten"),
    }


@dataclass(frozen=True)
class Question:
    """What somebody wants to see: the columns, and which offers count at all."""

    by: str = "topic"
    target_group: str = ""
    free: bool = False
    step_free: bool = False

    @property
    def narrowed(self) -> bool:
        return bool(self.target_group or self.free or self.step_free)


@dataclass(frozen=True)
class Chain:
    """The chain as it was asked for. `offers` are keys, in the order in which the sides speak of them; `over`: how
    many published offers are left out because their last day has passed."""

    question: Question
    offers: tuple[int, ...]
    rows: Side
    columns: Side
    matrix: Matrix
    over: int

    def inside(self, row: str, column: str) -> list[int]:
        """The keys of the offers of a cell; "" stands for all rows or all columns."""
        sides = zip(self.offers, self.rows.of_offers, self.columns.of_offers, strict=True)
        return [
            offer
            for offer, own_rows, own_columns in sides
            if (not row or row in placed(own_rows)) and (not column or column in placed(own_columns))
        ]


def chain(question: Question, today: date) -> Chain:
    """Count the published offers that are not over. Two queries at most, whatever there is."""
    counted, over = counted_offers(question, today)
    rows, columns = side_of_phases(counted), COLUMNS[question.by](counted)
    return Chain(
        question=question,
        offers=tuple(counted.shelf.offers[counted.rows].tolist()),
        rows=rows,
        columns=columns,
        matrix=count(zip(rows.of_offers, columns.of_offers, strict=True)),
        over=over,
    )


def chain_by(found: Chain, by: str, today: date) -> Chain:
    """The same question with other columns."""
    return chain(replace(found.question, by=by), today)


def counted_offers(question: Question, today: date) -> tuple[Counted, int]:
    """Which offers count, and how many would if they were not over.

    Of accessibility one place must be known to have no steps; in the columns of districts only such places then count.
    """
    shelf = kept().shelf
    fitting = np.ones(shelf.size, bool)
    places = np.ones(len(shelf.place_of), bool)
    if question.target_group:
        fitting &= shelf.bits["target_groups"][lists.TARGET_GROUPS.places[question.target_group]]
    if question.free:
        fitting &= shelf.bits["cost"][lists.COSTS.places["free"]]
    if question.step_free:
        places = shelf.accessible[STEP_FREE]
        fitting &= np.bincount(shelf.place_of[places], minlength=shelf.size) > 0
    running = shelf.last_day >= days(today)
    return Counted(shelf, np.flatnonzero(fitting & running), places), int(np.count_nonzero(fitting & ~running))
