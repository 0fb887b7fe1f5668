"""The lists of words that describe an offer: life phases, topics, access and so on.

The place of a word in its list is stored in the search index as a bit, so words are added at the end and never moved;
a word that is no longer wanted stays and gets `retired=True`. At most 62 words a list.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from kommpass.domain.words import _

LONGEST_LIST = 62


@dataclass(frozen=True)
class Word:
    """One word of a list. `months` are the ages it stands for (first, last), where it stands for any."""

    key: str
    label: str
    months: tuple[int, int] | None = None
    retired: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """A list of words under one heading. `public` lists are shown to families; the others help to steer."""

    key: str
    label: str
    words: tuple[Word, ...]
    public: bool = True

    @cached_property
    def places(self) -> dict[str, int]:
        """Each word's place in the list, which is its bit in the index."""
        return {word.key: place for place, word in enumerate(self.words)}

    @cached_property
    def labels(self) -> dict[str, str]:
        return {word.key: word.label for word in self.words}

    def mask(self, keys: Iterable[str]) -> int:
        """The bits of these words; words that nobody knows have none.

        >>> PREVENTION.mask(["universal", "indicated", "nonsense"])
        5
        """
        return sum(1 << place for place in {self.places[key] for key in keys if key in self.places})

    def keys(self, mask: int) -> list[str]:
        """The words of these bits, in the order of the list."""
        return [word.key for place, word in enumerate(self.words) if mask >> place & 1]

    def unknown(self, keys: Collection[str]) -> list[str]:
        return [key for key in keys if key not in self.places]


