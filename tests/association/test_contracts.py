"""Contracts: the fee, the instalments that are the fee, what was paid; noted in the journal of the town."""

import html
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kommpass.association import actions
from kommpass.association.models import Contract, Instalment
from kommpass.audits.models import JournalEntry, Procedure
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.municipalities.scope import within
from tests.association.builders import OFFICE, contract, led
from tests.conftest import NOON, TODAY, actor

FEE = Decimal(40_000)
HALVES = [(TODAY, FEE / 2), (TODAY + timedelta(days=365), FEE / 2)]


def page_of(procedure) -> str:
    return f"/association/procedures/contracts/{procedure.pk}/"


def rows_page(made) -> str:
    return f"/association/procedures/contracts/instalments/{made.pk}/"


def typed(*rows) -> dict:
    """What a browser sends for these rows (day, amount)."""
    sent = {"rate-TOTAL_FORMS": str(len(rows)), "rate-INITIAL_FORMS": str(len(rows))}
    for place, (day, amount) in enumerate(rows):
        sent |= {f"rate-{place}-due_on": day, f"rate-{place}-amount": amount}
    return sent


def noted() -> int:
    return JournalEntry.objects.filter(action="contract.record").count()


def test_the_office_writes_a_contract_down_and_splits_it_over_two_years(procedure, office):
    today = timezone.localdate()
    answer = office.post(page_of(procedure), {"signed_on": today.isoformat(), "fee": "17.500", "note": "Kämmerei"})
    assert led(answer) == page_of(procedure)
    made = Contract.objects.get()
    assert (made.fee, made.note, made.by_name) == (Decimal(17_500), "Kämmerei", "Frauke Büro")

    form = office.get(rows_page(made)).content.decode()
    assert form.count('value="4375,00"') == 4

    rows = [((today + timedelta(days=180 * place)).isoformat(), "4.375,00") for place in range(4)]
    assert led(office.post(rows_page(made), typed(*rows, ("", "")))) == page_of(procedure)
    assert [(each.number, each.amount) for each in made.instalments.all()] == [
        (number, Decimal(4375)) for number in (1, 2, 3, 4)
    ]
    assert (noted(), "0,00 € von 17.500,00 € bezahlt" in office.get(page_of(procedure)).content.decode()) == (2, True)


def test_an_instalment_is_paid_and_a_mistake_is_taken_back(procedure, office):
    made = contract(procedure, FEE, TODAY, *HALVES)
    first = made.instalments.first()
    paid = f"/association/procedures/instalments/{first.pk}/paid/"

    assert led(office.post(paid, {"paid_on": TODAY.isoformat()})) == page_of(procedure)
    page = office.get(page_of(procedure)).content.decode()
    assert "bezahlt am 02.11.2026" in page and "50 %" in page and "Raten ändern" not in page

    office.post(f"/association/procedures/instalments/{first.pk}/unpaid/")
    first.refresh_from_db()
    told = JournalEntry.objects.filter(action="contract.record").order_by("sequence").values_list("details", flat=True)
    assert (first.paid_on, [each["paid_on"] for each in told if "paid_on" in each]) == (None, ["2026-11-02", None])


def test_two_clicks_are_one(procedure, office):
    made = contract(procedure, FEE, TODAY, *HALVES)
    before, first = noted(), made.instalments.first()
    actions.record_contract(procedure=procedure, signed_on=TODAY, fee=FEE, by=OFFICE, at=NOON)
    actions.set_instalments(contract=made, instalments=HALVES, by=OFFICE, at=NOON)
    assert noted() == before
    for _click in range(2):
        actions.note_payment(instalment=first, paid_on=TODAY, by=OFFICE, at=NOON)
    for _click in range(2):
        actions.take_back_payment(instalment=first, by=OFFICE, at=NOON)
    assert noted() == before + 2
    assert made.instalments.first() == first


