"""The rubric as a form and side by side: whatever is given, what is missing is named, and nothing is invented."""

from datetime import date
from types import SimpleNamespace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommpass.assessment.forms import OpinionForm, ReportForm, ReviewForm
from kommpass.assessment.judgements import agreed_answers, side_by_side
from kommpass.audits.catalogue import newest
from kommpass.domain.rubrics import lacks, settled
from tests.conftest import AUDIT

RUBRIC = newest(AUDIT).rubric
KEYS = [each.key for each in RUBRIC.criteria]
ANSWERS = [each.key for each in RUBRIC.answers]
REASONS = st.sampled_from(["", " ", "Es fehlt etwas.", "Ä\nÖ"])

judged = st.fixed_dictionaries(
    {key: st.fixed_dictionaries({"answer": st.sampled_from(["", *ANSWERS]), "reason": REASONS}) for key in KEYS}
)
whole = st.fixed_dictionaries(
    {key: st.fixed_dictionaries({"answer": st.sampled_from(ANSWERS), "reason": REASONS}) for key in KEYS}
)


# Building fifteen criteria takes its time on a busy machine; that says nothing about the rule.
patient = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def sent(judgements, **more) -> dict:
    return ReviewForm.values(judgements) | {"verdict": "recommend", "text": "Gut."} | more


@patient
@given(judged)
def test_a_form_is_complete_exactly_when_the_rule_says_so_and_names_what_is_not(judgements):
    form = ReviewForm(sent(judgements), rubric=RUBRIC)
    missing = lacks(RUBRIC, judgements)
    assert form.is_valid() is not bool(missing)
    assert set(form.errors) == {
        f"{'reason' if each.reason_only else 'answer'}_{each.criterion.key}" for each in missing
    }


@patient
@given(judged)
def test_what_was_kept_comes_back_into_the_form_as_it_was(judgements):
    kept = settled(RUBRIC, judgements)
    draft = ReviewForm(sent(kept), rubric=RUBRIC, draft=True)
    assert draft.is_valid()
    again = ReviewForm(
        ReviewForm.values_of(SimpleNamespace(judgements=draft.judgements, verdict="recommend", text="Gut.")),
        rubric=RUBRIC, draft=True,
    )  # fmt: skip
    assert again.is_valid()
    assert again.judgement == draft.judgement == {"judgements": kept, "verdict": "recommend", "text": "Gut."}


def review(judgements, name="Ilse"):
    return SimpleNamespace(judgements=judgements, seat=SimpleNamespace(reviewer=name))


@patient
@given(st.lists(whole, min_size=1, max_size=4), st.randoms())
def test_agreement_does_not_depend_on_the_order_of_the_members(several, shuffled):
    reviews = [review(each) for each in several]
    mixed = list(reviews)
    shuffled.shuffle(mixed)
    assert agreed_answers(RUBRIC, reviews) == agreed_answers(RUBRIC, mixed)
    assert [each.agreed for each in side_by_side(RUBRIC, reviews)] == [
        len({judgements[key]["answer"] for judgements in several}) == 1 for key in KEYS
    ]


@patient
@given(whole)
def test_one_member_alone_agrees_with_herself(judgements):
    answers = {key: each["answer"] for key, each in agreed_answers(RUBRIC, [review(judgements)]).items()}
    assert answers == {key: judgements[key]["answer"] for key in KEYS}


def test_an_answer_that_does_not_exist_is_named_once():
    fulfilled = {key: {"answer": "fulfilled"} for key in KEYS}
    form = ReportForm(sent(fulfilled, answer_mandate="10"), rubric=RUBRIC)
    assert not form.is_valid()
    assert [(name, len(errors)) for name, errors in form.errors.items()] == [("answer_mandate", 1)]


def test_the_mistakes_come_in_the_order_of_the_page():
    form = OpinionForm({}, rubric=RUBRIC, today=date(2026, 11, 2))
    assert not form.is_valid()
    assert [each.name for each in form if each.errors] == [
        *(f"answer_{key}" for key in KEYS), "verdict", "text", "answer_by",
    ]  # fmt: skip


def test_all_criteria_of_all_groups_are_on_the_page():
    form = ReviewForm(rubric=RUBRIC)
    assert [part.criterion.key for _title, parts in form.groups() for part in parts] == KEYS
