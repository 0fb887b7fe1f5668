"""Whoever touches a row of the journal is found out."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.hashchain import Break, Entry, entry_hash, verify


def chain(count, salt=""):
    rows, previous = [], ""
    for number in range(count):
        fields = {"verb": "measure.add", "measure": number, "salt": salt}
        rows.append(Entry(str(number + 1), previous, entry_hash(previous, fields), fields))
        previous = rows[-1].hash
    return rows


LONG = st.integers(2, 12)


@given(st.integers(0, 12))
def test_an_untouched_journal_holds(count):
    rows = chain(count)
    assert verify(rows) is None
    assert verify(iter(rows), head=rows[-1].hash if rows else "", anchors=[row.hash for row in rows]) is None


@given(LONG, st.data())
def test_a_changed_row_is_named(count, data):
    rows = chain(count)
    place = data.draw(st.integers(0, count - 1))
    rows[place] = replace(rows[place], fields={**rows[place].fields, "verb": "measure.remove"})
    found = verify(rows)
    assert (found.kind, found.position, found.label) == ("changed", place, str(place + 1))


@given(LONG, st.data())
def test_a_removed_row_is_noticed_at_the_row_that_follows(count, data):
    rows = chain(count)
    place = data.draw(st.integers(0, count - 2))
    del rows[place]
    found = verify(rows)
    assert (found.kind, found.position, found.label) == ("removed", place, str(place + 2))


@given(LONG, st.data(), st.booleans())
def test_an_inserted_row_is_named_even_if_it_was_linked_with_care(count, data, careful):
    rows = chain(count)
    place = data.draw(st.integers(1, count - 1))
    previous = rows[place - 1].hash if careful else "0" * 64
    rows.insert(place, Entry("x", previous, entry_hash(previous, {"verb": "forged"}), {"verb": "forged"}))
    found = verify(rows)
    assert (found.kind, found.position, found.label) == ("inserted", place, "x")


@given(LONG, st.data())
def test_a_row_that_is_there_twice_was_inserted(count, data):
    rows = chain(count)
    place = data.draw(st.integers(0, count - 1))
    later = data.draw(st.integers(place + 1, count))
    rows.insert(later, rows[place])
    found = verify(rows)
    assert (found.kind, found.position) == ("inserted", later)


@given(LONG, st.data())
def test_two_rows_that_changed_places_are_noticed(count, data):
    rows = chain(count)
    first = data.draw(st.integers(0, count - 2))
    second = data.draw(st.integers(first + 1, count - 1))
    rows[first], rows[second] = rows[second], rows[first]
    found = verify(rows)
    assert (found.kind, found.position, found.label) == ("reordered", first, str(second + 1))


@given(LONG, st.data())
def test_rows_cut_off_at_the_end_are_noticed_by_a_witness_only(count, data):
    rows = chain(count)
    kept = rows[: data.draw(st.integers(0, count - 1))]
    assert verify(kept) is None
    assert verify(kept, head=rows[-1].hash).kind == "removed"
    assert verify(kept, anchors=[rows[-1].hash]).kind == "removed"


def test_a_row_added_at_the_end_is_noticed_by_the_known_head():
    rows = chain(3)
    forged = Entry("x", rows[-1].hash, entry_hash(rows[-1].hash, {}), {})
    assert verify([*rows, forged], head=rows[-1].hash).label == "x"


def test_a_journal_rewritten_from_the_start_is_noticed_by_a_sealed_hash():
    sealed = chain(3)[1].hash
    assert verify(chain(3, salt="rewritten")) is None
    assert verify(chain(3, salt="rewritten"), anchors=[sealed]).kind == "removed"


def test_a_row_replaced_with_a_new_hash_breaks_at_the_next_one():
    rows = chain(3)
    rows[1] = Entry("2", rows[0].hash, entry_hash(rows[0].hash, {"verb": "other"}), {"verb": "other"})
    assert verify(rows) == Break("removed", 2, "3", verify(rows).message)
    assert verify(rows).sentence.startswith("Vor Eintrag 3 fehlt")
