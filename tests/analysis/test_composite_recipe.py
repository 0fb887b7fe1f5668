"""The recipe of an index is data: it goes out as JSON and comes back as it was, and what is no recipe is refused."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommpass.analysis.composite.recipe import (
    Aggregation,
    ByLimits,
    ByQuantile,
    BySpread,
    Direction,
    Indicator,
    LeftOut,
    MinMax,
    Missing,
    Rank,
    Recipe,
    Spread,
    ZScore,
)
from kommpass.analysis.composite.recipe_json import NoRecipe, from_json, to_json

HALVES = ByQuantile(("low", "high"))
KEYS = ("poverty", "single_parents", "employment")

z_scores = st.sampled_from([ZScore(), ZScore(spread=Spread.SAMPLE), ZScore(by_population=True)])
normalisations = z_scores | st.sampled_from([MinMax(), Rank()])
weights = st.decimals("0.1", "9", places=1)
names = st.text(min_size=1, max_size=8)


@st.composite
def class_rules(draw):
    limits = tuple(sorted(draw(st.sets(st.decimals(-3, 3, places=2), min_size=1, max_size=4))))
    labels = tuple(f"class {number}" for number in range(len(limits) + 1))
    return draw(
        st.sampled_from([BySpread(limits, labels, Spread.SAMPLE), ByLimits(limits, labels), ByQuantile(labels)])
    )


@st.composite
def recipes(draw, *, aggregations=tuple(Aggregation)) -> Recipe:
    """Any recipe for the three indicators."""
    return Recipe(
        tuple(Indicator(key, draw(st.sampled_from(Direction)), draw(weights)) for key in KEYS),
        HALVES,
        minimum_valid=draw(st.integers(1, 3)),
        normalisation=draw(normalisations),
        aggregation=draw(st.sampled_from(aggregations)),
        missing=draw(st.sampled_from(Missing)),
        standardised=draw(st.none() | z_scores),
        winsorised=draw(st.sampled_from([Decimal(0), Decimal("0.1")])),
    )


@given(recipes(), class_rules(), st.lists(st.builds(LeftOut, names, names), max_size=2))
def test_a_recipe_comes_back_from_json_as_it_was(rules, classes, left_out):
    whole = replace(rules, classes=classes, left_out=tuple(left_out), minimum_population=300)
    assert from_json(json.loads(json.dumps(to_json(whole)))) == whole


def broken(*path, value):
    told = to_json(
        Recipe((Indicator("poverty"), Indicator("tenants")), BySpread((Decimal(1),), ("low", "high")), minimum_valid=1)
    )
    place = told
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return told


@pytest.mark.parametrize(
    "told",
    [
        [],
        broken("missing", value=None),
        broken("more", value="than there is"),
        broken("indicators", value="poverty"),
        broken("indicators", 1, "key", value="poverty"),
        broken("indicators", 0, "weight", value=0.5),
        broken("indicators", 0, "weight", value="0"),
        broken("indicators", 0, "weight", value="NaN"),
        broken("indicators", 0, "weight", value="a lot"),
        broken("indicators", 0, "direction", value="sideways"),
        broken("minimum_valid", value=3),
        broken("minimum_valid", value=True),
        broken("minimum_population", value=-1),
        broken("winsorised", value="0.5"),
        broken("normalisation", "kind", value="logarithm"),
        broken("normalisation", value={"kind": "rank", "spread": "sample"}),
        broken("normalisation", value={"kind": "z_score", "spread": "sample", "by_population": True}),
        broken("normalisation", "by_population", value="yes"),
        broken("standardised", value={"kind": "rank"}),
        broken("classes", "kind", value="jenks"),
        broken("classes", "limits", value=["1", "2"]),
        broken("classes", value={"kind": "limits", "names": ["a", "b", "c"], "limits": ["2", "1"]}),
        broken("classes", value={"kind": "quantile", "names": []}),
    ],
)
def test_what_is_no_recipe_is_refused(told):
    with pytest.raises(NoRecipe):
        from_json(told)
