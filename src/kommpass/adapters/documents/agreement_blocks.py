"""A frozen target agreement (Zielvereinbarung) as a row of blocks: what stands in it, in which order."""

from itertools import count

from kommpass.adapters.documents.blocks import (
    attributes,
    bullets,
    chapter,
    heading,
    highlight,
    link_cell,
    prose,
    signatures,
    table,
)  # fmt: skip
from kommpass.adapters.documents.measure_blocks import measure_blocks
from kommpass.adapters.documents.outline import frozen_on, measures_of
from kommpass.adapters.documents.wording import date_words, period_words, version_words, votes_words

OVERVIEW = "Maßnahmen im Überblick"


def agreement_blocks(content: dict, content_hash: str) -> list[dict]:
    """Everything after the cover and the table of contents."""
    anchors = {id(place.measure): f"massnahme-{number}" for number, place in zip(count(1), measures_of(content))}
    blocks = [
        *_resolution(content.get("resolution")),
        *chapter("Anlass dieser Fassung", (content.get("version") or {}).get("reason")),
        *chapter("Zielsetzung", content.get("preamble")),
        *chapter("Familienbegriff", content.get("family_definition")),
        *chapter("Der Weg zu dieser Vereinbarung", content.get("process")),
        *chapter("Finanzierung und Haushalt", content.get("budget_clause")),
    ]
    for field in content.get("fields") or []:
        blocks += _field(field, anchors)
    return [*blocks, *overview(content, anchors), *_closing(content, content_hash)]


def cover_facts(content: dict, content_hash: str) -> list[list[str]]:
    """What the cover names below the title: people, date and proof."""
    procedure = content.get("procedure") or {}
    resolution = content.get("resolution") or {}
    day = resolution.get("date") or frozen_on(content)
    facts = [
        ["Projektleitung", content.get("project_lead") or ""],
        ["Auditorin oder Auditor", content.get("auditor") or ""],
        ["Datum der Zielvereinbarung", date_words(day)],
        ["Verfahren", ", ".join(filter(None, [procedure.get("title"), procedure.get("rung")]))],
        ["Regelwerk", " ".join(filter(None, [procedure.get("scheme"), procedure.get("scheme_version")]))],
        ["Fassung", version_words(content.get("version") or {})],
        ["Prüfsumme (SHA-256)", content_hash],
    ]
    return [fact for fact in facts if fact[1]]


def overview(content: dict, anchors: dict[int, str]) -> list[dict]:
    """All measures in one table: number, title, who, until when."""
    rows = []
    for place in measures_of(content):
        measure = place.measure
        number, anchor = measure.get("number") or "", anchors.get(id(measure), "")
        rows.append([
            link_cell(number, anchor) if anchor and number else number,
            measure.get("title") or "",
            measure.get("responsible") or "",
            period_words(measure.get("start"), measure.get("due")),
        ])  # fmt: skip
    if not rows:
        return []
    header = ["Nr.", "Maßnahme", "Zuständig", "Zeitraum"]
    return [heading(1, OVERVIEW, new_page=True), table("", header, rows, [2, 8, 5, 5])]


def _resolution(resolution: dict | None) -> list[dict]:
    if not resolution:
        return []
    rows = [
        ("Gremium", [resolution.get("body") or ""]),
        ("Datum", [date_words(resolution.get("date"))]),
        ("Vorlage", [resolution.get("paper") or ""]),
        ("Ergebnis", [resolution.get("result") or ""]),
        ("Abstimmung", [votes_words(resolution.get("votes") or "")]),
        ("Bedingungen", resolution.get("conditions") or []),
    ]
    return [heading(1, "Beschluss"), attributes("Beschluss", rows)]


def _field(field: dict, anchors: dict[int, str]) -> list[dict]:
    number = field.get("number") or ""
    blocks = [heading(1, f"Handlungsfeld {number}: {field.get('title') or ''}".strip(" :"), new_page=True)]
    for title, key in (("Stärken", "strengths"), ("Bedarfe", "needs")):
        if field.get(key):
            blocks += [heading(2, title, listed=False), bullets(field[key])]
    strategic_goals = field.get("strategic_goals") or []
    several = any(strategic.get("text") for strategic in strategic_goals)
    for strategic in strategic_goals:
        blocks += _strategic_goal(strategic, several, anchors)
    return blocks


def _strategic_goal(strategic: dict, several: bool, anchors: dict[int, str]) -> list[dict]:
    if text := strategic.get("text"):
        blocks = [heading(2, "Strategisches Ziel", listed=False), highlight(text)]
    else:
        blocks = [heading(2, "Weitere Ziele" if several else "Ziele", listed=False)]
    for goal in strategic.get("goals") or []:
        blocks.append(heading(3, f"Ziel {goal.get('number') or ''}: {goal.get('title') or ''}"))
        blocks.append(prose(goal.get("description")))
        for measure in goal.get("measures") or []:
            blocks += measure_blocks(measure, anchors[id(measure)])
    return blocks


def _closing(content: dict, content_hash: str) -> list[dict]:
    town = (content.get("municipality") or {}).get("name") or ""
    lead = content.get("project_lead") or ""
    auditor = content.get("auditor") or ""
    proof = (
        "Dieses Dokument gibt eine eingefrorene Fassung wieder. Ihr Inhalt ist durch die folgende Prüfsumme "
        "(SHA-256) gesichert: Schon ein geändertes Zeichen ergäbe eine andere."
    )
    lines = [
        f"Für die Kommune {town}".strip(),
        f"Projektleitung: {lead}".strip(" :"),
        f"Auditorin oder Auditor: {auditor}".strip(" :"),
    ]
    rows = [("Fassung", [version_words(content.get("version") or {})]), ("Prüfsumme", [content_hash])]
    return [
        heading(1, "Unterschriften", new_page=True),
        signatures(lines),
        heading(1, "Nachweis"),
        prose(proof),
        attributes("Nachweis", rows),
    ]
