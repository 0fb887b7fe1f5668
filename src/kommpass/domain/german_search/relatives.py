"""Words of one family that no ending joins: sportlich and Sport, musikalisch and Musik, bastelt and Basteln."""

import re

from kommpass.domain.german_search.stems import WHOLE_FORMS, stem
from kommpass.domain.german_search.vocabulary import Vocabulary

SHORTEST_ROOT = 4
MOST = 60
SUFFIX = re.compile(
    "(?:(?:al|er|ler|ner)?(?:isch|ig|lich)|bar|sam|haft|los|igkeit|keit|heit|schaft|chen|lein|ieren|iert|end|erei|ei|er"
    "|in|t|st|te|tet|n|en|ik|ie|ist|ismus|nis|ung)?(?:e[mnrs]?)?"
)
"""What is hung on a root to make another word of it."""
BEFORE_N = "elr"
"""Where an n alone is an ending: Hilfe|n, bastel|n; Hilf|n is a slip."""
PARTICIPLE = re.compile("ge([a-z]{3,}?)(?:e?t|en)(?:e[mnrs]?)?")


def relatives(word: str, vocabulary: Vocabulary) -> list[str]:
    """Stems of the town that share their root with this folded word, for words that find nothing else.

    >>> town = Vocabulary([("sport", "sport"), ("musik", "musik"), ("trau", "trauung")])
    >>> relatives("sportlich", town), relatives("musikalische", town), relatives("trauer", town)
    (['sport'], ['musik'], [])
    """
    if not word.isascii() or not word.isalpha() or word in WHOLE_FORMS:
        return []
    ends = [at for at in range(len(word), SHORTEST_ROOT - 1, -1) if SUFFIX.fullmatch(word[at:])]
    roots = [word[:at] for at in ends if word[at:] != "n" or word[at - 1] in BEFORE_N]
    below = [found for found in map(_stem_of_root, roots) if found in vocabulary and len(found) >= SHORTEST_ROOT]
    root = stem(word)
    above = vocabulary.starting(root, MOST) if len(root) >= SHORTEST_ROOT else []
    beside = [vocabulary.stem_of(surface) for surface in above if SUFFIX.fullmatch(surface[len(root) :])]
    return list(dict.fromkeys(each for each in (*same_verb(word, vocabulary), *below, *beside) if each))


def same_verb(word: str, vocabulary: Vocabulary) -> list[str]:
    """Stems of the town for what is done, from other forms of the verb: gekocht is kochen, fördern is Förderung.

    >>> town = Vocabulary([("koch", "kochen"), ("forder", "förderung")])
    >>> same_verb("gekocht", town), same_verb("fordern", town)
    (['koch'], ['forder'])
    """
    forms: list[str] = []
    if found := PARTICIPLE.fullmatch(word):
        forms += [found[1] + "en", found[1] + "n"]
    if word.endswith(("ern", "eln")):
        forms += [word[:-1] + "ung", word[:-1]]
    if word.endswith(("erung", "elung")):
        forms += [word[:-3] + "n"]
    return [each for form in forms if (each := stem(form)) in vocabulary and each != stem(word)]


def _stem_of_root(root: str) -> str:
    """The stem, unless that would cut more than an ending: Ballet|t is no Ball."""
    found = stem(root)
    return found if len(root) - len(found) < 2 or root.endswith(("en", "er", "es")) else root
