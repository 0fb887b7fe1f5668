"""Sealing a report: what it says, that nothing changes it any more, and that a correction is the next version."""

import json
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kommpass.audits.queries import broken_journal
from kommpass.domain.canonical import canonical_json, digest
from kommpass.domain.refusals import GateClosed, NotPossible
from kommpass.implementation import actions as implementation
from kommpass.people.models import Organisation
from kommpass.reporting import documents
from kommpass.reporting.models import SealedReport
from kommpass.reporting.received import received_view
from tests.agreement.builders import COORDINATOR, approve, propose, resolved, small_draft
from tests.conftest import NOON, queries_of
from tests.journeys.afterwards import award, decide, review
from tests.journeys.afterwards import submit as hand_in
from tests.reporting.builders import (
    FIRST,
    LAST,
    MEMBER,
    begin,
    carried_out,
    everything_open,
    measure_of,
    plan,
    say,
    seal,
    write,
)


@pytest.fixture
def version(procedure, youth_office):
    return carried_out(procedure, youth_office)


def test_a_report_says_of_each_measure_what_was_said_and_by_whom(version, procedure):
    content = seal(begin(procedure)).content
    done, late = measure_of(content, "1.1.1"), measure_of(content, "1.1.2")
    assert (done["state"], done["light"], done["text"], done["expected"]) == ("done", "green", "Seit Mai geöffnet.", "")
    assert (late["state_label"], late["light_label"], late["expected"], late["reported_by"], late["reported_on"]) == (
        "in Arbeit", "verzögert", "2028-06", "Vera Beispiel", "2026-11-02",
    )  # fmt: skip
    assert late["auditor_view"] == {"stance": "hat Zweifel", "text": "Die Stelle ist frei.", "by": "Aude Prüfer"}
    assert [(each["text"], each["public"]) for each in late["remarks"]] == [
        ("Wann endlich?", True), ("Unter uns gefragt", False),
    ]  # fmt: skip
    (goal,) = content["fields"][0]["goals"]
    assert goal["judgement"] == {"achievement": "partly", "label": "teilweise erreicht", "text": "Ein Anfang."}
    assert (content["summary"]["total"], content["summary"]["done"], content["summary"]["yellow"]) == (2, 1, 1)
    assert content["agreement"] == {"version": 1, "digest": version.digest}


def test_its_digest_is_the_hash_of_its_canonical_content(version, procedure):
    sealed = seal(begin(procedure))
    assert sealed.digest == sha256(sealed.canonical.encode()).hexdigest() == digest(sealed.content)
    assert canonical_json(json.loads(sealed.canonical)) == sealed.canonical
    assert (sealed.summary, sealed.measure_count) == (sealed.content["summary"], 2)
    assert broken_journal() is None


def test_texts_of_sections_and_fields_are_in_it_and_missing_ones_are_empty(version, procedure):
    report, field = begin(procedure), procedure.fields.get(number=1)
    write(report, "Viel gelungen", section="overview")
    write(report, "Gut vernetzt", field=field)
    content = seal(report).content
    assert [(each["key"], each["text"]) for each in content["sections"]][:2] == [
        ("overview", "Viel gelungen"), ("progress", ""),
    ]  # fmt: skip
    assert [each["text"] for each in content["fields"]][:2] == ["Gut vernetzt", ""]


def all_documents(sealed) -> dict:
    return {
        (form, kind): documents.make(sealed, form, kind) for form, kinds in documents.FORMS.items() for kind in kinds
    }


def test_nothing_that_happens_later_changes_a_sealed_report_or_its_documents(version, procedure, youth_office):
    report = begin(procedure)
    write(report, "Viel gelungen", section="overview")
    sealed = seal(report)
    kept = all_documents(sealed)
    before = (sealed.canonical, sealed.public_canonical)

    first = version.agreement.measures.get(number="1.1.1")
    asked = procedure.rounds.get()
    say(asked, first, "partly_done", light="red", text="Wieder geschlossen.")
    implementation.judge_goal(goal=first.goal, achievement="not", text="Doch nicht.", by=COORDINATOR, at=NOON)
    approve(propose(procedure, "editorial", first, title="Ganz anders"))
    Organisation.objects.filter(pk=youth_office.pk).update(name="Amt für Jugend")
    write(report, "Ganz anders", section="overview")
    procedure.municipality.name = "Neustadt"
    procedure.municipality.save()

    sealed = SealedReport.objects.get()
    assert (sealed.canonical, sealed.public_canonical) == before
    assert [key for key, found in all_documents(sealed).items() if found != kept[key]] == []


