"""Where the pages of this room stand: their breadcrumbs."""

from django.urls import reverse
from django.utils.translation import gettext as _

from kommpass.municipalities.models import Municipality


def town_page(place: Municipality) -> str:
    return reverse("association:town", args=[place.slug])


def trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """From the overview of all towns down to here; the last step has no address."""
    return [(_("Kommunen und Verfahren"), reverse("association:overview")), *steps]


def town_trail(place: Municipality, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    return trail((place.name, town_page(place)), *steps)