YEAR = 12
LIFE_PHASES = Vocabulary(
    "life_phase",
    _("Lebensphase"),
    (
        Word("wish", _("Kinderwunsch")),
        Word("birth", _("Schwangerschaft und Geburt"), (0, 0)),
        Word("under_three", _("0 bis 2 Jahre"), (0, 3 * YEAR - 1)),
        Word("three_to_six", _("3 bis 5 Jahre (Kita)"), (3 * YEAR, 6 * YEAR - 1)),
        Word("six_to_ten", _("6 bis 9 Jahre (Grundschule)"), (6 * YEAR, 10 * YEAR - 1)),
        Word("ten_to_sixteen", _("10 bis 15 Jahre"), (10 * YEAR, 16 * YEAR - 1)),
        Word("sixteen_to_twentyseven", _("16 bis 26 Jahre (Übergang in den Beruf)"), (16 * YEAR, 27 * YEAR - 1)),
        Word("parents", _("Beruf und Familie (Erwachsene)")),
        Word("care", _("Pflege von Angehörigen")),
        Word("seniors", _("65 bis 79 Jahre"), (65 * YEAR, 80 * YEAR - 1)),
        Word("very_old", _("Ab 80 Jahren"), (80 * YEAR, 120 * YEAR)),
        Word("farewell", _("Abschied und Trauer")),
    ),
)
TOPICS = Vocabulary(
    "topic",
    _("Thema"),
    (
        Word("childcare", _("Kinderbetreuung")),
        Word("all_day_school", _("Ganztag und Schule")),
        Word("learning", _("Lernen und Sprache")),
        Word("meeting", _("Treffen und Austausch")),
        Word("parenting", _("Erziehung und Elternsein")),
        Word("early_support", _("Frühe Hilfen")),
        Word("health", _("Gesundheit")),
        Word("sport", _("Sport und Bewegung")),
        Word("play", _("Spielen und draußen sein")),
        Word("culture", _("Kultur und Kreatives")),
        Word("holidays", _("Ferien")),
        Word("counselling", _("Beratung")),
        Word("crisis", _("Krise und Schutz")),
        Word("money", _("Geld und Leistungen")),
        Word("work", _("Arbeit und Ausbildung")),
        Word("housing", _("Wohnen")),
        Word("separation", _("Trennung und Scheidung")),
        Word("disability", _("Behinderung und Inklusion")),
        Word("migration", _("Ankommen und Integration")),
        Word("ageing", _("Älter werden")),
        Word("caring", _("Pflege")),
        Word("volunteering", _("Mitmachen und Ehrenamt")),
        Word("mobility", _("Unterwegs")),
        Word("family_time", _("Beruf und Familie")),
    ),
)
TARGET_GROUPS = Vocabulary(
    "target_group",
    _("Für wen"),
    (
        Word("everyone", _("Alle")),
        Word("parents", _("Eltern")),
        Word("mothers", _("Mütter")),
        Word("fathers", _("Väter")),
        Word("single_parents", _("Alleinerziehende")),
        Word("expectant", _("Werdende Eltern")),
        Word("grandparents", _("Großeltern")),
        Word("children", _("Kinder")),
        Word("young_people", _("Jugendliche")),
        Word("girls", _("Mädchen")),
        Word("boys", _("Jungen")),
        Word("seniors", _("Ältere Menschen")),
        Word("carers", _("Pflegende Angehörige")),
        Word("disabled", _("Menschen mit Behinderung")),
        Word("newcomers", _("Zugewanderte und Geflüchtete")),
        Word("rainbow", _("Regenbogenfamilien")),
        Word("foster", _("Pflege- und Adoptivfamilien")),
        Word("large", _("Familien mit vielen Kindern")),
        Word("professionals", _("Fachkräfte")),
    ),
)
FACILITIES = Vocabulary(
    "facility",
    _("Art der Einrichtung"),
    (
        Word("daycare_centre", _("Kita")),
        Word("childminder", _("Kindertagespflege")),
        Word("family_centre", _("Familienzentrum")),
        Word("primary_school", _("Grundschule")),
        Word("secondary_school", _("Weiterführende Schule")),
        Word("special_school", _("Förderschule")),
        Word("vocational_school", _("Berufskolleg")),
        Word("all_day_group", _("Offene Ganztagsschule")),
        Word("youth_centre", _("Jugendzentrum")),
        Word("playground", _("Spielplatz")),
        Word("sports_facility", _("Sportstätte")),
        Word("counselling_centre", _("Beratungsstelle")),
        Word("family_education_centre", _("Familienbildungsstätte")),
        Word("family_office", _("Familienbüro")),
        Word("neighbourhood_office", _("Nachbarschaftsbüro")),
        Word("library", _("Bücherei")),
        Word("clinic", _("Klinik")),
        Word("medical_practice", _("Praxis")),
        Word("senior_office", _("Seniorenbüro")),
        Word("care_facility", _("Pflegeeinrichtung")),
        Word("youth_office", _("Jugendamt")),
        Word("music_school", _("Musikschule")),
        Word("club", _("Verein")),
        Word("other", _("Weitere")),
    ),
)
PREVENTION = Vocabulary(
    "prevention",
    _("Präventionsebene"),
    (
        Word("universal", _("für alle (universell)")),
        Word("selective", _("für Familien mit besonderem Bedarf (selektiv)")),
        Word("indicated", _("im Einzelfall (indiziert)")),
    ),
    public=False,
)
ACCESS = Vocabulary(
    "access",
    _("Zugang"),
    (
        Word("open", _("Einfach hingehen")),
        Word("registration", _("Mit Anmeldung")),
        Word("phone", _("Per Telefon")),
        Word("online", _("Online")),
        Word("appointment", _("Mit Termin")),
        Word("anonymous", _("Anonym möglich")),
        Word("home_visit", _("Kommt nach Hause")),
        Word("referral", _("Auf Empfehlung oder Überweisung")),
        Word("outreach", _("Unterwegs im Stadtteil")),
    ),
)
COSTS = Vocabulary(
    "cost",
    _("Kosten"),
    (
        Word("free", _("Kostenlos")),
        Word("paid", _("Kostet etwas")),
        Word("card", _("Ermäßigt mit Familienkarte")),
        Word("package", _("Bildung und Teilhabe zahlt")),
        Word("unknown", _("Keine Angabe")),
    ),
)
WEEKDAYS = Vocabulary(
    "weekday",
    _("Wochentag"),
    (
        Word("mo", _("Montag")),
        Word("tu", _("Dienstag")),
        Word("we", _("Mittwoch")),
        Word("th", _("Donnerstag")),
        Word("fr", _("Freitag")),
        Word("sa", _("Samstag")),
        Word("su", _("Sonntag")),
    ),
)
DAY_PARTS = Vocabulary(
    "day_part",
    _("Tageszeit"),
    (
        Word("morning", _("Vormittag")),
        Word("midday", _("Mittag")),
        Word("afternoon", _("Nachmittag")),
        Word("evening", _("Abend")),
    ),
)
ACCESSIBILITY = Vocabulary(
    "accessibility",
    _("Barrierefreiheit"),
    (
        Word("step_free", _("Ohne Stufen erreichbar")),
        Word("wide_doors", _("Türen mindestens 90 cm breit")),
        Word("lift", _("Aufzug")),
        Word("toilet", _("Toilette für Rollstühle")),
        Word("parking", _("Parkplatz für Menschen mit Behinderung")),
        Word("guidance", _("Leitsystem für blinde und sehbehinderte Menschen")),
        Word("induction_loop", _("Hörschleife")),
        Word("sign_language", _("Gebärdensprache")),
        Word("low_stimulus", _("Reizarmer Raum")),
        Word("easy_language", _("Leichte Sprache")),
        Word("changing_table", _("Wickeltisch")),
        Word("pram", _("Platz für Kinderwagen")),
    ),
)
# Codes of ISO 639-1, and 639-3 where there is none; the names are those of the languages for German readers.
LANGUAGES = Vocabulary(
    "language",
    _("Sprache"),
    (
        Word("de", _("Deutsch")),
        Word("en", _("Englisch")),
        Word("ar", _("Arabisch")),
        Word("bg", _("Bulgarisch")),
        Word("fa", _("Persisch (Farsi)")),
        Word("fr", _("Französisch")),
        Word("el", _("Griechisch")),
        Word("hr", _("Kroatisch")),
        Word("it", _("Italienisch")),
        Word("ku", _("Kurdisch")),
        Word("nl", _("Niederländisch")),
        Word("pl", _("Polnisch")),
        Word("pt", _("Portugiesisch")),
        Word("ps", _("Paschtu")),
        Word("rom", _("Romanes")),
        Word("ro", _("Rumänisch")),
        Word("ru", _("Russisch")),
        Word("sq", _("Albanisch")),
        Word("sr", _("Serbisch")),
        Word("es", _("Spanisch")),
        Word("so", _("Somali")),
        Word("ta", _("Tamil")),
        Word("ti", _("Tigrinisch")),
        Word("tr", _("Türkisch")),
        Word("uk", _("Ukrainisch")),
        Word("ur", _("Urdu")),
        Word("vi", _("Vietnamesisch")),
        Word("zh", _("Chinesisch")),
        Word("bs", _("Bosnisch")),
        Word("mk", _("Mazedonisch")),
        Word("hu", _("Ungarisch")),
        Word("am", _("Amharisch")),
        Word("gsg", _("Deutsche Gebärdensprache")),
    ),
)
FORMATS = Vocabulary(
    "format",
    _("Form"),
    (
        Word("on_site", _("Vor Ort")),
        Word("online", _("Online")),
        Word("at_home", _("Aufsuchend, zu Hause")),
        Word("mobile", _("Mobil, an wechselnden Orten")),
    ),
)
EVERY = (
    LIFE_PHASES,
    TOPICS,
    TARGET_GROUPS,
    FACILITIES,
    PREVENTION,
    ACCESS,
    COSTS,
    WEEKDAYS,
    DAY_PARTS,
    ACCESSIBILITY,
    LANGUAGES,
    FORMATS,
)


def phases_of_ages(first: int | None, last: int | None) -> list[str]:
    """The children's and old people's phases that ages in months touch; nobody's age gives none.

    >>> phases_of_ages(6, 40)
    ['under_three', 'three_to_six']
    """
    if first is None and last is None:
        return []
    low, high = first or 0, 200 * YEAR if last is None else last
    spans = [(word.key, word.months) for word in LIFE_PHASES.words if word.months and word.months[1] > 0]
    return [key for key, (start, end) in spans if low <= end and high >= start]
