"""The real statistics of offices and towns come in without a hand on the file: every figure, sign and line of them."""

import os
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kommpass.adapters.statistics_files import read
from kommpass.domain.statistics import Layout, RecipeRefused, Status, facts, understand

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KOMMPASS_SHARED") or REPOSITORY.parent / "shared")
SOCIAL, OFFICIAL = "02_population_social", "09_official_stats"


def grids_of(*steps):
    path = SHARED.joinpath("data", *steps)
    if not path.exists():
        pytest.skip(f"Die Beispieldaten fehlen: {path} (KOMMPASS_SHARED nennt ihren Ort).")
    return read(path.read_bytes(), path.name).grids


def facts_of(*steps, **said):
    """All figures of a file with one sheet; not one of its cells is left out."""
    (grid,) = grids_of(*steps)
    found = facts(grid, replace(understand(grid).recipe, **said))
    places = {(each.row, each.column) for each in (*found.facts, *found.errors)}
    assert len(places) == len(found.facts) + len(found.errors)
    assert found.cells.all == grid.size
    return found


def size(found):
    """Areas, times, facts, errors."""
    return len(found.areas), len(found.times), len(found.facts), len(found.errors)


def values(found, **wanted):
    """Code (or name) of the area and time -> value, of the facts that are as wanted."""
    return {
        (fact.area_code or fact.area_name, fact.time): fact.value
        for fact in found.facts
        if all(getattr(fact, name) == value for name, value in wanted.items())
    }


# Flat files of GENESIS, Regionalstatistik and the census


def test_population_of_all_districts_and_dashes_are_true_zeros():
    found = facts_of(OFFICIAL, "genesis_ffcsv_a", "12411-01-01-4__12411-01-01-4_1773175772751_de_flat.csv")
    assert size(found) == (489, 1, 1467, 0)
    assert found.statuses == {Status.VALUE: 1245, Status.NOTHING: 222}
    women, men, both = (values(found, groups=(("GES", code),)) for code in ("GESW", "GESM", ""))
    assert (women["05913", "2024-12-31"], men["05913", "2024-12-31"], both["05913", "2024-12-31"]) == (
        305602,
        297860,
        603462,
    )
    assert both["05113", "2024-12-31"] == 574682
    assert all(women[area] + men[area] == both[area] for area in both)
    (essen,) = (fact for fact in found.facts if (fact.area_code, fact.groups) == ("05113", (("GES", ""),)))
    assert (essen.area_name, essen.area_kind, essen.measure, essen.unit) == (
        "Essen, kreisfreie Stadt",
        "KREISE",
        "BEVSTD",
        "Anzahl",
    )
    assert (essen.row, essen.column, essen.total) == (1468, "N", True)


def test_the_english_file_says_the_same_as_the_german_one():
    german = facts_of(OFFICIAL, "genesis_ffcsv_a", "12211-0001__12211-0001_1773174920289_de_flat.csv")
    english = facts_of(OFFICIAL, "genesis_ffcsv_a", "12211-0001__12211-0001_1773175226037_en_flat.csv")
    assert [fact[3:11] for fact in german.facts] == [fact[3:11] for fact in english.facts]
    assert german.statuses == {Status.VALUE: 210, Status.MEANINGLESS: 9, Status.UNRELIABLE: 6}
    assert german.labels["GES", "GESW"] == "weiblich"
    assert english.labels["GES", "GESW"] == "Female"
    uncertain = next(fact for fact in german.facts if fact.row == 120)
    assert (uncertain.status, uncertain.value, uncertain.groups) == (
        Status.UNRELIABLE,
        None,
        (("GES", ""), ("ALT068", "ALT075UM")),
    )


