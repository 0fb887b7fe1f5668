"""Finds which field of action and which organisation a plan file means. A proposal: people confirm it."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.people.models import Organisation

ALIKE = 0.75
ALIKE_WITH_NUMBER = 0.5
_LEAD = re.compile(
    r"^(?:handlungsfeld|handlungsbereich|themenfeld|feld|hf)?\s*(\d{1,2})(?:[.:)\s–-]+|$)", re.IGNORECASE
)
_SMALL_WORDS = {"und", "oder", "der", "die", "das", "des", "im", "in", "von", "zu", "zur", "zum", "fuer", "mit", "am"}


def field_meant(title: str, procedure: Procedure, fields: Sequence[FieldOfAction]) -> FieldOfAction | None:
    """The field of the procedure that a title means: by its words, helped by a leading number.

    A merged field also answers to the titles of the scheme's fields that it covers. A number alone decides
    only where nothing else is written: the first field of a climate concept is not our first one.
    """
    lead = _LEAD.match(title.strip())
    number = int(lead[1]) if lead else 0
    words = title.strip()[lead.end() :] if lead else title
    if not words.strip():
        return next((field for field in fields if field.number == number), None)
    titles = {field.key: str(field.title) for field in procedure.scheme.fields}
    best, best_score = None, 0.0
    for field in fields:
        named = [field.title, *(titles[key] for key in field.covers if key in titles)]
        score = max(similarity(words, each) for each in named)
        if score > best_score and score >= (ALIKE_WITH_NUMBER if field.number == number else ALIKE):
            best, best_score = field, score
    return best


def similarity(one: str, other: str) -> float:
    """How alike two titles are, 0 to 1: by their letters, or by the words of the shorter one in the longer.

    >>> similarity("Senioren", "Senioren und Generationen"), similarity("Verkehr", "Verkehr")
    (1.0, 1.0)
    >>> similarity("Energieumwandlung, EE", "Bildung und Erziehung") < ALIKE
    True
    """
    first, second = _words(one), _words(other)
    if not first or not second:
        return 0.0
    shared = len(set(first) & set(second)) / min(len(set(first)), len(set(second)))
    return max(shared, SequenceMatcher(None, " ".join(first), " ".join(second)).ratio())


def _words(title: str) -> list[str]:
    folded = title.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return [word for word in re.findall(r"[a-z0-9]+", folded) if word not in _SMALL_WORDS]


class Directory:
    """The organisations of the town by every way in which a file may write them: name, short, or both."""

    def __init__(self, organisations: Iterable[Organisation]):
        self._by_name: dict[str, Organisation] = {}
        for each in organisations:
            ways = [each.name]
            if each.short:
                ways += [each.short, f"{each.name} ({each.short})", f"{each.short} {each.name}"]
            for way in ways:
                self._by_name.setdefault(_squeezed(way), each)

    def meant(self, text: str) -> Organisation | None:
        return self._by_name.get(_squeezed(text)) if text.strip() else None


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()


def could_be_organisation(text: str) -> bool:
    """Whether a text may become the name of an organisation: one line, and as short as a name.

    >>> could_be_organisation("Stadtrat"), could_be_organisation("Zuständig: WVV, weitere Versorger")
    (True, True)
    >>> could_be_organisation("erste Zeile, zweite Zeile".replace(", ", chr(10)))
    False
    """
    longest = Organisation._meta.get_field("name").max_length
    return bool(text.strip()) and "\n" not in text.strip() and len(text.strip()) <= longest
