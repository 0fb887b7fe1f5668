"""Shows the comparison of two versions: attribute names in words, pieces as the diff component wants them."""

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

ATTRIBUTES = {
    "title": _("Titel"),
    "text": _("Wortlaut"),
    "description": _("Beschreibung"),
    "responsible": _("Zuständig"),
    "post": _("Stelle"),
    "outside": _("außerhalb der Verwaltung"),
    "partners": _("Mitwirkende"),
    "start": _("Beginn"),
    "due": _("Frist"),
    "target_groups": _("Zielgruppen"),
    "districts": _("Stadtteile"),
    "themes": _("Querschnittsthemen"),
    "cost_once": _("Einmalige Kosten"),
    "cost_yearly": _("Jährliche Kosten"),
    "funding": _("Finanzierung"),
    "subject_to_budget": _("unter Haushaltsvorbehalt"),
    "staff_effort": _("Personalaufwand"),
    "priority": _("Priorität"),
    "public": _("öffentlich"),
    "dropped": _("gestrichen"),
    "references": _("Bezug zu anderen Konzepten"),
    "indicators": _("Indikatoren"),
    "steps": _("Schritte"),
    "origins": _("Herkunft"),
    "also_serves": _("dient auch"),
    "status": _("Sachstände"),
    "preamble": _("Zielsetzung der Kommune"),
    "family_definition": _("Familienbegriff"),
    "process": _("Wie diese Zielvereinbarung entstanden ist"),
    "budget_clause": _("Haushaltsklausel"),
    "project_lead": _("Projektleitung"),
    "auditor": _("Auditorin oder Auditor"),
    "strengths": _("Stärken"),
    "needs": _("Bedarfe"),
    "resolution": _("Beschluss"),
}
KINDS = {"same": "same", "removed": "gone", "added": "new"}


@register.filter
def attribute(name: str) -> str:
    return str(ATTRIBUTES.get(name, name.replace("_", " ")))


@register.filter
def pieces(change) -> list[tuple[str, str]]:
    return [(KINDS[piece.kind], piece.text) for piece in change.pieces]


