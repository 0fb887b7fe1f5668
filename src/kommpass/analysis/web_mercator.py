"""Web Mercator (EPSG:3857), the projection of map tiles: from degrees to parts of the whole world."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Parts = NDArray[np.float64]
# Where the square of the world ends; beyond it there are no tiles.
LAST_LATITUDE = 85.0511287798066


def in_world(longitude: ArrayLike, latitude: ArrayLike) -> tuple[Parts, Parts]:
    """Degrees (WGS84; numbers or arrays) as (x, y): 0, 0 is the north-west corner of the world, 1, 1 the south-east.

    A tile of zoom z is one of 2^z by 2^z equal squares of it. Latitudes beyond 85.05° are taken as that.
    Source: EPSG guidance note 7-2, section 3.2.1.2, divided by the circumference.

    >>> tuple(float(part) for part in in_world(0, 0))
    (0.5, 0.5)
    >>> [round(float(part) * 2**10, 2) for part in in_world(13.3777, 52.5163)]
    [550.05, 335.84]
    """
    x = np.asarray(longitude, dtype=np.float64) / 360 + 0.5
    north = np.radians(np.clip(np.asarray(latitude, dtype=np.float64), -LAST_LATITUDE, LAST_LATITUDE))
    return x, 0.5 - np.arctanh(np.sin(north)) / (2 * np.pi)
