"""What may be said to a question, what is kept, and what happens when two people write at once."""

import pytest

from kommpass.audits import actions as audits
from kommpass.audits.catalogue import scheme_of
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.stocktaking import actions, queries
from kommpass.stocktaking.actions import Said
from kommpass.stocktaking.given import Given, Mistake, judged, shown, typed
from kommpass.stocktaking.models import Answer
from tests.conftest import AUDIT, NOON, actor, open_only
from tests.stocktaking.conftest import COORDINATOR, answer_all, make_bundle, say, stored


def judge(procedure, key: str, **given) -> Given:
    return judged(procedure.scheme.question(key), procedure.scheme, Given(**given))


def value(procedure, key: str, text: str) -> str:
    return judge(procedure, key, kind="value", value=text).value


def sentence(procedure, key: str, **given) -> tuple[str, str]:
    with pytest.raises(Mistake) as mistake:
        judge(procedure, key, **given)
    return mistake.value.field, mistake.value.sentence


def test_numbers_shares_and_dates_are_read_as_a_town_hall_writes_them(procedure):
    assert value(procedure, "1.05", "1.234,5") == "1234.5"
    assert value(procedure, "2.01", "40 %") == "40"
    assert value(procedure, "1.08", "März 2024") == "2024-03"
    assert value(procedure, "1.01", "partly") == "partly"


def test_what_stands_in_the_field_can_be_read_again(procedure):
    for key, text in (("1.05", "1234.50"), ("2.01", "33.3"), ("1.08", "2024-03"), ("1.08", "2024-03-15")):
        assert value(procedure, key, typed(procedure.scheme.question(key), text)) == text


def test_answers_are_shown_in_words(procedure):
    scheme = procedure.scheme
    words = {
        key: shown(scheme.question(key), scheme, given)
        for key, given in {
            "1.01": Given("value", "partly"),
            "1.05": Given("value", "2.5"),
            "2.01": Given("value", "40"),
            "1.08": Given("value", "2024-03"),
            "1.03": Given("not_applicable", reason="Gibt es hier nicht"),
            "1.04": Given("outside_competence", provided_by="Kreis Hassel"),
        }.items()
    }
    assert words["1.05"] == "2,5 Vollzeitstellen"
    assert words["2.01"] == "40 %"
    assert words["1.08"] == "März 2024"
    assert words["1.03"] == "Trifft nicht zu: Gibt es hier nicht"
    assert words["1.04"] == "Nicht unsere Zuständigkeit: Kreis Hassel"
    assert words["1.01"].lower() in ("zum teil", "teilweise")


def test_a_value_counts_as_an_answer_even_if_nothing_was_ticked(procedure):
    assert judge(procedure, "1.05", value="3").kind == "value"


def test_impossible_values_get_a_clear_sentence(procedure):
    assert sentence(procedure, "1.05", kind="value", value="viele")[1].startswith("„viele“ ist keine Zahl.")
    assert sentence(procedure, "2.01", kind="value", value="140") == (
        "value",
        "Ein Anteil liegt zwischen 0 und 100 Prozent.",
    )
    assert sentence(procedure, "1.08", kind="value", value="31.02.2024")[1].startswith(
        "Den Tag „31.02.2024“ gibt es nicht."
    )
    assert "nicht zur Wahl" in sentence(procedure, "1.01", kind="value", value="vielleicht")[1]
    assert sentence(procedure, "1.03", kind="value", value="")[0] == "value"


def test_not_applicable_needs_a_reason_and_not_ours_needs_somebody(procedure):
    assert sentence(procedure, "1.01", kind="not_applicable")[0] == "reason"
    assert sentence(procedure, "1.01", kind="outside_competence")[0] == "provided_by"


def test_unknown_with_a_value_is_a_contradiction(procedure):
    assert "entscheiden Sie sich" in sentence(procedure, "1.05", kind="unknown", value="3")[1]


