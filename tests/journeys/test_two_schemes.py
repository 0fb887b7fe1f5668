"""Two schemes at once: one measure counts in both; its owner is asked once, and one answer stands in both reports."""

from datetime import date

import pytest

from kommpass.agreement import actions as agreement
from kommpass.agreement.models import Adoption, Measure, Version
from kommpass.audits import actions as audits
from kommpass.audits.models import Procedure
from kommpass.balancing import actions as balancing
from kommpass.bodies.models import Body
from kommpass.domain.canonical import canonical_json, digest
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.progress import Tally
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.implementation import actions as implementation
from kommpass.implementation import queries
from kommpass.people.models import Organisation
from tests.conftest import actor, member, signed_in
from tests.journeys.afterwards import ask, say, seal
from tests.journeys.story import (
    COORDINATION,
    add_body,
    add_goal,
    add_measure,
    adopt,
    begin,
    draft_paper,
    freeze,
    noon,
    open_draft,
    resolve,
    town,
)

STARTED, DRAFTED, COUNCIL = date(2024, 3, 1), date(2024, 9, 2), date(2024, 10, 16)
SHARED, CARRIED_OUT, ASKED = date(2024, 11, 4), date(2025, 1, 2), date(2025, 12, 1)


@pytest.fixture
def both(db):
    """The audit with an adopted measure of the youth office, and the other scheme in its self-assessment."""
    with town("Doppelstadt", "doppelstadt", population=40_000, begins=STARTED) as audit:
        plus = audits.start_procedure(
            scheme_key="familienbewusst_plus", scheme_version="2020.1", rung="basic", title="Prädikat Doppelstadt",
            by=COORDINATION, at=noon(STARTED),
        )  # fmt: skip
        begin(audit, Stage.TARGETING, Stage.COUNCIL, on=DRAFTED)
        begin(plus, Stage.STOCKTAKING, on=DRAFTED)
        youth = Organisation.objects.create(name="Jugendamt", email="jugendamt@doppelstadt.example")
        goal = add_goal(open_draft(audit, on=DRAFTED), 1, "Familien finden Rat", on=DRAFTED)
        add_measure(goal, "Familienbüro eröffnen", youth, due="2026", on=DRAFTED, subject_to_budget=True)
        version = freeze(goal.agreement, on=DRAFTED)
        council = add_body("Rat", kind=Body.Kind.COUNCIL, on=DRAFTED)
        adopt(version, resolve(draft_paper(version, "24/1", on=DRAFTED), council, on=COUNCIL), on=COUNCIL)
        add_goal(open_draft(plus, on=DRAFTED), 5, "Hilfe ohne Hürden", on=DRAFTED)
        yield audit, plus


def share(audit: Procedure, plus: Procedure) -> Measure:
    return balancing.share_measure(
        measure=audit.agreement.measures.get(), goal=plus.agreement.goals.get(), by=COORDINATION, at=noon(SHARED)
    )


def carry_out(audit: Procedure, plus: Procedure) -> None:
    """Both are carried out. The rebuilt scheme has no council phase of its own: its plan holds as it was shared."""
    begin(audit, Stage.IMPLEMENTATION, on=CARRIED_OUT)
    begin(plus, Stage.IMPLEMENTATION, on=CARRIED_OUT)
    for each in (audit, plus):
        each.forget()
    content = {"fields": [], "title": "Plan"}
    version = Version.objects.create(
        agreement=plus.agreement, number=1, kind=Version.Kind.FOR_COUNCIL, canonical=canonical_json(content),
        digest=digest(content), measure_count=1, goal_count=1, frozen_at=noon(SHARED), frozen_by="Koordination",
    )  # fmt: skip
    Adoption.objects.create(version=version, approved_by="Rat", valid_from=SHARED, at=noon(SHARED))


def test_a_measure_of_the_audit_counts_in_the_other_scheme_as_it_was_agreed(both):
    audit, plus = both
    source, copy = audit.agreement.measures.get(), share(audit, plus)
    assert (copy.shared_from, copy.number, copy.title, copy.due) == (source, "5.1.1", "Familienbüro eröffnen", "2026")
    assert (copy.responsible, copy.acceptance, copy.subject_to_budget) == (source.responsible, "accepted", True)


def test_the_owner_is_asked_once_and_one_answer_stands_in_both_reports(both):
    audit, plus = both
    copy = share(audit, plus)
    carry_out(audit, plus)
    rounds = [
        ask(each, f"Statusrunde {each}", date(2025, 1, 1), date(2025, 12, 31), on=ASKED) for each in (audit, plus)
    ]
    assert [[str(each.measure) for each in round_.asked.all()] for round_ in rounds] == [
        ["1.1.1 Familienbüro eröffnen"], []
    ]  # fmt: skip
    assert [round_.requests.count() for round_ in rounds] == [1, 0]
    implementation.report_progress(
        round=rounds[0], measure=audit.agreement.measures.get(), state="done", light="green", text="Seit Mai offen.",
        by=actor(Role.CONTRIBUTOR, organisations=[copy.responsible]), at=noon(ASKED),
    )  # fmt: skip
    words = [queries.standings(each.agreement, ASKED)[0].assessment.text for each in (audit, plus)]
    assert words == ["Seit Mai offen.", "Seit Mai offen."]
    reports = [
        seal(each, f"Bericht {each}", date(2025, 1, 1), date(2025, 12, 31), on=date(2026, 1, 20))
        for each in (audit, plus)
    ]
    assert [Tally(**each.summary) for each in reports] == [Tally(total=1, done=1, green=1)] * 2
    told = [
        [(each["number"], each["state"], each["text"]) for field in report.content["fields"] for goal in field["goals"]
         for each in goal["measures"]]
        for report in reports
    ]  # fmt: skip
    assert told == [[("1.1.1", "done", "Seit Mai offen.")], [("5.1.1", "done", "Seit Mai offen.")]]


