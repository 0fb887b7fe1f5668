"""The judged search queries hold together: enough of each kind, all with answers, and a measure that measures."""

import csv
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.finder.search_quality.berlin import LICHTENBERG
from tests.finder.search_quality.corpus import load
from tests.finder.search_quality.item import plain
from tests.finder.search_quality.judgement import FILES, FOLDER, HALVES, KINDS, half_of, judged_queries
from tests.finder.search_quality.measure import PAGE, evaluate, ndcg_at_10

graded = st.dictionaries(st.integers(0, 40).map(str), st.integers(1, 3), min_size=1, max_size=30)
QUERIES = judged_queries()
FOLDED = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
ENDING = re.compile(r"(?<=\w{4})(innen|in|en|er|es|em|e|n|s)+$")


@pytest.fixture(scope="module")
def items(shared_data):
    return load(shared_data)


@pytest.fixture(scope="module")
def grades(items):
    """Need, and the grade of every item that answers it."""
    return {need: query.grades(items) for need, query in {query.need: query for query in QUERIES}.items()}


def of(half):
    return [query for query in QUERIES if query.half == half]


def shared(facts):
    """What is true of a query of either half."""
    tuning, judging = (set().union(*map(facts, of(half))) for half in HALVES)
    return tuning & judging


def without_endings(text):
    """The query without accents and endings, word by word and as one word: "Spiel-Wiesen" and "Spielwiese" meet."""
    words = re.findall(r"\w+", text.lower().translate(FOLDED))
    return {"".join(ENDING.sub("", word) for word in words), ENDING.sub("", "".join(words))}


def best_first(grades):
    return sorted(grades, key=grades.get, reverse=True)


def test_the_lists_are_read_whole_and_one_entry_is_one_item(items):
    assert Counter(item.source for item in items) == {
        "bochum_kita": 193,
        "bochum_playground": 298,
        "bochum_school": 236,
        "bochum_sports": 68,
        "berlin_kita": 958,
        "lichtenberg_youth": 71,
        "lichtenberg_at_school": 32,
        "lichtenberg_school": 73,
        "lichtenberg_playground": 133,
        "lichtenberg_seniors": 47,
        "lichtenberg_office": 7,
        "muensterland_event": 10,
    }
    assert len({item.key for item in items}) == len(items)


def test_every_item_has_a_title_and_no_markup(items):
    assert all(item.title for item in items)
    assert [item.key for item in items if "<" in item.title + item.text] == []


def test_a_sports_ground_gathers_the_rows_below_it(items):
    by_key = {item.key: item for item in items}
    ground = by_key["bochum_sports/65"]
    assert (ground.kinds, ground.district) == (("Sportzentrum",), "Bochum-Wattenscheid")
    assert ground.text.count(";") == 2


