"""Makes texts comparable for a search that forgives: no capitals, no umlauts, no accents, no double blanks."""

import unicodedata

SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o"})


def folded(text: str) -> str:
    """A text as the search compares it.

    "Büro", "BUERO" and "buero" are the same word; so are "Café" and "cafe".
    """
    composed = unicodedata.normalize("NFC", text).casefold().translate(SPELLED)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(sign))
    return " ".join(bare.split())


def words_of(asked: str) -> list[str]:
    """The words somebody searches for: each must be found."""
    return folded(asked).split()


def fits(words: list[str], text: str) -> bool:
    """Whether each word stands somewhere in a text that is folded already, also within a longer word."""
    return all(word in text for word in words)
