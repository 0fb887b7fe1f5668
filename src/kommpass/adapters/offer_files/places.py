"""Judges the places of rows: swapped ones are put right, impossible ones left out, foreign ones named."""

import math
from dataclasses import dataclass, field

from kommpass.adapters.offer_files.sheet import Note, Point
from kommpass.domain.words import _

NOWHERE: Point = (0.0, 0.0)
"""What programs write for "unknown": a place in the Gulf of Guinea."""


def in_germany(latitude: float, longitude: float) -> bool:
    """Whether a place lies in the rectangle around Germany, in degrees.

    >>> in_germany(51.48, 7.21), in_germany(7.21, 51.48)
    (True, False)
    """
    return 47.2 <= latitude <= 55.1 and 5.8 <= longitude <= 15.1


@dataclass
class Judge:
    """Judges one place after the other and remembers what there is to say about them."""

    judged: int = 0
    swapped: list[int] = field(default_factory=list)
    abroad: list[int] = field(default_factory=list)
    impossible: list[Note] = field(default_factory=list)

    def place(self, number: int, latitude: float, longitude: float, text: str) -> Point | None:
        """The place of row `number`, None if it cannot be. `text` is what the file says, for the note."""
        self.judged += 1
        if text_is_zero(text) or (latitude, longitude) == NOWHERE:
            message = _("Die Koordinaten sind 0. Die Zeile bleibt ohne Ort.")
            self.impossible.append(Note(message, row=number))
            return None
        if in_germany(longitude, latitude):
            self.swapped.append(number)
            return longitude, latitude
        if not (math.isfinite(latitude) and math.isfinite(longitude)) or abs(latitude) > 90 or abs(longitude) > 180:
            self.nowhere(number, text)
            return None
        if not in_germany(latitude, longitude):
            self.abroad.append(number)
        return latitude, longitude

    def nowhere(self, number: int, text: str) -> None:
        """Row `number` says something that is no place."""
        message = _("„{text}“ ist kein möglicher Ort. Die Zeile bleibt ohne Ort.")
        self.impossible.append(Note(message, {"text": text[:60]}, row=number))

    def notes(self) -> list[Note]:
        """One note for the sheet where all rows are alike, else one for each row."""
        back = _("Länge und Breite waren vertauscht und wurden zurückgetauscht.")
        abroad = _("Der Ort liegt außerhalb Deutschlands. Bitte prüfen Sie die Koordinaten.")
        all_abroad = _("Alle Orte liegen außerhalb Deutschlands.")
        return [*self._said(self.swapped, back, back), *self._said(self.abroad, abroad, all_abroad), *self.impossible]

    def _said(self, numbers: list[int], of_one: str, of_all: str) -> list[Note]:
        if len(numbers) > 1 and len(numbers) == self.judged:
            return [Note(of_all)]
        return [Note(of_one, row=number) for number in numbers]


def text_is_zero(text: str) -> bool:
    """Whether coordinates as written are nothing but zeros.

    >>> text_is_zero("0, 0"), text_is_zero("0,000; 0,000"), text_is_zero("10, 0"), text_is_zero("")
    (True, True, False, False)
    """
    return "0" in text and not text.strip("0 .,;")
