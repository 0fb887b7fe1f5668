"""One measure (Maßnahme) of an annual report as blocks: its state, what is said of it, and what others say of it."""

from kommpass.adapters.documents.blocks import attributes, heading, light_cell, prose, table
from kommpass.adapters.documents.wording import date_words
from kommpass.domain.progress import FRESHNESS_LABELS, Freshness

STATE_HEADER = ["Stand", "Ampel", "beschlossene Frist", "neuer Termin", "Rückmeldung"]


def measure_blocks(measure: dict) -> list[dict]:
    """The owner's own words first; the auditor's view and what council members asked are tables of their own."""
    return [
        heading(3, f"Maßnahme {measure['number']}: {measure['title']}", listed=False),
        table("", STATE_HEADER, [state_row(measure)], [4, 3, 3, 3, 4]),
        prose(measure["text"]),
        attributes(f"Maßnahme {measure['number']}", measure_rows(measure)),
        *_indicators(measure["indicators"]),
        *_view(measure["auditor_view"]),
        *_remarks(measure["remarks"]),
    ]


def state_row(measure: dict) -> list:
    """State, light, dates and how old the word is: cells of a table."""
    state = measure["state_label"] + (", überfällig" if measure["overdue"] else "")
    return [
        state,
        light_cell(measure["light"], measure["light_label"] or "–"),
        date_words(measure["due"]) or "–",
        date_words(measure["expected"]) or "–",
        reported(measure),
    ]


def reported(measure: dict) -> str:
    """When somebody spoke of it last, and how old that word is."""
    words = FRESHNESS_LABELS[Freshness(measure["freshness"])]
    if not measure["reported_on"]:
        return words
    return f"{date_words(measure['reported_on'])}, {words}" + (", unverändert" if measure["unchanged"] else "")


def measure_rows(measure: dict) -> list[tuple[str, list[str]]]:
    return [
        ("Zuständig", [measure["responsible"]]),
        ("Mitwirkende", [", ".join(measure["partners"])]),
        ("Stadtteile", [", ".join(measure["districts"])]),
        ("Gemeldet von", [measure.get("reported_by", "")]),
        ("Öffentlich", ["" if measure["public"] else "nein"]),
    ]


def indicator_cells(indicator: dict) -> list[str]:
    """Name, baseline, value, day and source."""
    unit = f" ({indicator['unit']})" if indicator["unit"] else ""
    value = [indicator["baseline"], indicator["value"], date_words(indicator["as_of"]), indicator["source"]]
    return [indicator["name"] + unit, *(each or "–" for each in value)]


def _indicators(indicators: list[dict]) -> list[dict]:
    header = ["Messgröße", "Ausgangswert", "Wert", "Stand", "Quelle"]
    rows = [indicator_cells(each) for each in indicators]
    return [table("Messgrößen", header, rows, [5, 3, 3, 3, 4])] if rows else []


def _view(view: dict | None) -> list[dict]:
    if not view:
        return []
    rows = [("Sicht", [view["stance"]]), ("Begründung", [view["text"]]), ("Von", [view["by"]])]
    return [attributes("Sicht der Auditorin oder des Auditors", rows)]


def _remarks(remarks: list[dict]) -> list[dict]:
    rows = [[_asked(each), each["text"], each["answer"] or "noch ohne Antwort"] for each in remarks]
    header = ["Datum und Person", "Frage oder Anmerkung", "Antwort"]
    return [table("Politische Anmerkungen", header, rows, [4, 7, 7])] if rows else []


def _asked(remark: dict) -> str:
    public = "" if remark.get("public", True) else "nicht öffentlich"
    return ", ".join(filter(None, [date_words(remark["on"]), remark.get("by", ""), public]))
