"""The numbers of an agreement are unique, without gaps, and in order."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.numbering import (
    Node,
    NumberRefused,
    format_number,
    number_tree,
    parse_number,
    sort_key,
    step_label,
    step_place,
)

SIZES = st.lists(st.lists(st.lists(st.lists(st.integers(0, 3), max_size=4), max_size=4), max_size=3), max_size=4)


def tree(sizes):
    keys = count(1)
    return [
        Node(
            ("field", next(keys)),
            tuple(
                Node(
                    ("strategic", next(keys)),
                    tuple(
                        Node(
                            ("goal", next(keys)),
                            tuple(
                                Node(
                                    ("measure", next(keys)),
                                    tuple(Node(("step", next(keys))) for _ in range(steps)),
                                )
                                for steps in goal
                            ),
                        )
                        for goal in strategic
                    ),
                )
                for strategic in field
            ),
        )
        for field in sizes
    ]


def flat(nodes):
    for node in nodes:
        yield node
        yield from flat(node.children)


@given(SIZES)
def test_every_item_has_a_number_and_no_number_is_there_twice(sizes):
    fields = tree(sizes)
    numbers = number_tree(fields)
    assert list(numbers) == [node.key for node in flat(fields)]
    counted = [number for (level, _), number in numbers.items() if level not in ("strategic", "step")]
    assert len(counted) == len(set(counted))


@given(SIZES)
def test_numbers_run_in_reading_order_and_leave_no_gap(sizes):
    numbers = number_tree(tree(sizes))
    counted = [parse_number(number) for (level, _), number in numbers.items() if level not in ("strategic", "step")]
    assert counted == sorted(counted)
    for number in counted:
        before = (*number[:-1], number[-1] - 1)
        assert number[-1] == 1 or before in counted
        assert len(number) == 1 or number[:-1] in counted


@given(st.lists(st.integers(1, 999_999), min_size=1, max_size=3))
def test_reading_a_number_is_the_inverse_of_writing_it(places):
    assert parse_number(format_number(places)) == tuple(places)


@given(st.integers(1, 20_000))
def test_reading_a_step_letter_is_the_inverse_of_writing_it(place):
    assert step_place(step_label(place)) == place


@given(st.lists(st.lists(st.integers(1, 30), min_size=1, max_size=3)))
def test_numbers_sort_as_people_count(numbers):
    written = [format_number(places) for places in numbers]
    assert sorted(written, key=sort_key) == [format_number(places) for places in sorted(numbers)]


@pytest.mark.parametrize("text", ["", "1.", "01", "1.0", "1..2", "1.1.1.1", "a", "1,2", "-1", "１"])
def test_other_texts_are_no_numbers(text):
    with pytest.raises(NumberRefused, match="keine Nummer"):
        parse_number(text)


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_two_foreign_numbers_can_be_sorted(one, other):
    assert isinstance(sort_key(one) < sort_key(other), bool)


def test_an_item_that_is_there_twice_is_our_mistake():
    with pytest.raises(ValueError, match="twice"):
        number_tree([Node("a"), Node("a")])


def test_steps_have_no_steps():
    deep = Node(1, (Node(2, (Node(3, (Node(4, (Node(5, (Node(6),)),)),)),)),))
    with pytest.raises(ValueError, match="levels"):
        number_tree([deep])
