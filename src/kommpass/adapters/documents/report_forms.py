"""Two shorter forms of a sealed annual report: for the association, and for a committee that takes note of it."""

from kommpass.adapters.documents.blocks import (
    attributes,
    bullets,
    heading,
    highlight,
    light_cell,
    prose,
    signatures,
    table,
    tiles,
)
from kommpass.adapters.documents.report_blocks import (
    changes,
    conditions,
    figures,
    proof,
    shares_by_field,
    worked_on,
)
from kommpass.adapters.documents.report_measures import indicator_cells
from kommpass.adapters.documents.wording import date_words, short
from kommpass.domain.reports import goals_of, measures_of, share_of, to_decide

OUR_FORM = (
    "Dieses Formular hat Kommpass entworfen. Gliederung und Wortlaut sind unsere eigenen; es ist kein amtlicher "
    "Vordruck der Trägerin des Verfahrens."
)
MOST_ON_THE_SLIDE = 4
DONE = ("done", "done_permanent")


def association_blocks(content: dict, content_hash: str, facts: list[list[str]]) -> list[dict]:
    """The standard form: what the association asks, answered in its order."""
    blocks = [
        prose(OUR_FORM),
        heading(1, "A. Angaben"),
        attributes("Angaben", [(name, [text]) for name, text in facts]),
    ]
    blocks.append(heading(1, "B. Bericht"))
    for section in content["sections"]:
        text = section["text"] or "Dazu wurde nichts geschrieben."
        blocks += [heading(2, section["title"]), highlight(section["prompt"]), prose(text)]
    blocks += [heading(1, "C. Zahlen"), figures(content), *shares_by_field(content)]
    blocks.append(heading(1, "D. Ziele und Maßnahmen"))
    for field in worked_on(content):
        blocks += _field(field)
    blocks += [*_indicators(content), heading(1, "F. Änderungen und Auflagen"), *changes(content, 2)]
    blocks += conditions(content, 2)
    lines = ["Für die Kommune: Projektleitung", "Für den Verein: geprüft"]
    return [*blocks, heading(1, "G. Unterschriften", new_page=True), signatures(lines), *proof(content_hash)]


def _field(field: dict) -> list[dict]:
    blocks = [heading(2, f"Handlungsfeld {field['number']}: {field['title']}"), prose(field["text"])]
    if goals := [_goal_row(goal) for goal in field["goals"]]:
        blocks.append(table("Ziele", ["Nr.", "Ziel", "Zielerreichung", "Begründung"], goals, [2, 6, 4, 7]))
    measures = [_measure_row(each) for goal in field["goals"] for each in goal["measures"]]
    if measures:
        header = ["Nr.", "Maßnahme", "Zuständig", "Stand", "Ampel", "Erläuterung"]
        blocks.append(table("Maßnahmen", header, measures, [2, 5, 3, 3, 3, 7]))
    return blocks


def _goal_row(goal: dict) -> list[str]:
    judgement = goal["judgement"] or {"label": "noch nicht beurteilt", "text": "–"}
    return [goal["number"], goal["title"], judgement["label"], judgement["text"] or "–"]


def _measure_row(measure: dict) -> list:
    said = [measure["text"], _later(measure), _seen(measure["auditor_view"])]
    return [
        measure["number"],
        f"{measure['title']} (bis {date_words(measure['due'])})" if measure["due"] else measure["title"],
        measure["responsible"],
        measure["state_label"] + (", überfällig" if measure["overdue"] else ""),
        light_cell(measure["light"], measure["light_label"] or "–"),
        "\n".join(filter(None, said)) or "–",
    ]


def _later(measure: dict) -> str:
    return f"Neuer Termin: {date_words(measure['expected'])}" if measure["expected"] else ""


def _seen(view: dict | None) -> str:
    return f"Auditorin oder Auditor: {view['stance']}. {view['text']}".strip() if view else ""


