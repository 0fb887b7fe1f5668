"""The ways through the house, in the order of the audit."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Way:
    """A line of the main navigation: shown to whom the action is allowed."""

    label: str
    name: str
    action: str
    needs_procedure: bool = True
    needs_organisation: bool = False

    def drawn(self) -> dict:
        """As the templates draw it. Which one is active is settled by `mark_active`."""
        return {
            "label": gettext(self.label),
            "url": reverse(self.name),
            "active": False,
            "home": self.name == "cockpit:home",
        }


def mark_active(ways: list[dict], here: str) -> list[dict]:
    """Mark the way we are on: the longest one that leads here; the front page only on itself."""
    fitting = [way for way in ways if here == way["url"] or (here.startswith(way["url"]) and not way["home"])]
    if fitting:
        max(fitting, key=lambda way: len(way["url"]))["active"] = True
    return ways


TOWN = (
    Way(_("Übersicht"), "cockpit:home", "procedure.view"),
    Way(_("Bestandsaufnahme"), "stocktaking:overview", "stocktaking.view"),
    Way(_("Workshops und Ideen"), "participation:overview", "participation.view"),
    Way(_("Ziele und Maßnahmen"), "agreement:overview", "agreement.view"),
    Way(_("Meine Maßnahmen"), "agreement:own", "measure.own", needs_organisation=True),
    Way(_("Fassungen"), "agreement:versions", "version.view"),
    Way(_("Gremien und Beschlüsse"), "bodies:overview", "bodies.view"),
    Way(_("Menschen und Stellen"), "people:overview", "people.view", needs_procedure=False),
    Way(_("Verfahren"), "audits:overview", "procedure.plan"),
    Way(_("Protokoll"), "audits:journal", "journal.view"),
    Way(_("Einstellungen"), "people:settings", "town.view", needs_procedure=False),
)
INSTALLATION = (
    Way(_("Kommunen und Verfahren"), "association:overview", "association.view", needs_procedure=False),
    Way(_("Installation"), "association:installation", "installation.view", needs_procedure=False),
)
