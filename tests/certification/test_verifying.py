"""What everybody is told: one honest sentence for every state, by number and by file, and never a name."""

import html
import io
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommpass.adapters.signature import inspector, load_key, make_key
from kommpass.adapters.signature.checking import sealed
from kommpass.certification import actions, verifying
from kommpass.certification.keys import remembered
from kommpass.certification.models import SigningKey
from kommpass.certification.queries import known_keys
from kommpass.municipalities.scope import within
from kommpass.people.addresses import of_installation
from tests.adapters import signed_files as files
from tests.certification.builders import AWARDED, days_ago, issued, month, permanent, prove, signed, step
from tests.conftest import NOON
from tests.journeys.afterwards import ASSOCIATION
from tests.journeys.story import noon

GENUINE = "Diese Datei ist echt: Wir haben sie signiert, und seitdem wurde nichts geändert."
CHANGED = "Diese Datei wurde verändert, nachdem sie signiert war. Bitte vertrauen Sie ihr nicht."
MAY, JULY = date(2027, 5, 1), date(2027, 7, 1)
SUSPENDED, REINSTATED, WITHDRAWN = ("suspended", MAY), ("reinstated", JULY), ("withdrawn", JULY)
STATES = [
    ([], date(2026, 11, 11), "Dieses Zertifikat ist ausgestellt, gilt aber noch nicht."),
    ([], AWARDED, "Dieses Zertifikat gilt."),
    ([], date(2028, 11, 29), "Dieses Zertifikat gilt."),
    ([], date(2028, 11, 30), "Dieses Zertifikat gilt. Es läuft in weniger als einem Jahr aus."),
    ([], date(2029, 11, 30), "Dieses Zertifikat gilt. Es läuft in weniger als einem Jahr aus."),
    ([], date(2029, 12, 1), "Dieses Zertifikat ist ausgelaufen. Es gilt nicht mehr."),
    ([SUSPENDED], MAY - timedelta(days=1), "Dieses Zertifikat gilt."),
    ([SUSPENDED], MAY, "Dieses Zertifikat ist ausgesetzt. Es gilt zurzeit nicht."),
    ([SUSPENDED, REINSTATED], JULY, "Dieses Zertifikat gilt."),
    ([SUSPENDED, WITHDRAWN], JULY, "Dieses Zertifikat wurde entzogen. Es gilt nicht mehr."),
    ([SUSPENDED], date(2029, 12, 1), "Dieses Zertifikat ist ausgelaufen. Es gilt nicht mehr."),
]


def by_file(file: bytes, day: date):
    """The answer to a file without the walk through a process of its own: that has its tests in tests/adapters."""
    return verifying.told(sealed(inspector.inspect(file, known_keys())), file, day)


def text(response) -> str:
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


def ask_by_file(file: bytes, name: str = "urkunde.pdf"):
    upload = io.BytesIO(file)
    upload.name = name
    return Client(enforce_csrf_checks=True).post("/verify/file/", {"file": upload})


class TestEveryState:
    @pytest.mark.parametrize(("steps", "day", "sentence"), STATES)
    def test_has_its_sentence_by_number_and_by_file(self, kept, steps, day, sentence):
        for kind, on in steps:
            step(kept.certificate, kind, on)
        number = verifying.about_number(kept.certificate.number, day)
        of_file, of_certificate = by_file(kept.file, day)
        assert (number.sentence, of_file.sentence, of_certificate.sentence) == (sentence, GENUINE, sentence)
        assert number.good is (sentence.startswith("Dieses Zertifikat gilt."))

    @pytest.mark.parametrize(
        ("shown", "day", "sentence"),
        [
            ([], date(2022, 6, 1), "Dieses Zertifikat gilt. Es ist dauerhaft verliehen, die Bedingungen sind erfüllt."),
            (
                [],
                date(2023, 1, 1),
                "Dieses Zertifikat ist dauerhaft verliehen. Nachweise aus einem abgelaufenen Jahr fehlen noch; "
                "solange darf die Kommune nicht mit dem Logo werben.",
            ),
            (
                [2022],
                date(2023, 1, 1),
                "Dieses Zertifikat gilt. Es ist dauerhaft verliehen, die Bedingungen sind erfüllt.",
            ),
        ],
    )
    def test_of_a_permanent_award_depends_on_what_was_shown(self, procedure, shown, day, sentence):
        certificate = permanent(procedure, on=date(2021, 6, 1))
        prove(certificate, *shown)
        assert verifying.about_number(certificate.number, day).sentence == sentence

    @pytest.mark.parametrize("number", ["k-{}", " K-{} ", "K-{}"])
    def test_is_found_however_the_number_is_typed(self, kept, number):
        typed = number.format(kept.certificate.number.removeprefix("K-"))
        assert verifying.about_number(typed, AWARDED).good

    @pytest.mark.parametrize(
        "number",
        [
            "K-2026-{town}-99", "K-2025-{town}-01", "K-2026-999999-01", "K-2026-0000-01", "2026/12", "", "K-2026-12-1",
            "K-2026-{town}-01x", "\x00", "K-٢٠٢٦-{town}-01", "K-2026-" + "9" * 400 + "-01", "<b>K</b>",
        ],
    )  # fmt: skip
    def test_is_never_invented_for_a_number_we_do_not_know(self, kept, number):
        asked = number.format(town=f"{kept.town.pk:04d}")
        answer = verifying.about_number(asked, AWARDED)
        assert (answer.sentence, answer.good) == ("Ein Zertifikat mit dieser Nummer gibt es hier nicht.", False)

    def test_of_an_old_one_points_to_the_one_that_holds_today(self, kept):
        later = date(2029, 12, 1)
        assert verifying.about_number(kept.certificate.number, later).other is None
        step(kept.certificate, "withdrawn", AWARDED)
        again = actions.issue_certificate(
            procedure=kept.certificate.procedure, awarded_on=AWARDED, valid_from="2026-11-12",
            valid_until="2030-11", by=ASSOCIATION, at=noon(AWARDED),
        )  # fmt: skip
        old = verifying.about_number(kept.certificate.number, later)
        assert (old.sentence, old.other.certificate) == (
            "Dieses Zertifikat wurde entzogen. Es gilt nicht mehr.", again
        )  # fmt: skip


