"""Where the pages of steering stand beside each other, and the way back to them."""

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs(active: str) -> list[dict]:
    """Matrix, transitions, register."""
    views = [
        ("matrix", _("Matrix"), "offers:matrix"),
        ("transitions", _("Übergänge"), "offers:transitions"),
        ("register", _("Einrichtungen"), "offers:register"),
    ]
    return [{"label": label, "url": reverse(name), "active": key == active} for key, label, name in views]


def trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The breadcrumb of a page of steering."""
    return [(_("Präventionskette"), reverse("offers:matrix")), *steps]
