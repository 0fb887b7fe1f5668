"""Where the pages of this room stand beside each other, and the way back to them."""

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs(active: str, *, unanswered: int = 0) -> list[dict]:
    """The three views of the room, one of them active."""
    views = (
        ("workshops", _("Workshops und Beteiligung"), "participation:overview", 0),
        ("ideas", _("Ideen"), "participation:ideas", unanswered),
        ("definition", _("Familienbegriff"), "participation:definition", 0),
    )
    return [
        {"label": label, "url": reverse(name), "active": key == active, "count": count}
        for key, label, name, count in views
    ]


def trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The breadcrumb of a page inside this room."""
    return [(_("Workshops und Ideen"), reverse("participation:overview")), *steps]
