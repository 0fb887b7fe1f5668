"""One measure (Maßnahme) as blocks: its attributes, indicators, steps and dated status entries."""

from kommpass.adapters.documents.blocks import attributes, heading, light_cell, prose, table
from kommpass.adapters.documents.wording import LIGHTS, date_words, money_words, period_words

SHORT = 600


def measure_blocks(measure: dict, anchor: str) -> list[dict]:
    """Heading, description, attribute table, and a table each for indicators, steps and status."""
    number = measure.get("number") or ""
    gone = " (gestrichen)" if measure.get("dropped") else ""
    blocks = [heading(4, f"Maßnahme {number}: {measure.get('title') or ''}{gone}", listed=False, anchor=anchor)]
    if text := measure.get("description"):
        blocks.append(prose(text, stays=len(text) < SHORT))
    blocks.append(attributes(f"Maßnahme {number}", measure_rows(measure)))
    return [*blocks, *_indicators(measure), *_steps(measure), *_status(measure)]


def measure_rows(measure: dict) -> list[tuple[str, list[str]]]:
    """The attributes of a measure as label and lines, in the order of the documents."""
    responsible = measure.get("responsible") or ""
    if responsible and measure.get("outside"):
        responsible += " (außerhalb der Verwaltung)"
    return [
        ("Zuständig", [responsible, measure.get("post") or ""]),
        ("Mitwirkende", [", ".join(measure.get("partners") or [])]),
        ("Zeitraum", [period_words(measure.get("start"), measure.get("due"))]),
        ("Zielgruppen", [", ".join(measure.get("target_groups") or [])]),
        ("Stadtteile", [", ".join(measure.get("districts") or [])]),
        ("Querschnittsthemen", [", ".join(measure.get("themes") or [])]),
        ("Kosten", cost_lines(measure)),
        ("Finanzierung", [measure.get("funding") or ""]),
        ("Personalaufwand", [measure.get("staff_effort") or ""]),
        ("Bezüge", [", ".join(measure.get("references") or [])]),
        ("Herkunft", [origin_words(origin) for origin in measure.get("origins") or []]),
        ("Dient auch Ziel", [", ".join(measure.get("also_serves") or [])]),
        ("Priorität", [measure.get("priority") or ""]),
        ("Kennung der Vorlage", [measure.get("external_key") or ""]),
        *((name, [text]) for name, text in more_of(measure)),
    ]


def more_of(measure: dict) -> list[tuple[str, str]]:
    """What an imported plan said beyond our own attributes, under the names it used."""
    return sorted((measure.get("more") or {}).items())


def cost_lines(measure: dict) -> list[str]:
    """What the measure costs once and each year, and whether the budget still has to allow it."""
    once, yearly = money_words(measure.get("cost_once")), money_words(measure.get("cost_yearly"))
    return [
        f"einmalig {once}" if once else "",
        f"jährlich {yearly}" if yearly else "",
        "unter Haushaltsvorbehalt" if measure.get("subject_to_budget") else "",
    ]


def origin_words(origin: dict) -> str:
    """Where the measure comes from: 'Befund: Wartezeit von vier Monaten'."""
    return ": ".join(filter(None, [origin.get("kind"), origin.get("text")]))


def _indicators(measure: dict) -> list[dict]:
    rows = [
        [
            " ".join(filter(None, [indicator.get("name"), f"({indicator['unit']})" if indicator.get("unit") else ""])),
            indicator.get("baseline") or "–",
            indicator.get("target") or "–",
            indicator.get("source") or "–",
        ]
        for indicator in measure.get("indicators") or []
    ]
    header = ["Messgröße", "Ausgangswert", "Zielwert", "Quelle"]
    return [table("Messgrößen", header, rows, [6, 3, 5, 4])] if rows else []


def _steps(measure: dict) -> list[dict]:
    rows = [[step.get("title") or "", date_words(step.get("due")) or "–"] for step in measure.get("steps") or []]
    return [table("Schritte", ["Schritt", "Frist"], rows, [14, 4])] if rows else []


def _status(measure: dict) -> list[dict]:
    rows = []
    for entry in measure.get("status") or []:
        label, period = entry.get("label") or "", entry.get("period") or ""
        when = label if not period or date_words(period) in label else f"{label} ({date_words(period)})"
        light = entry.get("light") or ""
        rows.append([when.strip(), light_cell(light, LIGHTS.get(light, light or "–")), entry.get("text") or ""])
    return [table("Sachstände", ["Stand", "Ampel", "Sachstand"], rows, [4, 2, 12])] if rows else []
