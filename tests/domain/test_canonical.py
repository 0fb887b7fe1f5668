"""Equal contents have equal fingerprints."""

import json
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.canonical import NotCanonical, canonical_bytes, canonical_json, digest

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
KEYS = st.text("abcäß12", max_size=4)
CONTENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


def shuffled(content):
    if isinstance(content, dict):
        return {key: shuffled(value) for key, value in reversed(content.items())}
    return [shuffled(each) for each in content] if isinstance(content, list) else content


@given(CONTENTS)
def test_the_order_of_keys_does_not_matter(content):
    assert digest(content) == digest(shuffled(content))


@given(CONTENTS, CONTENTS)
def test_two_contents_share_a_fingerprint_only_if_they_are_equal(one, other):
    assert (canonical_json(one) == canonical_json(other)) == (digest(one) == digest(other))


@given(CONTENTS)
def test_reading_the_canonical_text_and_writing_it_again_gives_the_same_bytes(content):
    assert canonical_bytes(json.loads(canonical_json(content))) == canonical_bytes(content)


@given(TEXTS)
def test_composed_and_decomposed_umlauts_are_one_text(text):
    assert digest(unicodedata.normalize("NFD", text)) == digest(unicodedata.normalize("NFC", text))


def test_the_fingerprint_never_changes_between_releases():
    content = {"title": "Zielvereinbarung", "fields": [{"number": "1", "goals": []}], "votes": None}
    assert canonical_json(content) == '{"fields":[{"goals":[],"number":"1"}],"title":"Zielvereinbarung","votes":null}'
    assert digest(content) == "e1b3dcff9eda6c2170a9a3acab12630d79756518781888e623ff2682fb5c1f60"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ({"rate": 0.4}, ".rate"),
        ({"cost": [Decimal(1)]}, ".cost[0]"),
        ({"due": date(2027, 1, 1)}, ".due"),
        ({1: "a"}, "the top"),
        ({"ü": 1, "u\u0308": 2}, "the top"),
        ({"text": "\ud800"}, ".text"),
        ({"set": {1}}, ".set"),
        (b"bytes", "the top"),
        (float("nan"), "the top"),
    ],
)
def test_what_has_no_single_spelling_is_refused_with_its_place(content, place):
    with pytest.raises(NotCanonical, match=f"at {place.replace('[', '.').replace(']', '.')}$"):
        canonical_json(content)
