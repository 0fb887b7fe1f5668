"""Guesses from the headers of a table which column means what; the clerk sees and corrects the guess."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kommpass.adapters.plan_files.mapping import DESCRIPTION, Mapping, Round, plain
from kommpass.domain.words import _

HEADERS: dict[str, tuple[str, ...]] = {
    "key": (
        "nr",
        "nummer",
        "lfd nr",
        "laufende nummer",
        "massnahmennummer",
        "massnahmen nr",
        "massnahme nr",
        "nr der massnahme",
        "kennung",
        "kuerzel",
        "id",
        "key",
        "number",
    ),
    "parent": ("gehoert zu", "uebergeordnet", "uebergeordnete nr", "eltern", "parent"),
    "level": ("ebene", "art", "typ", "level"),
    "field": (
        "handlungsfeld",
        "handlungsfelder",
        "feld",
        "themenfeld",
        "handlungsbereich",
        "field",
        "sektor",
    ),
    "strategic_goal": (
        "strategisches ziel",
        "strategische ziele",
        "leitziel",
        "leitziele",
        "oberziel",
        "strategic goal",
    ),
    "goal": ("ziel", "ziele", "handlungsziel", "handlungsziele", "teilziel", "unterziel", "goal"),
    "title": (
        "massnahme",
        "massnahmen",
        "massnahmentitel",
        "titel der massnahme",
        "titel",
        "bezeichnung",
        "massnahmenbezeichnung",
        "projekt",
        "name",
        "title",
    ),
    "step": ("schritt", "arbeitsschritt", "umsetzungsschritt", "meilenstein", "teilschritt", "step"),
    "description": (
        "beschreibung",
        "massnahmenbeschreibung",
        "kurzbeschreibung",
        "erlaeuterung",
        "inhalt",
        "text",
        "description",
        "inhalt der massnahme",
    ),
    "responsible": (
        "zustaendig",
        "zustaendigkeit",
        "zustaendige stelle",
        "verantwortlich",
        "verantwortung",
        "verantwortlichkeit",
        "federfuehrung",
        "federfuehrend",
        "fachbereich",
        "amt",
        "responsible",
        "wer",
    ),
    "start": ("beginn", "start", "ab", "anfang", "von", "geplanter start", "umsetzungsbeginn"),
    "due": (
        "frist",
        "termin",
        "ende",
        "bis",
        "bis wann",
        "faellig",
        "faellig am",
        "umsetzung bis",
        "due",
        "zieltermin",
        "fertigstellung",
        "abschluss",
        "geplantes ende",
    ),
    "period": ("zeitraum", "laufzeit", "umsetzungszeitraum", "zeitplan", "zeitrahmen"),
    "priority": ("prioritaet", "prio", "prioritaeten", "rang", "priority"),
    "light": ("ampel", "ampelstatus", "farbe", "bewertung", "assessment"),
    "status": ("status", "stand", "sachstand", "umsetzungsstand", "stand der umsetzung", "bearbeitungsstand"),
    "cost": ("kosten", "kosten in euro", "kosten in eur", "aufwand", "budget", "mittelbedarf"),
    "funding": ("finanzierung", "foerderung", "foerdermittel", "haushaltsstelle", "mittelherkunft"),
    "partners": ("beteiligte", "kooperation", "kooperationspartner", "partner", "akteure", "mitwirkende"),
    "target_groups": ("zielgruppe", "zielgruppen"),
    "districts": ("ort", "stadtteil", "stadtteile", "ortsteil", "raumbezug"),
    "indicator": ("indikator", "indikatoren", "kennzahl", "messgroesse", "erfolgskriterium", "zielwert"),
}
_MEANING = {spelling: name for name, spellings in HEADERS.items() for spelling in spellings}
_ROUND = re.compile(r"\b(?:sachstand|stand|status|umsetzungsstand|bericht)\b", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)(20\d\d)(?:\s*[/–-]\s*(20\d\d|\d\d)(?!\d))?")

MUENSTER_HEADERS = ("assessment", "id", "title", "text", "priority", "potential", "parent")
MUENSTER = Mapping(
    columns={
        "key": "id",
        "parent": "parent",
        "title": "title",
        "description": "text",
        "priority": "priority",
        "light": "assessment",
    },
    levels={"1": "field", "2": "measure"},
    lights={"orange": "yellow", "#01873B": "green", "#AE1B1B": "red", "white": ""},
    statuses={
        "-Plan": Round(becomes=DESCRIPTION),
        "-13": Round(_("Sachstand 2013"), "2013", "2013"),
        "-1516": Round(_("Sachstand 2015/2016"), "2015", "2016"),
        "-1718": Round(_("Sachstand 2017/2018"), "2017", "2018"),
    },
)
"""The file of the climate concept of Münster: fields and measures without goals, three report rounds."""


def meaning(header: str) -> str:
    """Our word for a header, or "".

    >>> meaning("Lfd. Nr."), meaning("Zuständig (Amt)"), meaning("Bemerkung")
    ('key', 'responsible', '')
    """
    return _MEANING.get(plain(header), "")


def guess_mapping(headers: Sequence[str], sample: Sequence[Sequence[str]] = ()) -> Mapping:
    """The likely meaning of each header; `sample` are some data rows, which decide between light and status.

    >>> guess_mapping(["Handlungsfeld", "Nr.", "Maßnahme", "Bis wann"]).columns
    {'field': 'Handlungsfeld', 'key': 'Nr.', 'title': 'Maßnahme', 'due': 'Bis wann'}
    """
    if set(headers) == set(MUENSTER_HEADERS):
        return MUENSTER
    columns: dict[str, str] = {}
    statuses: dict[str, Round] = {}
    for place, header in enumerate(headers):
        name = meaning(header)
        if name in ("status", "light"):
            name = "light" if _holds_lights(sample, place) else "status"
        if name and name not in columns:
            columns[name] = header
        elif not name and (found := _guess_round(header)):
            statuses[header] = found
    statuses = {header: _with_light(each, headers) for header, each in statuses.items()}
    if "title" not in columns and "description" in columns and "parent" not in columns:
        columns["title"] = columns.pop("description")
    if "parent" in columns and "key" not in columns:
        del columns["parent"]
    return Mapping(columns=columns, statuses=statuses)


def _holds_lights(sample: Sequence[Sequence[str]], place: int) -> bool:
    said = [row[place] for row in sample if place < len(row) and row[place].strip()]
    known = Mapping()
    return bool(said) and all(known.light(each) is not None for each in said)


def _guess_round(header: str) -> Round | None:
    """ "Sachstand 2015/16" is a round; "Ampel 2015/16" is not, it is the light of that round."""
    years = _YEARS.search(header)
    if not years or not _ROUND.search(header):
        return None
    first, second = years[1], years[2] or years[1]
    return Round(" ".join(header.split()), first, second if len(second) == 4 else first[:2] + second)


def _with_light(found: Round, headers: Sequence[str]) -> Round:
    for header in headers:
        years = _YEARS.search(header)
        if years and years[1] == found.period_from and re.search(r"ampel|farbe|bewertung", header, re.IGNORECASE):
            return replace(found, light=header)
    return found
