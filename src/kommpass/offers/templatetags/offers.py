"""How templates name languages of content, ages and times."""

from django import template
from django.utils.translation import gettext as _

from kommpass.domain.offers.vocabularies import ACCESSIBILITY, LANGUAGES
from kommpass.offers.models import Location

register = template.Library()


@register.filter
def content_language(code: str) -> str:
    """The name of a language of content, Leichte Sprache among them."""
    return _("Leichte Sprache") if code == "de-easy" else _(LANGUAGES.labels.get(code, code))


@register.filter
def dialled(phone: str) -> str:
    """A telephone number as a link dials it: digits, and a plus in front."""
    plain = phone.replace("(0)", "")
    return ("+" if plain.strip().startswith("+") else "") + "".join(sign for sign in plain if sign.isdigit())


@register.filter
def barriers(location: Location) -> list[dict]:
    """What somebody checked of a place's accessibility, in the order of the list."""
    known = location.accessibility
    return [{"label": _(word.label), **known[word.key]} for word in ACCESSIBILITY.words if word.key in known]


@register.filter
def evidence_sentence(evidence) -> str:
    """What speaks for or against two offers being one, in the reader's language."""
    return _(evidence.message).format(**dict(evidence.values))
