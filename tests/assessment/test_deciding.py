"""Opinion, facts, decision, announcement, conditions, objection: the sentences and the order of things."""

import pytest

from kommpass.assessment import actions, queries
from kommpass.assessment.models import Consensus, FactualAnswer, ReviewDecision
from kommpass.certification.actions import issue_certificate
from kommpass.domain.refusals import NotPossible
from tests.assessment.builders import (
    COORDINATOR,
    DECISION,
    ILSE,
    KARL,
    OFFICE,
    PAGE,
    ZOE,
    adopted,
    ago,
    agreed,
    announced,
    answered,
    board_member,
    by,
    conditions,
    days,
    decided,
    granted,
    judged,
    judgements,
    objected,
    opened,
    posted,
    seat_second,
    submitted,
    text,
)
from tests.conftest import NOON


@pytest.fixture
def case(procedure, youth_office):
    """Both have handed in."""
    adopted(procedure, youth_office)
    return judged(opened(submitted(procedure)))


def opinion_by_page(browser, case, **more):
    given = posted(case.procedure, answer_by=days(14).isoformat()) | more
    return browser.post(f"{PAGE}cases/{case.pk}/opinion/", given)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"verdict": "conditions"}, "Auflage 1 – Bitte nennen Sie die Auflagen, jede mit ihrer Frist."),
        ({"condition_1": "Klären", "due_1": "2099-01-01"}, "Im Ganzen – Sie haben Auflagen genannt."),
        ({"verdict": "conditions", "condition_2": "Klären"}, "Auflage 2: zu erfüllen bis – Bitte nennen Sie die Frist"),
        ({"verdict": "conditions", "due_4": "2099-01-01"}, "Auflage 4 – Bitte schreiben Sie, worin"),
        ({"verdict": "conditions", "condition_1": "Klären", "due_1": "2020-01-01"}, "in der Vergangenheit"),
        ({"answer_by": "2020-01-01"}, "Sachprüfung der Kommune bis – Dieser Tag ist schon vorbei."),
        ({"answer_by": ""}, "Sachprüfung der Kommune bis –"),
        ({"text": ""}, "Gutachten –"),
        ({"verdict": ""}, "Im Ganzen – Bitte wählen Sie, was Sie im Ganzen empfehlen."),
        ({"answer_families": ""}, "Beteiligung der Menschen selbst – Bitte urteilen Sie."),
        ({"answer_families": "not"}, "Begründung zu „Beteiligung der Menschen selbst“ – Bitte begründen Sie"),
        ({"text": "Wort " * 5000}, "zu lang"),
        ({"text": "vorher\x00nachher"}, "Gutachten –"),
    ],
)  # fmt: skip
def test_an_opinion_with_a_mistake_comes_back_with_everything_typed(case, browser_of_member, given, sentence):
    kept = {"reason_mandate": "Der Rat war einstimmig dafür."}
    answer = opinion_by_page(browser_of_member(), case, **(kept | given))
    assert (answer.status_code, Consensus.objects.count()) == (200, 0)
    assert sentence in text(answer) and "Der Rat war einstimmig dafür." in text(answer)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"verdict": "conditions", "conditions": []}, "Bitte nennen Sie die Auflagen, jede mit ihrer Frist."),
        ({"verdict": "recommend", "conditions": conditions()}, "Auflagen gehören zu der Empfehlung mit Auflagen."),
        ({"verdict": "conditions", "conditions": [{"text": " ", "due_on": days(9)}]}, "Eine Auflage hat keinen Text."),
        ({"verdict": "conditions", "conditions": [{"text": "x", "due_on": days(-90)}]}, "liegt in der Vergangenheit."),
        ({"answer_by": days(-90)}, "schon vorbei."),
    ],
)  # fmt: skip
def test_the_action_refuses_a_wrong_opinion_too(case, given, sentence):
    wanted = {"verdict": "recommend", "conditions": [], "answer_by": days(14)} | given
    with pytest.raises(NotPossible, match=sentence):
        actions.write_opinion(
            case=case, judgements=judgements(case.procedure), text="x", by=by(ILSE), at=ago(1), **wanted
        )


