"""The town carried on by births, deaths and migration, from assumptions that have a name."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from kommpass.analysis.projection.cohort_component import Assumptions, observed_migration, project_town
from kommpass.analysis.projection.refusals import SeriesTooShort

AGES = 5
shares = some.floats(0, 1)
assumptions = some.builds(
    Assumptions,
    name=some.just("Mittlere Variante"),
    source=some.text(min_size=1),
    survival=some.tuples(*[shares] * AGES),
    survival_at_birth=shares,
    fertility=some.tuples(some.just(0.0), *[some.floats(0, 0.3)] * (AGES - 1)),
    women=some.tuples(*[shares] * AGES),
    net_migration=some.tuples(*[some.floats(-40, 40)] * AGES),
)
populations = arrays(np.int64, AGES, elements=some.integers(0, 500))


def test_a_town_of_three_ages_by_hand():
    """Age 1: 100 x 0.99 + 5 = 104. Age 2 and older: 80 x 0.98 + 200 x 0.9 - 8.4 = 250.
    Born: half of the mean of 80 and 104 are women, each has half a child: 23; 0.99 of them live: 22.77; one more came.
    """
    stated = Assumptions(
        name="von Hand",
        source="ausgedacht",
        survival=(0.99, 0.98, 0.9),
        survival_at_birth=0.99,
        fertility=(0.0, 0.5, 0.0),
        women=(0.5, 0.5, 0.5),
        net_migration=(1.0, 5.0, -8.4),
    )
    result = project_town([100, 80, 200], stated, 1)
    np.testing.assert_allclose(result.people, [[23.77, 104, 250]], rtol=1e-12)
    np.testing.assert_allclose(result.births, [22.77], rtol=1e-12)
    assert result.assumptions is stated


@given(assumptions)
def test_assumptions_survive_the_way_to_json_and_back(stated):
    text = stated.to_json()
    assert Assumptions.from_json(text) == stated
    assert Assumptions.from_json(text).to_json() == text


def test_json_that_is_not_assumptions_is_refused():
    with pytest.raises(ValueError, match="assumptions are an object with"):
        Assumptions.from_json('{"name": "halb"}')
    with pytest.raises(ValueError, match="assumptions are an object with"):
        Assumptions.from_json("[]")


@given(populations, assumptions, some.integers(0, 6))
def test_nobody_is_negative_and_every_year_and_age_has_its_place(population, stated, years):
    result = project_town(population, stated, years)
    assert result.people.shape == (years, AGES)
    assert result.births.shape == (years,)
    assert (result.people >= 0).all()
    assert (result.births >= 0).all()


@given(some.lists(some.floats(0.5, 1), min_size=AGES - 1, max_size=AGES - 1), some.floats(0.1, 0.9))
def test_a_town_with_as_many_births_as_deaths_stays(alive, oldest):
    """As many are born as are of age 0; the oldest are as many as come to them and die."""
    ages = np.cumprod([1000.0, *alive[:-1]])
    oldest_people = ages[-1] * alive[-1] / (1 - oldest)
    population = np.append(ages, oldest_people)
    parents = 2 * population[0] / population[2]
    stated = Assumptions("bleibt", "Probe", (*alive, oldest), 1.0, (0, 0, parents, 0, 0), (0.5,) * 5, (0.0,) * 5)
    np.testing.assert_allclose(project_town(population, stated, 8).people, [population] * 8, rtol=1e-9)


@settings(deadline=None)
@given(populations, populations, assumptions)
def test_observed_migration_leads_from_one_year_to_the_next(before, after, stated):
    known = {
        "survival": stated.survival,
        "survival_at_birth": stated.survival_at_birth,
        "fertility": stated.fertility,
        "women": stated.women,
    }
    migration = observed_migration([before, after], **known)
    moved = Assumptions(name="beobachtet", source="Probe", net_migration=migration, **known)
    np.testing.assert_allclose(project_town(before, moved, 1).people[0], after, atol=1e-9)


def test_one_year_tells_nothing_about_migration():
    with pytest.raises(SeriesTooShort, match="Gebraucht werden 2 Jahre in Folge, vorhanden sind 1"):
        observed_migration([[1, 2]], survival=(1, 1), survival_at_birth=1, fertility=(0, 0), women=(0.5, 0.5))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "without a name"),
        ({"survival": (1.0, 1.1)}, "between 0 and 1"),
        ({"survival_at_birth": -0.1}, "between 0 and 1"),
        ({"fertility": (0.0, -0.1)}, "never less than nothing"),
        ({"fertility": (0.1, 0.1)}, "the youngest have no children"),
        ({"women": (0.5,)}, "different numbers of ages"),
        ({"net_migration": (0.0, float("nan"))}, "net migration of an age is missing"),
    ],
)
def test_assumptions_that_cannot_be_are_refused(changed, said):
    right = {"name": "n", "source": "s", "survival": (1.0, 0.9), "survival_at_birth": 1.0, "fertility": (0.0, 0.1),
             "women": (0.5, 0.5), "net_migration": (0.0, 0.0)}  # fmt: skip
    with pytest.raises(ValueError, match=said):
        Assumptions(**right | changed)


def test_people_and_assumptions_are_of_the_same_ages():
    stated = Assumptions("n", "s", (1.0, 0.9), 1.0, (0.0, 0.1), (0.5, 0.5), (0.0, 0.0))
    with pytest.raises(ValueError, match="3 ages, but assumptions for 2"):
        project_town([1, 2, 3], stated, 1)
