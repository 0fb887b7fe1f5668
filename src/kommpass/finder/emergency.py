"""Telephone numbers for emergencies, always in sight (Notrufnummern). All are free of charge in Germany."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Number:
    """A number as it is dialled and as it is written, and whom one reaches."""

    dial: str
    shown: str
    who: str


ALWAYS = (
    Number("112", "112", gettext_lazy("Feuerwehr und Rettungsdienst")),
    Number("110", "110", gettext_lazy("Polizei")),
    Number("116117", "116 117", gettext_lazy("Ärztlicher Bereitschaftsdienst")),
    Number("116111", "116 111", gettext_lazy("Nummer gegen Kummer für Kinder und Jugendliche")),
)
MORE = (
    Number("08001110550", "0800 111 0 550", gettext_lazy("Elterntelefon")),
    Number("116016", "116 016", gettext_lazy("Hilfetelefon Gewalt gegen Frauen")),
    Number("08004040020", "0800 40 40 020", gettext_lazy("Schwangere in Not")),
    Number("08001110111", "0800 111 0 111", gettext_lazy("Telefonseelsorge")),
)


def numbers() -> dict:
    """For every page of the portal: the four that everybody should know, and four more."""
    return {"emergency": ALWAYS, "emergency_more": MORE, "emergency_title": _("Notrufnummern")}
