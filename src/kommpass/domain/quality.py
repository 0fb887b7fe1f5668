"""Hints on a measure: specific, local, responsible, dated, resourced, measurable (Qualitätshinweise)."""

import re
from dataclasses import dataclass

from kommpass.domain.words import _

HINT_KEYS = ("specific", "local", "responsible", "due", "resources", "indicator")
SHORT_DESCRIPTION = 40

VAGUE_WORDS = {
    "verbessern": r"(?:ver|auf)besser\w*",
    "optimieren": r"optimier\w*",
    "prüfen": r"(?:über|ge|zu)*prüf\w*",
    "fördern": r"(?:ge)?förder[nt]\w*",
    "stärken": r"(?:ge)?stärk(?:en|t|ung)\w*",
    "unterstützen": r"unterstütz\w*",
    "anstreben": r"(?:an)?(?:ge)?streb\w*|anzustreben",
    "sensibilisieren": r"sensibilisier\w*",
    "weiterentwickeln": r"weiter(?:zu)?entwick\w*",
    "intensivieren": r"intensivier\w*",
    "gegebenenfalls": r"gegebenenfalls|ggf\.?|eventuell|evtl\.?",
    "zeitnah": r"zeitnah\w*|baldmöglichst|mittelfristig|langfristig|perspektivisch",
    "nach Möglichkeit": r"nach\s+möglichkeit|soweit\s+möglich|möglichst",
    "verstärkt": r"verstärk\w*|vermehrt",
    "angemessen": r"angemessen\w*|geeignete?\w*|bedarfsgerecht\w*",
}
_VAGUE = {word: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) for word, pattern in VAGUE_WORDS.items()}
_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_A_FIGURE = re.compile(r"\d")


@dataclass(frozen=True)
class MeasureFacts:
    """What the hints need to know. `last_year` is the last year of the agreement, if it is known."""

    title: str
    description: str = ""
    responsible: bool = False
    due: bool = False
    resources: bool = False
    indicator: bool = False
    districts: bool = False
    target_groups: bool = False
    due_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True)
class Hint:
    """One thing to improve. How serious it is, the scheme says."""

    key: str
    message: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        return self.message.format(**dict(self.values))


def vague_words(text: str) -> tuple[str, ...]:
    """The vague words of a text, by their basic form, in the order of the list above.

    >>> vague_words("Das Angebot wird zeitnah geprüft und ggf. verbessert.")
    ('verbessern', 'prüfen', 'gegebenenfalls', 'zeitnah')
    """
    return tuple(word for word, pattern in _VAGUE.items() if pattern.search(text))


def hints(facts: MeasureFacts) -> tuple[Hint, ...]:
    """What is missing, in the order of HINT_KEYS, at most one hint for each.

    >>> [hint.key for hint in hints(MeasureFacts("Betreuung verbessern", responsible=True, due=True))]
    ['specific', 'local', 'resources', 'indicator']
    """
    rules = (_specific, _local, _responsible, _due, _resources, _indicator)
    return tuple(hint for rule in rules if (hint := rule(facts)))


def _specific(facts: MeasureFacts) -> Hint | None:
    """Vague words are forgiven where a figure, other than a year, says how much."""
    text = f"{facts.title}\n{facts.description}"
    vague = vague_words(text)
    if vague and not _A_FIGURE.search(_A_YEAR.sub("", text)):
        words = ", ".join(f"„{word}“" for word in vague)
        message = _("{words} lässt offen, was genau geschieht. Nennen Sie, was am Ende anders ist.")
        return Hint("specific", message, (("words", words),))
    if len(facts.title.strip()) + len(facts.description.strip()) < SHORT_DESCRIPTION:
        return Hint("specific", _("Beschreiben Sie in ein oder zwei Sätzen, was genau geschieht."))
    return None


def _local(facts: MeasureFacts) -> Hint | None:
    if facts.districts or facts.target_groups:
        return None
    return Hint("local", _("Nennen Sie, wo oder für wen die Maßnahme da ist: Stadtteile oder Zielgruppen."))


def _responsible(facts: MeasureFacts) -> Hint | None:
    if facts.responsible:
        return None
    return Hint("responsible", _("Nennen Sie, wer für die Maßnahme zuständig ist."))


def _due(facts: MeasureFacts) -> Hint | None:
    if not facts.due:
        return Hint("due", _("Nennen Sie, bis wann die Maßnahme umgesetzt ist. Monat oder Jahr genügt."))
    if facts.due_year and facts.last_year and facts.due_year > facts.last_year:
        message = _("Die Frist {due} liegt nach dem Ende der Zielvereinbarung ({last}).")
        return Hint("due", message, (("due", str(facts.due_year)), ("last", str(facts.last_year))))
    return None


def _resources(facts: MeasureFacts) -> Hint | None:
    if facts.resources:
        return None
    return Hint("resources", _("Nennen Sie Kosten und Arbeitszeit, oder dass nichts zusätzlich nötig ist."))


def _indicator(facts: MeasureFacts) -> Hint | None:
    if facts.indicator:
        return None
    return Hint("indicator", _("Nennen Sie, woran Sie am Ende erkennen, dass die Maßnahme umgesetzt ist."))
