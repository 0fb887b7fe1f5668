"""Round numbers for limits and axes, in exact decimals."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

HALVES_AND_FIFTHS = (Decimal(1), Decimal(2), Decimal(5))
FINE_STEPS = tuple(Decimal(each) for each in ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "8"))
MOST_TICKS = 7


def round_at_most(number: Decimal) -> Decimal:
    """The largest of …, 0.5, 1, 2, 5, 10, … that is not above a positive number.

    >>> round_at_most(Decimal("4.9")), round_at_most(Decimal("0.05"))
    (Decimal('2'), Decimal('0.05'))
    """
    power = Decimal(1).scaleb(number.adjusted())
    return max(step * power for step in HALVES_AND_FIFTHS if step * power <= number)


def round_from(number: Decimal, steps: tuple[Decimal, ...] = HALVES_AND_FIFTHS) -> Iterator[Decimal]:
    """Round numbers in ascending order, from the first that is not below a positive number.

    >>> upwards = round_from(Decimal(3)); next(upwards), next(upwards), next(upwards)
    (Decimal('5'), Decimal('10'), Decimal('20'))
    """
    power = Decimal(1).scaleb(number.adjusted())
    while True:
        yield from (step * power for step in steps if step * power >= number)
        power *= 10


def floor_in(number: Decimal, step: Decimal) -> int:
    """How many whole steps lie below a number (down, also below zero)."""
    return int((number / step).to_integral_value(ROUND_FLOOR))


def ceiling_in(number: Decimal, step: Decimal) -> int:
    """The first whole number of steps that is not below a number."""
    return int((number / step).to_integral_value(ROUND_CEILING))


def ticks(low: Decimal, high: Decimal) -> list[Decimal]:
    """The round numbers of an axis that holds both ends, at most seven; all with the same decimals.

    >>> [str(each) for each in ticks(Decimal(0), Decimal("17.4"))]
    ['0', '5', '10', '15', '20']
    """
    if low == high:
        low, high = (low - 1, high + 1) if low else (low, high + 1)
    for step in round_from((high - low) / (MOST_TICKS - 1)):
        found = range(floor_in(low, step), ceiling_in(high, step) + 1)
        if len(found) <= MOST_TICKS:
            return same_decimals([place * step for place in found])
    raise AssertionError("round numbers never end")


def plain(number: Decimal) -> Decimal:
    """Without a power of ten and without noughts at its end: 20, not 2E+1, and 0.5, not 0.50."""
    number = number.normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def same_decimals(numbers: Iterable[Decimal]) -> list[Decimal]:
    """All with as many decimals as the one that needs most.

    >>> [str(each) for each in same_decimals([Decimal(5), Decimal("7.5"), Decimal("1E+1")])]
    ['5.0', '7.5', '10.0']
    """
    exact = [plain(each) for each in numbers]
    finest = Decimal(1).scaleb(min((int(each.as_tuple().exponent) for each in exact), default=0))
    return [each.quantize(finest) for each in exact]