def test_a_correction_is_a_new_version_and_says_why(version, procedure):
    report = begin(procedure)
    first = seal(report)
    with pytest.raises(NotPossible, match="warum Sie den Bericht berichtigen"):
        seal(report, "   ")
    write(report, "Jetzt richtig", section="overview")
    second = seal(report, "Der Text fehlte.")
    assert [(each.number, each.reason) for each in report.sealed.all()] == [(2, "Der Text fehlte."), (1, "")]
    assert second.content["version"]["reason"] == "Der Text fehlte."
    first.refresh_from_db()
    assert first.content["sections"][0]["text"] == ""


def test_merged_years_take_the_newest_word_of_all_rounds_up_to_their_end(version, procedure):
    asked, first = procedure.rounds.get(), version.agreement.measures.get(number="1.1.1")
    implementation.close_round(round=asked, by=COORDINATOR, at=NOON)
    later = NOON + timedelta(days=500)
    second = implementation.open_round(
        procedure=procedure, title="2027", period_from=date(2026, 11, 1), period_until=date(2027, 10, 31),
        due_on=date(2027, 12, 1), by=COORDINATOR, at=later,
    )  # fmt: skip
    say(second, first, "partly_done", light="red", text="Nur halb.")
    one = seal(begin(procedure))
    two = seal(begin(procedure, date(2026, 11, 1), date(2027, 10, 31), title="2027"), key_date=date(2026, 11, 2))
    assert measure_of(one.content, "1.1.1")["text"] == "Seit Mai geöffnet."
    assert (measure_of(two.content, "1.1.1")["text"], measure_of(two.content, "1.1.2")["freshness"]) == (
        "Nur halb.", "ageing",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "sentence"), [(date(2026, 11, 3), "in der Zukunft"), (date(2025, 12, 31), "vor dem Zeitraum")]
)
def test_the_key_date_lies_in_the_period_and_not_in_the_future(version, procedure, day, sentence):
    with pytest.raises(NotPossible, match=sentence):
        seal(begin(procedure), key_date=day)


def test_without_a_resolution_the_gate_stays_shut(procedure, youth_office):
    small_draft(procedure, youth_office)
    everything_open(procedure)
    with pytest.raises(GateClosed) as shut:
        seal(begin(procedure))
    assert [str(each.label) for each in shut.value.missing] == ["Beschlossene Maßnahmen, über die zu berichten ist"]


def test_changes_of_the_period_stand_with_who_approved_them_the_oldest_first(version, procedure):
    first = version.agreement.measures.get(number="1.1.1")
    approve(propose(procedure, "deadline_shift", first, due="2028"), at=NOON.replace(day=1, month=11))
    content = seal(begin(procedure, FIRST, date(2026, 11, 2))).content
    assert [(each["version"], each["on"], each["approved_by"]) for each in content["changes"]] == [
        (1, "2026-10-07", "Rat"), (2, "2026-11-01", "Koordination des Audits"),
    ]  # fmt: skip
    assert "Vera Beispiel" not in str(content["changes"])


def test_a_measure_of_the_next_round_names_where_it_comes_from(version, procedure):
    first = version.agreement.measures.get(number="1.1.1")
    older = type(first).objects.create(
        agreement=first.agreement, goal=first.goal, title="Ganz früher", position=90, dropped=True
    )
    old = type(first).objects.create(
        agreement=first.agreement, goal=first.goal, title="Früher", position=91, dropped=True, predecessor=older
    )
    type(first).objects.filter(pk=first.pk).update(predecessor=old)
    found = measure_of(seal(begin(procedure)).content, "1.1.1")
    assert found["predecessors"] == [str(old.uid), str(older.uid)]


MARKS = ("GEHEIM-NOTIZ", "Unter uns gefragt", "Rita Rat", "Fachfrau Fink")


