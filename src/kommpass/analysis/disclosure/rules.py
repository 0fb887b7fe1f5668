"""Which counts are too small to be shown, and what must stay possible about them."""

from dataclasses import dataclass

import numpy as np

from kommpass.analysis.disclosure.figures import Ints, Truths


@dataclass(frozen=True)
class Rule:
    """The rule of one source of data (Bundesagentur 3 or 10, a survey 5, …): it belongs to the source, not to us.

    `minimum`: counts from 1 up to one less are hidden. `zero_is_open`: whether nothing may be shown as nothing. A
    hidden count is safe if everything from 0 to `minimum` stays possible: then nobody can tell a small number from one
    that was hidden only to keep it company.
    """

    minimum: int = 3
    zero_is_open: bool = True

    def __post_init__(self) -> None:
        if self.minimum < 1:
            raise ValueError("the smallest count that may be shown is at least 1")

    def unsafe(self, values: Ints) -> Truths:
        """Primary suppression.

        >>> Rule(minimum=3).unsafe(np.array([0, 1, 2, 3])).tolist()
        [False, True, True, False]
        """
        return np.asarray((values < self.minimum) & ((values > 0) | (not self.zero_is_open)))

    def margins(self, values: Ints) -> tuple[Ints, Ints]:
        """How far below and above its true value an attacker must still believe each of these counts to be."""
        return values.copy(), np.maximum(self.minimum - values, 0)
