"""Makes texts comparable for a search that forgives: no capitals, no umlauts, no accents, no double blanks."""

import re
import unicodedata

SPELLED = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("ø", "o"))
ACCENTS = re.compile(r"[\u0300-\u036f]")


def folded(text: str) -> str:
    """A text as the search compares it.

    "Büro", "BUERO" and "buero" are the same word; so are "Café" and "cafe".
    """
    plain = text.casefold()
    if not plain.isascii():
        # A letter and its dots may be two signs: they are put together before the dots get their e.
        plain = unicodedata.normalize("NFC", plain)
        for letter, written in SPELLED:
            plain = plain.replace(letter, written)
        plain = ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    return " ".join(plain.split())


def words_of(asked: str) -> list[str]:
    """The words somebody searches for: each must be found."""
    return folded(asked).split()


def fits(words: list[str], text: str) -> bool:
    """Whether each word stands somewhere in a text that is folded already, also within a longer word."""
    return all(word in text for word in words)