def test_a_new_opinion_takes_the_place_of_the_one_before_and_begins_with_it(case, browser_of_member, coordinator):
    first = agreed(case)
    browser, address = browser_of_member(), f"{PAGE}cases/{case.pk}/opinion/"
    page = text(browser.get(address))
    assert "tritt an seine Stelle" in page and "Zuständigkeit klären." in page
    assert f'value="{days(60).isoformat()}"' in page
    opinion_by_page(browser, case, text="Nach Beratung neu.")
    second = Consensus.objects.get(number=2)
    assert coordinator.get(f"{PAGE}opinions/{first.pk}/").status_code == 404
    assert "Nach Beratung neu." in text(coordinator.get(f"{PAGE}opinions/{second.pk}/"))
    assert list(queries.opinions_to_check(case.procedure)) == [second]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Stimmen die Fakten? –"),
        ({"right": "no"}, "Bitte schreiben Sie, was zu berichtigen ist."),
        ({"right": "yes", "corrections": "Doch nicht."}, "Sie haben unten etwas berichtigt."),
        ({"right": "maybe"}, "Stimmen die Fakten? –"),
    ],
)
def test_the_town_says_clearly_whether_the_facts_are_right(case, coordinator, given, sentence):
    opinion = agreed(case)
    answer = coordinator.post(f"{PAGE}opinions/{opinion.pk}/", given)
    assert (answer.status_code, sentence in text(answer)) == (200, True)
    assert not FactualAnswer.objects.exists()


def test_the_facts_are_answered_once_and_the_answer_stays_readable(case, coordinator):
    opinion = agreed(case)
    address = f"{PAGE}opinions/{opinion.pk}/"
    assert coordinator.post(address, {"right": "yes"})["Location"] == PAGE
    page = text(coordinator.get(address))
    assert "ohne Einwände" in page and "Antwort senden" not in page
    answer = coordinator.post(address, {"right": "yes"})
    assert (answer.status_code, "schon beantwortet" in text(answer)) == (409, True)


def test_the_board_decides_when_the_town_has_answered_or_its_time_is_over(case):
    with pytest.raises(NotPossible, match="Zuerst schreibt der Gutachterausschuss"):
        decided(case)
    opinion = agreed(case, answer_by=days(-3), at=ago(20))
    with pytest.raises(NotPossible, match=f"noch bis zum {days(-3):%d.%m.%Y} sachlich prüfen"):
        decided(case, at=ago(3))
    assert decided(case, at=ago(2)).opinion == opinion
    with pytest.raises(NotPossible, match="Über dieses Gutachten ist schon entschieden"):
        decided(case, at=ago(1))
    with pytest.raises(NotPossible, match="Die Frist für die Sachprüfung ist abgelaufen"):
        answered(opinion, at=ago(1))
    with pytest.raises(NotPossible, match="Über diesen Fall ist schon entschieden"):
        agreed(case, at=ago(1))


def test_the_page_says_why_the_board_cannot_decide_yet(case, browser_of_member):
    agreed(case)
    page = text(browser_of_member().get(f"{PAGE}cases/{case.pk}/"))
    assert f"noch bis zum {days(14):%d.%m.%Y} sachlich prüfen" in page and "Entscheidung festhalten" not in page


@pytest.mark.parametrize(
    ("day", "sentence"), [(days(1), "nicht in der Zukunft liegen"), (days(-60), "nicht vor dem Gutachten liegen")]
)
def test_the_day_of_a_decision_is_plausible(case, browser_of_member, day, sentence):
    answered(agreed(case))
    given = {"decided_on": day.isoformat(), "text": "Der Weg überzeugt."}
    answer = browser_of_member().post(f"{PAGE}cases/{case.pk}/decide/", given)
    assert answer.status_code == 200
    assert sentence in text(answer) and "Der Weg überzeugt." in text(answer)
    with pytest.raises(NotPossible, match=sentence):
        actions.decide(case=case, decided_on=day, text="x", by=by(ILSE), at=ago(0))
    assert not ReviewDecision.objects.exists()


@pytest.mark.parametrize(
    ("verdict", "outcome"), [("recommend", "grant"), ("conditions", "conditions"), ("return", "return")]
)
def test_the_decision_follows_the_opinion(case, verdict, outcome):
    answered(agreed(case, verdict=verdict))
    assert decided(case).outcome == outcome


def test_a_decision_is_announced_once_and_with_time_to_object(case, office):
    answered(agreed(case))
    decision = decided(case)
    address = f"{PAGE}decisions/{decision.pk}/release/"
    page = text(office.get(f"{PAGE}cases/{case.pk}/"))
    assert "Noch nicht bekanntgegeben" in page and f'value="{days(28).isoformat()}"' in page
    late = office.post(address, {"objection_until": days(-1).isoformat()})
    assert (late.status_code, "schon vorbei" in text(late)) == (200, True)
    assert office.post(address, {"objection_until": days(28).isoformat()})["Location"] == f"{PAGE}cases/{case.pk}/"
    again = office.post(address, {"objection_until": days(28).isoformat()})
    assert (again.status_code, "schon bekanntgegeben" in text(again)) == (409, True)