def test_unknown_not_applicable_and_not_ours_are_answers_too(bundle, procedure):
    say(
        bundle,
        **{
            "1.01": Given(kind="unknown"),
            "1.03": Given(kind="not_applicable", reason="Nur eine Kita"),
            "1.04": Given(kind="outside_competence", provided_by="Kreis"),
        },
    )
    tally = queries.bundle_tallies([bundle])[bundle.pk]
    assert (tally.answered, tally.unknown, tally.not_applicable, tally.outside, tally.open, tally.percent) == (
        0, 1, 1, 1, 0, 100,
    )  # fmt: skip


def test_an_untouched_answer_is_not_written_again(bundle, contributor):
    say(bundle, contributor, **{"1.01": Given(kind="value", value="yes")})
    row = Answer.objects.get(question_key="1.01")
    seen = Given.of(row).fingerprint
    saved = actions.save_answers(bundle=bundle, said={"1.01": Said(Given.of(row), seen)}, by=COORDINATOR, at=NOON)
    row.refresh_from_db()
    assert (saved.changed, row.answered_by_name, row.edition) == ([], "Jana Amt", 2)


def test_two_people_in_one_bundle_lose_nothing(bundle, contributor):
    empty = Given().fingerprint
    say(bundle, contributor, **{"1.01": Given(kind="value", value="yes")})
    saved = actions.save_answers(
        bundle=bundle,
        said={
            "1.01": Said(Given(kind="value", value="no"), empty),
            "1.03": Said(Given(kind="value", value="Alle Generationen"), empty),
            "1.04": Said(Given(), empty),
        },
        by=COORDINATOR,
        at=NOON,
    )
    assert (saved.changed, {key: row.value for key, row in saved.conflicts.items()}) == (["1.03"], {"1.01": "yes"})
    assert stored(bundle.procedure, "1.01")["value"] == "yes"


def test_a_page_that_did_not_touch_a_question_does_not_undo_the_other_persons_answer(bundle, contributor):
    empty = Given()
    say(bundle, contributor, **{"1.01": Given(kind="value", value="yes")})
    saved = actions.save_answers(bundle=bundle, said={"1.01": Said(empty, empty.fingerprint)}, by=COORDINATOR, at=NOON)
    assert (saved.changed, saved.conflicts, stored(bundle.procedure, "1.01")["value"]) == ([], {}, "yes")


def test_a_question_of_another_bundle_is_not_written_through_this_one(bundle, procedure, provider):
    make_bundle(procedure, provider, ["2.01"])
    say(bundle, **{"2.01": Given(kind="value", value="40")})
    assert stored(procedure, "2.01")["kind"] == "open"


def test_the_coordination_answers_a_question_that_lies_in_no_bundle(procedure):
    actions.answer_question(
        procedure=procedure, question_key="3.01", said=Said(Given(kind="unknown")), by=COORDINATOR, at=NOON
    )
    assert queries.counts(procedure)["questions_answered"] == 1


def test_departments_do_not_answer_past_their_bundle(procedure, contributor):
    with pytest.raises(NotAllowed):
        actions.answer_question(
            procedure=procedure, question_key="3.01", said=Said(Given(kind="unknown")), by=contributor, at=NOON
        )


def test_nothing_is_answered_outside_of_the_stocktaking_or_while_the_procedure_rests(bundle):
    open_only(bundle.procedure, Stage.COUNCIL)
    with pytest.raises(NotAllowed, match="anderen Phase"):
        say(bundle, **{"1.01": Given(kind="unknown")})


@pytest.fixture
def second_round(procedure, youth_office):
    """The first round on version 2025.1 is answered and over; the second one runs on 2026.1."""
    first = procedure
    first.scheme_version = "2025.1"
    first.save()
    del first.scheme
    bundle = make_bundle(first, youth_office, ["1.01", "1.02", "1.05", "2.01"])
    say(
        bundle,
        **{
            "1.01": Given("value", "yes", sources="Beschluss 12/2021", comment="gut", action_needed=True),
            "1.02": Given("value", "2021"),
            "1.05": Given("value", "1.5"),
            "2.01": Given("unknown"),
        },
    )
    first.state = Procedure.State.ENDED
    first.save()
    begun = audits.start_procedure(
        scheme_key=AUDIT, scheme_version="2026.1", rung="advanced", title="Zweiter Durchgang",
        by=actor(Role.COORDINATOR), at=NOON,
    )  # fmt: skip
    return open_only(begun, Stage.STOCKTAKING)


