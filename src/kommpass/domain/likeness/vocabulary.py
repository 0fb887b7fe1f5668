"""The words of German lists of offers: what says nothing, what means the same, what tells two offers apart."""

import re


def listed(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


FILLERS = listed(
    "der die das des dem den ein eine einer einem im in ins am an auf aus zu zur zum fuer von vom und u mit bei beim "
    "co angebot jeden jede"
)
# Legal forms say nothing about which offer it is.
LEGAL_FORMS = re.compile(
    r"gesellschaft mit beschraenkter haftung|\bhaftungsbeschraenkt\b|\beingetragene[rn]? verein\b|"
    r"\bgemeinnuetzige[rnms]?\b|\bgemeinn\b|\be [vg]\b|\be[vg]$|\bg?gmbh\b|\bmbh\b|\bg?ug\b|\bg?ag\b|\bgbr\b|\bkg\b|"
    r"\b(?:orts|kreis|stadt|landes)(?:verband|verein)\b"
)
LONG_NAMES = {
    re.compile(r"\bdeutsches rotes kreuz\b"): "drk",
    re.compile(r"\barbeiter samariter bund\b"): "asb",
    re.compile(r"\b(?:deutscher )?kinderschutzbund\b"): "dksb",
    re.compile(r"\beltern kind (?:tagesstaette|gruppe)\b"): "ekt",
}
SYNONYMS = {
    "kitas": "kita",
    "kindertagesstaetten": "kita",
    "kindertageseinrichtungen": "kita",
    "kindergaerten": "kita",
    "kiga": "kita",
    "famz": "familienzentrum",
    "familienzentren": "familienzentrum",
    "mgh": "mehrgenerationenhaus",
    "fbs": "familienbildungsstate",
    "vhs": "volkshochschule",
    "jfe": "jugendfreizeiteinrichtung",
    "kjfe": "jugendfreizeiteinrichtung",
    "juz": "jugendzentrum",
    "arbeiterwohlfahrt": "awo",
    "sankt": "st",
    "evang": "ev",
}
"""From a folded word to the word it counts as."""
STEMS = {
    "evangelisch": "ev",
    "katholisch": "kath",
    "stadtisch": "stadt",
    "heilpad": "heilpad",
    "integrativ": "integrativ",
}
"""From how a word begins, without umlauts, to the word it counts as."""
TAILS = {"kindertagesstaette": "kita", "kindertageseinrichtung": "kita", "kindergarten": "kita", "strasse": "str"}
"""Ends of compounds, which are recognised with a typing error, too."""

ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
LETTERED = ("gruppe", "kurs", "haus", "standort", "teil", "stufe", "raum", "team", "klasse")
"""Behind these a single letter is a number: "Gruppe B"."""
OPPOSITES = listed(
    "nord sued ost west mitte links rechts oben unten gross klein anfaenger fortgeschrittene maedchen jungen muetter "
    "vaeter vormittags nachmittags abends"
)
"""Names that are alike but for one of these are two things: "Park West" and "Park Ost"."""

_CLOCK = r"\d{1,2}(?: \d{2})?"
CLOCK_TIMES = re.compile(rf"\b(?:(?:ab|um|von) )?{_CLOCK}(?: (?:bis )?{_CLOCK})? uhr\b|\b(?:14 taegig|woechentlich)\b")
DAYS = {"mo": "MO", "di": "TU", "mi": "WE", "do": "TH", "fr": "FR", "sa": "SA", "so": "SU"}
DAY_NAMES = {
    "montag": "MO",
    "dienstag": "TU",
    "mittwoch": "WE",
    "donnerstag": "TH",
    "freitag": "FR",
    "samstag": "SA",
    "sonnabend": "SA",
    "sonntag": "SU",
}
EVERY_DAY = re.compile(rf"\b(?:jede[nrs]?|immer)((?: (?:und )?(?:{'|'.join((*DAYS, *DAY_NAMES))})s?\b)+)")
"""Two letters are a weekday behind such a word only: "jeden Di"."""
