"""The PDF is tagged, titled, German, bookmarked, and says plainly when it cannot be set."""

import io
from itertools import pairwise

import pypdf
import pytest
from pypdf import PdfReader
from tests.adapters.agreement_sample import sample_content, sample_paper

from kommpass.adapters.documents import DocumentFailed, agreement_pdf, council_paper_pdf, font_folder, pdf

HASH = "0f" * 32


@pytest.fixture(params=["agreement", "paper"])
def reader(request) -> PdfReader:
    if request.param == "agreement":
        return PdfReader(io.BytesIO(agreement_pdf(sample_content(), content_hash=HASH, paper_mark="Entwurf")))
    return PdfReader(io.BytesIO(council_paper_pdf(sample_paper(), sample_content(), content_hash=HASH)))


def test_the_pdf_is_tagged_german_and_titled(reader):
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF boolean)
    assert str(root["/Lang"]).startswith("de")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert root["/StructTreeRoot"]["/K"]
    assert reader.metadata.title.startswith("Zielvereinbarung")


def test_the_pdf_claims_both_standards(reader):
    claims = reader.xmp_metadata.stream.get_data().decode()

    assert "<pdfaid:part>2</pdfaid:part>" in claims
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims


def test_a_checksum_that_breaks_after_a_digit_does_not_spoil_this_digit_for_the_search():
    content = sample_content() | {"title": "Vereinbarung unter https://auental.example/4/2026"}
    reader = PdfReader(io.BytesIO(agreement_pdf(content, content_hash="2f8870d6aa2ff4d5" * 4, paper_mark="Entwurf 14")))
    text = "\n".join(page.extract_text() for page in reader.pages)

    assert "2f8870d6aa2ff4d5" in text and "Entwurf 14" in text
    assert "\u200b" not in text + reader.metadata.title


def test_tables_have_header_cells_and_headings_skip_no_level(reader):
    kinds = list(_kinds(reader.trailer["/Root"]["/StructTreeRoot"]))
    levels = [int(kind[2]) for kind in kinds if len(kind) == 3 and kind[1] == "H" and kind[2].isdigit()]

    assert kinds.count("/TH") >= 2 * kinds.count("/Table") > 0
    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def _kinds(node) -> list[str]:
    """The kinds of all structure elements in reading order."""
    node = node.get_object() if isinstance(node, pypdf.generic.IndirectObject) else node
    if isinstance(node, list):
        for child in node:
            yield from _kinds(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        yield from _kinds(node.get("/K", []))


def test_pages_are_numbered_and_carry_the_mark():
    pages = PdfReader(io.BytesIO(agreement_pdf(sample_content(), content_hash=HASH, paper_mark="Entwurf"))).pages

    assert [f"Seite {number} von {len(pages)}" in page.extract_text() for number, page in enumerate(pages, 1)] == [
        True
    ] * len(pages)
    assert ["Entwurf" in page.extract_text() for page in pages] == [True] * len(pages)


def test_the_cover_names_people_date_and_checksum():
    cover = PdfReader(io.BytesIO(agreement_pdf(sample_content(), content_hash=HASH))).pages[0].extract_text()

    for words in (
        "Stabsstelle Familie, Miriam Ackermann",
        "Dr. Helga Brandt",
        "07.10.2026",
        "Fassung 2 vom 22.11.2026",
        HASH,
    ):
        assert words in cover


def test_a_character_without_a_shape_becomes_a_box_and_a_note_says_so():
    text = "".join(
        page.extract_text()
        for page in PdfReader(io.BytesIO(agreement_pdf(sample_content(preamble="Fest 🎉 北"), content_hash=HASH))).pages
    )

    assert "Fest □ □" in text
    assert "stehen hier als □" in text


def test_right_to_left_text_keeps_its_letters():
    text = "".join(
        page.extract_text()
        for page in PdfReader(io.BytesIO(agreement_pdf(sample_content(preamble="שלום"), content_hash=HASH))).pages
    )

    assert "שלום" in text or "םולש" in text


def test_without_the_folder_of_typefaces_typst_uses_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("KOMMPASS_FONTS", str(tmp_path / "nirgends"))

    assert font_folder() == tmp_path / "nirgends"
    assert PdfReader(io.BytesIO(agreement_pdf(sample_content(preamble="Grüße ☃ שלום 🎉"), content_hash=HASH))).pages


def test_a_failing_typesetter_says_one_sentence(monkeypatch, tmp_path):
    (tmp_path / "document.typ").write_text("#panic(1)")
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)

    with pytest.raises(DocumentFailed) as refusal:
        agreement_pdf(sample_content(), content_hash=HASH)

    assert refusal.value.sentence.startswith("Das PDF konnte nicht gesetzt werden.")
    assert "panic" in refusal.value.cause


def test_a_typesetter_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_SECONDS", 0.01)

    with pytest.raises(DocumentFailed):
        agreement_pdf(sample_content(), content_hash=HASH)


def test_a_typesetter_that_crashes_does_not_take_us_along(monkeypatch, tmp_path):
    crash = tmp_path / "typesetter.py"
    crash.write_text("import os; os.abort()")
    monkeypatch.setattr(pdf, "TYPESETTER", crash)

    with pytest.raises(DocumentFailed):
        agreement_pdf(sample_content(), content_hash=HASH)
