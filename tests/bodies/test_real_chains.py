"""Chains as they really were: Bochum, Aachen, Lichtenberg, Nordkirchen, and a station that was stopped."""

from datetime import date

import pytest

from kommpass.audits.models import JournalEntry
from kommpass.bodies import actions, queries
from kommpass.bodies.models import Meeting
from kommpass.domain.refusals import NotPossible
from tests.bodies.builders import OFFICE, committee, council, decision, paper_about, result, station
from tests.conftest import NOON


def chain(paper) -> list[tuple[str, str]]:
    return [(each["body"], each["result"]) for each in queries.paper_content(paper)["chain"]]


def test_bochum_2014_goes_through_three_bodies(procedure):
    finance = committee("Haupt- und Finanzausschuss", short="HuF")
    youth, rat = committee(), council()
    paper = paper_about(procedure, "agreement", title="Zielvereinbarung", reference="20140656", subject_version=7)
    first = station(paper, finance, "preliminary", on=date(2014, 3, 26))
    second = station(paper, youth, "preliminary", on=date(2014, 4, 2))
    last = station(paper, rat, "decision", on=date(2014, 4, 10))

    result(first)
    result(second)
    resolved = decision(last, on=date(2014, 4, 10))

    assert chain(paper) == [
        ("Haupt- und Finanzausschuss", "empfohlen"),
        ("Jugendhilfeausschuss", "empfohlen"),
        ("Rat", "beschlossen"),
    ]
    assert (resolved.body, resolved.decided_on, resolved.reference) == (rat, date(2014, 4, 10), "20140656")
    assert queries.decision_for(7) == resolved
    assert list(Meeting.objects.values_list("held_on", flat=True)) == [
        date(2014, 3, 26),
        date(2014, 4, 2),
        date(2014, 4, 10),
    ]


def test_aachen_2015_decides_subject_to_budget(procedure):
    kja, rat = committee("Kinder- und Jugendausschuss", short="KJA"), council()
    paper = paper_about(procedure, "agreement", reference="FB 45/0001")
    heard = station(paper, kja, "hearing", on=date(2015, 1, 20))
    last = station(paper, rat, "decision", on=date(2015, 1, 28))

    result(heard, manner="unanimous")
    resolved = decision(last, on=date(2015, 1, 28), reference="FB 45/0001", conditions=["unter Haushaltsvorbehalt"])

    assert resolved.conditions == ["unter Haushaltsvorbehalt"]
    assert chain(paper) == [
        ("Kinder- und Jugendausschuss", "empfohlen, einstimmig"),
        ("Rat", "beschlossen, unter Haushaltsvorbehalt"),
    ]


def test_lichtenberg_adopts_with_changes_and_a_large_majority_without_numbers(procedure):
    committee_, bvv = committee("Ausschuss für Familie"), council("Bezirksverordnetenversammlung")
    paper = paper_about(procedure, reference="DS/0581/VII")
    result(
        station(paper, committee_, on=date(2013, 2, 14)),
        "recommended_with_changes",
        changes_text="Frist auf sechs Monate verkürzt",
        result_text="mit großer Mehrheit",
    )
    resolved = decision(
        station(paper, bvv, "decision", on=date(2013, 2, 21)),
        on=date(2013, 2, 21),
        reference="DS/0581/VII",
        outcome="adopted_with_changes",
        changes_text="wie im Ausschuss",
        manner="majority",
    )
    assert (resolved.votes, resolved.voting) == ("", "mehrheitlich")
    assert chain(paper) == [
        ("Ausschuss für Familie", "mit Änderungen empfohlen"),
        ("Bezirksverordnetenversammlung", "mit Änderungen beschlossen, mehrheitlich"),
    ]


def test_nordkirchen_votes_18_to_none(procedure):
    rat = council(members=18)
    resolved = decision(
        station(paper_about(procedure), rat, "decision", on=date(2013, 6, 6)),
        on=date(2013, 6, 6),
        manner="unanimous",
        votes_yes=18,
        votes_no=0,
        votes_abstain=0,
    )
    assert (resolved.votes, resolved.voting) == ("18:0:0", "einstimmig (18:0:0)")


def test_a_stopped_station_stays_visible_and_holds_the_paper(procedure):
    youth, rat = committee(), council()
    paper = paper_about(procedure)
    stopped = station(paper, youth, on=date(2026, 9, 1))
    last = station(paper, rat, "decision", on=date(2026, 10, 1))
    result(stopped, "stopped", result_text="Die Verwaltung zieht die Vorlage zurück.")

    assert chain(paper)[0] == ("Jugendhilfeausschuss", "gestoppt")
    with pytest.raises(NotPossible, match=r"gestoppt oder verwiesen \(Jugendhilfeausschuss\)"):
        decision(last, on=date(2026, 10, 1))
    with pytest.raises(NotPossible, match="sichtbar"):
        actions.drop_station(station=stopped, by=OFFICE, at=NOON)

    again = station(paper, youth, on=date(2026, 9, 15), before=last)
    result(again)
    decision(last, on=date(2026, 10, 1))
    assert [result_ for body, result_ in chain(paper)] == ["gestoppt", "empfohlen", "beschlossen"]


def test_a_referral_adds_the_station_it_names_before_the_decision(procedure):
    youth, social, rat = committee(), committee("Sozialausschuss", short="SozA"), council()
    paper = paper_about(procedure)
    first = station(paper, youth, on=date(2026, 9, 1))
    station(paper, rat, "decision", on=date(2026, 10, 1))
    result(first, "referred", referred_to=social, referred_on=date(2026, 9, 20))
    assert chain(paper) == [("Jugendhilfeausschuss", "verwiesen"), ("Sozialausschuss", ""), ("Rat", "")]


def test_the_council_may_go_on_without_an_open_station_if_somebody_says_why(procedure):
    paper = paper_about(procedure)
    station(paper, committee())
    last = station(paper, council(), "decision", on=date(2026, 10, 1))
    with pytest.raises(NotPossible, match="Noch offen: Jugendhilfeausschuss"):
        decision(last, on=date(2026, 10, 1))
    resolved = decision(last, on=date(2026, 10, 1), skipped_reason="Dringlichkeit")
    assert resolved.skipped_reason == "Dringlichkeit"
    assert JournalEntry.objects.last().details["skipped"] == "Dringlichkeit"
