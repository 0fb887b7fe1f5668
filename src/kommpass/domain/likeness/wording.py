"""Brings German names into one form, so that "Kindertagesstätte Müller-Straße e. V." and "Kita Muellerstr." meet."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from kommpass.domain.likeness import vocabulary

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe", "ł": "l"})
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_UMLAUT, _TWICE = re.compile(r"([aou])e"), re.compile(r"([a-z])\1+")


@dataclass(frozen=True, slots=True)
class Wording:
    """A name without what is only manner of writing: its words, each once and in order, and how each was spelt.

    Marks are what tells two offers with one name apart: numbers ("Kita Spreekinder 2"), a letter ("Gruppe B"), and
    words such as "Nord" or "links". Days are the weekdays it names, as in iCalendar.
    """

    words: tuple[str, ...]
    spelt: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        return " ".join(self.words)


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Lower case, umlauts and ß spelt out, accents gone, nothing but a to z, digits and single blanks.

    >>> folded("Café „Größe“, Haus-Nr. 4")
    'cafe groesse haus nr 4'
    """
    plain = unicodedata.normalize("NFC", text.lower()).translate(_GERMAN)
    letters = "".join(each for each in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(each))
    return _NOT_A_WORD.sub(" ", letters.lower()).strip()


@lru_cache(maxsize=50_000)
def wording(text: str) -> Wording:
    """The words of a title, of a provider's name or of a kind.

    >>> found = wording("Angebot: Müttertreff II im FamZ – jeden Di")
    >>> found.words, sorted(found.marks), sorted(found.days)
    (('mutertref', 'familienzentrum'), ['2'], ['TU'])
    >>> wording("Ev. Kindertagesstätte Lummerland e. V.").words
    ('ev', 'kita', 'lumerland')
    """
    plain = vocabulary.CLOCK_TIMES.sub(" ", vocabulary.LEGAL_FORMS.sub(" ", folded(text)))
    for pattern, short in vocabulary.LONG_NAMES.items():
        plain = pattern.sub(short, plain)
    days = {vocabulary.DAYS[day[:2]] for day in " ".join(vocabulary.EVERY_DAY.findall(plain)).split() if day != "und"}
    found = vocabulary.EVERY_DAY.sub(" ", plain).split()
    days |= {day for word in found if (day := _weekday(word))}
    said = [word for word in found if word not in vocabulary.FILLERS and not _weekday(word)] or found
    in_place = list(zip(["", *said], said, strict=False))
    marks = {mark for before, word in in_place if (mark := _mark(word, before))}
    names = [word for before, word in in_place if not _a_number(word, before)] or said
    spelt = {plain: word for word in names for plain in plain_words(word)}
    return Wording(tuple(spelt), tuple(spelt.values()), frozenset(marks), frozenset(days))


def skeleton(word: str) -> str:
    """A folded word without what hands write differently: ae, a and ä are one, and a double letter is a single one.

    >>> {skeleton(folded(word)) for word in ("Förderschule", "Foerderschulle", "Forderschule")}
    {'forderschule'}
    """
    return _TWICE.sub(r"\1", _UMLAUT.sub(r"\1", word))


@lru_cache(maxsize=50_000)
def plain_words(word: str) -> tuple[str, ...]:
    """What a folded word counts as: synonyms are one, compounds of Kita are two words, Straße is str.

    >>> plain_words("bewegungskindergaten"), plain_words("haldenstrasse"), plain_words("kiga")
    (('bewegungs', 'kita'), ('haldenstr',), ('kita',))
    """
    if word in vocabulary.SYNONYMS or word in vocabulary.ROMAN:
        return (vocabulary.SYNONYMS.get(word, word),)
    for tail, short in vocabulary.TAILS.items():
        for length in (len(tail), len(tail) - 1, len(tail) + 1):
            head, end = word[:-length], word[-length:]
            if len(word) >= length and len(head) != 1 and OSA.distance(end, tail, score_cutoff=1) <= 1:
                return (skeleton(head) + short,) if short == "str" or not head else (skeleton(head), short)
    plain = skeleton(word)
    return (next((short for start, short in vocabulary.STEMS.items() if plain.startswith(start)), plain),)


def _weekday(word: str) -> str:
    return vocabulary.DAY_NAMES.get(word.removesuffix("s"), "")


def _mark(word: str, before: str) -> str:
    if _a_number(word, before):
        return vocabulary.ROMAN.get(word, word.lstrip("0") or "0")
    return word if word in vocabulary.OPPOSITES else ""


def _a_number(word: str, before: str) -> bool:
    """Not every letter is one: "D & B", "Dr. A. Schweitzer"."""
    lettered = len(word) == 1 and before.endswith(vocabulary.LETTERED)
    return word.isdigit() or word in vocabulary.ROMAN or lettered