def test_the_sum_must_be_the_fee_and_nobody_types_the_rows_again(procedure, office):
    made = contract(procedure, Decimal("100.01"), TODAY)
    answer = office.post(rows_page(made), typed(("2027-01-01", "50"), ("2027-07-01", "50,00")))
    page = html.unescape(answer.content.decode())
    assert "Die Raten ergeben zusammen 100,00 €, der Kostenbeitrag ist 100,01 €." in page
    assert 'value="50,00"' in page
    assert not Instalment.objects.exists()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([(TODAY, Decimal(99))], "Die Raten ergeben zusammen nicht den Kostenbeitrag."),
        ([(TODAY, Decimal(100)), (TODAY, Decimal(0))], "Eine Rate ist größer als null."),
        ([(TODAY, Decimal(150)), (TODAY, Decimal(-50))], "Eine Rate ist größer als null."),
        ([(TODAY, Decimal("50.005")), (TODAY, Decimal("49.995"))], "Bitte geben Sie jede Rate in Euro und ganzen Cent"),
        ([], "Die Raten ergeben zusammen nicht den Kostenbeitrag."),
    ],
)
def test_instalments_that_cannot_be_true_are_refused_with_a_sentence(procedure, rows, sentence):
    made = contract(procedure, Decimal(100), TODAY)
    with pytest.raises(NotPossible, match=sentence):
        actions.set_instalments(contract=made, instalments=rows, by=OFFICE, at=NOON)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"signed_on": TODAY + timedelta(days=1)}, "nicht in der Zukunft unterschrieben"),
        ({"fee": Decimal("-1")}, "nicht kleiner als null"),
        ({"fee": Decimal("10.005")}, "in Euro und ganzen Cent"),
        ({"fee": Decimal(10) ** 8}, "in Euro und ganzen Cent"),
    ],
)
def test_a_contract_that_cannot_be_true_is_refused_with_a_sentence(procedure, given, sentence):
    with pytest.raises(NotPossible, match=sentence):
        actions.record_contract(
            procedure=procedure, **{"signed_on": TODAY, "fee": Decimal(100)} | given, by=OFFICE, at=NOON
        )
    assert not Contract.objects.exists()


def test_once_something_is_paid_fee_and_instalments_stay(procedure):
    made = contract(procedure, FEE, TODAY, *HALVES)
    actions.note_payment(instalment=made.instalments.first(), paid_on=TODAY, by=OFFICE, at=NOON)
    with pytest.raises(NotPossible, match="Der Kostenbeitrag lässt sich nicht mehr ändern"):
        actions.record_contract(procedure=procedure, signed_on=TODAY, fee=Decimal(1), by=OFFICE, at=NOON)
    with pytest.raises(NotPossible, match="Die Raten lassen sich nicht mehr ändern"):
        actions.set_instalments(contract=made, instalments=[(TODAY, FEE)], by=OFFICE, at=NOON)
    day = date(2026, 10, 1)
    assert actions.record_contract(procedure=procedure, signed_on=day, fee=FEE, by=OFFICE, at=NOON).signed_on == day


def test_a_payment_is_noted_once_and_not_before_it_happened(procedure):
    first = contract(procedure, FEE, TODAY, *HALVES).instalments.first()
    with pytest.raises(NotPossible, match="liegt in der Zukunft"):
        actions.note_payment(instalment=first, paid_on=TODAY + timedelta(days=1), by=OFFICE, at=NOON)
    actions.note_payment(instalment=first, paid_on=TODAY, by=OFFICE, at=NOON)
    with pytest.raises(NotPossible, match="schon bezahlt"):
        actions.note_payment(instalment=first, paid_on=TODAY - timedelta(days=1), by=OFFICE, at=NOON)


def test_the_contract_opens_the_gate_of_its_phase(procedure):
    contract(procedure, FEE, TODAY)
    assert Procedure.objects.get().contract_signed_on == TODAY


