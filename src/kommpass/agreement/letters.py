"""The letter that asks an organisation for its measures."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kommpass.domain.permissions import Actor
from kommpass.people.models import Organisation
from kommpass.people.queries import post_address
from kommpass.town_hall.actions import issue_link


@override(settings.LANGUAGE_CODE)
def ask_by_letter(organisation: Organisation, *, by: Actor, at: datetime) -> bool:
    """Send one link for all measures of this organisation; False if there is no address to send it to."""
    address = post_address(organisation)
    if not address:
        return False
    issue_link(
        organisation=organisation,
        purpose="measures",
        subject=0,
        email=address,
        url_name="agreement:own-by-link",
        subject_line=_("Ihre Maßnahmen in der Zielvereinbarung: bitte bestätigen"),
        text=_(
            "in der neuen Zielvereinbarung stehen Maßnahmen, für die Sie zuständig sein sollen. "
            "Bitte sehen Sie sie an und sagen Sie uns zu jeder, ob Sie sie übernehmen."
        ),
        by=by,
        at=at,
    )
    return True