def test_heads_of_school_are_left_out(items, shared_data):
    with (shared_data / LICHTENBERG / "schuldaten2015-02.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = [row for row in csv.DictReader(opened, delimiter=";") if row["Region"] == "Lichtenberg"]
    heads = {plain(row["Schulleitung"]) for row in rows if row["Schulleitung"].startswith(("Fr. ", "Hr. "))}
    said = " ".join(f"{item.title} {item.text}" for item in items if item.source == "lichtenberg_school")
    assert heads and not [head for head in heads if head in said]


def test_there_are_enough_queries_of_every_kind_and_in_both_halves():
    assert {query.kind for query in QUERIES} == set(KINDS)
    for half in HALVES:
        asked = of(half)
        assert len(asked) >= 160
        assert len({query.need for query in asked}) >= 60
        assert min(Counter(query.kind for query in asked)[kind] for kind in KINDS) >= 25


def test_a_file_belongs_to_one_half():
    assert [half_of(FOLDER / name) for name in FILES] == ["tune", "tune", "judge"]
    assert sorted(path.name for path in FOLDER.glob("*.toml")) == sorted(FILES)


def test_no_query_is_asked_twice():
    asked = Counter(" ".join(query.text.lower().split()) for query in QUERIES)
    assert [text for text, times in asked.items() if times > 1] == []


def test_no_need_is_asked_in_both_halves():
    assert shared(lambda query: {query.need}) == set()


def test_no_query_comes_again_in_the_other_half_with_another_ending():
    assert shared(lambda query: without_endings(query.text)) == set()


def test_no_need_is_answered_by_the_same_words_as_one_of_the_other_half():
    def words(query):
        return {frozenset(rule.conditions.items()) for rule in query.rules if rule.conditions and rule.grade == 3}

    assert shared(words) == set()


def test_the_judging_half_asks_of_every_list_but_the_seven_offices(items, grades):
    """The need that they answer is among those that were opened."""
    answered = {key for query in of("judge") for key, grade in grades[query.need].items() if grade >= 2}
    asked = {key.partition("/")[0] for key in answered}
    assert asked == {item.source for item in items} - {"lichtenberg_office"}


def test_every_query_has_an_item_that_answers_it(grades):
    assert [query.text for query in QUERIES if max(grades[query.need].values(), default=0) < 2] == []


def test_every_rule_fits_some_item_and_names_only_items_there_are(items):
    keys = {item.key for item in items}
    for need, rules in {query.need: query.rules for query in QUERIES}.items():
        for rule in rules:
            assert rule.keys <= keys, (need, sorted(rule.keys - keys))
            assert rule.grade in (1, 2, 3), (need, rule)
            assert any(rule.fits(item) for item in items), (need, rule)


@given(graded)
def test_the_ideal_ranking_is_worth_one(grades):
    assert ndcg_at_10(best_first(grades), grades) == pytest.approx(1.0)


@given(graded)
def test_an_empty_ranking_is_worth_nothing(grades):
    assert ndcg_at_10([], grades) == 0.0


@given(graded, st.permutations([str(number) for number in range(41)]))
def test_a_ranking_is_worth_between_nothing_and_one(grades, ranked):
    assert 0.0 <= ndcg_at_10(ranked, grades) <= 1.0 + 1e-9


@given(graded, st.permutations([str(number) for number in range(41)]), st.integers(0, PAGE - 2))
def test_moving_the_better_of_two_neighbours_up_never_harms(grades, ranked, place):
    first, second = sorted(ranked[place : place + 2], key=lambda key: grades.get(key, 0), reverse=True)
    better = [*ranked[:place], first, second, *ranked[place + 2 :]]
    assert ndcg_at_10(better, grades) >= ndcg_at_10(ranked, grades) - 1e-12


def test_a_key_that_comes_twice_pays_once():
    assert ndcg_at_10(["a", "a"], {"a": 3, "b": 3}) == ndcg_at_10(["a"], {"a": 3, "b": 3})


def test_grades_without_a_relevant_item_cannot_be_measured():
    with pytest.raises(ValueError, match="at least one relevant item"):
        ndcg_at_10(["a"], {})


def test_who_knows_every_answer_scores_one_in_every_kind(items, grades):
    answers = {query.text: best_first(grades[query.need]) for query in QUERIES}
    report = evaluate(answers.__getitem__, items)
    assert [report.mean(kind=kind, half=half) for kind in KINDS for half in HALVES] == pytest.approx([1.0] * 10)
    assert (report.empty_pages(), report.useless_pages()) == (0, 0)


def test_who_says_nothing_scores_nothing_and_every_page_is_empty(items):
    report = evaluate(lambda text: [], items)
    assert report.mean() == 0.0
    assert report.empty_pages() == report.useless_pages() == len(QUERIES)


def test_the_printed_report_shows_the_worst_queries_of_the_tuning_half_only(items):
    printed = str(evaluate(lambda text: ["lichtenberg_youth/71"], items))
    below = printed.partition("worst 15 queries (tune)")[2]
    assert len(below.strip().splitlines()) == 16
    assert not [query.text for query in QUERIES if query.half == "judge" and repr(query.text) in below]
