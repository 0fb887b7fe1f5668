"""Chapters of a town's story: which steps they hold, and when their own today lies."""

from dataclasses import dataclass

from kommpass.demo.walk import implementing, phases, review
from kommpass.demo.walk.town import Step
from kommpass.domain.phases import Stage

UNTIL_COUNCIL = phases.UNTIL_COUNCIL
LATER_ROUND = {stage: step for stage, step in UNTIL_COUNCIL.items() if stage is not Stage.INITIATION}
CERTIFICATE = {Stage.REVIEW: review.review, Stage.AWARD: review.award}
IMPLEMENTING = {Stage.IMPLEMENTATION: implementing.implementation}
UNTIL_THE_END = {**IMPLEMENTING, Stage.BALANCING: implementing.balance}


@dataclass(frozen=True)
class Chapter:
    """A part of a story with a today of its own, `ends` days before the end of the whole story.

    The last chapter that is told happens now: a demo that stops earlier still plays in these days.
    """

    round: int
    ends: int
    steps: dict[Stage, Step]
    folder: str = ""

    def until(self, rounds: int, stage: Stage | None) -> dict[Stage, Step]:
        """The steps that are told, if so many rounds are walked and the last of them to this stage."""
        if self.round > rounds:
            return {}
        order = list(Stage)
        whole = stage is None or self.round < rounds
        return {each: step for each, step in self.steps.items() if whole or order.index(each) <= order.index(stage)}
