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

    def drawn(self, request) -> dict:
        url = reverse(self.name)
        here = request.get_full_path()
        return {"label": gettext(self.label), "url": url, "active": self._leads_to(here, url)}

    def _leads_to(self, here: str, url: str) -> bool:
        """Whether `here` lies behind this way; the front page and the people's page have other ways below them."""
        if self.name == "cockpit:home":
            return here == url
        return here.startswith(url) and not (self.name == "people:overview" and here.startswith(reverse("people:settings")))


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
