"""Reads the groups of words that lie beside this file: which words people and town halls use for one another.

Each file has one field of life, in subjects:

  same   each word of a group finds all others
  near   each word of a group finds all others, behind hits by the word itself: they are near, not the same
  also   the first word finds the others too, but not the other way round: who asks for PEKiP is glad of any
         Krabbelgruppe, who asks for a Krabbelgruppe did not ask for PEKiP alone
  kinds  the first word is a kind of thing, the others are some of that kind: who asks for Kampfsport is glad of Judo,
         who asks for Judo may look at Kampfsport where there is none
  ">…"   in a group: a way to ask that would find too much if it were looked for in texts (alte Menschen, Lehre)

Inflection, umlauts, hyphens and compounds need no entry: Kitaplatz finds Kindergartenplatz by its parts.
"""

import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent
RELATIONS = ("same", "near", "also", "kinds")

Group = tuple[str, ...]


@functools.cache
def groups() -> dict[str, tuple[Group, ...]]:
    """The groups of all files by their relation, in the words of the files.

    >>> sorted({group[:2] for group in groups()["kinds"] if "Judo" in group})
    [('Kampfsport', 'Judo')]
    """
    subjects = list(_subjects())
    return {name: tuple(tuple(group) for subject in subjects for group in subject.get(name, ())) for name in RELATIONS}


def _subjects() -> Iterator[dict[str, list[list[str]]]]:
    for file in sorted(FOLDER.glob("*.toml")):
        yield from tomllib.loads(file.read_text(encoding="utf-8"))["subject"]
