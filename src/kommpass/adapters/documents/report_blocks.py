"""A sealed annual report (Jahresbericht) as a row of blocks: what stands in it, in which order."""

from kommpass.adapters.documents.blocks import attributes, bullets, chapter, chart, heading, prose, table
from kommpass.adapters.documents.report_measures import measure_blocks
from kommpass.adapters.documents.wording import date_words, money_words
from kommpass.domain.progress import ACHIEVEMENT_LABELS
from kommpass.domain.reports import FIGURES, SHARES, goals_of, share_of

SHARE_TONES = ("good", "brand", "calm", "sun", "empty")
ACHIEVEMENT_TONES = ("calm", "bad", "sun", "brand", "good")
CONDITION_STATES = {"met": "erfüllt", "waiting": "Nachweis liegt vor", "open": "offen"}
PROOF = (
    "Dieses Dokument gibt einen festgeschriebenen Bericht wieder. Sein Inhalt ist durch die folgende Prüfsumme "
    "(SHA-256) gesichert: Schon ein geändertes Zeichen ergäbe eine andere."
)


def report_blocks(content: dict, content_hash: str) -> list[dict]:
    """Everything after the cover and the table of contents."""
    blocks = [
        *chapter("Anlass dieser Fassung", content["version"]["reason"]),
        heading(1, "Der Stand in Zahlen"),
        figures(content),
        *shares_by_field(content),
        *achievements_by_field(content),
    ]
    for section in content["sections"]:
        blocks += chapter(section["title"], section["text"])
    for field in worked_on(content):
        blocks += _field(field)
    return [*blocks, *changes(content, 1), *conditions(content, 1), *proof(content_hash)]


def worked_on(content: dict) -> list[dict]:
    """The fields of which there is something to say."""
    return [field for field in content["fields"] if field["goals"] or field["text"]]


def cover_facts(content: dict, content_hash: str) -> list[list[str]]:
    """What the cover names below the title: the period, the day, and what it is about."""
    procedure, agreement = content["procedure"], content["agreement"]
    facts = [
        ["Zeitraum", f"{date_words(content['period']['from'])} bis {date_words(content['period']['until'])}"],
        ["Stichtag", date_words(content["version"]["key_date"])],
        ["Fassung des Berichts", str(content["version"]["number"])],
        ["Verfahren", ", ".join(filter(None, [procedure["title"], procedure["rung"]]))],
        ["Regelwerk", f"{procedure['scheme']} {procedure['scheme_version']}"],
        ["Zielvereinbarung", f"Fassung {agreement['version']} (Prüfsumme {agreement['digest'][:16]}…)"],
        ["Zertifikat", content["certificate"]],
        ["Prüfsumme (SHA-256)", content_hash],
    ]
    return [fact for fact in facts if fact[1]]


def figures(content: dict) -> dict:
    """All counted figures as a table of two columns."""
    summary, costs = content["summary"], content["costs"]
    rows = [(label, [_counted(summary, name)]) for name, label in FIGURES.items()]
    rows += [
        ("Kosten der Maßnahmen, einmalig", [money_words(costs["once"])]),
        ("Kosten der Maßnahmen, jährlich", [money_words(costs["yearly"])]),
    ]
    return attributes("Zahl", rows)


def _counted(summary: dict, name: str) -> str:
    return f"{summary[name]} ({share_of(summary, name)} %)" if name == "done" else str(summary[name])


def shares_by_field(content: dict) -> list[dict]:
    """How far the measures of each field are, as bars and as a table."""
    rows = [(_name(field), [field["summary"][name] for name in SHARES]) for field in worked_on(content)]
    parts = list(zip(SHARE_TONES, SHARES.values(), strict=True))
    return chart("Stand der Maßnahmen je Handlungsfeld", parts, rows, subject="Handlungsfeld") if rows else []


def achievements_by_field(content: dict) -> list[dict]:
    """How far the goals of each field are reached: a judgement of its own, never the mean of the measures."""
    found: dict[str, dict[str, int]] = {}
    for field, goal in goals_of(content):
        if goal["judgement"]:
            counted = found.setdefault(_name(field), dict.fromkeys(ACHIEVEMENT_LABELS, 0))
            counted[goal["judgement"]["achievement"]] += 1
    rows = [(name, list(counted.values())) for name, counted in found.items()]
    parts = list(zip(ACHIEVEMENT_TONES, ACHIEVEMENT_LABELS.values(), strict=True))
    return chart("Erreichen der Ziele je Handlungsfeld", parts, rows, subject="Handlungsfeld") if rows else []


def _name(field: dict) -> str:
    return f"{field['number']} {field['title']}".strip()


def _field(field: dict) -> list[dict]:
    blocks = [heading(1, f"Handlungsfeld {_name(field)}", new_page=True), prose(field["text"])]
    for goal in field["goals"]:
        blocks += [heading(2, f"Ziel {goal['number']}: {goal['title']}"), attributes("Ziel", judged(goal))]
        for measure in goal["measures"]:
            blocks += measure_blocks(measure)
    return blocks


def judged(goal: dict) -> list[tuple[str, list[str]]]:
    """What is said of a goal: whether it is reached, apart from how many measures are done."""
    judgement, summary = goal["judgement"], goal["summary"]
    return [
        ("Zielerreichung", [judgement["label"] if judgement else "noch nicht beurteilt"]),
        ("Begründung", [judgement["text"] if judgement else ""]),
        ("Maßnahmen", [f"{summary['done']} von {summary['total']} umgesetzt"]),
    ]


def changes(content: dict, level: int) -> list[dict]:
    """What was changed in the agreement during the period, and who approved it."""
    rows = [
        [f"Fassung {each['version']}", date_words(each["on"]), each["kind"], each["approved_by"], each["reason"] or "–"]
        for each in content["changes"]
    ]
    header = ["Fassung", "gilt ab", "Art", "genehmigt durch", "Anlass"]
    shown = table("", header, rows, [3, 3, 4, 4, 6]) if rows else prose("In diesem Zeitraum wurde nichts geändert.")
    return [heading(level, "Änderungen der Zielvereinbarung im Zeitraum"), shown]


def conditions(content: dict, level: int) -> list[dict]:
    """The conditions of the certificate and where they stand."""
    rows = [
        [str(each["number"]), each["text"], date_words(each["due_on"]), CONDITION_STATES[each["state"]]]
        for each in content["conditions"]
    ]
    if not rows:
        return []
    return [heading(level, "Auflagen"), table("", ["Nr.", "Auflage", "bis", "Stand"], rows, [1, 9, 3, 4])]


def proof(content_hash: str) -> list[dict]:
    return [heading(1, "Nachweis"), prose(PROOF), bullets([content_hash])]
