"""The letters that bring a bundle to its respondents: each with a contribution link, none with answers."""

from dataclasses import replace
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import NotPossible
from kommpass.people.models import ContributionLink
from kommpass.stocktaking.models import QuestionBundle
from kommpass.town_hall.actions import issue_link

# Late answers are welcome: the link outlives the deadline.
LINK_LIVES_ON_DAYS = 60


def send_link(bundle: QuestionBundle, *, subject_line: str, text: str, by: Actor, at: datetime) -> ContributionLink:
    """Send the link to the bundle's address. A newer link replaces the older one."""
    if not bundle.email:
        raise NotPossible(
            _("Für „%s“ ist keine E-Mail-Adresse hinterlegt. Bitte tragen Sie beim Fragenpaket eine ein.")
            % bundle.organisation.name
        )
    days_left = max(0, (bundle.due_on - localdate(at)).days) if bundle.due_on else 0
    return issue_link(
        organisation=bundle.organisation,
        purpose=ContributionLink.Purpose.BUNDLE,
        subject=bundle.pk,
        email=bundle.email,
        url_name="stocktaking:by-link",
        subject_line=subject_line,
        text=text,
        procedure=bundle.procedure,
        # Links are the coordination's to give. Who may pass a bundle on was asked by the action before.
        by=replace(by, roles=by.roles | {Role.COORDINATOR}),
        at=at,
        days=days_left + LINK_LIVES_ON_DAYS,
    )


def until(bundle: QuestionBundle) -> str:
    """The sentence about the deadline, or nothing."""
    return _("Bitte antworten Sie bis zum %s.") % date_format(bundle.due_on, "d.m.Y") if bundle.due_on else ""


def paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)