def test_a_contract_of_a_round_that_rests_can_still_be_paid(procedure):
    made = contract(procedure, FEE, TODAY, *HALVES)
    Procedure.objects.update(state="paused")
    fresh = Instalment.objects.get(contract=made, number=1)
    assert actions.note_payment(instalment=fresh, paid_on=TODAY, by=OFFICE, at=NOON).paid_on == TODAY


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ASSOCIATION_OFFICE}))
def test_nobody_else_touches_a_contract(procedure, role):
    with pytest.raises(NotAllowed):
        actions.record_contract(procedure=procedure, signed_on=TODAY, fee=FEE, by=actor(role), at=NOON)


@pytest.mark.parametrize(
    "typed_in",
    [
        {"signed_on": "", "fee": ""},
        {"signed_on": "31.02.2026", "fee": "viel"},
        {"signed_on": "2026-01-01", "fee": "9" * 40},
        {"signed_on": "2026-01-01", "fee": "100000000"},
        {"signed_on": "2026-01-01", "fee": "12,345"},
        {"signed_on": "2026-01-01", "fee": "10", "note": "x" * 30_000},
        {"signed_on": "2026-01-01", "fee": "10", "note": "a\0b"},
    ],
)
def test_whatever_is_typed_into_a_contract_gets_a_sentence(procedure, office, typed_in):
    answer = office.post(page_of(procedure), typed_in)
    assert (answer.status_code, "error-summary" in answer.content.decode()) == (200, True)
    assert not Contract.objects.exists()


@pytest.mark.parametrize(
    "rows",
    [
        {},
        {"rate-TOTAL_FORMS": "999999", "rate-INITIAL_FORMS": "0"},
        {"rate-TOTAL_FORMS": "x", "rate-INITIAL_FORMS": "\0"},
        typed(("2026-13-01", "NaN")),
        typed(("", "100")),
        typed(("2026-01-01", "")),
    ],
)
def test_whatever_is_sent_as_instalments_gets_a_sentence(procedure, office, rows):
    made = contract(procedure, Decimal(100), TODAY)
    answer = office.post(rows_page(made), rows)
    assert (answer.status_code, "error" in answer.content.decode()) == (200, True)
    assert not Instalment.objects.exists()


def test_a_proposal_may_be_asked_for_and_nonsense_is_left_out(procedure, office):
    made = contract(procedure, Decimal(100), TODAY)
    asked = office.get(rows_page(made), {"number": 3, "first": "2027-01-31", "months": 1}).content.decode()
    assert [asked.count(each) for each in ('value="33,34"', 'value="33,33"', 'value="2027-02-28"')] == [1, 2, 1]
    assert office.get(rows_page(made), {"number": "9" * 30, "first": "\0", "months": "7"}).status_code == 200


def test_what_does_not_exist_is_404(db, office):
    for path in ("contracts/7/", "contracts/instalments/7/", "mandates/7/", "towns/nirgends/"):
        assert office.get(f"/association/procedures/{path}").status_code == 404
    assert office.post("/association/procedures/instalments/7/paid/", {}).status_code == 404


def test_a_town_sees_nothing_of_its_contract_on_the_pages_of_the_office(procedure, client_as):
    contract(procedure, FEE, TODAY)
    assert client_as(Role.COORDINATOR).get(page_of(procedure)).status_code == 403


def test_an_overdue_instalment_waits_for_the_office(procedure, office):
    late = timezone.localdate() - timedelta(days=3)
    contract(procedure, FEE, date(2026, 1, 5), (late, FEE / 4), (late, FEE / 4), (date(2031, 1, 1), FEE / 2))
    page = office.get("/association/procedures/").content.decode()
    assert "2 Raten sind nicht bezahlt" in page and page_of(procedure) in page
    with within(procedure.municipality):
        for each in Instalment.objects.filter(due_on=late):
            actions.note_payment(instalment=each, paid_on=late, by=OFFICE, at=timezone.now())
    assert "nicht bezahlt" not in office.get("/association/procedures/").content.decode()
