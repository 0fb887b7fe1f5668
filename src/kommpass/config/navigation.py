"""The ways through the house, in the order of the audit."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Way:
    """A line of the main navigation: shown to whom the action is allowed. The first of a part has its heading."""

    label: str
    name: str
    action: str
    needs_procedure: bool = True
    needs_organisation: bool = False
    part: str = ""

    def drawn(self) -> dict:
        """As the templates draw it. Which one is active is settled by `mark_active`."""
        return {
            "label": gettext(self.label),
            "url": reverse(self.name),
            "active": False,
            "home": self.name == "cockpit:home",
            "part": gettext(self.part) if self.part else "",
        }


def with_headings(ways: list[dict]) -> list[dict]:
    """Give the first way of each part its heading: who sees few ways sees few headings."""
    before = ""
    for way in ways:
        way["heading"] = way["part"] if way["part"] != before else ""
        before = way["part"]
    return ways


def mark_active(ways: list[dict], here: str) -> list[dict]:
    """Mark the way we are on: the longest one that leads here; the front page only on itself."""
    fitting = [way for way in ways if here == way["url"] or (here.startswith(way["url"]) and not way["home"])]
    if fitting:
        max(fitting, key=lambda way: len(way["url"]))["active"] = True
    return ways


PREPARING, AGREEING = _("Vorbereiten"), _("Vereinbaren")
CERTIFYING, CARRYING_OUT, RUNNING = _("Begutachten"), _("Umsetzen"), _("Verwalten")

TOWN = (
    Way(_("Übersicht"), "cockpit:home", "procedure.view"),
    Way(_("In zwei Minuten"), "cockpit:council", "council.view"),
    Way(_("Bestandsaufnahme"), "stocktaking:overview", "stocktaking.view", part=PREPARING),
    Way(_("Angebote"), "offers:overview", "offers.view", needs_procedure=False, part=PREPARING),
    Way(_("Meine Angebote"), "offers:own", "offers.own", False, needs_organisation=True, part=PREPARING),
    Way(_("Präventionskette"), "offers:matrix", "prevention.view", needs_procedure=False, part=PREPARING),
    Way(_("Workshops und Ideen"), "participation:overview", "participation.view", part=PREPARING),
    Way(_("Ziele und Maßnahmen"), "agreement:overview", "agreement.view", part=AGREEING),
    Way(_("Meine Maßnahmen"), "agreement:own", "measure.own", needs_organisation=True, part=AGREEING),
    Way(_("Fassungen"), "agreement:versions", "version.view", part=AGREEING),
    Way(_("Gremien und Beschlüsse"), "bodies:overview", "bodies.view", part=AGREEING),
    Way(_("Begutachtung"), "assessment:overview", "assessment.view", part=CERTIFYING),
    Way(_("Zertifikat"), "certification:overview", "certificate.view", part=CERTIFYING),
    Way(_("Stand der Umsetzung"), "implementation:overview", "progress.view", part=CARRYING_OUT),
    Way(_("Sachstand melden"), "implementation:own", "progress.own", needs_organisation=True, part=CARRYING_OUT),
    Way(_("Jahresberichte"), "reporting:overview", "report.view", part=CARRYING_OUT),
    Way(_("Bilanz"), "balancing:overview", "balance.view", part=CARRYING_OUT),
    Way(_("Menschen und Stellen"), "people:overview", "people.view", needs_procedure=False, part=RUNNING),
    Way(_("Verfahren"), "audits:overview", "procedure.plan", part=RUNNING),
    Way(_("Protokoll"), "audits:journal", "journal.view", part=RUNNING),
    Way(_("Einstellungen"), "people:settings", "town.view", needs_procedure=False, part=RUNNING),
)
INSTALLATION = (
    Way(_("Kommunen und Verfahren"), "association:overview", "association.view", needs_procedure=False),
    Way(_("Gutachterausschuss"), "association:board", "board.view", needs_procedure=False),
    Way(_("Berichte"), "association:reports", "association.view", needs_procedure=False),
    Way(_("Auflagen"), "association:conditions", "association.view", needs_procedure=False),
    Way(_("Auditorinnen und Auditoren"), "association:auditors", "auditor.assign", needs_procedure=False),
    Way(_("Verleihungen"), "association:ceremonies", "ceremony.plan", needs_procedure=False),
    Way(_("Gute Beispiele"), "association:practice", "practice.search", needs_procedure=False),
    Way(_("Statistik"), "association:statistics", "statistics.view", needs_procedure=False),
    Way(_("Verfahren und Fassungen"), "association:schemes", "schemes.view", needs_procedure=False),
    Way(_("Installation"), "association:installation", "installation.view", needs_procedure=False),
)
