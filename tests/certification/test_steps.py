"""Suspended, reinstated, withdrawn: each step is a row of its own with reason and day, and the state follows."""

from datetime import date

import pytest

from kommpass.certification import actions
from kommpass.certification.models import CertificateStep
from kommpass.certification.queries import certificates, standing
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.domain.validity import CertificateState
from tests.certification.builders import AWARDED, days_ago, issued, month, next_round, permanent, prove, step
from tests.conftest import member, signed_in
from tests.journeys.afterwards import ASSOCIATION
from tests.journeys.story import COORDINATION, noon

MAY, JUNE, JULY = date(2027, 5, 1), date(2027, 6, 1), date(2027, 7, 1)


def state(day: date) -> CertificateState:
    return standing(certificates().get(), day).state


def test_a_suspension_holds_from_its_day_until_it_is_lifted(procedure):
    certificate = issued(procedure)
    step(certificate, "suspended", MAY)
    step(certificate, "reinstated", JULY, reason="Der Bericht ist da.")
    assert [state(day).value for day in (date(2027, 4, 30), MAY, date(2027, 6, 30), JULY)] == [
        "valid", "suspended", "suspended", "valid",
    ]  # fmt: skip
    assert [standing(certificates().get(), day).logo for day in (date(2027, 4, 30), MAY, JULY)] == [True, False, True]


def test_nothing_of_it_is_ever_deleted(procedure):
    certificate = issued(procedure)
    step(certificate, "suspended", MAY)
    step(certificate, "reinstated", JUNE)
    step(certificate, "withdrawn", JULY)
    told = list(CertificateStep.objects.values_list("kind", "effective_on", "reason", "by_name"))
    assert told == [
        ("suspended", MAY, "Der Bericht fehlt.", "Geschäftsstelle"),
        ("reinstated", JUNE, "Der Bericht fehlt.", "Geschäftsstelle"),
        ("withdrawn", JULY, "Der Bericht fehlt.", "Geschäftsstelle"),
    ]


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ([], "reinstated"),
        (["suspended"], "suspended"),
        (["suspended", "reinstated"], "reinstated"),
        (["withdrawn"], "suspended"),
        (["withdrawn"], "reinstated"),
        (["withdrawn"], "withdrawn"),
    ],
)
def test_a_step_that_does_not_fit_the_state_is_refused(procedure, before, kind):
    certificate = issued(procedure)
    for each in before:
        step(certificate, each, MAY)
    with pytest.raises(NotPossible, match="Das passt nicht zu dem Zustand, den das Zertifikat an diesem Tag hat"):
        step(certificate, kind, JUNE)


@pytest.mark.parametrize("kind", ["suspended", "reinstated", "withdrawn"])
def test_what_has_run_out_is_neither_suspended_nor_withdrawn(procedure, kind):
    certificate = issued(procedure)
    with pytest.raises(NotPossible, match="Das passt nicht zu dem Zustand"):
        step(certificate, kind, date(2029, 12, 1))


def test_no_step_is_slipped_in_before_an_earlier_one(procedure):
    certificate = issued(procedure)
    step(certificate, "suspended", JUNE)
    with pytest.raises(NotPossible, match="Es gibt schon einen Vermerk mit Wirkung von einem späteren Tag"):
        step(certificate, "withdrawn", MAY)


def test_a_step_has_a_reason(procedure):
    certificate = issued(procedure)
    with pytest.raises(NotPossible, match="Bitte nennen Sie den Grund"):
        step(certificate, "suspended", MAY, reason=" \n ")


def test_only_the_office_changes_what_holds(procedure):
    certificate = issued(procedure)
    with pytest.raises(NotAllowed):
        actions.note_step(
            certificate=certificate, kind="withdrawn", effective_on=MAY, reason="x", by=COORDINATION, at=noon(MAY)
        )


def test_a_certificate_can_be_suspended_when_its_round_is_over(procedure):
    certificate = issued(procedure)
    next_round(procedure, "advanced", on=MAY)
    certificate.procedure.refresh_from_db()
    step(certificate, "suspended", JUNE)
    assert state(JUNE) is CertificateState.SUSPENDED


