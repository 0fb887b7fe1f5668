"""Judgements as pages draw them: one in lines, and several side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kommpass.assessment.models import Review
from kommpass.domain.rubrics import Judgements, agreement_of
from kommpass.domain.schemes import Criterion, Option, Rubric, Words

TONES = {"fulfilled": "success", "partly": "warning", "not": "danger"}
SIGNS = {"fulfilled": "check", "partly": "warning", "not": "close"}


@dataclass(frozen=True)
class Judged:
    """One criterion with its answer in words, its sign, and the reason."""

    criterion: Words | str
    answer: Words | str = ""
    reason: str = ""
    key: str = ""
    member: str = ""

    @property
    def tone(self) -> str:
        return TONES.get(self.key, "neutral")

    @property
    def sign(self) -> str:
        return SIGNS.get(self.key, "")


@dataclass(frozen=True)
class Compared:
    """One criterion with what each member says of it, in the order of the members."""

    criterion: Criterion
    voices: tuple[Judged, ...]
    agreed: bool


def in_lines(rubric: Rubric, judgements: Judgements) -> list[Judged]:
    """A stored judgement, criterion by criterion."""
    return [_judged(rubric, each, judgements) for each in rubric.criteria]


def from_content(lines: Iterable[Mapping[str, str]]) -> list[Judged]:
    """A judgement as the sealed content of a submission has it: in words, without keys."""
    return [Judged(each["criterion"], each["answer"], each["reason"]) for each in lines]


def side_by_side(rubric: Rubric, reviews: Sequence[Review]) -> list[Compared]:
    """Criterion by member: where they agree, and where the joint opinion has something to settle."""
    agreed = agreement_of(rubric, [each.judgements for each in reviews])
    return [
        Compared(
            criterion,
            tuple(_judged(rubric, criterion, each.judgements, str(each.seat.reviewer)) for each in reviews),
            agreed=bool(agreed[criterion.key]),
        )
        for criterion in rubric.criteria
    ]


def agreed_answers(rubric: Rubric, reviews: Sequence[Review]) -> dict[str, dict[str, str]]:
    """What a joint opinion begins with: the answers all gave."""
    return {
        key: {"answer": answer, "reason": ""}
        for key, answer in agreement_of(rubric, [each.judgements for each in reviews]).items()
    }


def titled(options: Iterable[Option], key: str) -> Words | str:
    """An answer or a verdict as the scheme calls it; one it does not know as it is written."""
    return next((each.title for each in options if each.key == key), key)


def _judged(rubric: Rubric, criterion: Criterion, judgements: Judgements, member: str = "") -> Judged:
    given = judgements.get(criterion.key, {})
    key = given.get("answer", "")
    return Judged(criterion.title, titled(rubric.answers, key), given.get("reason", ""), key, member)
