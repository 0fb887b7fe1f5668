"""Judging by rubric: whole, with reasons, and what a board agrees on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.rubrics import agreement_of, lacks, settled
from kommpass.domain.schemes import Criterion, Option, Rubric, Words

ANSWERS = ("fulfilled", "partly", "not", "not_applicable")
RUBRIC = Rubric(
    note=Words("Unsere Kriterien"),
    answers=tuple(Option(key, Words(key)) for key in ANSWERS),
    verdicts=(),
    criteria=tuple(
        Criterion(key, "process", Words(key.title()), Words("")) for key in ("mandate", "families", "steering")
    ),
)
KEYS = [each.key for each in RUBRIC.criteria]
judgement = st.fixed_dictionaries(
    {"answer": st.sampled_from(["", *ANSWERS, "sehr gut"]), "reason": st.text(max_size=5)}
)
judgements = st.dictionaries(st.sampled_from([*KEYS, "fremd"]), judgement)


def whole(**answers: str) -> dict:
    return {key: {"answer": answers.get(key, "fulfilled"), "reason": ""} for key in KEYS}


def test_nothing_said_lacks_every_criterion_in_the_order_of_the_rubric():
    assert [(each.criterion.key, each.reason_only) for each in lacks(RUBRIC, {})] == [(key, False) for key in KEYS]


def test_fulfilled_speaks_for_itself():
    assert lacks(RUBRIC, whole()) == []


@pytest.mark.parametrize("answer", ["partly", "not", "not_applicable"])
@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_every_other_answer_needs_a_reason(answer, reason):
    given_ = whole(families=answer)
    given_["families"]["reason"] = reason
    assert [(each.criterion.key, each.reason_only) for each in lacks(RUBRIC, given_)] == [("families", True)]
    given_["families"]["reason"] = "Zwei Gruppen fehlten."
    assert lacks(RUBRIC, given_) == []


def test_a_word_the_rubric_does_not_know_is_no_answer():
    assert [each.criterion.key for each in lacks(RUBRIC, whole(mandate="sehr gut"))] == ["mandate"]


@given(judgements)
def test_what_is_stored_has_the_rubrics_criteria_and_no_others(rows):
    stored = settled(RUBRIC, rows)
    assert list(stored) == KEYS
    assert all(set(each) == {"answer", "reason"} for each in stored.values())
    assert settled(RUBRIC, stored) == stored


@given(judgements)
def test_whole_before_storing_is_whole_afterwards(rows):
    assert [each.criterion.key for each in lacks(RUBRIC, rows)] == [
        each.criterion.key for each in lacks(RUBRIC, settled(RUBRIC, rows))
    ]


@given(st.lists(judgements, min_size=1, max_size=4))
def test_agreed_is_only_what_all_said(several):
    for key, answer in agreement_of(RUBRIC, several).items():
        said = {rows.get(key, {}).get("answer", "") for rows in several}
        assert answer == (said.pop() if len(said) == 1 else "")
