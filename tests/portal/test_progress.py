"""How far the promise is, for everybody: what was published, nothing else, and the same figures everywhere."""

import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommpass.agreement import actions as agreement
from kommpass.agreement.models import Indicator, Measure
from kommpass.domain.canonical import digest
from kommpass.domain.permissions import Role
from kommpass.domain.phases import Stage
from kommpass.domain.progress import Tally
from kommpass.implementation.models import IndicatorReading, SelfAssessment, StatusRemark
from kommpass.portal.progress import Progress
from kommpass.reporting import actions as reporting
from kommpass.reporting.public import public_view
from tests.conftest import NOON, open_only, queries_of
from tests.journeys.afterwards import certify
from tests.portal.builders import SECRET
from tests.portal.reported import SECRETIVE, carried_out, published, sealed

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
PAGES = ["progress/", "progress/field/1/", "progress/embed/", "progress.json", "easy/", ""]


def page(where: str = "progress/", *, client: Client | None = None, **headers):
    return (client or Client()).get(f"/auental/public/{where}", headers=headers)


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


@pytest.fixture
def reported(procedure):
    carried_out(procedure)
    return published(procedure)


@pytest.mark.parametrize("where", PAGES)
def test_nothing_internal_is_on_a_page_of_progress(reported, where):
    response = page(where)
    assert response.status_code == 200
    assert SECRET in reported.canonical
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize("where", PAGES)
def test_a_page_of_progress_may_be_kept_and_sets_no_cookie(reported, where):
    response = page(where)
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies
    again = page(where, **{"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("where", PAGES)
def test_a_page_of_progress_asks_few_questions(reported, where):
    client = Client()
    with CaptureQueriesContext(connection) as counted:
        page(where, client=client)
    assert queries_of(counted) <= 8


def test_the_big_numbers_count_the_public_measures_by_the_same_rule(reported):
    shown = Progress.of(reported)
    assert shown.counted == Tally(total=2, done=1, under_way=1, green=1, yellow=1)
    assert Tally(**reported.summary) == Tally(total=3, done=2, under_way=1, green=2, yellow=1)
    words = text(page())
    for each in ("2 Maßnahmen versprochen", "1 umgesetzt", "1 in Arbeit", "1 später als versprochen",
                 "Stand vom 31.10.2026", "Zu 2 von 2 Maßnahmen"):  # fmt: skip
        assert each in words, each


def test_what_comes_later_says_what_was_promised_and_why(reported):
    words = "1.1.1 Familienbüro eröffnen Versprochen: bis Dezember 2027. Jetzt erwartet: Juni 2028."
    assert f"{words} Der Umbau dauert länger." in text(page())


def test_a_measure_shows_promise_state_values_and_public_questions(reported):
    words = text(page("progress/field/1/"))
    for each in ("Versprochen bis Dezember 2027", "in Arbeit verzögert Jetzt erwartet: Juni 2028.", "umgesetzt",
                 "Gedruckte Hefte 450 Stück (Stand September 2026, zu Beginn: 0)", "Wann öffnet das Büro?",
                 "Antwort: Im Sommer 2028.", "Ist das Ziel erreicht? teilweise erreicht. Ein Ort ist da."):  # fmt: skip
        assert each in words, each


def test_the_light_is_a_word_and_a_shape(reported):
    page_ = page("progress/field/1/").content.decode()
    assert re.search(r'light--yellow.*?<path class="light__shape" d="M10 1.5.*?verzögert', page_, re.S)


def test_nothing_is_shown_before_a_report_left_the_desk(procedure):
    carried_out(procedure)
    sealed(procedure)
    assert "Noch kein Bericht" in text(page())
    assert "Der erste Bericht steht noch aus." in text(page("progress/embed/"))
    assert [page(each).status_code for each in ("progress/field/1/", "progress.json")] == [404, 404]
    assert "Wie weit ist die Kommune?" not in text(page("easy/"))


def test_what_happens_after_the_report_is_not_shown_before_the_next_one(reported, procedure):
    Measure.objects.filter(title__contains="Familienbüro").update(title="Ganz anders")
    StatusRemark.objects.update(answer="Ganz anders")
    assert "Ganz anders" not in text(page("progress/field/1/"))


def test_a_measure_that_is_no_longer_public_leaves_with_the_next_report(reported, procedure):
    Measure.objects.filter(title__contains="Familienbüro").update(public=False)
    reporting.submit_report(
        sealed=reporting.seal_report(report=reported.report, reason="Berichtigt", **SECRETIVE), **SECRETIVE
    )
    words = text(page()) + text(page("progress/field/1/"))
    assert "Familienbüro" not in words and "1 Maßnahme versprochen" in words and "berichtigt, Fassung 2" in words


def test_every_change_stands_with_its_approval_and_without_a_persons_name(procedure):
    carried_out(procedure)
    measure = Measure.objects.get(title__contains="Wegweiser")
    amendment = agreement.propose_amendment(
        procedure=procedure, kind="editorial", measure=measure, changes={"title": "Wegweiser für alle"},
        reason="Tippfehler", **SECRETIVE,
    )  # fmt: skip
    agreement.approve_amendment(amendment=amendment, note=f"{SECRET} Notiz", **SECRETIVE)
    published(procedure, last=date(2026, 11, 1))
    words = text(page())
    assert "Genehmigt von: Rat" in words
    shown = words + page("progress.json").content.decode() + text(page("progress/embed/"))
    assert SECRET not in shown


def test_a_change_below_the_committees_names_the_office(procedure):
    carried_out(procedure)
    measure = Measure.objects.get(title__contains="Wegweiser")
    amendment = agreement.propose_amendment(
        procedure=procedure, kind="editorial", measure=measure, changes={"title": "Wegweiser für alle"},
        reason="Tippfehler", by=SECRETIVE["by"], at=NOON,
    )  # fmt: skip
    agreement.approve_amendment(amendment=amendment, by=SECRETIVE["by"], at=NOON)
    made = published(procedure, title="Bericht 2026", last=date(2026, 11, 2))
    changes = made.public_content["changes"]
    assert [(each["version"], each["approved_by"]) for each in changes] == [(1, "Rat"), (2, "Koordination des Audits")]
    assert "Genehmigt von: Koordination des Audits" in text(page())


def test_earlier_reports_stay_readable(reported, procedure):
    before = published(procedure, title="Bericht 2025", first=date(2025, 1, 1), last=date(2025, 12, 31))
    words = text(page())
    assert words.index("Bericht 2026") < words.index("Bericht 2025")
    older = page(f"progress/?report={before.pk}")
    assert "Sie lesen einen früheren Bericht." in text(older) and "2 Maßnahmen versprochen" in text(older)
    assert f"/auental/public/progress/field/1/?report={before.pk}" in older.content.decode()
    assert "Stand vom 31.12.2025" in text(page(f"progress/field/1/?report={before.pk}"))
    data = json.loads(page(f"progress.json?report={before.pk}").content)
    assert data["title"] == "Bericht 2025"


def test_a_report_that_is_not_public_cannot_be_asked_for(reported, procedure):
    hidden = sealed(procedure, title="Entwurf", first=date(2025, 1, 1), last=date(2025, 12, 31))
    for wrong in (hidden.pk, 999_999, "x", "1" * 30, "-1", "<b>"):
        for where in ("progress/", "progress/field/1/", "progress.json"):
            assert page(f"{where}?report={wrong}").status_code == 404


def test_the_download_is_the_public_part_with_its_checksums(reported):
    data = json.loads(page("progress.json").content)
    assert data.pop("report_checksum") == reported.digest
    assert data.pop("checksum") == digest(data)
    assert data == public_view(reported.content)


def test_the_slim_page_alone_may_be_framed_and_has_no_ways(reported):
    slim = page("progress/embed/")
    assert "frame-ancestors *" in slim["Content-Security-Policy"] and "X-Frame-Options" not in slim
    assert "default-src 'self'" in slim["Content-Security-Policy"]
    body = slim.content.decode()
    assert "<nav" not in body and "<form" not in body and "<h1>Was Auental Familien versprochen hat</h1>" in body
    for where in ("progress/", "progress/field/1/", ""):
        answer = page(where)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_leichte_sprache_says_how_far_it_is(reported):
    words = text(page("easy/"))
    assert "Wie weit ist die Kommune?" in words and "So viele sind fertig: 1" in words
    assert "So viele Maßnahmen kommen später: 1" in words


def test_the_ways_lead_to_the_progress(reported):
    assert '<a href="/auental/public/progress/"' in page("").content.decode()
    assert re.search(r'href="/auental/public/progress/" aria-current="page"', page().content.decode())


def test_a_field_or_a_town_that_is_not_there(reported, hasselgrund):
    assert page("progress/field/99/").status_code == 404
    assert "Noch kein Bericht" in Client().get("/hasselgrund/public/progress/").content.decode()
    assert Client().get(f"/hasselgrund/public/progress/?report={reported.pk}").status_code == 404


def test_hostile_text_stays_text(procedure):
    carried_out(procedure)
    Measure.objects.filter(title__contains="Familienbüro").update(title="<script>alert(1)</script>")
    published(procedure, title='"><img src=x>')
    shown = page().content.decode() + page("progress/field/1/").content.decode()
    assert "<script>alert" not in shown and "<img src=x" not in shown


def test_the_certificate_stands_on_the_first_page_with_its_state_and_the_way_to_check_it(procedure):
    carried_out(procedure)
    open_only(procedure, Stage.COUNCIL, Stage.REVIEW)
    days = {"submitted": date(2026, 4, 1), "decided": date(2026, 4, 20), "awarded": date(2026, 5, 4)}
    certificate = certify(procedure, **days, valid_until="2029-05")
    home = page("")
    for each in ("Zertifikat gültig", "Gültig bis Mai 2029", certificate.number):
        assert each in text(home), each
    assert f'href="/verify/{certificate.number}/"' in home.content.decode()
    assert SECRET not in home.content.decode()


def test_a_certificate_that_ran_out_is_not_shown_as_one_that_holds(procedure):
    carried_out(procedure)
    open_only(procedure, Stage.COUNCIL, Stage.REVIEW)
    days = {"submitted": date(2020, 4, 1), "decided": date(2020, 4, 20), "awarded": date(2020, 5, 4)}
    certify(procedure, **days, valid_until="2023-05")
    assert "Zertifikat ausgelaufen" in text(page(""))


def test_a_signed_in_person_sees_the_same_page_as_everybody(reported, client_as):
    assert page(client=client_as(Role.COORDINATOR)).content == page().content


def more(procedure, round_, numbers: range) -> None:
    """So many public measures more, each with a word, an indicator and a long text."""
    goal = procedure.agreement.goals.get()
    owner = procedure.agreement.measures.first().responsible
    rows = Measure.objects.bulk_create(
        Measure(
            agreement=goal.agreement, goal=goal, title=f"Maßnahme {each}", responsible=owner, number=f"1.1.{each}",
            position=each, due="2027", due_on=date(2027, 12, 31), promised=True,
        )
        for each in numbers
    )  # fmt: skip
    indicators = Indicator.objects.bulk_create(
        Indicator(measure=each, name="Plätze", target={"kind": "number", "value": "10"}) for each in rows
    )
    words = SelfAssessment.objects.bulk_create(
        SelfAssessment(
            round=round_, measure=each, state="in_progress", light="yellow", text="Wort " * 40, expected="2028",
            by_id=1, by_name="x", via="link", at=NOON,
        )
        for each in rows
    )  # fmt: skip
    IndicatorReading.objects.bulk_create(
        IndicatorReading(indicator=each, assessment=word, value=5, as_of="2026", at=NOON)
        for each, word in zip(indicators, words, strict=True)
    )


def test_five_hundred_measures_cost_what_fifty_cost(procedure):
    round_ = carried_out(procedure)
    more(procedure, round_, range(10, 60))
    first = published(procedure)

    def cost() -> dict[str, int]:
        spent = {}
        for where in ("progress/", "progress/field/1/", "progress/field/1/?page=2", "progress/embed/", "easy/"):
            with CaptureQueriesContext(connection) as counted:
                answer = page(where)
            assert len(answer.content) <= 150_000
            spent[where] = queries_of(counted)
        return spent

    few = cost()
    more(procedure, round_, range(60, 510))
    reporting.submit_report(
        sealed=reporting.seal_report(report=first.report, reason="Mehr Maßnahmen", **SECRETIVE), **SECRETIVE
    )
    assert "502 Maßnahmen versprochen" in text(page())
    assert cost() == few
    assert max(few.values()) <= 12
