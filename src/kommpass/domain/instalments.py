"""Splits a fee into instalments: equal to the cent, evenly over the time that was agreed."""

from datetime import date
from decimal import Decimal

from kommpass.domain.validity import months_before

CENT = Decimal("0.01")


def equal_parts(fee: Decimal, number: int) -> list[Decimal]:
    """The fee in so many parts; cents that are left over go to the first ones. The parts are the fee, to the cent.

    >>> equal_parts(Decimal("100"), 3)
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    """
    cents = int(fee / CENT)
    if number < 1 or cents < number or fee != cents * CENT:
        raise ValueError(f"expected an amount in cents for {number} parts of a cent at least, got {fee}")
    share, rest = divmod(cents, number)
    return [(share + (place < rest)) * CENT for place in range(number)]


def over_months(fee: Decimal, number: int, first: date, months: int) -> list[tuple[date, Decimal]]:
    """The instalments as (day, amount): the first one on its day, each following one so many months later.

    >>> [f"{due:%d.%m.%Y} {amount}" for due, amount in over_months(Decimal(40_000), 4, date(2026, 8, 31), 6)]
    ['31.08.2026 10000.00', '28.02.2027 10000.00', '31.08.2027 10000.00', '29.02.2028 10000.00']
    """
    days = [months_before(first, -months * place) for place in range(number)]
    return list(zip(days, equal_parts(fee, number), strict=True))
