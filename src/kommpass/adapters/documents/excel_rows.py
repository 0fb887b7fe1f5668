"""What stands in the sheets of the workbook, row by row; months and years stay ISO texts, which sort."""

from collections.abc import Iterator

from kommpass.adapters.documents.excel_sheet import Cell, Column
from kommpass.adapters.documents.measure_blocks import more_of, origin_words
from kommpass.adapters.documents.outline import Place, goals_of, measures_of
from kommpass.adapters.documents.wording import LIGHTS, amount_of, day_of, version_words, votes_words

MEASURE_COLUMNS = [
    Column("Nr.", 9),
    Column("Handlungsfeld Nr.", 10),
    Column("Handlungsfeld", 26),
    Column("Strategisches Ziel", 36),
    Column("Ziel Nr.", 8),
    Column("Ziel", 32),
    Column("Maßnahme", 40),
    Column("Beschreibung", 60),
    Column("Zuständig", 24),
    Column("Funktion", 22),
    Column("Außerhalb der Verwaltung", 14),
    Column("Mitwirkende", 28),
    Column("Beginn", 12),
    Column("Frist", 12),
    Column("Zielgruppen", 24),
    Column("Stadtteile", 22),
    Column("Querschnittsthemen", 20),
    Column("Kosten einmalig", 16),
    Column("Kosten jährlich", 16),
    Column("Finanzierung", 26),
    Column("Haushaltsvorbehalt", 14),
    Column("Personalaufwand", 18),
    Column("Bezüge", 22),
    Column("Herkunft", 36),
    Column("Dient auch Ziel", 12),
    Column("Messgrößen", 40),
    Column("Letzter Sachstand", 18),
    Column("Ampel", 10),
    Column("Priorität", 10),
    Column("Kennung der Vorlage", 14),
    Column("Weitere Angaben", 40),
    Column("gestrichen", 10),
]
GOAL_COLUMNS = [
    Column("Handlungsfeld", 30),
    Column("Strategisches Ziel", 40),
    Column("Nr.", 8),
    Column("Ziel", 44),
    Column("Beschreibung", 60),
    Column("Maßnahmen", 12),
]
STEP_COLUMNS = [
    Column("Maßnahme Nr.", 12),
    Column("Maßnahme", 40),
    Column("Schritt", 60),
    Column("Frist", 12),
]
INDICATOR_COLUMNS = [
    Column("Maßnahme Nr.", 12),
    Column("Maßnahme", 40),
    Column("Messgröße", 36),
    Column("Einheit", 14),
    Column("Ausgangswert", 20),
    Column("Zielwert", 32),
    Column("Quelle", 30),
]
STATUS_COLUMNS = [
    Column("Maßnahme Nr.", 12),
    Column("Maßnahme", 40),
    Column("Stand", 22),
    Column("Zeitraum", 12),
    Column("Ampel", 10),
    Column("Sachstand", 90),
]


def overview_rows(content: dict, content_hash: str) -> Iterator[tuple[str, Cell]]:
    """The sheet Übersicht: cover, resolution, chapters, strengths and needs."""
    procedure, resolution = content.get("procedure") or {}, content.get("resolution") or {}
    municipality = content.get("municipality") or {}
    yield "Titel", content.get("title")
    yield "Kommune", municipality.get("name")
    yield "Gemeindeschlüssel", municipality.get("ags")
    yield "Verfahren", procedure.get("title")
    yield "Stufe", procedure.get("rung")
    yield "Regelwerk", " ".join(filter(None, [procedure.get("scheme"), procedure.get("scheme_version")]))
    yield "Fassung", version_words(content.get("version") or {})
    yield "Anlass der Fassung", (content.get("version") or {}).get("reason")
    yield "Prüfsumme (SHA-256)", content_hash
    yield "Projektleitung", content.get("project_lead")
    yield "Auditorin oder Auditor", content.get("auditor")
    yield "Beschluss: Gremium", resolution.get("body")
    yield "Beschluss: Datum", day_or_text(resolution.get("date"))
    yield "Beschluss: Vorlage", resolution.get("paper")
    yield "Beschluss: Ergebnis", resolution.get("result")
    yield "Beschluss: Abstimmung", votes_words(resolution.get("votes") or "")
    yield "Beschluss: Bedingungen", "\n".join(resolution.get("conditions") or [])
    yield "Zielsetzung", content.get("preamble")
    yield "Familienbegriff", content.get("family_definition")
    yield "Weg zur Vereinbarung", content.get("process")
    yield "Finanzierung und Haushalt", content.get("budget_clause")
    for field in content.get("fields") or []:
        name = f"Handlungsfeld {field.get('number') or ''}"
        yield name, field.get("title")
        yield f"{name}: Stärken", "\n".join(field.get("strengths") or [])
        yield f"{name}: Bedarfe", "\n".join(field.get("needs") or [])
    yield "Anzahl der Ziele", len(list(goals_of(content)))
    yield "Anzahl der Maßnahmen", len(list(measures_of(content)))


