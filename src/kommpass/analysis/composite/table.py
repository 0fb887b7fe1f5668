"""What an index is computed from: a value for each area and indicator, or none, and the residents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Truths = NDArray[np.bool_]


class CannotCompare(ValueError):
    """The areas cannot be told apart by this indicator (or by the index, then `key` is empty): no scale fits them."""

    def __init__(self, key: str):
        super().__init__(f"all areas have the same value of {key or 'the index'}, or fewer than two have one")
        self.key = key


@dataclass(frozen=True)
class Table:
    """`values`: shape (areas, indicators), NaN where there is none. `population`: residents, shape (areas,)."""

    areas: tuple[str, ...]
    indicators: tuple[str, ...]
    values: Floats
    population: Ints | None = None

    def __post_init__(self) -> None:
        if self.values.shape != (len(self.areas), len(self.indicators)):
            raise ValueError(f"{len(self.areas)} areas, {len(self.indicators)} indicators, values {self.values.shape}")
        if len(set(self.areas)) != len(self.areas):
            raise ValueError("an area is there twice")
        if np.isinf(self.values).any():
            raise ValueError("a value is finite or missing")
        if self.population is not None and (len(self.population) != len(self.areas) or (self.population < 0).any()):
            raise ValueError("population: a number of residents for each area")

    @classmethod
    def of(
        cls,
        rows: Mapping[str, Mapping[str, Decimal | int | None]],
        *,
        indicators: Sequence[str],
        population: Mapping[str, int] | None = None,
    ) -> "Table":
        """From official numbers, area by area; what is not named is missing.

        >>> Table.of({"Nord": {"poverty": Decimal("12.5")}, "Süd": {}}, indicators=["poverty"]).values.tolist()
        [[12.5], [nan]]
        """
        values = np.full((len(rows), len(indicators)), np.nan)
        for place, row in enumerate(rows.values()):
            for column, key in enumerate(indicators):
                if (value := row.get(key)) is not None:
                    values[place, column] = float(value)
        residents = None if population is None else np.array([population[area] for area in rows], dtype=np.int64)
        return cls(tuple(rows), tuple(indicators), values, residents)

    def columns(self, keys: Sequence[str]) -> Floats:
        """The values of these indicators, in their order. KeyError if one is not there."""
        places = {key: place for place, key in enumerate(self.indicators)}
        return np.asarray(self.values[:, [places[key] for key in keys]])