def test_the_owner_of_a_shared_measure_is_not_asked_by_the_other_scheme(both):
    audit, plus = both
    copy = share(audit, plus)
    carry_out(audit, plus)
    asked = ask(plus, "Statusrunde", date(2025, 1, 1), date(2025, 12, 31), on=ASKED)
    owner = actor(Role.CONTRIBUTOR, organisations=[copy.responsible])
    with pytest.raises(NotPossible, match="nicht gefragt"):
        implementation.report_progress(round=asked, measure=copy, state="done", light="green", by=owner, at=noon(ASKED))


def test_when_the_first_round_is_over_the_other_scheme_goes_on_asking_about_the_shared_measure(both):
    audit, plus = both
    copy = share(audit, plus)
    carry_out(audit, plus)
    say(
        ask(audit, "Letzte Runde", date(2025, 1, 1), date(2025, 6, 30), on=ASKED), audit.agreement.measures.get(),
        "in_progress", on=ASKED,
    )  # fmt: skip
    audits.end_procedure(procedure=audit, reason="Die Laufzeit ist um.", by=COORDINATION, at=noon(ASKED))
    asked = ask(plus, "Statusrunde", date(2025, 1, 1), date(2025, 12, 31), on=ASKED)
    assert [each.measure for each in asked.asked.all()] == [copy]
    say(asked, copy, "done", text="Seit Mai offen.", on=ASKED)
    assert [each.state for each in queries.history(copy)] == ["done", "in_progress"]
    assert queries.standings(plus.agreement, ASKED)[0].assessment.state == "done"
    assert list(queries.over(plus)) == [{"pk": copy.pk}]


def test_a_measure_is_shared_once_and_never_within_its_own_scheme(both):
    audit, plus = both
    share(audit, plus)
    with pytest.raises(NotPossible, match="zählt in diesem Verfahren schon mit"):
        share(audit, plus)
    with pytest.raises(NotPossible, match="gehört schon zu diesem Verfahren"):
        begin(audit, Stage.STOCKTAKING, on=SHARED)
        balancing.share_measure(
            measure=audit.agreement.measures.get(), goal=audit.agreement.goals.get(), by=COORDINATION, at=noon(SHARED)
        )


def test_whether_it_may_be_shared_is_a_question_to_the_other_scheme(both):
    audit, plus = both
    begin(plus, Stage.AWARD, on=SHARED)
    plus.phases.filter(key="self_assessment").update(closed_at=noon(SHARED))
    plus.forget()
    with pytest.raises(NotAllowed, match="andere"):
        share(audit, plus)


def test_a_measure_that_counts_elsewhere_stays_in_its_draft(both):
    audit, plus = both
    share(audit, plus)
    with pytest.raises(NotPossible, match="zählt auch in einem weiteren Verfahren"):
        agreement.drop_measure(measure=audit.agreement.measures.get(), reason="", by=COORDINATION, at=noon(SHARED))


def test_a_clerk_shares_by_clicks_and_sees_it_on_both_sides(both):
    audit, plus = both
    browser = signed_in(member(Role.COORDINATOR, email="vera@doppelstadt.example"))
    browser.post("/doppelstadt/procedure/choose/", {"procedure_id": audit.pk})
    source, goal = audit.agreement.measures.get(), plus.agreement.goals.get()
    page = browser.get(f"/doppelstadt/agreement/measures/{source.pk}/").content.decode()
    assert "Auch in einem weiteren Verfahren zählen lassen" in page
    way = f"/doppelstadt/balance/measures/{source.pk}/share/"
    assert "Prädikat Doppelstadt: 5.1 Hilfe ohne Hürden" in browser.get(way).content.decode()
    assert browser.post(way, {"goal": audit.agreement.goals.get().pk}).status_code == 200
    answer = browser.post(way, {"goal": goal.pk})
    assert answer.headers["Location"] == f"/doppelstadt/agreement/measures/{source.pk}/"
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "Die Maßnahme zählt jetzt auch in: Prädikat Doppelstadt." in page
    assert "Zählt auch in" in page and "Prädikat Doppelstadt: 5.1.1" in page
    assert browser.post(way, {"goal": goal.pk}).status_code == 409
    browser.post("/doppelstadt/procedure/choose/", {"procedure_id": plus.pk})
    copy = plus.agreement.measures.get()
    page = browser.get(f"/doppelstadt/agreement/measures/{copy.pk}/").content.decode()
    assert "Gemeinsam mit" in page and "Audit Doppelstadt: 1.1.1 Familienbüro eröffnen." in page


def test_a_department_does_not_share(both):
    audit, plus = both
    browser = signed_in(member(Role.CONTRIBUTOR, email="amt@doppelstadt.example"))
    browser.post("/doppelstadt/procedure/choose/", {"procedure_id": audit.pk})
    source = audit.agreement.measures.get()
    assert "weiteren Verfahren" not in browser.get(f"/doppelstadt/agreement/measures/{source.pk}/").content.decode()
    way = f"/doppelstadt/balance/measures/{source.pk}/share/"
    assert "Zurzeit nicht möglich" in browser.get(way).content.decode()
    assert browser.post(way, {"goal": plus.agreement.goals.get().pk}).status_code == 200
    assert not Measure.objects.exclude(shared_from=None).exists()
