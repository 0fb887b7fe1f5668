"""Where the pages of this room stand beside each other, and the way back to them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from kommpass.audits.door import allowed
from kommpass.offers.queries import lists


def tabs(request, active: str) -> list[dict]:
    """The views of the room for this person, with what waits in each."""
    waiting = lists.proposals(request.actor).count() if allowed(request.actor, "offer.write") else 0
    signals = lists.signals(request.actor).filter(state="new").count() if allowed(request.actor, "signal.settle") else 0
    views = [
        ("offers", _("Angebote"), "offers:overview", 0, "offers.view"),
        ("upkeep", _("Aktualität"), "offers:upkeep", 0, "offers.ask"),
        ("providers", _("Träger"), "offers:providers", 0, "offers.view"),
        ("locations", _("Standorte"), "offers:locations", 0, "offers.view"),
        ("proposals", _("Vorschläge"), "offers:proposals", waiting, "offer.write"),
        ("duplicates", _("Doppelte"), "offers:duplicates", 0, "duplicate.judge"),
        ("imports", _("Listen"), "offers:imports", 0, "offers.import"),
        ("signals", _("Hinweise"), "offers:signals", signals, "signal.settle"),
    ]
    return [
        {"label": label, "url": reverse(name), "active": key == active, "count": count}
        for key, label, name, count, action in views
        if allowed(request.actor, action)
    ]


def trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The breadcrumb of a page inside this room."""
    return [(_("Angebote"), reverse("offers:overview")), *steps]