def test_shares_of_all_municipalities_keep_blocked_and_tiny_apart_from_nothing():
    found = facts_of(OFFICIAL, "genesis_ffcsv_a", "AI-N-01-2-5__AI-N-01-2-5_1773175614400_de_flat.csv")
    assert size(found) == (13566, 1, 27132, 0)
    assert found.statuses == {
        Status.VALUE: 19382,
        Status.LESS_THAN_HALF: 2379,
        Status.NOTHING: 5357,
        Status.MEANINGLESS: 14,
    }
    change, share = values(found, measure="AI0112"), values(found, measure="AI0111")
    assert (change["12065136", "2023"], share["12065136", "2023"]) == (Decimal("-0.3"), Decimal("32.2"))
    assert (change["06635005", "2023"], change["09181126", "2023"]) == (None, 0)


def test_employees_on_four_levels_of_areas():
    found = facts_of(OFFICIAL, "genesis_ffcsv_a", "13111-01-03-4__13111-01-03-4_1773175029986_de_flat.csv")
    assert size(found) == (550, 1, 3300, 0)
    assert found.statuses == {Status.VALUE: 330, Status.NOTHING: 2898, Status.SECRET: 72}
    kinds = [kind for kind, _code, _name in found.areas]
    assert {kind: kinds.count(kind) for kind in kinds} == {"DINSG": 1, "DLAND": 16, "REGBEZ": 44, "KREISE": 489}
    assert values(found, groups=(("NAT", "NATA"), ("GES", "GESM")))["DG", "2025-06-30"] == 3561574


def test_numbers_of_municipalities_hide_behind_dots():
    found = facts_of(OFFICIAL, "genesis_ffcsv_a", "11111-02-01-4__11111-02-01-4_1773174974558_de_flat.csv")
    assert size(found) == (489, 1, 489, 0)
    assert found.statuses == {Status.VALUE: 398, Status.NOTHING: 76, Status.SECRET: 15}
    assert values(found)["05334002", "2024-12-31"] is None
    assert values(found)["08125", "2024-12-31"] == 46


def test_census_tables_keep_their_quality_and_a_compressed_one_says_the_same_without_nothing():
    whole = facts_of(OFFICIAL, "genesis_ffcsv_a", "1000A-2022__1000A-2022_1773175355216_de_flat.csv")
    compressed = facts_of(OFFICIAL, "genesis_ffcsv_a", "1000A-2022__1000A-2022_1773175384628_de_flat.csv")
    assert size(whole) == (17, 1, 1360, 0)
    assert size(compressed) == (17, 1, 1003, 0)
    assert {fact.quality for fact in whole.facts if fact.status is Status.VALUE} == {"e"}
    said = [fact for fact in whole.facts if fact.status is not Status.NOTHING]
    assert {fact[:9] for fact in said} == {fact[:9] for fact in compressed.facts}
    survey = facts_of(OFFICIAL, "genesis_ffcsv_a", "2000S-2003__2000S-2003_1773175178787_de_flat.csv")
    assert size(survey) == (1, 1, 72, 0)
    assert survey.statuses == {Status.VALUE: 69, Status.UNRELIABLE: 3}
    assert values(survey, groups=(("WDGAT2", ""), ("ERWST3", "ERWERB")))["DG", "2022-05-15"] == 43752890


def test_every_municipality_of_the_census_has_its_long_key():
    found = facts_of(OFFICIAL, "zensus2022_gemeinden", "1000A-0000_de_flat.csv")
    assert size(found) == (10787, 1, 10787, 0)
    by_key = values(found)
    assert (by_key["059110000000", "2022-05-15"], by_key["DG", "2022-05-15"]) == (354288, 82719540)
    assert {fact.quality for fact in found.facts} == {"e"}
    table = facts_of(OFFICIAL, "zensus2022_gemeinden", "1000A-0000_de_clean.csv", time="2022-05-15")
    assert values(table) == {key: value for key, value in by_key.items() if key[0] != "DG"}


def test_a_list_without_figures_is_refused():
    (grid,) = grids_of(OFFICIAL, "zensus2022_gemeinden", "ags-land.csv")
    with pytest.raises(RecipeRefused, match="keine Tabelle mit Zahlen"):
        understand(grid)


# The directory of municipalities: titles, three rows of header, a key in five columns, notes


