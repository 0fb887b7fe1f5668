"""The document of a certificate: one page, tagged, readable aloud; its QR code leads to the page that verifies it."""

import io

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from kommpass.adapters.documents import certificate_pdf
from kommpass.adapters.documents.certificate import term_words

ADDRESS = "https://audit.example.de/verify/K-2026-0012-01/"
HASH = "0f" * 32
LONG_NAME = "Samtgemeinde Obere Aue mit Sankt Margarethen-Niederhausen, Verbandsgemeinde im Kreis Groß-Musterhausen"


def content(**changes) -> dict:
    return {
        "number": "K-2026-0012-01",
        "municipality": {"name": "Auental", "ags": "05999001", "kind": "Stadt oder Gemeinde"},
        "scheme": "Audit Familiengerechte Kommune", "owner": "Familiengerechte Kommune e.V.",
        "rung": "Grundzertifikat", "round": 1, "themes": ["Inklusion"], "awarded_on": "2026-11-12",
        "valid_from": "2026-11-12", "valid_until": "2029-11", "decided_on": "2026-11-02",
        "outcome": "Zertifikat erteilt",
        "agreement": {
            "title": "Zielvereinbarung Auental", "version": 2, "digest": "a" * 64,
            "resolution": {"body": "Rat der Stadt", "date": "2026-10-01"},
        },
        "verify_at": ADDRESS,
    } | changes  # fmt: skip


def named(name: str) -> dict:
    return {"municipality": {"name": name, "ags": "", "kind": "Stadt oder Gemeinde"}}


HARD = {
    "a long name": named(LONG_NAME),
    "a name without a place to break": named("W" * 120),
    "emoji and letters no typeface has": named("Auental 🎉 北京 👨‍👩‍👧"),
    "right to left": named("שלום Auental"),
    "something that looks like markup": named("#panic() *Au* _en_ $tal$ <b>&</b> \\ \" '"),
    "long words everywhere": {
        "scheme": "Verfahren " * 12, "owner": "Verein " * 30, "rung": "Zertifikat " * 6,
        "themes": ["Klimaanpassung"] * 30,
        "agreement": {
            "title": "Zielvereinbarung " * 60, "version": 12, "digest": "a" * 64,
            "resolution": {"body": "Verbandsgemeindevertretung " * 12, "date": "2026-10-01"},
        },
    },
    "a long address": {"verify_at": f"https://{'a' * 150}.example.de/verify/K-2026-0012-01/"},
    "as little as possible": {
        "themes": [], "agreement": {"title": "", "version": 1, "digest": "", "resolution": None},
    },
}  # fmt: skip
hard = pytest.mark.parametrize("changes", HARD.values(), ids=HARD.keys())


@pytest.fixture(scope="module")
def file() -> bytes:
    return certificate_pdf(content(), content_hash=HASH)


@pytest.fixture(scope="module")
def reader(file) -> PdfReader:
    return PdfReader(io.BytesIO(file))


