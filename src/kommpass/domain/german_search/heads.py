"""Last parts of compounds that say only in which form something is offered: who asks for a Kochkurs wants to cook."""

from kommpass.domain.german_search.folding import fold
from kommpass.domain.german_search.stems import stem

FORMS = frozenset(
    map(
        stem,
        fold("""
        abend abteilung ag aktion angebot anlage arbeit aufgabe bereich club einheit einrichtung freizeit
        gebäude gruppe haus hilfe institut klub kreis kurs lehrgang möglichkeit nachmittag platz programm
        projekt raum runde saal seminar stelle stunde stätte suche tag team thema training treff treffen
        treffpunkt unterricht veranstaltung verein vormittag werkstatt woche workshop zeit zentrum zirkel
        """).split(),
    )
)


def says_only_the_form(part: str) -> bool:
    """Whether a folded part says only in which form, and not what.

    >>> says_only_the_form("kurse"), says_only_the_form("beratung")
    (True, False)
    """
    return stem(part) in FORMS
