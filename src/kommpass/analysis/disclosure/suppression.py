"""Secondary suppression: which further cells must be hidden, so that nobody can reckon a small number from the rest.

The fewest (or cheapest) cells for which the attacker of `attack` learns no hidden small number. Where the best choice
is found (tables of two dimensions and small ones), the attacker has proved it safe; where it would take too long,
companions are chosen together with the tables that prove them. An answer that is not proved does not exist.
"""

from dataclasses import dataclass
from itertools import islice
from time import monotonic

import numpy as np

from kommpass.analysis.disclosure.attack import Floats, Margins, breaches
from kommpass.analysis.disclosure.cheapest import CannotProtect, Choice, cut_of, first_cuts
from kommpass.analysis.disclosure.companions import together_with
from kommpass.analysis.disclosure.figures import Figures, Truths
from kommpass.analysis.disclosure.rules import Rule

__all__ = ["CannotProtect", "Suppressed", "suppress"]

SECONDS = 2.0
"""After this time nobody looks for the cheapest choice any more; what comes is nearly as cheap and just as safe."""

FEW = 600
"""With more hidden cells than that, an attacker who finds a breach is not asked for all others: it takes too long."""


@dataclass(frozen=True)
class Suppressed:
    """`hidden`: all cells that are not shown; `primary`: those among them that are small. `exact`: whether it is proved
    that no cheaper choice would do."""

    hidden: Truths
    primary: Truths
    exact: bool

    @property
    def secondary(self) -> Truths:
        return self.hidden & ~self.primary


def suppress(
    figures: Figures,
    rule: Rule,
    *,
    costs: Floats | None = None,
    margins: Margins | None = None,
    seconds: float = SECONDS,
) -> Suppressed:
    """Hide what is small and what betrays it.

    `costs` says what it costs to hide each cell, shape (n,); if nothing is said, large numbers cost more than small
    ones, and so sums more than their parts. `margins` replaces what the rule asks for. CannotProtect if hiding
    everything that can be hidden is not enough.

    >>> from kommpass.analysis.disclosure.figures import Dimension, crossed
    >>> table = crossed([[2, 8, 0], [9, 7, 0], [0, 0, 0]], [Dimension.of(total=2, parts=[0, 1])] * 2)
    >>> suppress(table, Rule(minimum=3)).hidden.reshape(3, 3).astype(int).tolist()
    [[1, 1, 0], [1, 1, 0], [0, 0, 0]]
    """
    primary = rule.unsafe(figures.values) & ~figures.published
    cells = np.flatnonzero(primary)
    wanted = margins or Margins(cells, *rule.margins(figures.values[cells]))
    costs = 1.0 + np.log2(1.0 + figures.values) if costs is None else costs
    hidden = primary | figures.internal
    choice = Choice(figures, costs, hidden)
    choice.add(first_cuts(figures, hidden, wanted))
    until = monotonic() + seconds
    while True:
        chosen, exact = choice.solved(until)
        found = list(islice(breaches(figures, chosen, wanted), None if np.count_nonzero(chosen) <= FEW else 1))
        if exact and not found:
            return Suppressed(chosen, primary, exact=True)
        if not exact or np.count_nonzero(chosen) > FEW or monotonic() > until:
            return Suppressed(together_with(figures, hidden, wanted, costs), primary, exact=False)
        choice.add([cut_of(figures, each) for each in found])
