"""Comments, strengths and needs, and the analysis of a field."""

import pytest

from kommpass.domain.refusals import NotAllowed, NotPossible, Stale
from kommpass.stocktaking import actions, queries
from kommpass.stocktaking.given import Given
from kommpass.stocktaking.models import Finding
from tests.conftest import NOON
from tests.stocktaking.conftest import AUDITOR, COORDINATOR, say


@pytest.fixture
def field(procedure):
    return procedure.fields.first()


def write(field, text="Der Rat hat ein Leitbild.", kind=Finding.Kind.STRENGTH, by=COORDINATOR, **more) -> Finding:
    return actions.write_finding(field=field, kind=kind, text=text, by=by, at=NOON, **more)


def test_answers_suggest_needs_and_strengths_until_a_finding_names_them(bundle, field):
    say(
        bundle,
        **{
            "1.01": Given("value", "yes"),
            "1.03": Given("value", "Nirgends festgehalten", action_needed=True),
            "1.04": Given("unknown"),
        },
    )
    entries = queries.entries_of_field(COORDINATOR, field)
    assert [(each.entry.key, each.kind) for each in queries.candidates(entries, [])] == [
        ("1.01", "strength"),
        ("1.03", "need"),
    ]
    write(field, question_keys=["1.01"])
    left = queries.candidates(entries, queries.findings(COORDINATOR, field.procedure))
    assert [each.entry.key for each in left] == ["1.03"]


def test_a_finding_names_only_questions_of_the_scheme(field):
    assert write(field, question_keys=["1.01", "99.99"]).question_keys == ["1.01"]


def test_a_finding_is_edited_and_two_editors_meet_on_the_merge_page(field):
    finding = write(field)
    actions.edit_finding(finding=finding, seen=1, text="Neu", by=COORDINATOR, at=NOON)
    with pytest.raises(Stale) as stale:
        actions.edit_finding(finding=finding, seen=1, text="Anders", by=AUDITOR, at=NOON)
    assert [(each.yours, each.theirs) for each in stale.value.conflicts] == [("Anders", "Neu")]
    finding.refresh_from_db()
    assert finding.text == "Neu"


def test_a_removed_finding_stays_readable_in_the_journal(field):
    actions.remove_finding(finding=write(field), by=COORDINATOR, at=NOON)
    assert not Finding.objects.exists()
    assert field.procedure.journal.order_by("-sequence").first().details["removed"] == "Der Rat hat ein Leitbild."


def test_departments_write_no_findings(field, contributor):
    with pytest.raises(NotAllowed):
        write(field, by=contributor)
    assert not queries.findings(contributor, field.procedure).exists()


def test_only_the_auditor_accepts_an_analysis_and_only_one_with_content(field):
    with pytest.raises(NotAllowed):
        actions.accept_analysis(field=field, by=COORDINATOR, at=NOON)
    with pytest.raises(NotPossible, match="noch keine Zusammenfassung"):
        actions.accept_analysis(field=field, by=AUDITOR, at=NOON)
    write(field)
    actions.accept_analysis(field=field, by=AUDITOR, at=NOON)
    assert queries.counts(field.procedure)["analyses"] == 1
    with pytest.raises(NotPossible, match="schon anerkannt"):
        actions.accept_analysis(field=field, by=AUDITOR, at=NOON)


def test_a_changed_summary_has_to_be_accepted_again(field):
    actions.write_analysis(field=field, summary="Gut aufgestellt.", by=AUDITOR, at=NOON)
    actions.accept_analysis(field=field, by=AUDITOR, at=NOON)
    actions.write_analysis(field=field, summary="Gut, mit Lücken.", seen=2, by=COORDINATOR, at=NOON)
    assert queries.counts(field.procedure)["analyses"] == 0


def test_a_question_back_is_shown_to_the_respondents_until_it_is_resolved(bundle, procedure):
    comment = actions.comment_answer(
        procedure=procedure, question_key="1.01", text="Welches Jahr?", asks=True, by=AUDITOR, at=NOON
    )
    actions.comment_answer(procedure=procedure, question_key="1.01", text="Nur für uns", by=AUDITOR, at=NOON)
    entry = queries.entries_of_bundle(bundle)[0]
    assert [each.text for each in entry.open_questions_back] == ["Welches Jahr?"]
    assert queries.questions_back([bundle]) == {bundle.pk: 1}
    actions.resolve_comment(comment=comment, by=COORDINATOR, at=NOON)
    assert queries.entries_of_bundle(bundle)[0].open_questions_back == []
    with pytest.raises(NotPossible, match="schon erledigt"):
        actions.resolve_comment(comment=comment, by=COORDINATOR, at=NOON)


def test_departments_do_not_comment(bundle, contributor):
    with pytest.raises(NotAllowed):
        actions.comment_answer(procedure=bundle.procedure, question_key="1.01", text="x", by=contributor, at=NOON)
