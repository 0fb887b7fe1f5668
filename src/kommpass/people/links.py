"""Contribution links: signed, for one purpose, expiring. Opening one changes nothing."""

from datetime import datetime

from django.core import signing
from django.utils.translation import gettext as _

from kommpass.domain.refusals import Refusal
from kommpass.people.models import ContributionLink

SALT = "kommpass.contribution-link"


class LinkClosed(Refusal):
    """The link does not open (any more). The sentence says what to do (410)."""


def token_of(link: ContributionLink) -> str:
    """The signed token that goes into the mail. It names town, link and purpose, and nothing else."""
    return signing.dumps([link.municipality_id, link.pk, link.purpose], salt=SALT, compress=False)


def open_link(token: str, purpose: str, now: datetime) -> ContributionLink:
    """The link behind a token, or LinkClosed with a sentence for the person who holds it."""
    try:
        town_id, key, meant_for = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise LinkClosed(
            _("Dieser Link ist unvollständig oder wurde verändert. Bitte kopieren Sie ihn ganz aus der E-Mail.")
        ) from None
    link = ContributionLink.objects.select_related("organisation").filter(pk=key, municipality_id=town_id).first()
    if link is None or meant_for != purpose or link.purpose != purpose:
        raise LinkClosed(_("Dieser Link gehört nicht zu dieser Seite. Bitte verwenden Sie den Link aus Ihrer E-Mail."))
    if link.revoked_at:
        raise LinkClosed(
            _("Dieser Link wurde durch einen neueren ersetzt oder gesperrt. Bitte verwenden Sie die neueste E-Mail.")
        )
    if link.expires_at <= now:
        raise LinkClosed(_("Dieser Link ist abgelaufen. Die Koordination schickt Ihnen gern einen neuen."))
    return link
