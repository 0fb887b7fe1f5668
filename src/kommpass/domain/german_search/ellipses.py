"""Completes what German leaves out: „Sprach- und Integrationszentrum“ has a Sprachzentrum as well."""

import re
from collections.abc import Iterator

from kommpass.domain.german_search.compounds import split
from kommpass.domain.german_search.folding import fold
from kommpass.domain.german_search.lexicon import lexicon

LEFT_OUT = re.compile(
    r"(?<![^\W_])([^\W\d_]{3,})[-‐‑–]\s*(?:,|/|&|und|oder|u\.|sowie|bzw\.)\s*(?:[^\W\d_]{3,}[-‐‑–]\s*(?:und|oder|&)\s*)?"
    r"([^\W\d_]{6,})",
    re.IGNORECASE,
)


def completed(text: str) -> Iterator[str]:
    """The words that stand in the text without their last part, in lower case.

    >>> list(completed("Mädchen- und Jungenarbeit, Sprach-, Lese- und Spielförderung, Groß- und Kleinschreibung"))
    ['mädchenarbeit', 'sprachförderung']
    """
    for found in LEFT_OUT.finditer(text):
        parts = split(fold(found[2]))
        if parts and parts[-1].known:
            yield found[1].lower() + lexicon().written.get(parts[-1].word, parts[-1].word)
