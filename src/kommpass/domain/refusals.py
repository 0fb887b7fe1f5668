"""The reasons for which the house says no. Each carries a German sentence that a clerk can act upon."""

from collections.abc import Sequence
from dataclasses import dataclass

from kommpass.domain.gates import Requirement


class Refusal(Exception):
    """Base of every refusal: nothing was written, and `sentence` says why."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


class NotAllowed(Refusal):
    """The role, the phase or the state of things does not provide for this step (403)."""


class NotPossible(Refusal):
    """The input cannot be true or does not fit what is there (409)."""


class GateClosed(Refusal):
    """A gate is not open yet; `missing` says what it has and what it needs (409)."""

    def __init__(self, sentence: str, missing: Sequence[Requirement]):
        super().__init__(sentence)
        self.missing = tuple(missing)


@dataclass(frozen=True)
class Conflict:
    """One field that two people changed: what stood there when the page was opened is not kept."""

    field: str
    label: str
    yours: str
    theirs: str


class Stale(Refusal):
    """Somebody else saved the same thing meanwhile. Both texts are kept for the merge page (409)."""

    def __init__(self, sentence: str, conflicts: Sequence[Conflict], edition: int):
        super().__init__(sentence)
        self.conflicts = tuple(conflicts)
        self.edition = edition
