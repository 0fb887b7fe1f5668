"""Words and ways for templates: what an action is called, where a requirement leads."""

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from kommpass.domain.deeds import DEEDS

register = template.Library()

FIRST_PAGES = {"audits": "audits:overview", "cockpit": "cockpit:home"}


@register.filter
def deed(action: str) -> str:
    """An action of the permission table in words; an extra's action as it is written."""
    return gettext(DEEDS[action]) if action in DEEDS else action


@register.filter
def room_url(where: str) -> str:
    """The address of a room ("stocktaking") or of a page ("agreement:quality"); empty if there is none."""
    if not where:
        return ""
    try:
        return reverse(where if ":" in where else FIRST_PAGES.get(where, f"{where}:overview"))
    except NoReverseMatch:
        return ""
