"""Reads what a list says of the accessibility of a place: our criteria, each yes or no; everything else is unknown."""

import re
from collections.abc import Iterable, Mapping

from kommpass.domain.likeness.wording import folded
from kommpass.domain.offers.vocabularies import ACCESSIBILITY

TARGETS = {f"accessible_{key}": key for key in ACCESSIBILITY.places}
"""Target of a column that is about one criterion -> the criterion."""
YES, NO, PARTLY = "yes", "no", "partly"
_STATES = (
    (NO, r"nein|no|false|0|n|nicht vorhanden|nicht|kein|fehlt|without|absent"),
    (
        PARTLY,
        r"teilweise|teils|limited|eingeschraenkt|bedingt|partial|partly|teilweise vorhanden|mit einschraenkung(?:en)?",
    ),
    (
        YES,
        r"ja|yes|true|1|x|j|y|vorhanden|voll|full|uneingeschraenkt|designated|gegeben|ohne einschraenkung(?:en)?",
    ),
)
_UNKNOWN = r"unbekannt|unknown|weiss nicht|keine angaben?|k a|n a|nicht bekannt|nicht geprueft"
_CRITERIA = (
    ("toilet", r"toilet|\bwc\b"),
    ("changing_table", r"wickel|changing table|diaper"),
    ("pram", r"kinderwagen|pram\b|stroller"),
    ("parking", r"behindertenpark|park.*behind|disabled park|accessible park|rollstuhlpark"),
    ("lift", r"aufzug|fahrstuhl|\blift\b|elevator"),
    ("induction_loop", r"hoerschleife|induktion|induction|hearing loop|audio loop"),
    ("sign_language", r"gebaerden|sign language|\bdgs\b"),
    ("easy_language", r"leichte sprache|einfache sprache|easy language|plain language"),
    ("guidance", r"leitsystem|blinden|sehbehind|taktil|braille|tactile|guidance"),
    ("low_stimulus", r"reizarm|low stimulus|quiet room|ruheraum"),
    ("wide_doors", r"tuer(?:en)?\b.*(?:90|breit)|breite tuer|wide door|tuerbreite"),
    (
        "step_free",
        r"stufen|rollstuhl|rolli\b|barrierefrei|wheelchair|ebenerdig|rampe|schwellenlos|step free|accessible",
    ),
)
_DENIED = re.compile(r"^(?:nicht|kein(?:e|en)?|ohne(?! stufen| treppen| schwelle)|not|no)\b|\bnicht\b|\bnot\b")
_ITEMS = re.compile(r"\s*[;\n|]\s*|,\s+")
_ABOUT = re.compile(r"^(.*?)\s*(?:[:=]|\(|\s-\s)\s*([^()]*)\)?$", re.DOTALL)


def read_state(text: str) -> str | None:
    """Yes, no, partly, "" for unknown; None for what is none of these.

    >>> read_state("Ja"), read_state("limited"), read_state("k. A."), read_state("Rampe hinten")
    ('yes', 'partly', '', None)
    """
    plain = folded(text)
    if not plain or re.fullmatch(_UNKNOWN, plain):
        return ""
    return next((state for state, pattern in _STATES if re.fullmatch(pattern, plain)), None)


def read_accessibility(said: Mapping[str, str]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The criteria with "yes" or "no" in the order of the list, and what could not be read as one of them.

    `said`: target -> text; "accessibility" is a column of everything.

    >>> read_accessibility({"accessibility": "rollstuhlgerecht: ja; WC: nein; Aufzug", "accessible_pram": "teilweise"})
    ((('step_free', 'yes'), ('lift', 'yes'), ('toilet', 'no')), ('teilweise',))
    """
    found: dict[str, str] = {}
    unread: list[str] = []
    for key, text in [*_items(said.get("accessibility", "")), *_columns(said)]:
        state = read_state(text) if text is not None else YES
        if key is None or state is None or state == PARTLY:
            unread.append(text or "")
        elif state:
            found[key] = state
    ordered = tuple((key, found[key]) for key in ACCESSIBILITY.places if key in found)
    return ordered, tuple(each for each in dict.fromkeys(unread) if each)


def _columns(said: Mapping[str, str]) -> Iterable[tuple[str | None, str | None]]:
    """One criterion each: a state, or words that say the criterion themselves ("Rampe hinten")."""
    for target, key in TARGETS.items():
        text = said.get(target, "")
        if text:
            words = read_state(text) is None and criterion(text) == key
            yield key, ("nein" if _DENIED.search(folded(text)) else "ja") if words else text


def _items(text: str) -> Iterable[tuple[str | None, str | None]]:
    """Criteria in one text: "WC: ja", "kein Aufzug", "rollstuhlgerecht"; a state alone is about wheelchairs."""
    if text and read_state(text) is not None:
        yield "step_free", text
        return
    for item in _ITEMS.split(text):
        if not item.strip():
            continue
        about = _ABOUT.match(item)
        if about and criterion(about[1]) and read_state(about[2]) is not None:
            yield criterion(about[1]), about[2]
        elif key := criterion(item):
            yield key, "nein" if _DENIED.search(folded(item)) else "ja"
        else:
            yield None, item


def criterion(text: str) -> str | None:
    """The criterion that words name.

    >>> criterion("Behinderten-WC"), criterion("wheelchair"), criterion("step_free"), criterion("Kaffee")
    ('toilet', 'step_free', 'step_free', None)
    """
    if text.strip() in ACCESSIBILITY.places:
        return text.strip()
    plain = folded(text)
    exact = next((key for key, label in ACCESSIBILITY.labels.items() if folded(label) == plain), None)
    return exact or next((key for key, pattern in _CRITERIA if re.search(pattern, plain)), None)
