"""A scheme that counts points: the result by field, the share that is needed, what lies outside."""

import pytest

from kommpass.audits import actions as audits
from kommpass.audits.catalogue import newest
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.stocktaking import actions, queries
from kommpass.stocktaking.actions import Said
from kommpass.stocktaking.given import Given
from tests.conftest import NOON, actor, open_only
from tests.stocktaking.conftest import COORDINATOR, page

SCORED = "familienbewusst_plus"


@pytest.fixture
def scored(auental):
    scheme = newest(SCORED)
    begun = audits.start_procedure(
        scheme_key=SCORED, scheme_version=scheme.version, rung=scheme.rungs[0].key, title="Prädikat Auental",
        by=actor(Role.COORDINATOR), at=NOON,
    )  # fmt: skip
    return open_only(begun, Stage.STOCKTAKING)


def say(procedure, key: str, given: Given) -> None:
    actions.answer_question(procedure=procedure, question_key=key, said=Said(given), by=COORDINATOR, at=NOON)


def test_points_are_counted_and_what_is_outside_shrinks_the_maximum(scored):
    scheme = scored.scheme
    first, second, third = [each for each in scheme.questions if each.weight][:3]
    everything = queries.result(scored).total.maximum
    say(scored, first.key, Given("value", "yes"))
    say(scored, second.key, Given("value", "partly"))
    say(scored, third.key, Given("outside_competence", provided_by="Kreis Hassel"))
    result = queries.result(scored)
    points = scheme.scoring.points_of
    assert (
        result.total.points == points(first.weight) + points(second.weight) * scheme.scoring.percent_of("partly") / 100
    )
    assert result.total.maximum == everything - points(third.weight)
    assert sum(each.score.points for each in result.fields) == result.total.points
    assert (result.outside, result.open) == (1, len(scheme.questions) - 3)


def test_all_yes_reaches_the_share_of_the_size_class(scored):
    for question in scored.scheme.questions:
        if question.answer == "yes_partly_no":
            say(scored, question.key, Given("value", "yes"))
    result = queries.result(scored)
    assert (result.total.percent, result.total.reached, result.missing) == (100, True, 0)


def test_unconfirmed_answers_earn_nothing(scored):
    key = scored.scheme.questions[0].key
    say(scored, key, Given("value", "yes"))
    scored.answers.update(confirmed=False)
    assert queries.result(scored).total.points == 0


def test_the_result_page_names_the_share_and_what_is_missing(scored, coordinator_client_of):
    text = coordinator_client_of(scored).get(page("result/")).content.decode()
    assert "Noch nicht erreicht" in text or "noch nicht erreicht" in text
    assert f"mindestens {queries.result(scored).size_class.minimum_percent} %" in text


@pytest.fixture
def coordinator_client_of(client_as):
    return lambda procedure: client_as(Role.COORDINATOR)
