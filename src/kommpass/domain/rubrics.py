"""Judging by rubric (Begutachtung): every criterion gets one of the scheme's answers and, mostly, a reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kommpass.domain.schemes import Criterion, Rubric

GRANT, CONDITIONS, RETURN = "recommend", "conditions", "return"
VERDICTS = (GRANT, CONDITIONS, RETURN)
SPEAKS_FOR_ITSELF = "fulfilled"
"""The only answer that needs no reason."""

Judgements = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Lack:
    """What is missing in a judgement: an answer, or the reason of one."""

    criterion: Criterion
    reason_only: bool


def lacks(rubric: Rubric, judgements: Judgements) -> list[Lack]:
    """What is still missing before a judgement may be handed in, in the order of the rubric."""
    known = {each.key for each in rubric.answers}
    found = []
    for criterion in rubric.criteria:
        given = judgements.get(criterion.key, {})
        if given.get("answer") not in known:
            found.append(Lack(criterion, reason_only=False))
        elif given["answer"] != SPEAKS_FOR_ITSELF and not given.get("reason", "").strip():
            found.append(Lack(criterion, reason_only=True))
    return found


def settled(rubric: Rubric, judgements: Judgements) -> dict[str, dict[str, str]]:
    """The judgements of this rubric's criteria and nothing else, as they are stored and frozen."""
    return {
        each.key: {
            "answer": judgements.get(each.key, {}).get("answer", ""),
            "reason": judgements.get(each.key, {}).get("reason", "").strip(),
        }
        for each in rubric.criteria
    }


def agreement_of(rubric: Rubric, several: Iterable[Judgements]) -> dict[str, str]:
    """For each criterion the answer all gave, or "" where they differ: what a consensus still has to settle."""
    rows = list(several)
    found = {}
    for criterion in rubric.criteria:
        answers = {row.get(criterion.key, {}).get("answer", "") for row in rows}
        found[criterion.key] = answers.pop() if len(answers) == 1 else ""
    return found