def _indicators(content: dict) -> list[dict]:
    rows = [
        [place.measure["number"], *indicator_cells(each)]
        for place in measures_of(content)
        for each in place.measure["indicators"]
    ]
    header = ["Nr.", "Messgröße", "Ausgangswert", "Wert", "Stand", "Quelle"]
    shown = table("", header, rows, [2, 5, 3, 3, 3, 4]) if rows else prose("Es wurden keine Werte gemeldet.")
    return [heading(1, "E. Messgrößen"), shown]


def big_numbers(content: dict) -> dict:
    """The four numbers that a committee wants first."""
    summary = content["summary"]
    goals = [goal for _field, goal in goals_of(content)]
    reached = sum((goal["judgement"] or {}).get("achievement") in ("largely", "fully") for goal in goals)
    waiting = len(_chosen(content, to_decide))
    return tiles([
        (f"{share_of(summary, 'done')} %", "umgesetzt", f"{summary['done']} von {summary['total']} Maßnahmen"),
        (str(summary["overdue"]), "überfällig", "Frist vorbei, noch nicht beendet"),
        (str(waiting), "brauchen eine Entscheidung", "anders, später oder gefährdet"),
        (f"{reached} von {len(goals)}", "Zielen weitgehend erreicht", "eigens beurteilt"),
    ])  # fmt: skip


def slide_lists(content: dict) -> list[dict]:
    """What is done, what is late, what is to be decided: the first few of each, and how many more there are."""
    lists = (
        ("Das ist umgesetzt", _chosen(content, lambda each: each["state"] in DONE)),
        ("Das ist überfällig", _chosen(content, lambda each: each["overdue"])),
        ("Das braucht eine Entscheidung", _chosen(content, to_decide)),
    )
    return [{"title": title, "items": _first(found) or ["nichts"]} for title, found in lists]


def slide_chart(drawing: dict) -> dict:
    """The same chart with labels that fit into a line or two; their full wording stands in the table."""
    most = 60 if len(drawing["rows"]) <= 8 else 34
    return {**drawing, "rows": [{**row, "label": short(row["label"], most)} for row in drawing["rows"]]}


def _chosen(content: dict, rule) -> list[dict]:
    return [place.measure for place in measures_of(content) if rule(place.measure)]


def _first(measures: list[dict]) -> list[str]:
    named = [f"{each['number']} {short(each['title'], 50)}" for each in measures[:MOST_ON_THE_SLIDE]]
    more = len(measures) - len(named)
    return [*named, f"und {more} weitere"] if more > 0 else named


def committee_blocks(content: dict) -> list[dict]:
    """What follows the summary page: all measures in short, and why some need a decision."""
    rows = [_short_row(place.measure) for place in measures_of(content)]
    header = ["Nr.", "Maßnahme", "Zuständig", "Frist", "Stand", "Ampel", "Zu entscheiden"]
    shown = table("", header, rows, [2, 9, 5, 3, 4, 3, 6]) if rows else prose("Es gibt keine Maßnahmen.")
    return [heading(1, "Alle Maßnahmen in Kürze", new_page=True), shown]


def summary_blocks(content: dict, drawing: list[dict]) -> list[dict]:
    """The summary page as plain blocks, one below the other: for Word."""
    blocks = [heading(1, "Auf einen Blick"), big_numbers(content), *drawing]
    for each in slide_lists(content):
        blocks += [heading(2, each["title"]), bullets(each["items"])]
    return blocks


def _short_row(measure: dict) -> list:
    hidden = "" if measure["public"] else " (nicht öffentlich)"
    return [
        measure["number"],
        measure["title"] + hidden,
        measure["responsible"],
        date_words(measure["due"]) or "–",
        measure["state_label"] + (", überfällig" if measure["overdue"] else ""),
        light_cell(measure["light"], measure["light_label"] or "–"),
        to_decide(measure) or "–",
    ]
