"""Shows the comparison of two versions: attribute names in words, pieces as the diff component wants them."""

from django import template
from django.utils.translation import gettext_lazy as _

from kommpass.domain.targets import describe, from_json
from kommpass.ui.templatetags.ui import money

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
MONEY = ("cost_once", "cost_yearly")
KINDS = {"same": "same", "removed": "gone", "added": "new"}


@register.filter
def target_words(target: dict) -> str:
    """A target as people say it: "10 bis 14 Schulen bis 2027"."""
    return describe(from_json(target))


@register.filter
def attribute(name: str) -> str:
    return str(ATTRIBUTES.get(name, name.replace("_", " ")))


@register.filter
def in_reading_order(attributes) -> list:
    """Title first, then description, then the rest as the documents name them."""
    order = list(ATTRIBUTES)
    return sorted(attributes, key=lambda each: order.index(each.name) if each.name in order else len(order))


@register.filter
def pieces(change) -> list[tuple[str, str]]:
    if change.name in MONEY:
        return [(kind, money(text)) for kind, text in (("gone", change.old), ("new", change.new)) if text]
    return [(KINDS[piece.kind], piece.text) for piece in change.pieces]
