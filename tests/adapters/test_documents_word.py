"""The Word file has real headings and repeating table heads; a town's own template is filled, but not trusted."""

import io
import zipfile
from itertools import pairwise

import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.adapters.agreement_sample import sample_content, sample_paper

from kommpass.adapters.documents import (
    TemplateRefused,
    agreement_docx,
    agreement_template,
    council_paper_docx,
    council_paper_template,
)

HASH = "0f" * 32


def opened(docx: bytes):
    return Document(io.BytesIO(docx))


def template(*lines: str) -> bytes:
    document, written = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(written)
    return written.getvalue()


def filled(*lines: str, **given) -> list[str]:
    return [
        paragraph.text
        for paragraph in opened(agreement_docx(sample_content(**given), template(*lines), content_hash=HASH)).paragraphs
    ]


def refusal(*lines: str, file: bytes | None = None, **given) -> str:
    with pytest.raises(TemplateRefused) as refused:
        agreement_docx(sample_content(**given), file if file is not None else template(*lines), content_hash=HASH)
    return refused.value.sentence


def with_part(name: str, text: str) -> bytes:
    packed = io.BytesIO(template("{{ title }}"))
    with zipfile.ZipFile(packed, "a") as parts:
        parts.writestr(name, text)
    return packed.getvalue()


def test_headings_are_headings_and_no_level_is_skipped():
    document = opened(agreement_docx(sample_content(), content_hash=HASH))
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading ")]

    assert levels.count(4) == 5
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_the_file_is_german_titled_and_its_tables_repeat_their_heads():
    document = opened(agreement_docx(sample_content(), content_hash=HASH))

    assert (document.core_properties.title, document.core_properties.language) == (
        sample_content()["title"],
        "de-DE",
    )
    assert {language.get(qn("w:val")) for language in document.styles.element.iter(qn("w:lang"))} == {"de-DE"}
    assert [table for table in document.tables if table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is None] == []
    assert [table for table in document.tables if not table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))] == []


def test_the_foot_numbers_the_pages_and_the_head_carries_the_mark():
    section = opened(agreement_docx(sample_content(), content_hash=HASH, paper_mark="Entwurf")).sections[0]

    assert section.header.paragraphs[0].text == "Zielvereinbarung · Auental\tEntwurf"
    assert [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))] == [
        "PAGE",
        "NUMPAGES",
    ]


def test_the_templates_we_offer_can_be_filled():
    agreement = opened(agreement_docx(sample_content(), agreement_template(), content_hash=HASH))
    paper = opened(council_paper_docx(sample_paper(), sample_content(), council_paper_template(), content_hash=HASH))

    assert [p.text for p in agreement.paragraphs if p.style.name == "Heading 4"] == [
        "Maßnahme 1.1.1: Familienbüro im Bürgerhaus eröffnen",
        "Maßnahme 1.1.2: Bündnis für Familie gründen",
        "Maßnahme 2.1.1: Offene Ganztagsschulen ausbauen",
        "Maßnahme 2.2.1: Lesepaten an allen Grundschulen",
        "Maßnahme 2.2.2: Bücherei öffnet am Samstag",
    ]
    assert [row.cells[0].text for row in agreement.tables[0].rows] == [
        "Nr.",
        "1.1.1",
        "1.1.2",
        "2.1.1",
        "2.2.1",
        "2.2.2",
    ]
    assert "Haupt- und Finanzausschuss, 10.09.2026: Vorberatung" in [p.text for p in paper.paragraphs]
    assert agreement.core_properties.title == sample_content()["title"]


def test_a_template_may_be_filled_before_the_council_has_resolved():
    lines = (
        "{%p if resolution %}",
        "Beschluss vom {{ resolution.date|datum }}",
        "{%p endif %}",
        "{{ resolution.body }}!",
    )

    assert filled(*lines) == ["Beschluss vom 07.10.2026", "Rat der Stadt!"]
    assert filled(*lines, resolution=None) == ["!"]


def test_filters_write_dates_amounts_and_lists():
    line = "{{ measures[0].due|datum }} {{ measures[0].cost_yearly|euro }} {{ measures[0].partners|join(', ') }}"

    assert filled(line) == ["15.12.2027 8.400,50 € Familienzentrum Nord, Kinderschutzbund Auental"]


def test_texts_of_people_are_never_read_as_template_or_markup():
    for text in (
        "{{ 7*7 }} {% for x in y %}",
        "<w:p>Fett</w:p> & </w:t>",
        "{{ title.__class__ }}",
        "„Zitat“ < > &",
    ):
        assert filled("{{ preamble }}", preamble=text) == [text]


def test_the_same_version_in_the_same_template_gives_the_same_bytes():
    first = agreement_docx(sample_content(), agreement_template(), content_hash=HASH)

    assert agreement_docx(sample_content(), agreement_template(), content_hash=HASH) == first


@pytest.mark.parametrize(
    "line",
    [
        "{{ title.__class__ }}",
        "{{ title.__class__.__mro__[1].__subclasses__() }}",
        "{{ fields.__init__.__globals__ }}",
        "{{ title['__class__'] }}",
        "{{ title|attr('__class__') }}",
        "{{ fields|map(attribute='__class__')|first }}",
        "{{ measures|sort(attribute='__class__')|first }}",
        "{{ ''.join(measures) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ 'x' * 1000000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ range(10) }}",
        "{{ lipsum() }}",
        "{{ cycler }}",
        "{{ self._TemplateReference__context }}",
        "{% set x = title %}",
        "{% macro m() %}x{% endmacro %}{{ m() }}",
        "{% include 'settings.py' %}",
        "{% import 'os' as os %}",
        "{% autoescape false %}{{ title }}{% endautoescape %}",
        "{{ title|safe }}",
        "{{ title ~ title }}",
        "{% for f in fields recursive %}{{ loop(f) }}{% endfor %}",
        "{% for f in fields %}{% endfor %}",
        "{{ undefined_name }}",
        "{% for x in %}{% endfor %}",
        "{{ title",
        "{% endfor %}",
        "{{ title|no_such_filter }}",
        "{{ 1 / 0 }}",
        "{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}",
    ],
)
def test_a_template_that_reaches_further_than_its_data_is_refused_in_one_sentence(line):
    assert refusal(line).startswith("Die Word-Vorlage ")


def test_a_refusal_names_what_is_wrong():
    assert refusal("{{ beschreibung }}") == "Die Word-Vorlage verwendet die Angabe „beschreibung“, die es nicht gibt."
    assert refusal("{{ municipality.plz }}") == "Die Word-Vorlage verwendet die Angabe „plz“, die es nicht gibt."
    assert "Hier: {{ title|" in refusal("Hier: {{ title| }}")


def test_files_that_are_no_ordinary_word_files_are_refused():
    unreadable = "Die Word-Vorlage ist keine lesbare DOCX-Datei."

    assert refusal(file=b"") == unreadable
    assert refusal(file=b"%PDF-1.7") == unreadable
    assert refusal(file=template("x")[:2000]) == unreadable
    assert "Makros" in refusal(file=with_part("word/vbaProject.bin", "x"))
    assert "eingebettete Dateien" in refusal(file=with_part("word/embeddings/oleObject1.bin", "x"))
    assert "neu" in refusal(file=with_part("word/x.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))
    assert "aus einer anderen Quelle" in refusal(file=with_part("word/_rels/x.xml.rels", EXTERNAL_PICTURE))
    assert "zu groß" in refusal(file=with_part("word/x.bin", "0" * 61_000_000))


EXTERNAL_PICTURE = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
 Target="https://spion.example/bild.png" TargetMode="External"/></Relationships>"""