class TestAFile:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_with_a_single_other_byte_is_never_genuine(self, kept, data):
        file = kept.file
        place = data.draw(st.integers(0, len(file) - 1))
        byte = data.draw(st.integers(0, 255).filter(lambda each: each != file[place]))
        of_file, of_certificate = by_file(file[:place] + bytes([byte]) + file[place + 1 :], AWARDED)
        assert (of_file.good, of_certificate) == (False, None)

    def test_with_other_bytes_around_the_signature_itself_is_changed_though_the_signature_is_valid(self, kept):
        """The bytes that hold a signature are covered by none: its padding, the case of its letters."""
        file = kept.file
        first, end = files.container(file)
        padded = file[: end - 3] + b"1" + file[end - 2 :]
        lower = file[:first] + file[first:end].lower() + file[end:]
        assert [inspector.inspect(each, known_keys())["outcome"] for each in (padded, lower)] == ["genuine", "genuine"]
        assert [by_file(each, AWARDED)[0].sentence for each in (padded, lower)] == [CHANGED, CHANGED]

    def test_signed_by_a_stranger_unsigned_or_no_pdf_is_said_to_be_that(self, kept, tmp_path):
        stranger = load_key(files.own_key(tmp_path / "own"))
        forged = files.sign_as(stranger, files.stripped(kept.file), kept.certificate.number)
        answers = [verifying.about_file(each, AWARDED) for each in (forged, files.stripped(kept.file), b"Hallo")]
        assert [each.sentence for each, _certificate in answers] == [
            "Diese Datei ist signiert, aber nicht von uns. Über sie können wir nichts sagen.",
            "Diese Datei trägt keine Signatur. Sie ist keine Urkunde von uns, höchstens eine Abschrift.",
            "Diese Datei lässt sich nicht als PDF lesen. Bitte wählen Sie die Urkunde selbst.",
        ]
        assert [certificate for _answer, certificate in answers] == [None] * 3

    def test_of_ours_whose_certificate_nobody_recorded_is_not_called_a_certificate(self, kept, our_key):
        for number in ("K-2099-0001-01", "keine Nummer", ""):
            made = files.sign_as(load_key(our_key), files.small_pdf(), number)
            of_file, of_certificate = by_file(made, AWARDED)
            assert (of_file.good, of_certificate) == (False, None)
            assert of_file.sentence.startswith("Diese Datei trägt unsere Signatur, aber zu ihrer Nummer")

    def test_of_ours_with_a_true_number_and_another_content_is_changed(self, kept, our_key):
        made = files.sign_as(load_key(our_key), files.small_pdf(), kept.certificate.number)
        assert by_file(made, AWARDED)[0].sentence == CHANGED

    def test_signed_with_a_key_that_was_replaced_stays_genuine_and_so_does_the_new_one(self, kept, settings, tmp_path):
        settings.SIGNING_FOLDER = tmp_path / "new"
        make_key(tmp_path / "new", subject="Verein, zweiter Schlüssel", now=NOON)
        again = bytes(signed(kept.certificate).pdf)
        keys = list(SigningKey.objects.order_by("pk").values_list("subject", "retired_at"))
        assert keys == [("Verein der Probe", noon(AWARDED)), ("Verein, zweiter Schlüssel", None)]
        assert [by_file(each, AWARDED)[0].sentence for each in (kept.file, again)] == [GENUINE, GENUINE]

    def test_is_checked_without_being_kept(self, kept):
        before = SigningKey.objects.count(), kept.certificate.documents.count()
        assert verifying.about_file(kept.file, AWARDED)[0].sentence == GENUINE
        assert (SigningKey.objects.count(), kept.certificate.documents.count()) == before


