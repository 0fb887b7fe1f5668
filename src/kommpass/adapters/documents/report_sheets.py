"""What stands in the sheets of a report's workbook, row by row; months and years stay ISO texts, which sort."""

from collections.abc import Iterator

from kommpass.adapters.documents.excel_rows import day_or_text
from kommpass.adapters.documents.excel_sheet import Cell, Column
from kommpass.adapters.documents.report_blocks import CONDITION_STATES
from kommpass.adapters.documents.wording import amount_of
from kommpass.domain.progress import ACHIEVEMENT_LABELS, FRESHNESS_LABELS, LIGHT_LABELS, Freshness
from kommpass.domain.reports import FIGURES, SHARES, goals_of, measures_of, to_decide

FIELD_COLUMNS = [
    Column("Handlungsfeld", 40),
    *(Column(label, 13) for label in SHARES.values()),
    *(Column(label, 13) for label in LIGHT_LABELS.values()),
    *(Column(label, 13) for label in ACHIEVEMENT_LABELS.values()),
    Column("überfällig", 12),
    Column("Maßnahmen", 12),
    Column("Text", 80),
]
MEASURE_COLUMNS = [
    Column("Nr.", 9),
    Column("Handlungsfeld", 26),
    Column("Ziel Nr.", 8),
    Column("Maßnahme", 44),
    Column("Zuständig", 24),
    Column("Mitwirkende", 28),
    Column("Stadtteile", 22),
    Column("Frist", 12),
    Column("Stand", 22),
    Column("Ampel", 12),
    Column("überfällig", 10),
    Column("Neuer Termin", 12),
    Column("Erläuterung", 70),
    Column("Zu entscheiden", 36),
    Column("Gemeldet am", 12),
    Column("Gemeldet von", 22),
    Column("Aktualität", 24),
    Column("Unverändert", 11),
    Column("Sicht der Auditorin", 22),
    Column("Begründung der Auditorin", 50),
    Column("Auditorin oder Auditor", 22),
    Column("Politische Anmerkungen", 60),
    Column("Öffentlich", 10),
]
GOAL_COLUMNS = [
    Column("Handlungsfeld", 30),
    Column("Nr.", 8),
    Column("Ziel", 50),
    Column("Zielerreichung", 24),
    Column("Begründung", 70),
    *(Column(label, 13) for label in SHARES.values()),
    Column("Maßnahmen", 12),
]
INDICATOR_COLUMNS = [
    Column("Maßnahme Nr.", 12),
    Column("Maßnahme", 44),
    Column("Messgröße", 36),
    Column("Einheit", 14),
    Column("Ausgangswert", 20),
    Column("Wert", 20),
    Column("Stand", 12),
    Column("Quelle", 30),
]
CHANGE_COLUMNS = [
    Column("Fassung", 10),
    Column("gilt ab", 12),
    Column("Art", 30),
    Column("genehmigt durch", 30),
    Column("Anlass", 80),
]


def overview_rows(content: dict, content_hash: str) -> Iterator[tuple[str, Cell]]:
    """The sheet Übersicht: what it is, the counted figures, the texts, the conditions."""
    procedure, version, agreement = content["procedure"], content["version"], content["agreement"]
    yield "Titel", content["title"]
    yield "Kommune", content["municipality"]["name"]
    yield "Zeitraum von", day_or_text(content["period"]["from"])
    yield "Zeitraum bis", day_or_text(content["period"]["until"])
    yield "Stichtag", day_or_text(version["key_date"])
    yield "Fassung des Berichts", version["number"]
    yield "Anlass der Fassung", version["reason"]
    yield "Verfahren", procedure["title"]
    yield "Stufe", procedure["rung"]
    yield "Regelwerk", f"{procedure['scheme']} {procedure['scheme_version']}"
    yield "Zielvereinbarung", f"Fassung {agreement['version']}, Prüfsumme {agreement['digest']}"
    yield "Zertifikat", content["certificate"]
    yield "Prüfsumme (SHA-256)", content_hash
    for name, label in FIGURES.items():
        yield label, content["summary"][name]
    yield "Kosten einmalig", amount_of(content["costs"]["once"])
    yield "Kosten jährlich", amount_of(content["costs"]["yearly"])
    for section in content["sections"]:
        yield section["title"], section["text"]
    for each in content["conditions"]:
        yield f"Auflage {each['number']}", f"{each['text']} (bis {each['due_on']}: {CONDITION_STATES[each['state']]})"


def _fields(content: dict) -> Iterator[list[Cell]]:
    for field in content["fields"]:
        summary = field["summary"]
        reached = dict.fromkeys(ACHIEVEMENT_LABELS, 0)
        for goal in field["goals"]:
            if goal["judgement"]:
                reached[goal["judgement"]["achievement"]] += 1
        yield [
            f"{field['number']} {field['title']}",
            *(summary[name] for name in SHARES),
            *(summary[light] for light in LIGHT_LABELS),
            *reached.values(),
            summary["overdue"],
            summary["total"],
            field["text"],
        ]


def _measures(content: dict) -> Iterator[list[Cell]]:
    for place in measures_of(content):
        measure, view = place.measure, place.measure["auditor_view"] or {}
        yield [
            measure["number"],
            place.field["title"],
            place.goal["number"],
            measure["title"],
            measure["responsible"],
            ", ".join(measure["partners"]),
            ", ".join(measure["districts"]),
            day_or_text(measure["due"]),
            measure["state_label"],
            measure["light_label"],
            _yes(measure["overdue"]),
            day_or_text(measure["expected"]),
            measure["text"],
            to_decide(measure),
            day_or_text(measure["reported_on"]),
            measure.get("reported_by"),
            FRESHNESS_LABELS[Freshness(measure["freshness"])],
            _yes(measure["unchanged"]),
            view.get("stance"),
            view.get("text"),
            view.get("by"),
            "\n".join(_remark(each) for each in measure["remarks"]),
            _yes(measure["public"]),
        ]


def _remark(remark: dict) -> str:
    who = f"{remark['on']} {remark.get('by', '')}".strip()
    answer = f" Antwort: {remark['answer']}" if remark["answer"] else ""
    return f"{who}: {remark['text']}{answer}"


def _goals(content: dict) -> Iterator[list[Cell]]:
    for field, goal in goals_of(content):
        judgement = goal["judgement"] or {}
        yield [
            field["title"],
            goal["number"],
            goal["title"],
            judgement.get("label"),
            judgement.get("text"),
            *(goal["summary"][name] for name in SHARES),
            goal["summary"]["total"],
        ]


def _indicators(content: dict) -> Iterator[list[Cell]]:
    for place in measures_of(content):
        for each in place.measure["indicators"]:
            yield [
                place.measure["number"],
                place.measure["title"],
                *(each[name] for name in ("name", "unit", "baseline", "value")),
                day_or_text(each["as_of"]),
                each["source"],
            ]


def _changes(content: dict) -> Iterator[list[Cell]]:
    for each in content["changes"]:
        yield [each["version"], day_or_text(each["on"]), each["kind"], each["approved_by"], each["reason"]]


def _yes(value: bool) -> str:
    return "ja" if value else "nein"


SHEETS = (
    ("Handlungsfelder", FIELD_COLUMNS, _fields),
    ("Maßnahmen", MEASURE_COLUMNS, _measures),
    ("Ziele", GOAL_COLUMNS, _goals),
    ("Indikatoren", INDICATOR_COLUMNS, _indicators),
    ("Änderungen", CHANGE_COLUMNS, _changes),
)
