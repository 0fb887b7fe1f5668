"""What has to be true before a phase may be closed: counted first, judged after.

The cockpit counts the facts, the scheme says what is required, this file judges, the page draws.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol


class Rule(Protocol):
    """A gate rule of a scheme: `fact` must reach `at_least`, or the count of another fact."""

    @property
    def fact(self) -> str: ...
    @property
    def at_least(self) -> int | None: ...
    @property
    def equals_fact(self) -> str | None: ...
    @property
    def label(self) -> object: ...
    @property
    def where(self) -> str: ...
    @property
    def severity(self) -> str: ...


@dataclass(frozen=True)
class Requirement:
    """One line of a gate: what there is and what is needed. Drawn as a bar, mailed, judged, tested."""

    label: object
    have: int
    need: int = 1
    where: str = ""
    binding: bool = True

    @property
    def met(self) -> bool:
        return self.have >= self.need

    @property
    def missing(self) -> int:
        return max(0, self.need - self.have)

    @property
    def percent(self) -> int:
        """Share of what is needed, rounded down, 0 to 100.

        >>> Requirement("Fragen", have=199, need=200).percent
        99
        """
        return 100 if self.met else 100 * self.have // self.need


def judge(rules: Iterable[Rule], facts: Mapping[str, int]) -> tuple[Requirement, ...]:
    """Turn the rules of a gate and the counted facts into requirements.

    A rule that compares with another fact needs at least one: "all of nothing" is not enough.

    >>> from types import SimpleNamespace as R
    >>> rule = R(fact="a", at_least=None, equals_fact="b", label="Alle", where="", severity="error")
    >>> judge([rule], {"a": 0, "b": 0})[0].met
    False
    """
    return tuple(
        Requirement(
            label=rule.label,
            have=facts.get(rule.fact, 0),
            need=max(1, facts.get(rule.equals_fact, 0)) if rule.equals_fact else (rule.at_least or 0),
            where=rule.where,
            binding=rule.severity == "error",
        )
        for rule in rules
    )


def missing(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """The binding requirements that are not met: while there is one, the gate stays shut."""
    return tuple(each for each in requirements if each.binding and not each.met)
