"""Berlin has two key dates of its register and 542 areas: what is refused, and which units are proposed instead."""

import csv

import numpy as np
import pytest

from kommpass.analysis.projection.backtest import NO_CHANGE, back_test, no_change
from kommpass.analysis.projection.figures import AgeGroup
from kommpass.analysis.projection.refusals import SeriesTooShort, UnitsTooSmall
from kommpass.analysis.projection.reporting_units import proposed_units, require_size

PART_OF_TOWN = 4
"""So many digits of the eight of a planning area (Planungsraum) name its part of the town (Prognoseraum)."""


@pytest.fixture(scope="module")
def areas(shared_data):
    table = shared_data / "02_population_social" / "berlin_ewr_2024" / "berlin-2024-02-t2-planning-areas.csv"
    with table.open() as lines:
        return {row["id"]: int(row["inhabitants"]) for row in csv.DictReader(lines)}


def test_two_key_dates_are_no_series():
    two = np.ones((2, 542, 8))
    with pytest.raises(SeriesTooShort, match="Gebraucht werden 7 Jahre in Folge, vorhanden sind 2"):
        back_test(two, {NO_CHANGE: no_change}, groups=[AgeGroup("unter 6", 0, 0)], years_ahead=4, origins=1, base=3)


def test_planning_areas_are_too_small_and_their_parts_of_town_have_room_for_units(areas):
    with pytest.raises(UnitsTooSmall) as refusal:
        require_size(areas)
    assert len(refusal.value.areas) == 326

    units = proposed_units(areas, parent={code: code[:PART_OF_TOWN] for code in areas})
    people = {unit[0]: sum(areas[code] for code in unit) for unit in units}
    require_size(people)
    assert len(units) == 340
    assert sum(people.values()) == 3_897_145
    assert all(len({code[:PART_OF_TOWN] for code in unit}) == 1 for unit in units)
