"""When no projection is made: the series is too short, or the areas are too small to say anything about them."""

from kommpass.analysis.words import _


class ProjectionRefused(ValueError):
    """Why nothing is projected; `message` (German) and `values` are its translatable parts."""

    def __init__(self, message: str, **values: str | int):
        super().__init__(message.format(**values))
        self.message, self.values = message, values


class SeriesTooShort(ProjectionRefused):
    """Fewer past years than the method needs, or than are needed to try it on years it has not seen."""

    def __init__(self, *, years: int, needed: int):
        super().__init__(
            _(
                "Für eine Vorausberechnung reichen die Daten noch nicht: Gebraucht werden {needed} Jahre in Folge, "
                "vorhanden sind {years}. Bitte ältere Jahrgänge einlesen oder einen kürzeren Zeitraum wählen."
            ),
            years=years,
            needed=needed,
        )


class UnitsTooSmall(ProjectionRefused):
    """Areas with fewer people than a statement needs; `areas` are their codes."""

    def __init__(self, *, areas: tuple[str, ...], minimum: int):
        super().__init__(
            _(
                "Für diese Gebiete wird nichts vorausberechnet, weil dort weniger als {minimum} Menschen leben: "
                "{areas}. Bitte fassen Sie sie mit Nachbargebieten zusammen."
            ),
            areas=", ".join(areas),
            minimum=minimum,
        )
        self.areas = areas
