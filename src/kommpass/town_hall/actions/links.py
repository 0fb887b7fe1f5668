"""Contribution links: one organisation answers one thing, without an account."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.municipalities.scope import town
from kommpass.people.addresses import absolute, in_town
from kommpass.people.letters import send_letter
from kommpass.people.links import token_of
from kommpass.people.models import ContributionLink, Organisation


@transaction.atomic
def issue_link(
    *,
    organisation: Organisation,
    purpose: str,
    subject: int,
    email: str,
    url_name: str,
    subject_line: str,
    text: str,
    procedure: Procedure | None = None,
    by: Actor,
    at: datetime,
    days: int = 28,
) -> ContributionLink:
    """Make a link and send it. An older link for the same thing stops working.

    `url_name` is the page of the caller's room (`stocktaking:by-link`), `subject` the key of the thing,
    `subject_line` the headline of the mail and `text` what is asked, in one or two sentences.
    """
    permit(by, "link.issue", procedure)
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise NotPossible(
            _("Für %s ist keine gültige E-Mail-Adresse hinterlegt. Bitte tragen Sie das Funktionspostfach ein.")
            % organisation.name
        ) from None
    older = ContributionLink.objects.filter(
        organisation=organisation, purpose=purpose, subject=subject, revoked_at=None, expires_at__gt=at
    )
    older.update(revoked_at=at)
    link = ContributionLink.objects.create(
        organisation=organisation,
        purpose=purpose,
        subject=subject,
        email=email,
        issued_at=at,
        expires_at=at + timedelta(days=days),
    )
    context = {
        "link": link,
        "organisation": organisation,
        "asked_by": by.name,
        "text": text,
        "town": town(),
        "url": absolute(in_town(url_name, token_of(link))),
    }
    send_letter(email, subject_line, "people/letters/contribution_link.txt", context, about=link)
    record(
        procedure,
        "link.issue",
        by=by,
        at=at,
        link=link.pk,
        purpose=purpose,
        subject=subject,
        organisation=organisation.pk,
    )
    return link


@transaction.atomic
def revoke_link(*, link: ContributionLink, by: Actor, at: datetime) -> ContributionLink:
    """Close a link. What was already answered through it stays."""
    permit(by, "link.revoke")
    if link.revoked_at:
        raise NotPossible(_("Dieser Link ist schon gesperrt."))
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])
    record(None, "link.revoke", by=by, at=at, link=link.pk)
    return link
