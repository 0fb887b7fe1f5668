"""Reads lexicon.txt: the words German compounds of the field are made of, and the forms they take there."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kommpass.domain.german_search.folding import fold

FILE = Path(__file__).with_name("lexicon.txt")

SURE_JOINT = (
    (re.compile(r".*(?:ung|heit|keit|schaft|ion|tät|tat|ling|tum)"), ("", "s")),
    (re.compile(r".*e"), ("", "n")),
)
"""Beratung|s|stelle, Gruppe|n|raum: after these endings German joins in one way only."""
JOINTS = ("", "s", "n", "en", "es", "e", "er", "ns")

ENDINGS = (
    (re.compile(r".*(?:er|or|ist)"), ("", "n", "s", "in", "innen")),
    (re.compile(r".*e"), ("", "n", "s", "r")),
    (re.compile(r".*[aiouy]"), ("", "s")),
    (re.compile(r".*[sxz]"), ("", "e", "es", "en", "er", "ern")),
)
OTHER_ENDINGS = ("", "s", "es", "e", "en", "er", "ern", "n")


@dataclass(frozen=True)
class Lexicon:
    """The known words. All folded; a form leads to the word it is a form of."""

    firsts: dict[str, str] = field(default_factory=dict)
    """Forms of words as a first part, with their joints: kinder -> kind, gruppen -> gruppe."""
    lasts: dict[str, str] = field(default_factory=dict)
    """Forms of words as a last part, with their endings: gruppen -> gruppe."""
    entries: dict[str, str] = field(default_factory=dict)
    """Forms of all entries: no such word is taken apart."""
    free_firsts: set[str] = field(default_factory=set)
    free_lasts: dict[str, str] = field(default_factory=dict)
    hints: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Words under which an entry is found besides its own: kindergeld -> geld."""
    written: dict[str, str] = field(default_factory=dict)
    """Entries with their umlauts: saugling -> säugling."""

    def add(self, line: str) -> None:
        """Take up one entry in the notation of the file."""
        head, _colon, hints = fold(line).partition(":")
        base, *forms = head.split()
        word = base.strip("*-=")
        self.written[word] = line.replace(":", " ").split()[0].strip("*-=")
        self._keep(self.entries, endings(word), word)
        if hints:
            self.hints[word] = tuple(hints.split())
        if base.startswith("="):
            return
        if not base.endswith("-"):
            self._keep(self.lasts, endings(word), word)
        if base.startswith("*"):
            self._keep(self.free_lasts, endings(word), word)
        if not base.startswith("-"):
            self._add_firsts(word, [base] if base.endswith(("-", "*")) else forms)

    def spelled(self, form: str, word: str) -> str:
        """A form of an entry with the umlauts of the entry: sauglings -> säuglings."""
        return self.written.get(word, word) + form[len(word) :] if form.startswith(word) else form

    def _add_firsts(self, word: str, forms: list[str]) -> None:
        self._keep(self.firsts, (form.rstrip("-*") for form in forms) if forms else joined(word), word)
        self.free_firsts.update(form[:-1] for form in forms if form.endswith("*"))

    @staticmethod
    def _keep(shelf: dict[str, str], forms: Iterator[str], word: str) -> None:
        """A form that is a word of its own stays its own: Kurs is no Kur with a joint."""
        for form in forms:
            if form == word or form not in shelf:
                shelf[form] = word


def joined(word: str) -> Iterator[str]:
    """The forms of a word before another word, where the file does not say it."""
    joints = next((joints for ending, joints in SURE_JOINT if ending.fullmatch(word)), JOINTS)
    return (word + joint for joint in joints)


def endings(word: str) -> Iterator[str]:
    """The word and its plural and cases as far as endings make them; umlauts are folded away already."""
    found = next((found for ending, found in ENDINGS if ending.fullmatch(word)), OTHER_ENDINGS)
    yield from (word + ending for ending in found)
    if word.endswith("um"):
        yield word[:-2] + "en"


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon of the house, read once."""
    found = Lexicon()
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            for entry in filter(None, map(str.strip, line.split(","))):
                found.add(entry)
    return found