def test_prefilled_answers_are_unconfirmed_and_carry_what_was_said_then(second_round):
    taken = actions.prefill_answers(procedure=second_round, by=COORDINATOR, at=NOON)
    assert taken == ["1.01", "1.05", "2.01"]  # 1.02 is asked no more
    row = Answer.objects.get(procedure=second_round, question_key="1.01")
    assert (row.kind, row.value, row.sources, row.comment, row.action_needed, row.confirmed) == (
        "value", "yes", "Beschluss 12/2021", "", False, False,
    )  # fmt: skip
    assert (row.previous["shown"], row.previous["scheme_version"], row.previous["action_needed"]) == (
        "Ja",
        "2025.1",
        True,
    )
    assert queries.counts(second_round)["questions_answered"] == 0


def test_a_reworded_question_and_a_changed_answer_are_shown_word_by_word(second_round, youth_office):
    actions.prefill_answers(procedure=second_round, by=COORDINATOR, at=NOON)
    bundle = make_bundle(second_round, youth_office, ["1.01", "1.05"])
    say(bundle, **{"1.05": Given("value", "2")})
    first, second = queries.entries_of_bundle(bundle)
    assert any(kind == "removed" for kind, _text in first.reworded)
    assert first.changed == []
    assert [text for kind, text in second.changed if kind == "added"] == ["2 "]
    before = scheme_of(AUDIT, "2025.1").question("1.01").text
    assert "".join(text for kind, text in first.reworded if kind != "added") == str(before)


def test_a_prefilled_answer_counts_once_somebody_says_that_it_holds(second_round, youth_office):
    actions.prefill_answers(procedure=second_round, by=COORDINATOR, at=NOON)
    bundle = make_bundle(second_round, youth_office, ["1.01", "1.05"])
    as_it_is = Given.of(Answer.objects.get(procedure=second_round, question_key="1.01"))
    actions.save_answers(bundle=bundle, said={"1.01": Said(as_it_is, as_it_is.fingerprint)}, by=COORDINATOR, at=NOON)
    assert queries.counts(second_round)["questions_answered"] == 0
    actions.save_answers(
        bundle=bundle, said={"1.01": Said(as_it_is, as_it_is.fingerprint, holds=True)}, by=COORDINATOR, at=NOON
    )
    assert queries.counts(second_round)["questions_answered"] == 1


def test_prefilling_again_leaves_confirmed_answers_alone(second_round, youth_office):
    bundle = make_bundle(second_round, youth_office, ["1.01"])
    say(bundle, **{"1.01": Given("value", "no")})
    actions.prefill_answers(procedure=second_round, by=COORDINATOR, at=NOON)
    actions.prefill_answers(procedure=second_round, by=COORDINATOR, at=NOON)
    row = Answer.objects.get(procedure=second_round, question_key="1.01")
    assert (row.value, row.confirmed, row.previous["shown"]) == ("no", True, "Ja")


def test_without_an_earlier_round_there_is_nothing_to_prefill(procedure):
    with pytest.raises(NotPossible, match="keinen früheren Durchgang"):
        actions.prefill_answers(procedure=procedure, by=COORDINATOR, at=NOON)


def test_prefilled_answers_keep_a_bundle_open(second_round, youth_office):
    actions.prefill_answers(procedure=second_round, by=COORDINATOR, at=NOON)
    bundle = make_bundle(second_round, youth_office, ["1.01"])
    with pytest.raises(NotPossible, match=r"Noch offen: 1\.01"):
        actions.submit_bundle(bundle=bundle, by=COORDINATOR, at=NOON)
    answer_all(bundle)
    actions.submit_bundle(bundle=bundle, by=COORDINATOR, at=NOON)
