"""Words and ways for templates: what an action is called, where a requirement leads, refusals of plain rules."""

from django import template
from django.utils.translation import gettext

from kommpass.audits.ways import way_to
from kommpass.domain.deeds import DEEDS
from kommpass.domain.permissions import Actor

register = template.Library()


@register.filter
def deed(action: str) -> str:
    """An action of the permission table in words; an extra's action as it is written."""
    return gettext(DEEDS[action]) if action in DEEDS else action


@register.filter
def room_url(where: str, by: Actor | None = None) -> str:
    """The way to a room or page, for those who may enter it; else nothing."""
    return way_to(where, by)


@register.filter
def told(thing) -> str:
    """A sentence of a plain rule (with `message` and `values`) in the language of the page."""
    return gettext(thing.message).format(**dict(thing.values))
