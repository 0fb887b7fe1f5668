"""What changed between two texts and between two versions of an agreement."""

import copy
import time
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.worddiff import Piece, compare_agreements, word_diff

TEXTS = st.text(st.sampled_from("ab Ä.\n,1"), max_size=60)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_again(old, new):
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new
    assert all(piece.text for piece in pieces)
    assert all(one.kind != other.kind for one, other in pairwise(pieces))


@given(TEXTS)
def test_equal_texts_are_one_piece(text):
    assert word_diff(text, text) == ((Piece("same", text),) if text else ())


def test_a_changed_word_stands_alone():
    assert word_diff("Der Rat beschließt 10 Plätze.", "Der Rat beschließt 14 Plätze.") == (
        Piece("same", "Der Rat beschließt "),
        Piece("removed", "10 "),
        Piece("added", "14 "),
        Piece("same", "Plätze."),
    )


def test_two_huge_different_texts_are_compared_in_a_moment():
    old = "\n".join(f"Zeile {number} alt {number % 7}" for number in range(40_000))
    new = "\n".join(f"Satz {number} neu {number % 5}" for number in range(40_000))
    began = time.process_time()
    pieces = word_diff(old, new)
    assert time.process_time() - began < 5
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old


def key(number):
    return str(UUID(int=number))


def agreement(measures=2, goals=2):
    numbers = iter(range(1, 10_000_000))

    def measure(goal, place):
        return {
            "id": key(next(numbers)),
            "number": f"1.{goal}.{place}",
            "title": f"Maßnahme {goal} {place}",
            "description": "Die Stadt richtet eine Anlaufstelle ein und berät Familien. " * 20,
            "partners": ["Caritas"],
            "steps": [{"id": key(next(numbers)), "title": "Raum suchen", "due": "2026"}],
        }

    return {
        "format": "kommpass/agreement/1",
        "title": "Zielvereinbarung",
        "preamble": "Familien sind uns wichtig.",
        "version": {"number": 1},
        "fields": [
            {
                "id": key(next(numbers)),
                "number": "1",
                "title": "Steuerung",
                "strengths": [],
                "strategic_goals": [
                    {
                        "id": key(next(numbers)),
                        "text": "Familien werden gehört",
                        "goals": [
                            {
                                "id": key(next(numbers)),
                                "number": f"1.{goal}",
                                "title": f"Ziel {goal}",
                                "description": "",
                                "measures": [measure(goal, place) for place in range(1, measures + 1)],
                            }
                            for goal in range(1, goals + 1)
                        ],
                    }
                ],
            }
        ],
        "resolution": None,
    }


def goals_of(content):
    return content["fields"][0]["strategic_goals"][0]["goals"]


def test_a_version_does_not_differ_from_itself():
    assert not compare_agreements(agreement(), agreement())


def test_the_number_of_the_version_is_no_change():
    new = agreement()
    new["version"] = {"number": 2}
    assert not compare_agreements(agreement(), new)


def test_a_changed_deadline_and_title_are_shown_word_by_word():
    new = agreement()
    measure = goals_of(new)[0]["measures"][0]
    measure["title"] = "Maßnahme 1 eins"
    measure["partners"] = ["Caritas", "Diakonie"]
    changes = compare_agreements(agreement(), new)
    (changed,) = changes.changed
    assert [(each.name, each.old, each.new) for each in changed.attributes] == [
        ("title", "Maßnahme 1 1", "Maßnahme 1 eins"),
        ("partners", "Caritas", "Caritas\nDiakonie"),
    ]
    assert changed.attributes[0].pieces[1:] == (Piece("removed", "1"), Piece("added", "eins"))
    assert (changes.added, changes.removed, changes.moved, changes.renumbered) == ((), (), (), ())


def test_a_measure_that_the_council_struck_renumbers_the_ones_after_it():
    new = agreement(measures=3)
    gone = goals_of(new)[0]["measures"].pop(0)
    for place, measure in enumerate(goals_of(new)[0]["measures"], 1):
        measure["number"] = f"1.1.{place}"
    changes = compare_agreements(agreement(measures=3), new)
    assert [(item.level, item.number) for item in changes.removed] == [("measure", "1.1.1"), ("step", "")]
    assert changes.removed[0].id == gone["id"]
    assert [(each.old.number, each.new.number) for each in changes.renumbered] == [
        ("1.1.2", "1.1.1"),
        ("1.1.3", "1.1.2"),
    ]
    assert (changes.moved, changes.changed) == ((), ())


def test_a_measure_under_another_goal_has_moved():
    new = agreement()
    measure = goals_of(new)[0]["measures"].pop()
    goals_of(new)[1]["measures"].append(measure | {"number": "1.2.3"})
    (moved,) = compare_agreements(agreement(), new).moved
    assert (moved.old.number, moved.new.number, moved.moved) == ("1.1.2", "1.2.3", True)
    assert moved.old.parent != moved.new.parent


def test_steps_that_changed_places_are_noticed_although_they_have_no_number():
    old, new = agreement(), agreement()
    for content, titles in ((old, ("a", "b")), (new, ("b", "a"))):
        goals_of(content)[0]["measures"][0]["steps"] = [
            {"id": key(900 + ord(title)), "title": title, "due": ""} for title in titles
        ]
    changes = compare_agreements(old, new)
    assert [each.new.title for each in changes.moved] == ["b", "a"]
    assert all(each.reordered and not each.moved for each in changes.moved)


def test_what_is_added_one_way_is_removed_the_other_way():
    old, new = agreement(), agreement()
    goals_of(new)[0]["measures"].append({"id": key(77), "number": "1.1.3", "title": "Neu"})
    new["preamble"] = "Familien und Kinder sind uns wichtig."
    there, back = compare_agreements(old, new), compare_agreements(new, old)
    assert there.added == back.removed
    assert [each.name for each in there.head] == ["preamble"]
    assert bool(there)


def test_a_thousand_measures_are_compared_in_less_than_a_second():
    old = agreement(measures=50, goals=20)
    new = copy.deepcopy(old)
    for goal in goals_of(new):
        for measure in goal["measures"]:
            measure["description"] = measure["description"].replace("Anlaufstelle", "Beratungsstelle")
    began = time.process_time()
    changes = compare_agreements(old, new)
    assert time.process_time() - began < 1
    assert len(changes.changed) == 1000
    assert all(each.attributes[0].pieces[1].text.startswith("Anlaufstelle") for each in changes.changed[:20])