def codes(file: bytes) -> list[str]:
    """The QR codes on the page as it is drawn, read back by a reader that knows nothing of us."""
    page = pypdfium2.PdfDocument(file)[0].render(scale=3, grayscale=True)
    picture = memoryview(bytes(page.buffer)).cast("B", (page.height, page.stride))
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def elements(node) -> list[dict]:
    """All structure elements in reading order."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, list):
        return [found for child in node for found in elements(child)]
    if not isinstance(node, dict):
        return []
    return ([node] if "/S" in node else []) + elements(node.get("/K", []))


def test_the_qr_code_on_the_drawn_page_is_the_address_of_the_answer(file):
    assert codes(file) == [ADDRESS]


def test_the_printed_address_leads_there_too(reader):
    (link,) = [each.get_object() for each in reader.pages[0]["/Annots"]]
    assert link["/A"]["/URI"] == ADDRESS


def test_the_page_is_tagged_german_titled_and_claims_both_standards(reader):
    root, claims = reader.trailer["/Root"], reader.xmp_metadata.stream.get_data().decode()
    assert (root["/MarkInfo"]["/Marked"], str(root["/Lang"])) == (True, "de-DE")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Grundzertifikat: Audit Familiengerechte Kommune"
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims and "<pdfaid:part>2</pdfaid:part>" in claims


def test_the_code_has_a_text_for_those_who_do_not_see_it_and_the_ornaments_are_none(reader):
    found = elements(reader.trailer["/Root"]["/StructTreeRoot"])
    figures = [str(each["/Alt"]) for each in found if each["/S"] == "/Figure"]
    assert figures == [f"QR-Code: führt zur Prüfseite {ADDRESS}"]
    kinds = [str(each["/S"]) for each in found]
    assert (kinds.count("/Table"), kinds.count("/TH")) == (1, 2)


def test_the_page_says_what_was_awarded_and_that_it_is_not_the_associations_paper(reader):
    page = reader.pages[0].extract_text()
    for words in (
        "Auental", "Grundzertifikat", "gültig vom 12.11.2026 bis November 2029", "Rat der Stadt, 01.10.2026",
        "Zielvereinbarung Auental, Fassung 2", "Zertifikat erteilt, 02.11.2026", "K-2026-0012-01", "Inklusion",
        "Wortlaut und Logo der Trägerin des Verfahrens sind nicht enthalten", HASH,
    ):  # fmt: skip
        assert words in page.replace("\n", " "), words


@hard
def test_it_is_always_one_page_with_a_code_that_can_be_read(changes):
    file = certificate_pdf(content(**changes), content_hash=HASH)
    assert len(PdfReader(io.BytesIO(file)).pages) == 1
    assert codes(file) == [changes.get("verify_at", ADDRESS)]


def test_a_name_breaks_between_words_and_at_hyphens_only():
    page = PdfReader(io.BytesIO(certificate_pdf(content(**named(LONG_NAME)), content_hash=HASH))).pages[0]
    lines = page.extract_text().splitlines()
    assert [line for line in lines if "Niederhausen" in line] != []
    assert "Musterhausen" in " ".join(lines)


def test_a_character_without_a_shape_becomes_a_box_and_a_note_says_so():
    page = PdfReader(io.BytesIO(certificate_pdf(content(**named("Auental 🎉")), content_hash=HASH))).pages[0]
    said = page.extract_text().replace("\n", " ")
    assert "Auental □" in said and "stehen hier als □" in said and "Word-Fassung" not in said


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (("2020-10-27", "2023-11"), "gültig vom 27.10.2020 bis November 2023"),
        (("2013-06", "2016-06-30"), "gültig von Juni 2013 bis 30.06.2016"),
        (("2015", "2018"), "gültig von 2015 bis 2018"),
        (("2021-06-01", ""), "dauerhaft verliehen seit 01.06.2021, solange die Bedingungen erfüllt sind"),
    ],
)
def test_a_term_is_as_exact_as_the_award(term, words):
    assert term_words({"valid_from": term[0], "valid_until": term[1]}) == words


def test_the_signed_file_keeps_pages_tags_title_and_code(signed_once):
    reader = PdfReader(io.BytesIO(signed_once.file))
    root = reader.trailer["/Root"]
    assert (len(reader.pages), root["/MarkInfo"]["/Marked"], str(root["/Lang"])) == (1, True, "de-DE")
    assert reader.metadata.title.startswith("Grundzertifikat")
    assert codes(signed_once.file) == [signed_once.certificate.content["verify_at"]]
    field = reader.get_fields()["Kommpass"]
    assert field["/TU"] == "Elektronische Signatur der Urkunde"
    assert field["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"
    assert field["/V"]["/Reason"] == signed_once.certificate.number
    # Whoever opens it is told that nothing may be added.
    assert root["/Perms"]["/DocMDP"]["/Reference"][0]["/TransformParams"]["/P"] == 1
