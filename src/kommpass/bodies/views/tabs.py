"""Where the pages of this room stand beside each other, and the way back to them."""

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs(active: str) -> list[dict]:
    """The four views of the room, one of them active."""
    views = (
        ("papers", _("Vorlagen"), "bodies:overview"),
        ("decisions", _("Beschlüsse"), "bodies:decisions"),
        ("meetings", _("Sitzungen"), "bodies:meetings"),
        ("bodies", _("Gremien"), "bodies:list"),
    )
    return [{"label": label, "url": reverse(name), "active": key == active} for key, label, name in views]


def trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The breadcrumb of a page inside this room."""
    return [(_("Gremien und Beschlüsse"), reverse("bodies:overview")), *steps]
