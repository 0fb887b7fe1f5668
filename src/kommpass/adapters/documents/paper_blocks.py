"""A council paper (Vorlage) as a row of blocks: what stands in it, in which order."""

from kommpass.adapters.documents.agreement_blocks import overview
from kommpass.adapters.documents.blocks import attributes, bullets, heading, highlight, prose, table
from kommpass.adapters.documents.outline import frozen_on, goals_of
from kommpass.adapters.documents.wording import date_words, version_words


def paper_blocks(paper: dict, content: dict, content_hash: str) -> list[dict]:
    """The paper from its head to the overview of what the council is asked to resolve."""
    head = [
        ("Vorlagennummer", [paper.get("reference") or ""]),
        ("Status", ["öffentlich" if paper.get("public", True) else "nichtöffentlich"]),
        ("Federführung", [paper.get("lead") or ""]),
        ("Beteiligt", paper.get("contributing") or []),
        ("Stand der Vorlage", [date_words(frozen_on(content))]),
    ]
    blocks = [attributes("Vorlage", head), *_chain(paper.get("chain") or [])]
    blocks += [heading(1, "Beschlussvorschlag"), highlight(paper.get("proposed_resolution") or "–")]
    for title, key in (("Sachverhalt", "facts"), ("Finanzielle Auswirkungen", "financial")):
        blocks += [heading(1, title), prose(paper.get(key) or "–")]
    return [*blocks, *_agreement(content, content_hash), *_attachments(paper.get("attachments") or [])]


def _chain(stations: list[dict]) -> list[dict]:
    rows = [
        [
            station.get("body") or "",
            date_words(station.get("date")) or "noch offen",
            station.get("role") or "",
            station.get("result") or "–",
        ]
        for station in stations
    ]
    header = ["Gremium", "Sitzung", "Zuständigkeit", "Ergebnis"]
    return [heading(1, "Beratungsfolge"), table("", header, rows, [6, 3, 4, 5])] if rows else []


def _agreement(content: dict, content_hash: str) -> list[dict]:
    """Exactly which version is before the council, and its goals and measures in short."""
    rows = [
        ("Titel", [content.get("title") or ""]),
        ("Fassung", [version_words(content.get("version") or {})]),
        ("Prüfsumme", [content_hash]),
    ]
    goals = [
        [goal.get("number") or "", goal.get("title") or "", field.get("title") or ""]
        for field, _, goal in goals_of(content)
    ]
    blocks = [heading(1, "Gegenstand des Beschlusses"), attributes("Fassung", rows)]
    if goals:
        blocks += [
            heading(1, "Ziele im Überblick"),
            table("", ["Nr.", "Ziel", "Handlungsfeld"], goals, [2, 10, 7]),
        ]
    return [*blocks, *overview(content, {})]


def _attachments(attachments: list[str]) -> list[dict]:
    return [heading(1, "Anlagen"), bullets(attachments)] if attachments else []
