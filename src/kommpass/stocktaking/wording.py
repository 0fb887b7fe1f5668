"""Words of this room that come from the scheme's keys."""

from django.utils.translation import gettext as _


def level_label(level: str) -> str:
    """Who is competent for what a question asks about."""
    return {
        "municipality": _("Stadt oder Gemeinde"),
        "county": _("Kreis oder Jugendamt"),
        "state": _("Land"),
        "independent_provider": _("Freier Träger"),
    }[level]
