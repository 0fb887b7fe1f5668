"""Conflicts of interest: declared for oneself, by the office for all, ended by the office alone."""

import pytest

from kommpass.assessment import actions, queries
from kommpass.assessment.models import DeclaredConflict
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from tests.assessment.builders import (
    ILSE,
    KARL,
    OFFICE,
    PAGE,
    adopted,
    ago,
    agreed,
    answered,
    board_member,
    by,
    decided,
    judged,
    opened,
    recused,
    submitted,
    text,
)
from tests.conftest import make_user

CONFLICTS = f"{PAGE}conflicts/"


def standing() -> list[tuple[str, str]]:
    found = DeclaredConflict.objects.filter(ended_at=None).order_by("person__name")
    return [(each.person.name, each.reason) for each in found]


def test_a_member_declares_the_own_conflict_and_sees_no_other(procedure, browser_of_member):
    browser = browser_of_member(ILSE)
    actions.declare_conflict(person=board_member(KARL), reason="Berät die Stadt.", by=OFFICE, at=ago(9))
    assert "Für Sie ist hier kein Interessenkonflikt eingetragen." in text(browser.get(CONFLICTS))
    assert browser.post(CONFLICTS, {"reason": ""}).status_code == 200
    assert browser.post(CONFLICTS, {"reason": "Ich wohne dort."})["Location"] == CONFLICTS
    page = text(browser.get(CONFLICTS))
    assert "Ich wohne dort." in page and "Berät die Stadt." not in page and "Ende eintragen" not in page
    again = browser.post(CONFLICTS, {"reason": "Noch einmal."})
    assert (again.status_code, "schon ein Interessenkonflikt eingetragen" in text(again)) == (409, True)


def test_the_auditor_of_the_town_declares_one_too(procedure, auditor):
    auditor.post(CONFLICTS, {"reason": "Ich kandidiere für den Rat."})
    assert standing() == [("Person Auditorin oder Auditor", "Ich kandidiere für den Rat.")]


def test_the_office_declares_for_somebody_of_the_list_or_by_mail_address(procedure, office):
    ilse, elsewhere = board_member(ILSE), make_user("aude@anderswo.example", "Aude Anderswo")
    page = text(office.get(CONFLICTS))
    assert ILSE in page and "Aude Anderswo" not in page
    office.post(CONFLICTS, {"person": ilse.pk, "reason": "Schwester im Rat"})
    office.post(CONFLICTS, {"email": "AUDE@anderswo.example", "reason": "War dort angestellt"})
    assert standing() == [("Aude Anderswo", "War dort angestellt"), (ILSE, "Schwester im Rat")]
    assert queries.conflict_of_auditor(elsewhere.pk) == "War dort angestellt"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reason": "x"}, "Bitte wählen Sie eine Person oder nennen Sie ihre E-Mail-Adresse."),
        ({"reason": "x", "email": "niemand@nirgends.example"}, "Zu dieser E-Mail-Adresse gibt es kein Konto."),
        ({"reason": "x", "person": "9" * 24}, "keine gültige Auswahl"),
        ({"reason": "x\x00y", "email": "niemand@nirgends.example"}, "Grund –"),
        ({"reason": "Wort " * 5000, "email": "niemand@nirgends.example"}, "zu lang"),
    ],
)
def test_wrong_input_is_a_sentence_and_no_conflict(procedure, office, given, sentence):
    answer = office.post(CONFLICTS, given)
    assert (answer.status_code, standing()) == (200, [])
    assert sentence in text(answer) or "gültig" in text(answer)


def test_only_the_office_says_that_a_conflict_is_over(procedure, office, browser_of_member):
    conflict = actions.declare_conflict(person=board_member(ILSE), reason="Wohnt dort.", by=by(ILSE), at=ago(9))
    answer = browser_of_member(ILSE).post(f"{CONFLICTS}{conflict.pk}/end/")
    assert (answer.status_code, "stellt die Geschäftsstelle fest" in text(answer)) == (403, True)
    assert browser_of_member(KARL).post(f"{CONFLICTS}{conflict.pk}/end/").status_code == 404
    office.post(f"{CONFLICTS}{conflict.pk}/end/")
    assert standing() == []
    assert "besteht nicht mehr seit" in text(office.get(CONFLICTS))


def test_nobody_declares_a_conflict_for_somebody_else(procedure):
    with pytest.raises(NotAllowed, match="nur für sich selbst"):
        actions.declare_conflict(person=board_member(KARL), reason="x", by=by(ILSE), at=ago(1))


def test_who_sits_on_a_running_case_steps_out_there_first(procedure, youth_office, browser_of_member):
    """A conflict must not lie beside a seat: the recusal closes the case, the conflict alone would not."""
    adopted(procedure, youth_office)
    case = opened(submitted(procedure))
    answer = browser_of_member(ILSE).post(CONFLICTS, {"reason": "Wohnt dort."})
    assert (answer.status_code, "dort zuerst die Befangenheit" in text(answer)) == (409, True)
    with pytest.raises(NotPossible, match="sitzt hier in einer laufenden Begutachtung"):
        actions.declare_conflict(person=board_member(ILSE), reason="x", by=OFFICE, at=ago(1))
    recused(case, ILSE)
    browser_of_member(ILSE).post(CONFLICTS, {"reason": "Wohnt dort."})
    assert standing() == [(ILSE, "Wohnt dort.")]


def test_after_the_decision_a_conflict_for_the_future_is_declared(procedure, youth_office):
    adopted(procedure, youth_office)
    case = judged(opened(submitted(procedure)))
    answered(agreed(case))
    decided(case)
    actions.declare_conflict(person=board_member(ILSE), reason="Zieht dorthin.", by=by(ILSE), at=ago(1))
    assert queries.conflict_of(board_member(ILSE).pk) == "Zieht dorthin."


def test_conflicts_can_be_declared_before_the_first_procedure(auental, office, browser_of_member):
    assert office.get(CONFLICTS).status_code == 200
    browser_of_member(ILSE).post(CONFLICTS, {"reason": "Wohnt dort."})
    assert standing() == [(ILSE, "Wohnt dort.")]


def test_too_near_is_who_has_or_had_a_role_or_declared_it(auental, coordinator):
    ilse, karl = board_member(ILSE), board_member(KARL)
    actions.declare_conflict(person=karl, reason="Wohnt dort.", by=OFFICE, at=ago(1))
    from_the_town = queries.judging_or_guiding().model.objects.get(email=f"{Role.COORDINATOR}@auental.example")
    assert queries.too_near([ilse.pk, karl.pk, from_the_town.pk]) == {
        karl.pk: "Wohnt dort.",
        from_the_town.pk: "Hat oder hatte in dieser Kommune eine Rolle.",
    }