def test_what_is_not_announced_does_not_exist_for_the_town(case, coordinator):
    answered(agreed(case))
    decision = decided(case)
    condition = decision.conditions.get()
    paths = (f"decisions/{decision.pk}/objection/", f"conditions/{condition.pk}/report/")
    assert [coordinator.post(f"{PAGE}{path}", {"text": "x"}).status_code for path in paths] == [404] * 2
    given = {"by": COORDINATOR, "at": ago(1), "text": "x"}
    with pytest.raises(NotPossible, match="noch nicht bekanntgegeben"):
        actions.raise_objection(decision=decision, **given)
    with pytest.raises(NotPossible, match="noch nicht bekanntgegeben"):
        actions.report_condition(condition=condition, **given)


def certify(procedure):
    return issue_certificate(
        procedure=procedure, awarded_on=days(0), valid_from="2026-12-01", valid_until="2029-11", by=OFFICE, at=NOON
    )


def test_a_blocking_condition_holds_the_certificate_back_until_the_office_is_content(
    procedure, youth_office, coordinator, office
):
    decision = granted(procedure, youth_office, verdict="conditions")
    condition = decision.conditions.get()
    report = f"{PAGE}conditions/{condition.pk}/report/"
    with pytest.raises(NotPossible, match="Vor der Verleihung ist noch eine Auflage zu erfüllen"):
        certify(procedure)
    assert coordinator.post(report, {"text": ""}).status_code == 200
    assert owes_a_condition(procedure)
    coordinator.post(report, {"text": "Der Rat hat beschlossen."})
    assert not owes_a_condition(procedure)  # now the office has it
    assert "Nachweis wird geprüft" in text(coordinator.get(PAGE))
    again = coordinator.post(report, {"text": "Noch einmal"})
    assert (again.status_code, "wird noch geprüft" in text(again)) == (409, True)

    proof = condition.reports.get()
    address = f"{PAGE}proofs/{proof.pk}/check/"
    assert "Der Rat hat beschlossen." in text(office.get(PAGE))
    assert "Bitte schreiben Sie, was noch fehlt." in text(office.post(address, {"met": "no"}))
    office.post(address, {"met": "no", "note": "Bitte mit Vorlagennummer."})
    assert owes_a_condition(procedure)
    assert "Bitte mit Vorlagennummer." in text(coordinator.get(PAGE))
    assert "Der Rat hat beschlossen." not in text(office.get(PAGE))
    again = office.post(address, {"met": "yes"})
    assert (again.status_code, "schon geprüft" in text(again)) == (409, True)
    with pytest.raises(NotPossible, match="Vor der Verleihung"):
        certify(procedure)

    coordinator.post(report, {"text": "Vorlage 0456/2026."})
    newest = condition.reports.first()
    office.post(f"{PAGE}proofs/{newest.pk}/check/", {"met": "yes"})
    assert certify(procedure).decision == decision
    again = coordinator.post(report, {"text": "Noch etwas"})
    assert (again.status_code, "schon erfüllt" in text(again)) == (409, True)
    assert not owes_a_condition(procedure)


def owes_a_condition(procedure) -> bool:
    return "condition" in {each.kind for each in queries.deadlines(procedure)}


def test_a_condition_for_later_does_not_hold_the_certificate_back(procedure, youth_office):
    decision = granted(procedure, youth_office, verdict="conditions", blocking=False)
    assert certify(procedure).decision == decision


