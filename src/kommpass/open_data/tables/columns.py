"""The columns of the table of offers: what each says, and how it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.content import Capacity
from kommpass.offers.models import Offer
from kommpass.offers.telling import times as in_words
from kommpass.open_data.hsds.frame import Frame
from kommpass.open_data.hsds.plain import moment
from kommpass.open_data.queries.rows import OfferRow, PlaceRow
from kommpass.open_data.tables import cells

YES_NO, NOT_KNOWN = {"yes": "ja", "no": "nein"}, "keine Angabe"


@dataclass(frozen=True)
class Column:
    """A column of the document. `field` is the field it holds, `write` makes a cell of it."""

    heading: str
    field: str
    about: str
    write: Callable[[Any], str] = str


@dataclass(frozen=True)
class Beside:
    """A column that is not of the document: for reading only."""

    heading: str
    about: str
    write: Callable[[OfferRow, Frame], str]


def _several(heading: str, field: str, vocabulary: lists.Vocabulary) -> Column:
    about = f"Wörter der Liste „{vocabulary.label}“, mit Semikolon getrennt"
    return Column(heading, field, about, lambda keys: cells.words(vocabulary, keys))


def _one(heading: str, field: str, vocabulary: lists.Vocabulary, empty: str = "") -> Column:
    about = f"Ein Wort der Liste „{vocabulary.label}“"
    return Column(heading, field, about, lambda key: "" if key == empty else cells.words(vocabulary, (key,)))


def _lines(heading: str, field: str, parts: str) -> Column:
    return Column(heading, field, f"Je Zeile: {parts}", cells.rows)


def _months(heading: str, field: str) -> Column:
    return Column(heading, field, "In Monaten, leer: offen", lambda months: "" if months is None else str(months))


def _capacity(value: Capacity | None) -> str:
    return "" if value is None else cells.rows((value,))


DOCUMENT = (
    Column("Name", "title", "Wie das Angebot heißt"),
    Column("Untertitel", "subtitle", ""),
    Column("Kurz gesagt", "summary", "Ein bis zwei Sätze"),
    Column("Beschreibung", "text", ""),
    Column("Internetseite", "url", "Adresse mit https://"),
    _several("Form", "formats", lists.FORMATS),
    _one("Art der Einrichtung", "facility", lists.FACILITIES),
    _months("Alter von (Monate)", "min_months"),
    _months("Alter bis (Monate)", "max_months"),
    _several("Lebensphasen", "life_phases", lists.LIFE_PHASES),
    _several("Themen", "topics", lists.TOPICS),
    _several("Für wen", "target_groups", lists.TARGET_GROUPS),
    _several("Zugang", "access", lists.ACCESS),
    Column("Anmeldung", "registration", ""),
    Column("Anmeldung im Internet", "registration_url", "Adresse mit https://"),
    Column("Was mitzubringen ist", "documents", ""),
    _one("Kosten", "cost", lists.COSTS, "unknown"),
    _lines("Preise", "costs", "wofür | Betrag in Euro (12.50) | je was | ermäßigt mit (card, package)"),
    Column("Hinweis zu den Kosten", "cost_note", ""),
    _several("Sprachen", "languages", lists.LANGUAGES),
    Column("Sprachmittlung", "interpreting", ""),
    _lines("Standorte", "places", "Kennung des Standorts | Raum"),
    Column("Zeiten, wie geschrieben", "times_typed", ""),
    Column("Zeiten (Daten)", "times", "JSON: Wiederholungsregeln nach RFC 5545", cells.times),
    Column("Zeiten, nicht lesbar", "times_text", "Was an den Zeiten keine Regel ist"),
    _lines("Kontakte", "contacts", "Aufgabe | Telefon | E-Mail | Person | Person öffentlich (ja, nein)"),
    Column("Plätze", "capacity", "Einheit | höchstens | frei | Stand | ab Monat | bis Monat", _capacity),
    Column("Beginn", "runs_from", "Tag (2026-09-01)"),
    Column("Ende", "runs_until", "Tag (2026-09-01)"),
    _lines("Finanzierung", "funding", "wer | bis (Tag) | öffentlich (ja, nein)"),
)  # fmt: skip


def _first(value: Callable[[PlaceRow], Any]) -> Callable[[OfferRow, Frame], str]:
    """Something of the first place, as text."""

    def write(row: OfferRow, _frame: Frame) -> str:
        found = value(row.places[0]) if row.places else None
        return "" if found is None else str(found)

    return write


def _barriers(row: OfferRow, _frame: Frame) -> str:
    """What is known of the accessibility of each place, one on a line, in the order of the places."""
    known = {each.location: _said(each) for each in row.places}
    return "\n".join(known.get(each.location) or NOT_KNOWN for each in row.content.places)


def _said(place: PlaceRow) -> str:
    labels = lists.ACCESSIBILITY.labels
    return cells.BETWEEN_WORDS.join(f"{labels[code]}: {YES_NO[each['state']]}" for code, each in place.checked())


def _state(row: OfferRow, _frame: Frame) -> str:
    return str(Offer.State(row.state).label)


BEFORE = (
    Beside("Kennung", "Bleibt dieselbe, solange es das Angebot gibt", lambda row, _frame: row.key),
    Beside("Stand", "veröffentlicht oder pausiert", _state),
    Beside("Träger", "", lambda row, _frame: row.provider.name),
)
AFTER = (
    Beside("Zeiten in Worten", "Zum Lesen", lambda row, _frame: "\n".join(map(in_words, row.content.times))),
    Beside("Ort", "Des ersten Standorts, wie die folgenden", _first(lambda place: place.name)),
    Beside("Straße", "", _first(lambda place: place.street)),
    Beside("PLZ", "", _first(lambda place: place.postal_code)),
    Beside("Stadt", "", _first(lambda place: place.city)),
    Beside("Breite", "Grad (WGS 84)", _first(lambda place: place.latitude)),
    Beside("Länge", "Grad (WGS 84)", _first(lambda place: place.longitude)),
    Beside("Haltestelle", "", _first(lambda place: place.stop)),
    Beside("Barrierefreiheit", "Je Standort eine Zeile: Merkmal: ja oder nein, mit Semikolon getrennt", _barriers),
    Beside("Stadtteil", "", _first(lambda place: place.district_name)),
    Beside("Seite", "Im Familienportal", lambda row, frame: frame.page.format(row.key)),
    Beside("Geändert", "", lambda row, _frame: moment(row.changed_at)),
    Beside("Bestätigt", "Zuletzt durch einen Menschen",
           lambda row, _frame: moment(max(row.confirmed.values())) if row.confirmed else ""),
)  # fmt: skip
HEADINGS = [each.heading for each in (*BEFORE, *DOCUMENT, *AFTER)]


def line_of(row: OfferRow, frame: Frame) -> list[str]:
    """The cells of one offer, in the order of `HEADINGS`."""
    return [
        *(each.write(row, frame) for each in BEFORE),
        *(each.write(getattr(row.content, each.field)) for each in DOCUMENT),
        *(each.write(row, frame) for each in AFTER),
    ]
