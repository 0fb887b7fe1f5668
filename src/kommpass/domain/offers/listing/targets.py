"""What a column of a list can mean for an offer: the targets, in the order in which a form asks."""

from dataclasses import dataclass

from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.words import _


@dataclass(frozen=True)
class Target:
    """One meaning of a column. `glue` joins what several columns say; `vocabulary` is the list its words come from.

    With `written_by_us` it is a field of our own table (months, rows as JSON), which no other list has.
    """

    key: str
    label: str
    group: str
    glue: str = " "
    vocabulary: lists.Vocabulary | None = None
    written_by_us: bool = False


_WHAT, _WHOM, _WHEN, _WHERE = _("Was"), _("Für wen"), _("Wann"), _("Wo")
_BARRIERS = _("Barrierefreiheit am Ort")
_HOW, _COST, _ASK, _REST = _("Wie"), _("Was es kostet"), _("Wen man fragt"), _("Plätze und Planung")

TARGETS = (
    Target("title", _("Name des Angebots"), _WHAT),
    Target("subtitle", _("Untertitel"), _WHAT, " · "),
    Target("summary", _("Kurz gesagt"), _WHAT),
    Target("text", _("Beschreibung"), _WHAT, "\n\n"),
    Target("topics", _("Themen"), _WHAT, "\n", lists.TOPICS),
    Target("facility", _("Art der Einrichtung"), _WHAT, "\n", lists.FACILITIES),
    Target("url", _("Internetseite"), _WHAT, "\n"),
    Target("provider", _("Träger"), _WHAT),
    Target("ages", _("Alter (von und bis in einer Spalte)"), _WHOM),
    Target("min_age", _("Alter von"), _WHOM),
    Target("max_age", _("Alter bis"), _WHOM),
    Target("min_months", _("Alter von, in Monaten"), _WHOM, written_by_us=True),
    Target("max_months", _("Alter bis, in Monaten"), _WHOM, written_by_us=True),
    Target("life_phases", _("Lebensphasen"), _WHOM, "\n", lists.LIFE_PHASES),
    Target("target_groups", _("Zielgruppen"), _WHOM, "\n", lists.TARGET_GROUPS),
    Target("languages", _("Gesprochene Sprachen"), _WHOM, "\n", lists.LANGUAGES),
    Target("interpreting", _("Sprachmittlung"), _WHOM),
    Target("times", _("Zeiten"), _WHEN, "\n"),
    Target("times_typed", _("Zeiten, wie geschrieben"), _WHEN, "\n", written_by_us=True),
    Target("times_text", _("Zeiten in Worten"), _WHEN, "\n", written_by_us=True),
    Target("begins", _("Beginn eines Termins"), _WHEN),
    Target("ends", _("Ende eines Termins"), _WHEN),
    Target("runs_from", _("Läuft von"), _WHEN),
    Target("runs_until", _("Läuft bis"), _WHEN),
    Target("location_name", _("Name des Ortes"), _WHERE, ", "),
    Target("street", _("Straße, auch mit Hausnummer und Ort"), _WHERE),
    Target("house_number", _("Hausnummer"), _WHERE),
    Target("postal_code", _("Postleitzahl, auch mit Ort"), _WHERE),
    Target("city", _("Ort"), _WHERE),
    Target("room", _("Raum"), _WHERE),
    Target("place_number", _("Nummer des Ortes"), _WHERE, written_by_us=True),
    Target("more_places", _("Weitere Orte"), _WHERE, "\n", written_by_us=True),
    Target("places", _("Standorte"), _WHERE, "\n", written_by_us=True),
    Target("accessibility", _("Barrierefreiheit, alles in einer Spalte"), _BARRIERS, "; "),
    *(Target(f"accessible_{word.key}", word.label, _BARRIERS) for word in lists.ACCESSIBILITY.words),
    Target("formats", _("Form"), _WHERE, "\n", lists.FORMATS),
    Target("access", _("Zugang"), _HOW, "\n", lists.ACCESS),
    Target("registration", _("Anmeldung"), _HOW, "\n"),
    Target("registration_url", _("Anmeldung im Internet"), _HOW, "\n"),
    Target("documents", _("Was mitzubringen ist"), _HOW, "\n"),
    Target("cost", _("Kosten"), _COST, "\n"),
    Target("is_free", _("Kostenlos (ja oder nein)"), _COST),
    Target("full_price", _("Preis, nur der Betrag"), _COST),
    Target("reduced_price", _("Ermäßigter Preis"), _COST),
    Target("card_price", _("Preis mit Familienkarte"), _COST),
    Target("costs", _("Preise"), _COST, "\n", written_by_us=True),
    Target("cost_note", _("Hinweis zu den Kosten"), _COST, "\n"),
    Target("function", _("Wofür der Kontakt zuständig ist"), _ASK),
    Target("phone", _("Telefon"), _ASK, "\n"),
    Target("email", _("E-Mail"), _ASK, "\n"),
    Target("contacts", _("Kontakte"), _ASK, "\n", written_by_us=True),
    Target("capacity", _("Plätze insgesamt"), _REST),
    Target("available", _("Davon frei"), _REST),
    Target("as_of", _("Stand der freien Plätze"), _REST),
    Target("prevention", _("Präventionsebene"), _REST, "\n", lists.PREVENTION),
    Target("funding", _("Finanzierung"), _REST, "\n", written_by_us=True),
    Target("changed_at", _("Zeitpunkt der letzten Änderung"), _REST, written_by_us=True),
)
_PLACE = ("location_name", "street", "house_number", "postal_code", "city", "room", "place_number", "more_places")
BY_KEY = {each.key: each for each in TARGETS}
FIELDS = {
    **{each.key: (each.key,) for each in TARGETS},
    **dict.fromkeys(("ages", "min_age", "max_age"), ("min_months", "max_months")),
    **dict.fromkeys(("times", "begins", "ends"), ("times", "times_typed", "times_text")),
    **dict.fromkeys(("function", "phone", "email"), ("contacts",)),
    **dict.fromkeys(_PLACE, ("places",)),
    **dict.fromkeys(("capacity", "available", "as_of"), ("capacity",)),
    **dict.fromkeys(("cost", "is_free", "full_price", "reduced_price", "card_price"), ("cost", "costs", "cost_note")),
    "text": ("text", "summary"),
    "facility": ("facility", "topics"),
    "title": ("title", "text"),
    # The place knows them, not the offer.
    **dict.fromkeys(("accessibility", *(f"accessible_{key}" for key in lists.ACCESSIBILITY.places)), ()),
}
"""Which fields of the document a target feeds. About all others a list says nothing."""
LISTS = {each.key: each.vocabulary for each in TARGETS if each.vocabulary is not None}
"""The targets whose words come from a list of ours."""