def test_an_objection_leads_to_a_second_member_a_new_opinion_and_a_new_decision(
    procedure, youth_office, coordinator, office, browser_of_member
):
    decision = granted(procedure, youth_office, verdict="conditions")
    case = decision.case
    address, zoe = f"{PAGE}cases/{case.pk}/", board_member(ZOE)
    assert "Widerspruch einlegen" in text(coordinator.get(PAGE))
    assert coordinator.post(f"{PAGE}decisions/{decision.pk}/objection/", {"text": ""}).status_code == 200
    coordinator.post(f"{PAGE}decisions/{decision.pk}/objection/", {"text": "Die Auflage ist schon erfüllt."})
    objection = decision.objection
    assert "Widerspruch vom" in text(coordinator.get(PAGE))

    assert "Die Auflage ist schon erfüllt." in text(office.get(address))
    office.post(f"{address}seats/second/", {"members": [zoe.pk]})
    second = browser_of_member(ZOE)
    answer = f"{PAGE}objections/{objection.pk}/answer/"
    assert browser_of_member(ILSE).post(answer, {"upheld": "yes", "text": "Ja"}).status_code == 403
    assert "Ist der Widerspruch berechtigt? –" in text(second.post(answer, {"text": "Ja"}))
    second.post(answer, {"upheld": "yes", "text": "Die Kommune hat recht."})
    page = text(coordinator.get(PAGE))
    assert "Die Kommune hat recht." in page and "neu nach dem Widerspruch" in page and ZOE not in page
    again = second.post(answer, {"upheld": "no", "text": "Nein"})
    assert (again.status_code, "schon entschieden" in text(again)) == (409, True)

    ilse = browser_of_member(ILSE)
    given = posted(procedure, answer_by=days(14).isoformat(), text="Wir sehen es jetzt anders.")
    ilse.post(f"{address}opinion/", given)
    opinion = Consensus.objects.get(number=2)
    assert list(queries.opinions_to_check(procedure)) == [opinion]
    coordinator.post(f"{PAGE}opinions/{opinion.pk}/", {"right": "yes"})
    ilse.post(f"{address}decide/", {"decided_on": days(0).isoformat(), "text": "Ohne Auflagen erteilt."})
    newest = queries.standing_decision(case)
    assert (newest.number, newest.outcome, newest.opinion) == (2, "grant", opinion)
    assert "Ohne Auflagen erteilt." not in text(coordinator.get(PAGE))
    assert queries.granting_decision(procedure) == decision

    office.post(f"{PAGE}decisions/{newest.pk}/release/", {"objection_until": days(28).isoformat()})
    page = text(coordinator.get(PAGE))
    assert "Ohne Auflagen erteilt." in page and DECISION in page
    assert certify(procedure).decision == newest


def test_an_objection_that_is_not_upheld_changes_nothing(case, browser_of_member, coordinator):
    answered(agreed(case))
    objection = objected(announced(decided(case)))
    seat_second(case)
    given = {"upheld": "no", "text": "Die Auflage ist nötig."}
    browser_of_member(ZOE).post(f"{PAGE}objections/{objection.pk}/answer/", given)
    page = text(coordinator.get(PAGE))
    assert "Es bleibt bei der Entscheidung." in page and "Die Auflage ist nötig." in page
    with pytest.raises(NotPossible, match="Über diesen Fall ist schon entschieden"):
        agreed(case, at=ago(0))


def test_the_town_objects_only_when_and_while_it_can(procedure, youth_office, coordinator):
    decision = granted(procedure, youth_office)
    address = f"{PAGE}decisions/{decision.pk}/objection/"
    assert "Widerspruch einlegen" not in text(coordinator.get(PAGE))
    assert "Dagegen braucht es keinen Widerspruch" in text(coordinator.get(address))
    answer = coordinator.post(address, {"text": "Trotzdem"})
    assert (answer.status_code, "Dagegen braucht es keinen Widerspruch" in text(answer)) == (409, True)


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (lambda decision: objected(decision), "Ihr Widerspruch liegt schon vor."),
        (lambda decision: certify(decision.case.procedure), "ist schon ein Zertifikat ausgestellt."),
    ],
)
def test_the_town_does_not_object_twice_and_not_to_what_is_certified(
    procedure, youth_office, coordinator, prepare, sentence
):
    decision = granted(procedure, youth_office, verdict="conditions", blocking=False)
    prepare(decision)
    address = f"{PAGE}decisions/{decision.pk}/objection/"
    assert sentence in text(coordinator.get(address))
    answer = coordinator.post(address, {"text": "Noch einmal"})
    assert (answer.status_code, sentence in text(answer)) == (409, True)


def test_the_time_to_object_ends(case, coordinator):
    answered(agreed(case))
    decision = decided(case)
    actions.release_decision(decision=decision, objection_until=days(-1), by=OFFICE, at=ago(8))
    assert "Widerspruch einlegen" not in text(coordinator.get(PAGE))
    assert "abgelaufen" in text(coordinator.get(f"{PAGE}decisions/{decision.pk}/objection/"))
    with pytest.raises(NotPossible, match="Die Frist für einen Widerspruch ist abgelaufen"):
        objected(decision, at=ago(0))


def test_only_the_newest_decision_is_announced(case):
    answered(agreed(case))
    first = announced(decided(case))
    objection = objected(first)
    seat_second(case)
    actions.answer_objection(objection=objection, upheld=True, text="Ja", by=by(ZOE), at=ago(2))
    opinion = agreed(case, at=ago(1))
    answered(opinion, at=ago(1))
    second = decided(case, at=ago(0))
    assert queries.standing_decision(case) == second
    with pytest.raises(NotPossible, match="schon bekanntgegeben"):
        announced(first)
    assert KARL in second.members