def day_or_text(text: str | None) -> Cell:
    """A real day where the day is known, else the ISO text of month or year."""
    return day_of(text) or text


def _measure_row(place: Place) -> list[Cell]:
    measure, goal = place.measure, place.goal
    status = (measure.get("status") or [{}])[-1]
    return [
        measure.get("number"),
        place.field.get("number"),
        place.field.get("title"),
        place.strategic_goal,
        goal.get("number"),
        goal.get("title"),
        measure.get("title"),
        measure.get("description"),
        measure.get("responsible"),
        measure.get("post"),
        _yes(measure.get("outside")),
        _listed(measure, "partners"),
        day_or_text(measure.get("start")),
        day_or_text(measure.get("due")),
        _listed(measure, "target_groups"),
        _listed(measure, "districts"),
        _listed(measure, "themes"),
        amount_of(measure.get("cost_once")),
        amount_of(measure.get("cost_yearly")),
        measure.get("funding"),
        _yes(measure.get("subject_to_budget")),
        measure.get("staff_effort"),
        _listed(measure, "references"),
        "\n".join(origin_words(origin) for origin in measure.get("origins") or []),
        _listed(measure, "also_serves"),
        "\n".join(_target(indicator) for indicator in measure.get("indicators") or []),
        status.get("label"),
        LIGHTS.get(status.get("light") or "", status.get("light")),
        measure.get("priority"),
        measure.get("external_key"),
        "\n".join(f"{name}: {text}" for name, text in more_of(measure)),
        _yes(measure.get("dropped")),
    ]


def _target(indicator: dict) -> str:
    return ": ".join(filter(None, [indicator.get("name"), indicator.get("target")]))


def _yes(value: bool | None) -> str:
    return "ja" if value else "nein"


def _listed(measure: dict, key: str) -> str:
    return ", ".join(measure.get(key) or [])


def _measures(content: dict) -> Iterator[list[Cell]]:
    return (_measure_row(place) for place in measures_of(content))


def _goals(content: dict) -> Iterator[list[Cell]]:
    for field, strategic_goal, goal in goals_of(content):
        count = len(goal.get("measures") or [])
        yield [
            field.get("title"),
            strategic_goal,
            goal.get("number"),
            goal.get("title"),
            goal.get("description"),
            count,
        ]


def _each(content: dict, key: str) -> Iterator[tuple[dict, dict]]:
    return ((place.measure, item) for place in measures_of(content) for item in place.measure.get(key) or [])


def _steps(content: dict) -> Iterator[list[Cell]]:
    for measure, step in _each(content, "steps"):
        yield [measure.get("number"), measure.get("title"), step.get("title"), day_or_text(step.get("due"))]


def _indicators(content: dict) -> Iterator[list[Cell]]:
    for measure, item in _each(content, "indicators"):
        yield [
            measure.get("number"),
            measure.get("title"),
            *(item.get(key) for key in ("name", "unit", "baseline", "target", "source")),
        ]


def _status(content: dict) -> Iterator[list[Cell]]:
    for measure, entry in _each(content, "status"):
        light = LIGHTS.get(entry.get("light") or "", entry.get("light"))
        yield [
            measure.get("number"),
            measure.get("title"),
            entry.get("label"),
            day_or_text(entry.get("period")),
            light,
            entry.get("text"),
        ]


SHEETS = (
    ("Ziele", GOAL_COLUMNS, _goals),
    ("Maßnahmen", MEASURE_COLUMNS, _measures),
    ("Schritte", STEP_COLUMNS, _steps),
    ("Indikatoren", INDICATOR_COLUMNS, _indicators),
    ("Sachstände", STATUS_COLUMNS, _status),
)
