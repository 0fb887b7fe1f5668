"""A fee in instalments: together they are the fee to the cent, and no two differ by more than a cent."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommpass.domain.instalments import CENT, equal_parts, over_months

CENTS = st.integers(min_value=1, max_value=99_999_999_99)
NUMBERS = st.integers(min_value=1, max_value=24)


@given(CENTS, NUMBERS)
def test_the_parts_are_the_fee_and_differ_by_a_cent_at_most(cents, number):
    fee = Decimal(cents) * CENT
    if cents < number:
        with pytest.raises(ValueError):
            equal_parts(fee, number)
        return
    parts = equal_parts(fee, number)
    assert (sum(parts), len(parts)) == (fee, number)
    assert max(parts) - min(parts) <= CENT
    assert parts == sorted(parts, reverse=True)
    assert all(part > 0 and part % CENT == 0 for part in parts)


@given(CENTS, st.integers(1, 12), st.dates(date(2000, 1, 1), date(2150, 1, 1)), st.sampled_from([1, 3, 6, 12]))
def test_each_instalment_is_due_so_many_months_after_the_first(cents, number, first, months):
    rows = over_months(Decimal(max(cents, number)) * CENT, number, first, months)
    places = [(due.year - first.year) * 12 + due.month - first.month for due, _amount in rows]
    assert places == [months * place for place in range(number)]
    assert rows[0][0] == first
    assert all(due.day <= first.day for due, _amount in rows)


@pytest.mark.parametrize("fee", [Decimal("0.005"), Decimal(0), Decimal("-10")])
def test_what_is_no_amount_in_cents_cannot_be_split(fee):
    with pytest.raises(ValueError):
        equal_parts(fee, 2)


def test_bochum_pays_forty_thousand_over_two_years():
    assert over_months(Decimal(40_000), 4, date(2013, 4, 15), 6) == [
        (date(2013, 4, 15), Decimal(10_000)), (date(2013, 10, 15), Decimal(10_000)),
        (date(2014, 4, 15), Decimal(10_000)), (date(2014, 10, 15), Decimal(10_000)),
    ]  # fmt: skip