def test_the_directory_of_municipalities_is_a_table_under_titles_and_above_notes():
    cover, grid = grids_of(OFFICIAL, "gemeindeverzeichnis", "AuszugGV2QAktuell.xlsx")
    with pytest.raises(RecipeRefused, match="keine Tabelle mit Zahlen"):
        understand(cover)
    understood = understand(grid)
    assert understood.recipe.header == (3, 4, 5)
    assert len(understood.recipe.area_code) == 5
    assert understood.doubts == ()
    found = facts(grid, understood.recipe)
    assert size(found) == (16012, 1, 16012 * 5, 0)
    assert found.cells.all == grid.size
    whole, men, women = (
        {
            f.area_code: f.value
            for f in found.facts
            if f.area_kind == "60" and (f.measure, f.groups) == ("Bevölkerung", g)
        }
        for g in ((), (("sex", "m"),), (("sex", "w"),))
    )
    assert (whole["010010000000"], men["010010000000"], women["010010000000"]) == (92550, 45874, 46676)
    known = {code for code, number in whole.items() if number is not None}
    assert (len(whole), len(known)) == (10959, 10959)
    assert all(men[code] + women[code] == whole[code] for code in known)
    areas = {f.area_code: f for f in found.facts if f.area_kind == "60" and f.measure == "Fläche"}
    assert (areas["010010000000"].value, areas["010010000000"].unit, areas["010010000000"].time) == (
        Decimal("56.73"),
        "km²",
        "2022-12-31",
    )


# Leipzig


def test_twenty_five_years_of_leipzig_on_three_levels_add_up():
    found = facts_of(SOCIAL, "leipzig_lis_raw", "einwohner.json")
    assert size(found) == (74, 25, 9250, 0)
    assert {fact.measure for fact in found.facts} == {
        "Einwohner insgesamt",
        *(f"Einwohner insgesamt / {part}" for part in ("Männer", "Frauen", "Deutsche", "Ausländer")),
    }
    total = values(found, measure="Einwohner insgesamt")
    assert (total["Gohlis-Mitte", "2024"], total["insgesamt", "2024"]) == (18011, 632562)
    women = values(found, measure="Einwohner insgesamt / Frauen")
    men = values(found, measure="Einwohner insgesamt / Männer")
    assert women["Südost", "2024"] == 33776
    assert all(women[key] + men[key] == total[key] for key in total)
    for year in found.times:
        by_level = defaultdict(int)
        for fact in found.facts:
            if (fact.time, fact.measure) == (year, "Einwohner insgesamt"):
                by_level[fact.area_kind] += fact.value
        assert by_level["ortsteil"] == by_level["stadtbezirk"], year
        assert 0 <= by_level[""] - by_level["ortsteil"] <= 579, year  # the office counts some in no district


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("arbeitslose-insgesamt", (63, 23, 15813, 0)),
        ("einwohner-insgesamt", (63, 24, 7560, 0)),
        ("haushaltseinkommen", (63, 6, 756, 0)),
        ("jugendquote", (63, 24, 4536, 0)),
        ("migranten", (63, 16, 8064, 0)),
    ],
)
def test_every_series_of_leipzig_comes_in_whole(name, expected):
    assert size(facts_of(SOCIAL, "leipzig_lis_api", f"leipzig-{name}.json")) == expected


def test_series_of_leipzig_have_the_values_of_the_office():
    out_of_work = facts_of(SOCIAL, "leipzig_lis_api", "leipzig-arbeitslose-insgesamt.json")
    assert values(out_of_work, measure="Arbeitslose insgesamt")["Holzhausen", "2000"] == 227
    assert values(out_of_work, measure="Frauen")["Zentrum", "2010"] == 25
    people = facts_of(SOCIAL, "leipzig_lis_api", "leipzig-einwohner-insgesamt.json")
    raw = values(facts_of(SOCIAL, "leipzig_lis_raw", "einwohner.json"), measure="Einwohner insgesamt")
    series = values(people, measure="Einwohner insgesamt")
    assert len(series) == 63 * 24
    assert all(raw[key] == value for key, value in series.items())


