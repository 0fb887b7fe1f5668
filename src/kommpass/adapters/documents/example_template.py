"""A Word template to start from: a town downloads it, gives it its own letterhead, and uploads it again."""

import io

from kommpass.adapters.documents.same_bytes import without_clock
from kommpass.adapters.documents.word_base import empty_document, set_page_frame
from kommpass.adapters.documents.word_blocks import draw

AGREEMENT = (
    ("Title", "{{ title }}"),
    ("Normal", "Projektleitung: {{ project_lead }}"),
    ("Normal", "Auditorin oder Auditor: {{ auditor }}"),
    ("Normal", "Fassung {{ version.number }} vom {{ version.frozen_on|datum }}"),
    ("Normal", "Prüfsumme: {{ content_hash }}"),
    ("Normal", "{%p if resolution %}"),
    ("Heading 1", "Beschluss"),
    (
        "Normal",
        "{{ resolution.body }}, {{ resolution.date|datum }}, Vorlage {{ resolution.paper }}: {{ resolution.result }}",
    ),
    ("Normal", "{%p endif %}"),
    ("Heading 1", "Zielsetzung"),
    ("Normal", "{{ preamble }}"),
    ("Heading 1", "Familienbegriff"),
    ("Normal", "{{ family_definition }}"),
    ("Normal", "{%p for field in fields %}"),
    ("Heading 1", "Handlungsfeld {{ field.number }}: {{ field.title }}"),
    ("Normal", "{%p for strategic in field.strategic_goals %}"),
    ("Heading 2", "Strategisches Ziel"),
    ("Normal", "{{ strategic.text }}"),
    ("Normal", "{%p for goal in strategic.goals %}"),
    ("Heading 3", "Ziel {{ goal.number }}: {{ goal.title }}"),
    ("Normal", "{{ goal.description }}"),
    ("Normal", "{%p for measure in goal.measures %}"),
    ("Heading 4", "Maßnahme {{ measure.number }}: {{ measure.title }}"),
    ("Normal", "{{ measure.description }}"),
    ("Normal", "Zuständig: {{ measure.responsible }}, Frist: {{ measure.due|datum }}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p endfor %}"),
)
PAPER = (
    ("Normal", "Vorlage {{ paper.reference }}"),
    ("Title", "{{ paper.title }}"),
    ("Normal", "Federführung: {{ paper.lead }}"),
    ("Heading 1", "Beratungsfolge"),
    ("Normal", "{%p for station in paper.chain %}"),
    ("List Bullet", "{{ station.body }}, {{ station.date|datum }}: {{ station.role }}"),
    ("Normal", "{%p endfor %}"),
    ("Heading 1", "Beschlussvorschlag"),
    ("Normal", "{{ paper.proposed_resolution }}"),
    ("Heading 1", "Sachverhalt"),
    ("Normal", "{{ paper.facts }}"),
    ("Heading 1", "Finanzielle Auswirkungen"),
    ("Normal", "{{ paper.financial }}"),
    ("Normal", "Beschlossen wird die Fassung {{ version.number }} mit der Prüfsumme {{ content_hash }}."),
)
OVERVIEW_HEADER = ["Nr.", "Maßnahme", "Zuständig", "Frist"]
OVERVIEW_ROWS = [
    ["{%tr for measure in measures %}", "", "", ""],
    ["{{ measure.number }}", "{{ measure.title }}", "{{ measure.responsible }}", "{{ measure.due|datum }}"],
    ["{%tr endfor %}", "", "", ""],
]


def agreement_template() -> bytes:
    """A template (Word-Vorlage) for the target agreement with every kind of placeholder in it."""
    return _template("Vorlage der Zielvereinbarung", AGREEMENT)


def council_paper_template() -> bytes:
    """A template (Word-Vorlage) for the council paper."""
    return _template("Vorlage der Ratsvorlage", PAPER)


def _template(title: str, lines: tuple[tuple[str, str], ...]) -> bytes:
    document = empty_document(title=title, author="", day="")
    set_page_frame(
        document, head="{{ municipality.name }}", mark="{{ paper_mark }}", foot="Prüfsumme {{ content_hash }}"
    )
    for style, text in lines:
        document.add_paragraph(text, style=style)
    table = {
        "kind": "table",
        "caption": "",
        "header": OVERVIEW_HEADER,
        "rows": OVERVIEW_ROWS,
        "widths": [2, 8, 5, 4],
    }
    document.add_paragraph("Maßnahmen im Überblick", style="Heading 1")
    draw(document, [table])
    written = io.BytesIO()
    document.save(written)
    return without_clock(written.getvalue())
