"""Looking back: on every day exactly the version is shown that held then."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from kommpass.agreement import queries
from tests.agreement.builders import approve, committee, decide, noon, paper, propose, resolved
from tests.conftest import TODAY

FIRST = date(2026, 10, 7)


@pytest.fixture
def version(procedure, youth_office):
    return resolved(procedure, youth_office, on=FIRST)


def test_before_the_first_resolution_no_version_held(procedure, version):
    assert queries.in_force(procedure, FIRST - timedelta(days=1)) is None
    assert queries.in_force(procedure, FIRST) == version


# Every example runs in a savepoint that is taken back: the town is shared on purpose.
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=some.lists(some.tuples(some.integers(0, 26), some.booleans()), max_size=4),
    looks=some.lists(some.integers(-3, 60), min_size=1, max_size=8),
)
def test_a_day_shows_the_last_version_adopted_until_then_whatever_the_sequence(procedure, version, steps, looks):
    """Dates are shifted by the coordination on a day, or reworded by a committee that decided on an earlier day."""
    with transaction.atomic():
        rows = _play(procedure, version.agreement.measures.get(number="1.1.1"), steps)
        for day in (FIRST + timedelta(days=offset) for offset in looks):
            expected = [number for number, valid_from in rows if valid_from <= day]
            found = queries.in_force(procedure, day)
            assert (found and found.number) == (expected[-1] if expected else None)
        transaction.set_rollback(True)


def _play(procedure, measure, steps) -> list[tuple[int, date]]:
    """Approve one change after another; returns (number, first day) as a town clerk would keep the list by hand."""
    rows = [(1, FIRST)]
    youth = committee()
    for count, (offset, by_committee) in enumerate(steps):
        day = FIRST + timedelta(days=offset)
        if by_committee:
            about = paper(procedure, f"Ä {count}", purpose="amendment", title="Änderung")
            amendment = propose(procedure, "wording", measure, title=f"Wortlaut {count}")
            made = approve(amendment, decide(about, youth, on=day), at=noon(TODAY))
        else:
            made = approve(propose(procedure, "deadline_shift", measure, due=str(2028 + count)), at=noon(day))
        rows.append((made.number, max(day, rows[-1][1])))
    return rows