@pytest.mark.parametrize(
    ("name", "years", "good", "twice"),
    [("bedarfsgemeinschaften", 15, 17955, 3780), ("mit-1-person", 15, 17955, 3780), ("mit-kindern", 14, 16758, 3528)],
)
def test_series_whose_levels_got_lost_are_told_and_not_mixed(name, years, good, twice):
    found = facts_of(SOCIAL, "leipzig_lis_api", f"leipzig-{name}.json")
    assert size(found) == (63, years, good, twice)
    assert {error.values["measure"] for error in found.errors} == {"Männer", "Frauen"}
    assert all("mehrere Werte" in error.sentence for error in found.errors)


def test_density_of_leipzig_asks_for_the_time():
    (grid,) = grids_of(SOCIAL, "leipzig_lis_raw", "bevoelkerungsdichte.csv")
    understood = understand(grid)
    assert [finding.sentence for finding in understood.doubts] == [
        "Die Zeit steht nirgends. Bitte sagen Sie, für wann die Zahlen gelten."
    ]
    with pytest.raises(RecipeRefused, match="für welche Zeit"):
        facts(grid, understood.recipe)
    found = facts_of(SOCIAL, "leipzig_lis_raw", "bevoelkerungsdichte.csv", time="2023")
    assert size(found) == (63, 1, 189, 0)
    assert values(found, measure="flaeche")["Zentrum", "2023"] == Decimal("0.74")


# Berlin


def test_age_and_sex_of_all_planning_areas_of_berlin_add_up_to_districts_and_town():
    areas, districts, town = (
        facts_of(SOCIAL, "berlin_ewr_2024", f"berlin-2024-02-t2-{level}.csv")
        for level in ("planning-areas", "districts", "city")
    )
    assert size(areas) == (542, 1, 542 * 22, 0)
    assert {fact.time for fact in areas.facts} == {"2024-02"}
    ages = {fact.groups for fact in areas.facts if fact.groups and fact.groups[0][0] == "age"}
    assert ages == {(("age", code),) for code in ("u6", "6-15", "15-18", "18-27", "27-45", "45-55", "55-65", "65+")}
    counts = {"measure": "inhabitants", "unit": ""}
    total = values(areas, groups=(), **counts)
    by_age = [values(areas, groups=group, **counts) for group in ages]
    assert total["12601235", "2024-02"] == 10610
    assert values(areas, groups=(("age", "u6"),), **counts)["12601235", "2024-02"] == 717
    assert values(areas, groups=(("sex", "w"),), **counts)["01100101", "2024-02"] == 1711
    assert all(sum(part[area] for part in by_age) == number for area, number in total.items())
    summed = defaultdict(int)
    for (code, time), number in total.items():
        summed[code[:2], time] += number
    assert summed == values(districts, groups=(), **counts)
    assert sum(summed.values()) == values(town, groups=(), **counts)["0", "2024-02"] == 3897145
    share = values(areas, measure="inhabitants", unit="%", groups=(("age", "u6"),))
    assert share["01100101", "2024-02"] == Decimal("4.608938547486034")


@pytest.mark.parametrize(
    ("name", "areas", "columns"),
    [
        ("2024-02-t1", 542, 12),
        ("2024-02-t3", 542, 22),
        ("2024-02-t4", 542, 56),
        ("2020-02-t1", 448, 12),
        ("2020-02-t2", 448, 22),
    ],
)
def test_both_vintages_of_the_register_of_berlin_come_in_whole(name, areas, columns):
    assert size(facts_of(SOCIAL, "berlin_ewr_2024", f"berlin-{name}-planning-areas.csv")) == (
        areas,
        1,
        areas * columns,
        0,
    )


