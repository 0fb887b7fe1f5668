"""Parts an index into classes."""

import numpy as np

from kommpass.analysis.composite.normalisation import are_alike, moments
from kommpass.analysis.composite.recipe import ByQuantile, BySpread, Classes, ZScore
from kommpass.analysis.composite.table import CannotCompare, Floats, Ints

NO_CLASS = -1


def limits_of(index: Floats, classes: Classes) -> Floats:
    """The limits between the classes on the scale of the index, ascending. CannotCompare if all areas are the same."""
    known = index[np.isfinite(index)]
    if isinstance(classes, ByQuantile):
        parts = len(classes.names)
        return np.asarray(np.quantile(known, np.arange(1, parts) / parts, method="inverted_cdf"))
    limits = np.array([float(each) for each in classes.limits])
    if not isinstance(classes, BySpread):
        return limits
    if are_alike(known, least=1.0):
        raise CannotCompare("")
    mean, deviation = moments(known, ZScore(classes.spread), None)
    return mean + deviation * limits


def classed(index: Floats, classes: Classes) -> Ints:
    """The place of each area's class among their names, NO_CLASS where there is no index.

    >>> classed(np.array([1.0, 2.0, 2.0, 4.0, np.nan]), ByQuantile(names=("low", "high"))).tolist()
    [0, 0, 0, 1, -1]
    """
    places = np.searchsorted(limits_of(index, classes), index, side="left")
    return np.where(np.isfinite(index), places, NO_CLASS)
