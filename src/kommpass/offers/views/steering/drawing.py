"""The matrix as a page draws it: rows of cells with shade and address, and the transitions between the rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from kommpass.domain.offers.prevention_chain import EVERY, UNKNOWN, shade
from kommpass.offers.models import Transition
from kommpass.offers.queries.steering.matrix import Chain
from kommpass.offers.queries.steering.phases import between
from kommpass.offers.views.steering.asking import address


@dataclass(frozen=True)
class Cell:
    """A number with the address of its offers; `about` says what it counts, for those who only hear the link.

    Totals and what is unknown have no shade: they are not what a town has more or less of.
    """

    number: int
    shade: int
    url: str
    about: str


@dataclass(frozen=True)
class Row:
    """A life phase: its cells, its total, and what lies between it and the next one."""

    key: str
    label: str
    url: str
    cells: list[Cell]
    total: Cell
    following: str = ""
    following_label: str = ""
    transitions: list[Transition] = field(default_factory=list)


def rows(found: Chain, transitions: Sequence[Transition]) -> list[Row]:
    """The phases down, the unknown ones last."""
    beside, _others = between(transitions)
    following = dict(beside.keys())
    names = found.rows.names
    return [
        Row(
            key=key,
            label=label,
            url=reverse("offers:phase", args=[key]) if key != UNKNOWN else "",
            cells=[_cell(found, key, column) for column, _name in found.columns.words],
            total=_cell(found, key, EVERY),
            following=following.get(key, ""),
            following_label=names.get(following.get(key, ""), ""),
            transitions=beside.get((key, following.get(key, "")), []),
        )
        for key, label in found.rows.words
    ]


def totals(found: Chain) -> list[Cell]:
    """The last line: every column, and everything together."""
    return [_cell(found, EVERY, column) for column, _name in (*found.columns.words, (EVERY, ""))]


def _cell(found: Chain, row: str, column: str) -> Cell:
    number = found.matrix.number(row, column)
    drawn = row not in (EVERY, UNKNOWN) and column not in (EVERY, UNKNOWN)
    return Cell(
        number=number,
        shade=shade(number, found.matrix.most) if drawn else 0,
        url=address("offers:matrix-cell", found.question, phase=row, column=column) if number else "",
        about=title_of(found, row, column),
    )


def title_of(found: Chain, row: str, column: str) -> str:
    """What a cell is about: "0 bis 2 Jahre · Gesundheit"; totals say so."""
    names = [found.rows.names[row]] if row else []
    names += [found.columns.names[column]] if column else []
    return " · ".join(names) or _("Alle Angebote")