class TestPages:
    def test_the_question_takes_a_number_and_leads_to_its_answer(self, kept):
        number = kept.certificate.number
        answer = Client().get("/verify/", {"number": f" {number.lower()} "})
        assert (answer.status_code, answer["Location"]) == (302, f"/verify/{number}/")
        wrong = Client().get("/verify/", {"number": "12"})
        assert (wrong.status_code, "Eine Nummer sieht so aus: K-2026-0012-01." in text(wrong)) == (200, True)

    def test_the_address_of_the_qr_code_stays(self, kept):
        number = kept.certificate.number
        assert of_installation("certification:verify-number", number) == f"/verify/{number}/"
        assert kept.certificate.content["verify_at"].endswith(f"/verify/{number}/")

    def test_the_answer_says_what_holds_and_on_what_it_rests(self, procedure):
        certificate = issued(procedure, on=days_ago(100), valid_until=month(days_ago(-900)))
        answer = Client().get(certificate.verify_url)
        page = text(answer)
        assert (answer.status_code, answer.cookies, answer["Cache-Control"]) == (200, {}, "private, no-store")
        content = certificate.content
        for words in (
            "Dieses Zertifikat gilt.", "Auental", "Grundzertifikat", certificate.number, "Zielvereinbarung",
            "beschlossen von Rat am", content["agreement"]["digest"], f"Stand: heute, {timezone.localdate():%d.%m.%Y}",
            'href="/auental/public/"', f"{certificate.awarded_on:%d.%m.%Y}",
        ):  # fmt: skip
            assert words in page, words

    def test_a_suspension_is_public_at_once_and_its_reason_and_author_never(self, procedure):
        certificate = issued(procedure, on=days_ago(100), valid_until=month(days_ago(-900)))
        step(certificate, "suspended", days_ago(1), reason="Der Bürgermeister hat nicht berichtet.")
        page = text(Client().get(certificate.verify_url))
        assert "Dieses Zertifikat ist ausgesetzt. Es gilt zurzeit nicht." in page
        assert f"Ausgesetzt seit dem {days_ago(1):%d.%m.%Y}." in page
        for name in (
            "Bürgermeister",
            "Geschäftsstelle",
            "Ilse Brandner",
            "Karl Ostermann",
            "Auditorin",
            "Koordination",
        ):
            assert name not in page, name

    def test_an_unknown_number_is_a_kind_404_with_the_form(self, db):
        answer = Client().get("/verify/K-2026-0012-77/")
        page = text(answer)
        assert (answer.status_code, answer.cookies) == (404, {})
        assert "Ein Zertifikat mit dieser Nummer gibt es hier nicht." in page
        assert "Bitte vergleichen Sie die Nummer mit der Urkunde." in page and 'name="number"' in page

    def test_what_is_typed_into_the_address_is_shown_as_text(self, db):
        page = Client().get("/verify/<script>alert(1)<%2Fscript>/").content.decode()
        assert "<script>alert" not in page

    def test_a_file_is_checked_without_cookie_and_without_token(self, kept):
        answer = ask_by_file(kept.file)
        page = text(answer)
        assert (answer.status_code, answer.cookies) == (200, {})
        assert GENUINE in page and kept.certificate.number in page

    @pytest.mark.parametrize(
        ("file", "sentence"),
        [
            (files.small_pdf(), "Diese Datei trägt keine Signatur."),
            (b"Hallo", "Diese Datei lässt sich nicht als PDF lesen."),
            (b"", "Die übertragene Datei ist leer."),
        ],
    )
    def test_whatever_else_is_uploaded_gets_its_sentence(self, db, file, sentence):
        answer = ask_by_file(file)
        assert (answer.status_code, sentence in text(answer)) == (200, True)

    def test_no_file_and_a_forged_form_are_no_mistake_of_ours(self, db):
        for typed in ({}, {"file": "nur ein Text"}, {"number": "K-2026-0012-01"}):
            answer = Client().post("/verify/file/", typed)
            assert (answer.status_code, "Dieses Feld ist zwingend erforderlich." in text(answer)) == (200, True)

    def test_eleven_megabytes_are_refused_with_a_sentence_before_they_are_read(self, db):
        answer = ask_by_file(b"%PDF-1.7\n" + bytes(11 * 1024 * 1024))
        assert (answer.status_code, "Diese Datei ist zu groß. Eine Urkunde hat höchstens 10 MB." in text(answer)) == (
            413,
            True,
        )

    def test_only_the_town_that_the_number_names_is_asked(self, kept, hasselgrund):
        with within(hasselgrund):
            assert verifying.about_number(kept.certificate.number, AWARDED).good
            assert not verifying.about_number(f"K-2026-{hasselgrund.pk:04d}-01", AWARDED).good

    def test_a_key_that_comes_back_is_in_use_again(self, kept, our_key, tmp_path):
        pair = load_key(our_key)
        remembered(load_key(files.own_key(tmp_path / "own")), NOON)
        assert SigningKey.objects.get(fingerprint=pair.fingerprint).retired_at == NOON
        remembered(pair, NOON)
        assert [SigningKey.objects.get(retired_at=None).fingerprint, SigningKey.objects.count()] == [
            pair.fingerprint, 2
        ]  # fmt: skip
