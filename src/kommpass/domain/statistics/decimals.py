"""Which decimal sign a sheet has, and what its zeros and dashes mean: judged by all its figures together."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from kommpass.domain.statistics.signs import COMMA, DOT, Status, decimal_evidence

_GRID_CELL = "gitter_id"


class Certainty(StrEnum):
    """How sure the decimal sign is: SHOWN by figures, NONE needed (whole numbers), OPEN (1.234) or BOTH are shown."""

    SHOWN = "shown"
    NONE = "none"
    OPEN = "open"
    BOTH = "both"


def decimal_of(figures: Iterable[str], usual: str) -> tuple[str, Certainty]:
    """The decimal sign that most figures show, `usual` where none shows it.

    >>> decimal_of(["1.234", "0,5"], ".")[0], decimal_of(["1.234", "17"], ",")
    (',', (',', <Certainty.OPEN: 'open'>))
    """
    count = {COMMA: 0, DOT: 0, "either": 0}
    for figure in figures:
        if ("," in figure or "." in figure) and (shown := decimal_evidence(figure)):
            count[shown] += 1
    if count[COMMA] and count[DOT]:
        return (COMMA if count[COMMA] >= count[DOT] else DOT), Certainty.BOTH
    if count[COMMA] or count[DOT]:
        return (COMMA if count[COMMA] else DOT), Certainty.SHOWN
    return usual, Certainty.OPEN if count["either"] else Certainty.NONE


def signs_of(figures: Sequence[str], names: Sequence[str]) -> Mapping[str, Status]:
    """The sheet's own meanings: where a dash says nothing, a zero says a little; in the census grid a dash hides.

    >>> signs_of(["-", "0", "3"], ["Gemeinde"])
    {'0': <Status.LESS_THAN_HALF: 'less_than_half'>}
    """
    if any(name.casefold().startswith(_GRID_CELL) for name in names):
        return {"–": Status.SECRET}
    said = {figure.strip() for figure in figures}
    return {"0": Status.LESS_THAN_HALF} if said & {"-", "–"} and said & {"0", "0,0", "0.0"} else {}
