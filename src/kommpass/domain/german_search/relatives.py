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


def relatives(word: str, vocabulary: Vocabulary) -> list[str]:
    """Stems of the town that share their root with this folded word, for words that find nothing else.

    >>> town = Vocabulary([("sport", "sport"), ("musik", "musik"), ("trau", "trauung")])
    >>> relatives("sportlich", town), relatives("musikalische", town), relatives("trauer", town)
    (['sport'], ['musik'], [])
    """
    if not word.isascii() or not word.isalpha() or word in WHOLE_FORMS:
        return []
    roots = [word[:at] for at in range(len(word), SHORTEST_ROOT - 1, -1) if SUFFIX.fullmatch(word[at:])]
    below = [found for root in roots if (found := stem(root)) in vocabulary and len(found) >= SHORTEST_ROOT]
    root = stem(word)
    above = vocabulary.starting(root, MOST) if len(root) >= SHORTEST_ROOT else []
    beside = [vocabulary.stem_of(surface) for surface in above if SUFFIX.fullmatch(surface[len(root) :])]
    return list(dict.fromkeys(each for each in (*below, *beside) if each))
