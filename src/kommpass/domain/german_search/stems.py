"""Cuts the endings off a word: Kinder and Kindern are Kind, Schülerinnen are Schüler, Kitas are a Kita."""

import functools
import re

import snowballstemmer  # type: ignore[import-untyped]

LONGEST = 60
"""Letters of a word: longer ones are addresses and codes; cut, they still fit into a column."""

SNOWBALL = snowballstemmer.stemmer("german")

IRREGULAR = (
    (re.compile(r"kurs(?:e[ns]?)?$"), "kurs"),
    (re.compile(r"impuls(?:e[ns]?)?$"), "impuls"),
    (re.compile(r"(zentr|muse|gymnasi|stipendi|praktik|medi|jubila?e?)(?:ums?|en|a)$"), r"\1um"),
    (re.compile(r"(?<!s)bus(?:se[ns]?)?$"), "bus"),
    (re.compile(r"^jungs$"), "jungs"),
    (re.compile(r"^skate(?:r?n?|rs)$"), "skate"),
    (re.compile(r"(?<![a-z])steuern?$"), "steuer"),
    (re.compile(r"(handy|baby|party|hobby|teddy|buggy|lady|rowdy|pony)(?:s|ies)$"), r"\1"),
)
"""Plurals that no rule of endings knows; left alone, a Kurs would be a Kur, and Kurse something else again."""

WHOLE = (
    *("alter", "bauer", "eltern", "ehren", "enkel", "erzieher", "feier", "feuer", "folter", "innen", "kletter"),
    *("kummer", "lehrer", "leiter", "schuler"),
    *("mauer", "messer", "muster", "ostern", "partner", "ruder", "steuer", "trainer", "trauer", "wander", "wunder"),
    "zauber",
)
"""Words that end like a plural and are none: without this Trauer is found with trauen, Ostern with Ost."""

WHOLE_FORMS = {word + ending: word for word in WHOLE for ending in ("", "n", "s") if word + ending != "leitern"}

FEMALE = re.compile(
    r"(?:(?<=er)|(?<=or)|(?<=ent)|(?<=ant)|(?<=ist)|(?<=ekt)|(?<=og)|(?<=urg)|(?<=arzt)|(?<=walt)|(?<=freund))in$"
)
FEMALES = re.compile(r"(?<=..)(?<!beg)(?<!gew)(?<!bes)(?<!ents)(?<!sp)innen$")
FOREIGN_PLURAL = re.compile(r"(?<=[a-z]{2}[aouy])s$")
"""Kitas, Infos, Babys. Not after i and e; short words and those in -us and -as keep theirs (see NO_PLURAL)."""
NO_PLURAL = re.compile(r"(?:haus|maus|aus|plus|mus|us|(?<![a-z])gas|erdgas|glas|gras|atlas|was|das|chaos|kosmos|los)$")


@functools.lru_cache(200_000)
def stem(word: str) -> str:
    """The stem of a folded word: what its singular, plural, cases and female form have in common.

    Words of other alphabets stay as they are.

    >>> [stem(word) for word in ("beratung", "beratungen", "kurse", "familienzentren", "schulerinnen", "kitas")]
    ['berat', 'berat', 'kurs', 'familienzentrum', 'schuler', 'kita']
    """
    word = word[:LONGEST]
    if not word.isascii() or not word.isalpha():
        return word
    word = FEMALE.sub("", FEMALES.sub("", word))
    for ending, whole in IRREGULAR:
        if found := ending.search(word):
            return word[: found.start()] + found.expand(whole)
    if word in WHOLE_FORMS:
        return WHOLE_FORMS[word]
    if not NO_PLURAL.search(word):
        word = FOREIGN_PLURAL.sub("", word)
    return str(SNOWBALL.stemWord(word))
