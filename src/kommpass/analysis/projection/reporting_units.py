"""Reporting units (Aussageeinheiten): areas put together until enough people live there to say something about them."""

from collections.abc import Mapping, Sequence

from kommpass.analysis.projection.refusals import UnitsTooSmall

MINIMUM = 8000
"""People in a unit; the users of SIKURS (KOSIS-Verbund) state results for 8,000 to 10,000 and more."""

Unit = tuple[str, ...]
"""The codes of the areas in a unit, sorted."""


def proposed_units(
    people: Mapping[str, float],
    *,
    parent: Mapping[str, str],
    neighbours: Mapping[str, Sequence[str]] | None = None,
    minimum: int = MINIMUM,
) -> tuple[Unit, ...]:
    """A proposal for a clerk to correct: units of at least `minimum` people, none across two parents.

    The smallest unit joins the smallest of its neighbours, again and again, until nobody is too small. `people`: by
    code of the area. `parent`: code of the area above each. `neighbours`: codes of the areas each touches (one
    direction is enough); without them all areas of a parent count as neighbours. Ties go to the smaller code, so the
    order of areas does not matter. A unit stays too small if its parent is too small or has no way to it:
    `require_size` then refuses.

    >>> proposed_units({"10": 9000, "11": 3000, "12": 6000}, parent={"10": "1", "11": "1", "12": "1"})
    (('10',), ('11', '12'))
    """
    if unknown := sorted(set(people) - set(parent)):
        raise ValueError(f"areas without a parent: {unknown}")
    touching = _both_ways(neighbours) if neighbours is not None else None
    units: set[Unit] = {(code,) for code in people}

    def size(unit: Unit) -> tuple[float, Unit]:
        return sum(people[code] for code in unit), unit

    def beside(unit: Unit, other: Unit) -> bool:
        if unit == other or parent[unit[0]] != parent[other[0]]:
            return False
        return touching is None or any((one, two) in touching for one in unit for two in other)

    alone: set[Unit] = set()
    while small := [unit for unit in units - alone if size(unit)[0] < minimum]:
        unit = min(small, key=size)
        partner = min((other for other in units if beside(unit, other)), key=size, default=None)
        if partner is None:
            alone.add(unit)
        else:
            units = units - {unit, partner} | {tuple(sorted(unit + partner))}
    return tuple(sorted(units))


def require_size(people: Mapping[str, float], *, minimum: int = MINIMUM) -> None:
    """A UnitsTooSmall, in German and with their names, if fewer people live in any of these units."""
    if small := tuple(sorted(name for name, count in people.items() if count < minimum)):
        raise UnitsTooSmall(areas=small, minimum=minimum)


def _both_ways(neighbours: Mapping[str, Sequence[str]]) -> set[tuple[str, str]]:
    pairs = {(one, two) for one, others in neighbours.items() for two in others}
    return pairs | {(two, one) for one, two in pairs}