def test_what_is_internal_is_neither_public_nor_received_by_the_association(version, procedure):
    late = version.agreement.measures.get(number="1.1.2")
    type(late).objects.update(internal_note="GEHEIM-NOTIZ")
    asked = procedure.rounds.get()
    clerk = type(COORDINATOR)(id=9, name="Fachfrau Fink", roles=COORDINATOR.roles)
    implementation.report_progress(
        round=asked, measure=late, state="in_progress", light="yellow", text="Fast fertig.", by=clerk, at=NOON
    )
    sealed = seal(begin(procedure))
    received = canonical_json(received_view(sealed.content))
    seen = {
        "sealed": [each in sealed.canonical for each in MARKS],
        "public": [each in sealed.public_canonical for each in MARKS],
        "received": [each in received for each in MARKS],
    }
    assert seen == {
        "sealed": [False, True, True, True], "public": [False] * 4, "received": [False] * 4,
    }  # fmt: skip
    assert ["Wann endlich?" in each for each in (sealed.public_canonical, received)] == [True, True]
    assert ["Die Stelle ist frei." in each for each in (sealed.public_canonical, received)] == [False, True]


def test_a_measure_that_is_not_public_is_submitted_and_not_published(version, procedure):
    version.agreement.measures.filter(number="1.1.2").update(public=False)
    sealed = seal(begin(procedure))
    title = measure_of(sealed.content, "1.1.2")["title"]
    assert (title in canonical_json(received_view(sealed.content)), title in sealed.public_canonical) == (True, False)


def test_a_remark_that_becomes_public_later_stays_as_it_was_sealed(version, procedure):
    sealed = seal(begin(procedure))
    late = version.agreement.measures.get(number="1.1.2")
    implementation.write_remark(measure=late, text="Nachgefragt", public=True, by=MEMBER, at=NOON)
    assert "Nachgefragt" not in SealedReport.objects.get(pk=sealed.pk).canonical


def sealing_costs(report, reason: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        seal(report, reason)
    return queries_of(counted)


def test_sealing_costs_the_same_queries_for_5_and_for_50_measures(procedure, youth_office):
    everything_open(procedure)
    measures = plan(procedure, youth_office, 5)
    report = begin(procedure)
    seal(report)
    few = sealing_costs(report, "noch einmal")
    goal = measures[0].goal
    more = type(goal.measures.first()).objects.bulk_create(
        type(measures[0])(
            agreement=goal.agreement, goal=goal, title=f"Mehr {each}", responsible=youth_office, position=100 + each,
            number=f"1.1.{100 + each}", promised=True,
        )
        for each in range(45)
    )  # fmt: skip
    say_of(procedure, more)
    many = sealing_costs(report, "und noch einmal")
    assert (many, few <= 30, report.sealed.first().measure_count) == (few, True, 50)


def test_a_share_is_sealed_with_its_per_cent(procedure, youth_office):
    everything_open(procedure)
    (measure,) = plan(procedure, youth_office, 1)
    measure.indicators.update(target={"kind": "percentage", "value": "40", "base": "aller Kinder"})
    sealed = seal(begin(procedure))
    (told,) = measure_of(sealed.content, measure.number)["indicators"]
    assert (told["value"], told["unit"]) == ("7", "%")


def say_of(procedure, measures) -> None:
    """Something is said of each of these measures in the round that was."""
    asked = procedure.rounds.get()
    asked.assessments.model.objects.bulk_create(
        asked.assessments.model(
            round=asked, measure=each, state="done", light="green", text="Fertig", by_id=1, by_name="Vera",
            via="account", at=NOON,
        )
        for each in measures
    )  # fmt: skip


def test_with_a_certificate_and_its_conditions_sealing_costs_30_queries_at_most(procedure, youth_office):
    version = resolved(procedure, youth_office)
    everything_open(procedure)
    case = review(
        hand_in(version.agreement.procedure, on=date(2026, 10, 8)), on=date(2026, 10, 9), verdict="conditions",
        conditions=[{"text": "Stelle besetzen", "due_on": date(2027, 3, 1)}],
    )  # fmt: skip
    decide(case, on=date(2026, 10, 20))
    award(version.agreement.procedure, on=date(2026, 10, 27), valid_from="2026-10-27", valid_until="2029-11")
    report = begin(procedure)
    content = seal(report).content
    assert [(each["text"], each["due_on"], each["state"]) for each in content["conditions"]] == [
        ("Stelle besetzen", "2027-03-01", "open"),
    ]  # fmt: skip
    assert content["certificate"]
    assert sealing_costs(report, "noch einmal") <= 30


def test_the_period_of_a_report_is_named_by_its_years(procedure, youth_office):
    plan(procedure, youth_office, 3)
    everything_open(procedure)
    sealed = seal(begin(procedure, date(2025, 7, 1), LAST))
    assert sealed.content["period"] == {"from": "2025-07-01", "until": "2026-10-31", "years": "2025/2026"}
