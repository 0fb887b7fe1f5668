"""Sorts towns: by federal state, and by size, as lists, filters and statistics name them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

FEDERAL_STATES = {
    "BW": _("Baden-Württemberg"),
    "BY": _("Bayern"),
    "BE": _("Berlin"),
    "BB": _("Brandenburg"),
    "HB": _("Bremen"),
    "HH": _("Hamburg"),
    "HE": _("Hessen"),
    "MV": _("Mecklenburg-Vorpommern"),
    "NI": _("Niedersachsen"),
    "NW": _("Nordrhein-Westfalen"),
    "RP": _("Rheinland-Pfalz"),
    "SL": _("Saarland"),
    "SN": _("Sachsen"),
    "ST": _("Sachsen-Anhalt"),
    "SH": _("Schleswig-Holstein"),
    "TH": _("Thüringen"),
}


def federal_state(code: str) -> str:
    """The name of a federal state; a code nobody knows stays as it is."""
    return str(FEDERAL_STATES.get(code, code))


@dataclass(frozen=True)
class Size:
    """A class of towns by the number of their people."""

    key: str
    title: str
    below: int | None

    def __str__(self) -> str:
        return str(self.title)


SIZES = (
    Size("small", _("unter 10.000"), 10_000),
    Size("medium", _("10.000 bis unter 50.000"), 50_000),
    Size("large", _("50.000 bis unter 100.000"), 100_000),
    Size("city", _("100.000 und mehr"), None),
)
UNKNOWN = Size("unknown", _("ohne Angabe"), None)


def size_of(population: int) -> Size:
    """The class a town falls into; 0 people means that nobody has written it down yet."""
    if not population:
        return UNKNOWN
    return next(each for each in SIZES if each.below is None or population < each.below)
