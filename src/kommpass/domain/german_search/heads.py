"""Last parts of compounds that say only in which form something is offered: who asks for a Kochkurs wants to cook."""

from kommpass.domain.german_search.folding import fold
from kommpass.domain.german_search.stems import stem

FORMS = frozenset(
    map(
        stem,
        fold("""
        abend abteilung ag akademie aktion angebot anlage arbeit art aufgabe ausbildung bereich beruf club
        ecke einheit einrichtung fach fläche forum freizeit frage gebäude gelände gemeinschaft gruppe haus hilfe
        institut initiative interesse job klub kolleg kreis kurs laden lehre lehrgang mensch möglichkeit nachmittag
        netzwerk ort person platz problem programm projekt raum reihe runde saal sache seminar sorge sprechstunde
        stand stelle studium stunde stätte suche tag team thema training treff treffen treffpunkt übung unterricht
        veranstaltung verein vormittag welt werkstatt wesen woche workshop zeit zentrum zirkel
        """).split(),
    )
)

EVERYWHERE = FORMS | frozenset(
    map(
        stem,
        fold("""
        alle besser deutsch eltern erwachsene familie frau freund gross jugend jugendliche kinder
        kindergarten kita klein leben lehrer lernen machen mann neu schule schüler schwierigkeit
        spielen stadt strasse tanzen vater weg zusammen
        """).split(),
    )
)
"""Words that so many offers have that two of them together still say little: „Kita für alle Kinder“."""


def says_only_the_form(part: str) -> bool:
    """Whether a folded part says only in which form, and not what.

    >>> says_only_the_form("kurse"), says_only_the_form("beratung")
    (True, False)
    """
    return stem(part) in FORMS