class TestByPage:
    @pytest.fixture
    def office(self, auental):
        return signed_in(member(Role.ASSOCIATION_OFFICE, name="Frauke Hellmann"))

    @pytest.fixture
    def certificate(self, procedure):
        return issued(procedure, on=days_ago(100), valid_until=month(days_ago(-900)))

    def test_the_office_suspends_and_reinstates(self, certificate, office):
        page, steps = certificate.get_absolute_url(), f"{certificate.get_absolute_url()}steps/"
        said = {"effective_on": days_ago(5).isoformat(), "reason": "Der Jahresbericht fehlt."}
        answer = office.post(steps, said | {"kind": "suspended"})
        assert (answer.status_code, answer["Location"]) == (302, page)
        shown = office.get(page).content.decode()
        assert f"Ausgesetzt seit dem {days_ago(5):%d.%m.%Y}." in shown and "Der Jahresbericht fehlt." in shown
        assert "Wieder in Kraft setzen" in shown and "Aussetzen: gilt vorerst nicht" not in shown
        office.post(steps, {"kind": "reinstated", "effective_on": days_ago(1).isoformat(), "reason": "Ist da."})
        assert [each.get_kind_display() for each in CertificateStep.objects.all()] == [
            "ausgesetzt", "wieder in Kraft gesetzt",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"reason": ""}, "Dieses Feld ist zwingend erforderlich."),
            ({"reason": "Wort " * 5_000}, "Dieser Text ist zu lang"),
            ({"reason": "a\x00b"}, "Nullzeichen sind nicht erlaubt."),
            ({"kind": "reinstated"}, "Bitte eine gültige Auswahl treffen."),
            ({"kind": "9" * 24}, "Bitte eine gültige Auswahl treffen."),
            ({"effective_on": "31.02.2027"}, "Bitte ein gültiges Datum eingeben."),
        ],
    )
    def test_a_mistake_is_said_beside_its_field_and_the_form_stays_open(self, certificate, office, changes, sentence):
        said = {"kind": "suspended", "effective_on": days_ago(5).isoformat(), "reason": "x"} | changes
        answer = office.post(f"{certificate.get_absolute_url()}steps/", said)
        page = answer.content.decode()
        assert (answer.status_code, sentence in page, CertificateStep.objects.count()) == (200, True, 0)
        assert '<details class="confirm confirm--danger" open' in page

    def test_a_double_click_notes_one_step(self, certificate, office):
        said = {"kind": "suspended", "effective_on": days_ago(5).isoformat(), "reason": "x", "once": "einmal"}
        answers = [office.post(f"{certificate.get_absolute_url()}steps/", said).status_code for _click in range(2)]
        assert (answers, CertificateStep.objects.count()) == ([302, 302], 1)

    def test_who_works_for_a_department_sees_that_and_not_why(self, certificate):
        step(certificate, "suspended", days_ago(5), reason="Der Jahresbericht fehlt.")
        pages = {
            role: signed_in(member(role)).get(certificate.get_absolute_url()).content.decode()
            for role in (Role.COORDINATOR, Role.CONTRIBUTOR)
        }
        assert ["Der Jahresbericht fehlt." in page for page in pages.values()] == [True, False]
        assert ["Ausgesetzt seit dem" in page for page in pages.values()] == [True, True]


class TestProofs:
    @pytest.fixture
    def certificate(self, procedure):
        return permanent(procedure, on=date(2021, 6, 1))

    def test_each_year_after_the_award_asks_for_fee_and_workshop(self, certificate):
        prove(certificate, 2022)
        prove(certificate, 2023, kinds=("fee",))
        found = standing(certificates().get(), date(2024, 1, 1))
        assert (found.state.value, found.logo, found.holds) == ("conditions_open", False, True)
        assert [(year, kind.value) for year, kind in found.missing] == [(2023, "workshop")]
        prove(certificate, 2023, kinds=("workshop",))
        found = standing(certificates().get(), date(2024, 1, 1))
        assert (found.state.value, found.logo, found.logo_until) == ("permanent", True, date(2024, 12, 31))

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"year": 2020}, "Für dieses Jahr braucht es keinen Nachweis."),
            ({"year": 2027}, "Für dieses Jahr braucht es keinen Nachweis."),
            ({"done_on": date(2025, 6, 2)}, "Das liegt in der Zukunft."),
            ({"year": 2022}, "Dieser Nachweis ist schon eingetragen."),
        ],
    )
    def test_a_proof_that_cannot_be_is_refused(self, certificate, changes, sentence):
        prove(certificate, 2022)
        said = {"year": 2024, "kind": "fee", "done_on": date(2025, 6, 1)} | changes
        with pytest.raises(NotPossible, match=sentence):
            actions.record_proof(certificate=certificate, **said, by=ASSOCIATION, at=noon(date(2025, 6, 1)))

    def test_a_certificate_with_an_end_needs_none(self, auental, procedure):
        certificate = issued(procedure)
        with pytest.raises(NotPossible, match="Nachweise braucht nur ein dauerhaft verliehenes Zertifikat"):
            actions.record_proof(
                certificate=certificate, year=2027, kind="fee", done_on=AWARDED, by=COORDINATION, at=noon(AWARDED)
            )

    def test_the_coordination_notes_a_proof_by_page_and_sees_which_years_are_open(self, procedure):
        certificate = permanent(procedure, on=days_ago(3 * 365))
        browser, page = signed_in(member(Role.COORDINATOR)), certificate.get_absolute_url()
        year = certificate.valid_from_on.year + 1
        shown = browser.get(page).content.decode()
        assert "dauerhaft verliehen, Bedingungen offen" in shown and f"Jahresworkshop {year}" in shown
        said = {"kind": "workshop", "year": year, "done_on": days_ago(1).isoformat(), "note": "Im Rathaus, 24 dabei"}
        answer = browser.post(f"{page}proofs/", said)
        assert (answer.status_code, answer["Location"]) == (302, page)
        shown = browser.get(page).content.decode()
        assert "Im Rathaus, 24 dabei" in shown and f"Jahresworkshop {year}" not in shown

    @pytest.mark.parametrize(
        "changes", [{"year": "1999"}, {"year": "x" * 30}, {"kind": ""}, {"done_on": "nie"}, {"note": "a\x00b"}]
    )
    def test_a_wrong_form_comes_back_open(self, procedure, changes):
        certificate = permanent(procedure, on=days_ago(3 * 365))
        browser = signed_in(member(Role.COORDINATOR))
        said = {"kind": "fee", "year": certificate.valid_from_on.year + 1, "done_on": days_ago(1).isoformat()}
        answer = browser.post(f"{certificate.get_absolute_url()}proofs/", said | changes)
        assert (answer.status_code, certificate.proofs.count()) == (200, 0)
        assert '<details class="fold" open' in answer.content.decode()
