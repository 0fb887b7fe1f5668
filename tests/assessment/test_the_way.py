"""The whole way by page: from the auditor's word to the certificate, each by whoever does it."""

import json
from datetime import date

from kommpass.assessment.models import (
    AuditorReport,
    Condition,
    ConditionReport,
    Consensus,
    Release,
    Review,
    ReviewCase,
    ReviewDecision,
    Submission,
)
from kommpass.certification.actions import issue_certificate
from tests.assessment.builders import (
    ILSE,
    KARL,
    OFFICE,
    PAGE,
    adopted,
    board_member,
    days,
    posted,
    submitted,
    text,
)
from tests.conftest import NOON


def test_from_the_auditors_word_to_the_certificate(
    procedure, youth_office, auditor, coordinator, office, browser_of_member
):
    adopted(procedure, youth_office)
    ilse, karl = browser_of_member(ILSE), browser_of_member(KARL)

    assert "Stellungnahme schreiben" in text(auditor.get(PAGE))
    given = posted(procedure, answer_small_area="partly", reason_small_area="Zahlen nur für zwei Bezirke.")
    assert auditor.post(f"{PAGE}report/", given)["Location"] == PAGE
    report = AuditorReport.objects.get()
    assert (report.verdict, report.judgements["small_area"]) == (
        "recommend", {"answer": "partly", "reason": "Zahlen nur für zwei Bezirke."},
    )  # fmt: skip

    assert "Jetzt einreichen" in text(coordinator.get(f"{PAGE}submit/"))
    answer = coordinator.post(f"{PAGE}submit/", {"letter": "Mit Freude."})
    submission = Submission.objects.get()
    assert answer["Location"] == submission.get_absolute_url() == f"{PAGE}submissions/{submission.pk}/"

    assert "zu prüfen" in text(office.get(PAGE))
    address = f"{PAGE}submissions/{submission.pk}/"
    office.post(f"{address}check/", {"complete": "yes"})
    members = [board_member(name).pk for name in (ILSE, KARL)]
    answer = office.post(f"{address}case/", {"members": members, "due_on": days(20).isoformat()})
    case = ReviewCase.objects.get()
    address = f"{PAGE}cases/{case.pk}/"
    assert (answer["Location"], case.due_on) == (address, days(20))

    for browser in (ilse, karl):
        assert "Ihr Votum fehlt" in text(browser.get(PAGE))
        browser.post(f"{address}review/", posted(procedure, verdict="conditions"))
    assert Review.objects.count() == 2

    given = posted(
        procedure, verdict="conditions", text="Gemeinsam sehen wir es so.", answer_by=days(14).isoformat(),
        condition_1="Zuständigkeit klären", due_1=days(60).isoformat(), blocking_1="on",
        condition_3="Über die Stadtteile berichten", due_3=days(200).isoformat(),
    )  # fmt: skip
    assert karl.post(f"{address}opinion/", given)["Location"] == address
    opinion = Consensus.objects.get()
    assert opinion.conditions == [
        {"text": "Zuständigkeit klären", "due_on": days(60).isoformat(), "blocking": True},
        {"text": "Über die Stadtteile berichten", "due_on": days(200).isoformat(), "blocking": False},
    ]

    assert "Bitte prüfen Sie die Fakten des Gutachtens" in text(coordinator.get(PAGE))
    page = text(coordinator.get(f"{PAGE}opinions/{opinion.pk}/"))
    assert "Gemeinsam sehen wir es so." in page and "Zuständigkeit klären" not in page
    coordinator.post(f"{PAGE}opinions/{opinion.pk}/", {"right": "no", "corrections": "Es waren 43 Menschen."})
    assert "Es waren 43 Menschen." in text(ilse.get(address))

    today = days(0)
    ilse.post(f"{address}decide/", {"decided_on": today.isoformat(), "text": "Der Weg überzeugt."})
    decision = ReviewDecision.objects.get()
    assert (decision.outcome, decision.members, decision.decided_on) == ("conditions", [ILSE, KARL], today)
    assert "Der Weg überzeugt." not in text(coordinator.get(PAGE))

    office.post(f"{PAGE}decisions/{decision.pk}/release/", {"objection_until": days(28).isoformat()})
    assert Release.objects.get().objection_until == days(28)
    page = text(coordinator.get(PAGE))
    assert "Der Weg überzeugt." in page and "Zertifikat mit Auflagen erteilt" in page

    first, second = Condition.objects.all()
    for condition in (first, second):
        coordinator.post(f"{PAGE}conditions/{condition.pk}/report/", {"text": f"Erledigt: {condition.text}"})
    for proof in ConditionReport.objects.all():
        office.post(f"{PAGE}proofs/{proof.pk}/check/", {"met": "yes", "note": "Danke."})
    assert text(coordinator.get(PAGE)).count(">erfüllt<") == 2

    certificate = issue_certificate(
        procedure=procedure, awarded_on=date(2026, 12, 1), valid_from="2026-12-01", valid_until="2029-11", by=OFFICE,
        at=NOON,
    )  # fmt: skip
    assert certificate.decision == decision


def test_the_page_says_where_the_review_stands(procedure, youth_office, coordinator, office, browser_of_member):
    """Everybody in the town sees the same seven steps."""
    adopted(procedure, youth_office)
    assert _current(coordinator) == "Stellungnahme"
    submission = submitted(procedure)
    assert _current(coordinator) == "Vollständigkeit"
    office.post(f"{PAGE}submissions/{submission.pk}/check/", {"complete": "no", "note": "Die Unterschrift fehlt."})
    page = text(coordinator.get(PAGE))
    assert _current(coordinator) == "Einreichung" and "Die Unterschrift fehlt." in page


def _current(browser) -> str:
    part = text(browser.get(PAGE)).split('aria-current="step"')[1]
    return part.split('class="phase__name">')[1].split("<")[0].strip()


def test_the_sealed_copy_is_what_the_board_reads_and_downloads(procedure, youth_office, office):
    version = adopted(procedure, youth_office)
    submission = submitted(procedure)
    address = f"{PAGE}submissions/{submission.pk}/"
    page = text(office.get(address))
    assert all(each in page for each in ("Familienbüro im Bürgerhaus eröffnen", version.digest, submission.digest))
    sealed = json.loads(office.get(f"{address}download.json").content)
    assert sealed == submission.content and sealed["format"] == "kommpass/submission/1"
    answer = office.get(f"{address}download.json")
    assert answer["Content-Disposition"] == 'attachment; filename="einreichung-auental-1-1.json"'
    pdf, word = (office.get(f"{address}download.{kind}") for kind in ("pdf", "docx"))
    assert (pdf.content[:5], word.content[:2]) == (b"%PDF-", b"PK")
    assert pdf["Content-Disposition"] == 'attachment; filename="zielvereinbarung-einreichung-auental-1-1.pdf"'
    assert office.get(f"{address}download.exe").status_code == 404
