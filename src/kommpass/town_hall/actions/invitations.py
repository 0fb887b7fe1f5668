"""Invitations: sent by mail, good once, for a fortnight, and never for more than the inviter may give."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.refusals import NotAllowed, NotPossible
from kommpass.municipalities.scope import town
from kommpass.people import queries
from kommpass.people.accounts import person_with
from kommpass.people.addresses import absolute, in_town
from kommpass.people.letters import one_line, send_letter
from kommpass.people.links import LinkClosed
from kommpass.people.models import Invitation, Membership, Organisation, User

VALID = timedelta(days=14)
NEEDS_ORGANISATION = (Role.CONTRIBUTOR, Role.PROVIDER)


def digest(token: str) -> str:
    """What is kept of a token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_person(
    *, email: str, name: str, role: Role, organisation: Organisation | None = None, by: Actor, at: datetime
) -> Invitation:
    """Invite somebody into the town in scope. The letter goes out when this is committed."""
    permit(by, "people.invite")
    role, email, name = _grantable(role, by), email.strip().lower(), one_line(name)[:150]
    _check_address(email)
    if role in NEEDS_ORGANISATION and organisation is None:
        raise NotPossible(_("Bitte wählen Sie, für welche Organisation die Person mitarbeitet."))
    if queries.holds_role(email, role, organisation):
        raise NotPossible(_("Diese Person hat diese Rolle hier schon."))
    if queries.waiting_invitation(email, role, organisation, at):
        raise NotPossible(
            _("Für diese Adresse und Rolle gibt es schon eine offene Einladung. Sie können sie erneut senden.")
        )
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        role=role,
        organisation=organisation,
        token_digest=digest(token),
        invited_by=by.name,
        inviter=User.objects.filter(pk=by.id).first(),
        invited_at=at,
        expires_at=at + VALID,
    )
    _write(invitation, token)
    record(None, "people.invite", by=by, at=at, invitation=invitation.pk, role=role, organisation=_key(organisation))
    return invitation


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """Send it again with a new link and a new fortnight; the old link dies."""
    permit(by, "people.invite")
    invitation = _open(invitation)
    _grantable(invitation.role, by)
    token = secrets.token_urlsafe(32)
    invitation.token_digest, invitation.expires_at = digest(token), at + VALID
    invitation.save(update_fields=["token_digest", "expires_at"])
    _write(invitation, token)
    record(None, "people.invite", by=by, at=at, invitation=invitation.pk, again=True)
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    permit(by, "people.invite")
    invitation = _open(invitation)
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])
    record(None, "people.invite", by=by, at=at, invitation=invitation.pk, revoked=True)
    return invitation


def invitation_behind(token: str, now: datetime) -> Invitation:
    """The open invitation of this token, or LinkClosed with a sentence for whoever holds it. Changes nothing."""
    return _usable(Invitation.objects.select_related("organisation").filter(token_digest=digest(token)).first(), now)


@transaction.atomic
def accept_invitation(*, token: str, user: User | None = None, password: str = "", at: datetime) -> User:
    """Take up an invitation: with a new account (`password`), or signed in as the invited person (`user`).

    The token is the permission: it was sent to this one address, and it works once.
    """
    row = Invitation.objects.select_for_update().filter(token_digest=digest(token)).first()
    invitation = _usable(row, at)
    known = person_with(invitation.email)
    if known is not None and (user is None or user.pk != known.pk):
        raise NotAllowed(
            _("Diese Einladung gilt für eine andere Adresse. Bitte melden Sie sich mit dieser Adresse an.")
        )
    if known is None:
        if user is not None or not password:
            raise NotAllowed(_("Diese Einladung gilt für eine andere Adresse. Bitte melden Sie sich zuerst ab."))
        known = User.objects.create_user(invitation.email, password, name=invitation.name)
    if not known.is_active:
        raise NotAllowed(_("Dieser Zugang ist geschlossen. Bitte wenden Sie sich an die Koordination."))
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    Membership.objects.get_or_create(
        user=known, role=invitation.role, organisation=invitation.organisation, ended_at=None
    )
    themselves = Actor(id=known.pk, name=known.name, roles=frozenset({Role(invitation.role)}))
    record(None, "invitation.accept", by=themselves, at=at, invitation=invitation.pk, role=invitation.role)
    return known


def _usable(invitation: Invitation | None, now: datetime) -> Invitation:
    if invitation is None:
        raise LinkClosed(
            _("Diese Einladung gibt es nicht (mehr). Bitte kopieren Sie den Link ganz aus der neuesten E-Mail.")
        )
    if invitation.accepted_at:
        raise LinkClosed(_("Diese Einladung wurde schon angenommen. Bitte melden Sie sich einfach an."))
    if invitation.revoked_at:
        raise LinkClosed(_("Diese Einladung wurde zurückgezogen. Bitte wenden Sie sich an die Koordination."))
    if invitation.expires_at <= now:
        raise LinkClosed(_("Diese Einladung ist abgelaufen. Die Koordination schickt Ihnen gern eine neue."))
    return invitation


def _open(invitation: Invitation) -> Invitation:
    """The row as it is now, locked, if somebody still waits for an answer."""
    latest = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if latest.accepted_at or latest.revoked_at:
        raise NotPossible(_("Diese Einladung wurde schon angenommen oder zurückgezogen."))
    return latest


def _grantable(role: str, by: Actor) -> Role:
    if role not in queries.grantable(by):
        raise NotAllowed(_("Diese Rolle können Sie hier nicht vergeben."))
    return Role(role)


def _check_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise NotPossible(_("Das ist keine gültige E-Mail-Adresse: %s") % email[:100]) from None


@override(settings.LANGUAGE_CODE)
def _write(invitation: Invitation, token: str) -> None:
    context = {
        "invitation": invitation,
        "role": Role(invitation.role).label,
        "town": town(),
        "url": absolute(in_town("people:invitation", token)),
    }
    subject = _("Einladung: Audit Familiengerechte Kommune in %s") % town().name
    send_letter(invitation.email, subject, "people/letters/invitation.txt", context, about=invitation)


def _key(organisation: Organisation | None) -> int | None:
    return organisation.pk if organisation else None
