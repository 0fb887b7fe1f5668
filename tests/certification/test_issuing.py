"""A certificate is issued on an announced decision, says what the award says, and has no way back."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from kommpass.audits.models import Procedure
from kommpass.certification import actions
from kommpass.certification.models import Certificate, CertificateDocument, SigningKey
from kommpass.domain.canonical import canonical_json
from kommpass.domain.moments import PartialDate
from kommpass.domain.permissions import Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.municipalities.scope import within
from tests.certification.builders import (
    AWARDED,
    PAGE,
    agreed,
    days_ago,
    granted,
    issued,
    month,
    next_round,
    permanent,
    signed,
    step,
)
from tests.conftest import actor, member, queries_of, signed_in
from tests.journeys.afterwards import ASSOCIATION, award, review, submit
from tests.journeys.story import COORDINATION, noon


@pytest.fixture
def office(auental):
    return signed_in(member(Role.ASSOCIATION_OFFICE, name="Frauke Hellmann"))


def text(response) -> str:
    return response.content.decode()


def form(**changes) -> dict:
    return {
        "awarded_on": days_ago(10).isoformat(), "valid_from": days_ago(10).isoformat(),
        "valid_until": month(days_ago(-900)), "compared": "on",
    } | changes  # fmt: skip


class TestByPage:
    def test_the_office_issues_and_the_document_is_made_at_once(self, procedure, office):
        granted(procedure, on=days_ago(20))
        begin, end = PartialDate.parse(month(days_ago(10))), PartialDate.parse(month(days_ago(-900)))
        assert "Zertifikat ausstellen" in text(office.get(PAGE))
        answer = office.post(f"{PAGE}issue/", form(valid_from=begin.german, valid_until=f"{end.month}/{end.year}"))
        made = Certificate.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
        assert (made.valid_from, made.valid_until) == (begin.text, end.text)
        assert (made.valid_from_on, made.valid_until_on) == (begin.first_day, end.last_day)
        assert (made.rung, made.issued_by, made.awarded_on) == ("basic", "Frauke Hellmann", days_ago(10))
        assert made.documents.get().digest == sha256(bytes(made.documents.get().pdf)).hexdigest()
        page = text(office.get(made.get_absolute_url()))
        assert "Urkunde (PDF)" in page and f"gültig ab {begin.german} bis {end.german}" in page

    def test_the_end_is_proposed_in_words_and_never_filled_in(self, procedure, office):
        granted(procedure, on=days_ago(20))
        page = text(office.get(f"{PAGE}issue/"))
        assert "Diese Stufe sieht 3 Jahre vor." in page
        assert 'name="valid_until"' in page and 'name="valid_until" value' not in page
        answer = office.post(f"{PAGE}issue/", form(valid_from="2026-10-27", valid_until=""))
        assert "Bitte tragen Sie ein, bis wann das Zertifikat gilt." in text(answer)
        assert "Bei diesem Beginn wäre das Oktober 2029." in text(answer)
        assert Certificate.objects.count() == 0

    def test_whoever_did_not_compare_does_not_issue(self, procedure, office):
        granted(procedure, on=days_ago(20))
        answer = office.post(f"{PAGE}issue/", form(compared=""))
        assert (answer.status_code, Certificate.objects.count()) == (200, 0)

    def test_a_double_click_issues_once(self, procedure, office):
        granted(procedure, on=days_ago(20))
        first, second = (office.post(f"{PAGE}issue/", form(once="einmal")) for _click in range(2))
        assert (first["Location"], second["Location"]) == (first["Location"], first["Location"])
        assert Certificate.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"valid_from": "31.02.2026"}, "Den Tag „31.02.2026“ gibt es nicht."),
            ({"valid_until": "bald"}, "„bald“ ist kein Datum."),
            ({"valid_from": "\x00"}, "Nullzeichen sind nicht erlaubt."),
            ({"valid_from": "2198", "valid_until": ""}, "Diese Stufe sieht 3 Jahre vor."),
            ({"awarded_on": "gestern"}, "Bitte ein gültiges Datum eingeben."),
            ({"valid_until": "9" * 30_000}, "höchstens 40 Zeichen"),
        ],
    )
    def test_what_is_no_date_is_said_beside_its_field(self, procedure, office, changes, sentence):
        granted(procedure, on=days_ago(20))
        answer = office.post(f"{PAGE}issue/", form(**changes))
        assert (answer.status_code, sentence in text(answer), Certificate.objects.count()) == (200, True, 0)

    def test_a_permanent_rung_has_no_field_for_an_end(self, procedure, office):
        procedure.rung = "permanent"
        procedure.save()
        granted(procedure, on=days_ago(20))
        assert 'name="valid_until"' not in text(office.get(f"{PAGE}issue/"))
        office.post(f"{PAGE}issue/", form(valid_until="2029-11"))
        assert Certificate.objects.get().permanent

    def test_before_a_decision_the_page_says_what_is_missing(self, procedure, office):
        page = text(office.get(f"{PAGE}issue/"))
        assert "Es gibt keine bekanntgegebene Entscheidung, die ein Zertifikat erteilt." in page
        assert "<form" not in page.split("<main")[1]
        answer = office.post(f"{PAGE}issue/", form())
        assert (answer.status_code, "keine bekanntgegebene Entscheidung" in text(answer)) == (409, True)

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR, Role.COUNCIL_OFFICE, Role.COUNCIL_MEMBER])
    def test_nobody_of_the_town_issues_signs_or_changes(self, procedure, role):
        certificate = issued(procedure, on=days_ago(20), valid_until=month(days_ago(-900)))
        browser = signed_in(member(role))
        paths = (f"{PAGE}issue/", f"{PAGE}{certificate.pk}/sign/", f"{PAGE}{certificate.pk}/steps/")
        assert [browser.post(path, form()).status_code for path in paths] == [403] * 3
        page = text(browser.get(certificate.get_absolute_url()))
        assert "Urkunde erstellen" not in page and "entziehen" not in page

    def test_when_the_key_is_missing_the_certificate_stays_and_the_document_can_be_made_later(
        self, procedure, office, settings, tmp_path
    ):
        settings.SIGNING_FOLDER = tmp_path
        (tmp_path / "signing.key").write_text("kaputt")
        granted(procedure, on=days_ago(20))
        office.post(f"{PAGE}issue/", form())
        made = Certificate.objects.get()
        page = text(office.get(made.get_absolute_url()))
        assert "Die Urkunde ist noch nicht erstellt" in page and "Urkunde erstellen" in page
        refused = office.post(f"{PAGE}{made.pk}/sign/")
        assert (refused.status_code, "lässt sich nicht verwenden" in text(refused)) == (409, True)
        (tmp_path / "signing.key").unlink()
        answer = office.post(f"{PAGE}{made.pk}/sign/")
        assert (answer["Location"], made.documents.count()) == (made.get_absolute_url(), 1)
        twice = office.post(f"{PAGE}{made.pk}/sign/")
        assert (twice.status_code, "Die Urkunde ist schon signiert." in text(twice)) == (409, True)

    def test_when_the_document_cannot_be_set_the_certificate_stays(self, procedure, office, monkeypatch, caplog):
        monkeypatch.setattr("kommpass.adapters.documents.pdf.MOST_SECONDS", 0.001)
        granted(procedure, on=days_ago(20))
        keys = SigningKey.objects.count()
        office.post(f"{PAGE}issue/", form())
        made = Certificate.objects.get()
        assert (made.documents.count(), SigningKey.objects.count()) == (0, keys)
        assert f"{made.number} is issued and not signed" in caplog.text
        refused = office.post(f"{PAGE}{made.pk}/sign/")
        assert "Die Urkunde ließ sich nicht erstellen." in text(refused)

    def test_the_document_is_loaded_as_it_was_signed(self, kept):
        browser = signed_in(member(Role.PROVIDER))
        document = kept.certificate.documents.get()
        path = f"/lindental/certificate/documents/{document.pk}/document"
        answer = browser.get(f"{path}.pdf")
        assert (answer.content, answer["Content-Type"]) == (kept.file, "application/pdf")
        assert answer["Content-Disposition"] == (
            f'attachment; filename="urkunde-lindental-{kept.certificate.number}.pdf"'
        )
        assert browser.get(f"{path}.docx").status_code == 404

    def test_another_towns_certificate_and_document_do_not_exist_here(self, kept, procedure):
        with within(kept.town):
            document = kept.certificate.documents.get()
        with within(procedure.municipality):
            browser = signed_in(member(Role.COORDINATOR))
            office = signed_in(member(Role.ASSOCIATION_OFFICE))
        pk = kept.certificate.pk
        asked = [browser.get(f"{PAGE}{path}").status_code for path in (f"{pk}/", f"{pk}/logo.svg")]
        asked += [browser.get(f"{PAGE}documents/{document.pk}/document.pdf").status_code]
        asked += [office.post(f"{PAGE}{pk}/{deed}/").status_code for deed in ("sign", "steps", "proofs")]
        assert asked == [404] * 6


class TestRules:
    def test_a_certificate_rests_on_one_adopted_version_and_says_so(self, procedure):
        certificate = issued(procedure)
        content, version = certificate.content, certificate.version
        assert content["agreement"]["digest"] == version.digest
        assert content["agreement"]["resolution"]["body"] == "Rat"
        assert (content["municipality"]["name"], content["rung"]) == ("Auental", "Grundzertifikat")
        assert certificate.digest == sha256(canonical_json(content).encode()).hexdigest()

    def test_numbers_are_unique_within_and_across_towns(self, kept, procedure):
        with within(procedure.municipality):
            ours = issued(procedure)
            second = issued(next_round(procedure, "advanced", on=AWARDED), valid_until="2032-11")
        assert ours.number == f"K-2026-{ours.municipality_id:04d}-01"
        assert kept.certificate.number == f"K-2026-{kept.town.pk:04d}-01"
        assert second.number == f"K-2026-{ours.municipality_id:04d}-02"

    def test_one_decision_carries_one_certificate(self, procedure):
        issued(procedure)
        with pytest.raises(NotPossible, match="Auf diese Entscheidung ist schon ein Zertifikat ausgestellt"):
            award(procedure, on=AWARDED, valid_from="2026-11-12", valid_until="2029-11")

    def test_a_mistake_is_withdrawn_from_its_first_day_and_issued_anew(self, procedure):
        wrong = issued(procedure, valid_until="2092-11")
        step(wrong, "withdrawn", AWARDED, reason="Zahlendreher im Ende.")
        right = award(procedure, on=AWARDED, valid_from="2026-11-12", valid_until="2029-11")
        assert (right.number[-2:], Certificate.objects.count()) == ("02", 2)

    def test_what_once_counted_is_not_issued_again_on_the_same_decision(self, procedure):
        step(issued(procedure), "withdrawn", AWARDED + timedelta(days=1))
        with pytest.raises(NotPossible, match="schon ein Zertifikat"):
            award(procedure, on=AWARDED, valid_from="2026-11-12", valid_until="2029-11")

    @pytest.mark.parametrize(
        ("term", "sentence"),
        [
            ({"valid_until": ""}, "Bitte tragen Sie ein, bis wann das Zertifikat gilt."),
            ({"valid_until": "2026-10"}, "Das Zertifikat endet, bevor es beginnt."),
            ({"valid_from": "bald"}, "„bald“ ist kein Datum."),
            ({"valid_from": "2026-11-11"}, "Das Zertifikat kann nicht vor der Entscheidung vom 12.11.2026 beginnen."),
            ({"awarded_on": AWARDED - timedelta(days=1)}, "Verliehen wird nach der Entscheidung vom 12.11.2026"),
            ({"awarded_on": AWARDED + timedelta(days=367)}, "mehr als ein Jahr in der Zukunft"),
        ],
    )
    def test_a_term_that_cannot_be_true_is_refused_with_a_sentence(self, procedure, term, sentence):
        granted(procedure)
        given = {"awarded_on": AWARDED, "valid_from": "2026-11-12", "valid_until": "2029-11"} | term
        with pytest.raises(NotPossible, match=sentence):
            actions.issue_certificate(procedure=procedure, **given, by=ASSOCIATION, at=noon(AWARDED))

    def test_a_month_as_beginning_may_have_begun_before_the_decision(self, procedure):
        granted(procedure)
        assert award(procedure, on=AWARDED, valid_from="2026-11", valid_until="2029-10").valid_from == "2026-11"

    def test_a_permanent_rung_has_no_end(self, procedure):
        assert permanent(procedure, on=AWARDED).valid_until_on is None
        step(Certificate.objects.get(), "withdrawn", AWARDED)
        with pytest.raises(NotPossible, match="Diese Stufe wird dauerhaft verliehen"):
            award(procedure, on=AWARDED, valid_from="2026-11-12", valid_until="2029-11")

    def test_a_decision_that_is_not_announced_yet_carries_nothing(self, procedure):
        review(submit(agreed(procedure), on=AWARDED), on=AWARDED)
        with pytest.raises(NotPossible, match="keine bekanntgegebene Entscheidung"):
            award(procedure, on=AWARDED, valid_from="2026-11-12", valid_until="2029-11")

    def test_a_blocking_condition_holds_the_certificate_back_and_another_does_not(self, procedure):
        later = {"text": "Steuerung benennen", "due_on": date(2027, 3, 1), "blocking": False}
        first = {"text": "Beschluss nachreichen", "due_on": date(2027, 1, 1), "blocking": True}
        granted(procedure, conditions=[later, first])
        with pytest.raises(NotPossible, match="Vor der Verleihung ist noch eine Auflage zu erfüllen: Beschluss"):
            award(procedure, on=AWARDED, valid_from="2026-11-12", valid_until="2029-11")

    @pytest.mark.parametrize("by", [COORDINATION, actor(Role.REVIEW_BOARD), actor(Role.ADMINISTRATOR)])
    def test_only_the_office_of_the_association_issues(self, procedure, by):
        granted(procedure)
        for deed in (actions.issue_certificate, actions.issue_and_sign):
            with pytest.raises(NotAllowed):
                deed(procedure=procedure, awarded_on=AWARDED, valid_from="2026-11-12", by=by, at=noon(AWARDED))

    def test_no_page_and_no_action_changes_or_deletes_a_certificate(self):
        """Steps and proofs come beside it; the database itself refuses the rest: tests/house/test_sealed.py."""
        names = {each.name for each in get_resolver("kommpass.certification.urls").url_patterns}
        assert names == {"overview", "issue", "certificate", "sign", "step", "proof", "logo", "document"}
        assert set(actions.__all__) == {
            "issue_and_sign", "issue_certificate", "note_step", "record_proof", "sign_certificate",
        }  # fmt: skip

    def test_what_happens_later_leaves_certificate_and_document_as_they_are(self, kept):
        before = (
            Certificate.objects.values().get(),
            [(each.digest, bytes(each.pdf)) for each in CertificateDocument.objects.all()],
        )
        step(kept.certificate, "suspended", date(2027, 5, 1))
        step(kept.certificate, "withdrawn", date(2027, 6, 1))
        kept.town.name = "Neuer Name"
        kept.town.save()
        after = (
            Certificate.objects.values().get(),
            [(each.digest, bytes(each.pdf)) for each in CertificateDocument.objects.all()],
        )
        assert after == before

    def test_the_document_of_today_rests_on_the_content_of_the_award(self, procedure):
        """A town that is renamed keeps the name it was awarded under."""
        certificate = issued(procedure)
        certificate.municipality.name = "Umbenannt"
        certificate.municipality.save()
        assert Certificate.objects.get().content["municipality"]["name"] == "Auental"
        assert signed(certificate).digest == certificate.documents.get().digest


def test_the_overview_costs_the_same_with_two_certificates_and_with_six(procedure):
    browser = signed_in(member(Role.COORDINATOR))
    years = iter(range(timezone.localdate().year - 8, timezone.localdate().year - 2))

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(PAGE).status_code == 200
        return queries_of(captured)

    def one_more(running: Procedure) -> Procedure:
        year = next(years)
        following = next_round(running, "advanced", on=date(year, 1, 2))
        issued(following, on=date(year, 1, 10), valid_until=f"{year}-06")
        return following

    second = one_more(one_more(procedure))
    before = cost()
    for _round in range(4):
        second = one_more(second)
    assert (cost(), Certificate.objects.count()) == (before, 6)
