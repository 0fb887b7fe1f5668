"""The words and numbers in drawings: German, until whoever shows a drawing has them translated."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import Decimal

from kommpass.analysis.charts.gaps import Gap, Value
from kommpass.analysis.words import _

LONGEST_SIGN = 3


@dataclass(frozen=True)
class Wording:
    """Every text a drawing adds to those it is given, and how it writes numbers."""

    hidden: str = _("geheim")
    missing: str = _("kein Wert")
    below: str = _("unter {limit}")
    between: str = _("{low} bis unter {high}")
    from_on: str = _("{limit} und mehr")
    all_values: str = _("alle Werte")
    map_of: str = _("Karte. Gebiete: {number}.")
    lines_of: str = _("Liniendiagramm, {first_year} bis {last_year}. Linien: {number}.")
    bars_of: str = _("Balkendiagramm. Balken: {number}.")
    pyramid_of: str = _("Alterspyramide, links {left}, rechts {right}. Altersgruppen: {number}.")
    in_year: str = _("{value} im Jahr {year}")
    gap_in_years: str = _("{gap}: {years}")
    no_values: str = _("keine Werte")
    break_in: str = _("Umbruch {year}: {label}.")
    not_from_zero: str = _("Die Achse beginnt nicht bei null.")
    in_unit: str = _("in {unit}")
    decimal_sign: str = ","
    thousands_sign: str = "."

    def translated(self, translate: Callable[[str], str], *, decimal_sign: str, thousands_sign: str) -> "Wording":
        """The same words in another language."""
        signs = {"decimal_sign": decimal_sign, "thousands_sign": thousands_sign}
        words = {each.name: translate(getattr(self, each.name)) for each in fields(self) if each.name not in signs}
        return Wording(**words, **signs)

    def gap(self, gap: Gap) -> str:
        """Why there is no number."""
        return self.hidden if gap is Gap.HIDDEN else self.missing

    def shown(self, value: Value, unit: str = "") -> str:
        """A number with its unit, or why there is none."""
        return self.gap(value) if isinstance(value, Gap) else self.number(value, unit)

    def number(self, value: Decimal, unit: str = "") -> str:
        """A number as one reads it, with a unit that no line break parts from it.

        >>> GERMAN.number(Decimal("-12345.60"), "%")
        '−12.345,60\\xa0%'
        """
        plain = f"{value:,f}".translate({ord(","): self.thousands_sign, ord("."): self.decimal_sign})
        return plain.replace("-", "−") + (f"\N{NO-BREAK SPACE}{unit}" if unit else "")


def short(unit: str) -> str:
    """A unit that is a sign stands behind every number; one that is words stands once, at the head."""
    return unit if len(unit) <= LONGEST_SIGN else ""


GERMAN = Wording()