def test_dashes_in_the_register_of_berlin_are_zeros_because_the_ages_add_up():
    found = facts_of(SOCIAL, "berlin_mss_2021", "einwohnerbestand_06-2022_plr.csv", measure="Einwohner")
    assert size(found) == (542, 1, 542 * 11, 0)
    assert found.statuses == {Status.VALUE: 5932, Status.NOTHING: 30}
    summed = defaultdict(int)
    for fact in found.facts:
        if fact.groups and fact.groups[0][0] == "age":
            summed[fact.area_code, fact.time] += fact.value
    assert summed == values(found, measure="Einwohner", groups=())
    assert summed["03300515", "2022-06"] == 52


def test_the_health_atlas_of_berlin_keeps_decimals_without_a_zero_and_areas_without_figures():
    found = facts_of(SOCIAL, "berlin_gssa_2022", "gssa_2022_planungsraeume.csv")
    assert size(found) == (448, 2, 4480, 0)
    assert found.statuses == {Status.VALUE: 4245, Status.MISSING: 235}
    assert values(found, measure="GESIx")["01011101", "2013"] == Decimal(".70700312")
    assert values(found, measure="GESIx")["01011102", "2022"] is None
    assert values(found, measure="DIII")["12304314", "2022"] == Decimal(".82258183")
    regions = facts_of(SOCIAL, "berlin_gssa_2022", "gssa_2022_bezirksregionen.csv")
    assert size(regions) == (138, 2, 1380, 0)
    assert regions.statuses == {Status.VALUE: 1370, Status.MISSING: 10}


def test_the_social_monitoring_of_berlin_keeps_z_values_and_its_sums():
    index = facts_of(SOCIAL, "berlin_mss_2021", "mss_2021_index-indikatoren_z-werte_plr.csv")
    assert size(index) == (542, 2, 542 * 11, 0)
    assert index.statuses == {Status.VALUE: 5902, Status.MISSING: 60}
    parts = [values(index, measure=name) for name in ("zS1", "zS3", "zS4")]
    total = values(index, measure="Status-summe")
    assert total["01100101", "2021"] == Decimal("-0.97")
    said = [area for area, number in total.items() if number is not None]
    assert len(said) == 536
    assert all(abs(sum(part[area] for part in parts) - total[area]) <= Decimal("0.02") for area in said)
    assert values(index, measure="EW")["01100101", "2020-12-31"] == 3419
    context = facts_of(SOCIAL, "berlin_mss_2021", "mss_2021_kontext-indikatoren_anteile_plr.csv")
    assert size(context) == (542, 2, 542 * 15, 0)
    assert context.statuses == {Status.VALUE: 8044, Status.MISSING: 86}
    assert values(context, measure="K16")["12601235", "2021"] == Decimal("30.47")
    (grid,) = grids_of(SOCIAL, "berlin_mss_2021", "mss_2021_index-indikatoren_z-werte_plr.csv")
    assert understand(grid).recipe.aside == ("Zuordnung Klasse Status-Index", "Zuordnung Klasse Dynamik-Index")


def test_the_sizes_of_planning_areas_stand_among_many_keys():
    found = facts_of(SOCIAL, "berlin_mss_2021", "LOR_2021.csv")
    assert size(found) == (542, 1, 542, 0)
    first = found.facts[0]
    assert (first.area_code, first.area_name, first.measure, first.unit, first.value) == (
        "01100101",
        "Stülerstraße",
        "Fläche",
        "m²",
        Decimal("366933.12"),
    )


def test_the_layout_of_every_real_file_is_recognised():
    layouts = {
        (OFFICIAL, "zensus2022_gemeinden", "1000A-0000_de_flat.csv"): Layout.FLAT_FILE,
        (SOCIAL, "leipzig_lis_raw", "einwohner.json"): Layout.LONG,
        (SOCIAL, "leipzig_lis_api", "leipzig-migranten.json"): Layout.LONG,
        (SOCIAL, "berlin_gssa_2022", "gssa_2022_planungsraeume.csv"): Layout.WIDE,
    }
    assert {steps: understand(grids_of(*steps)[0]).recipe.layout for steps in layouts} == layouts
