"""The hand-over (Übergabe): everything that one person holds in this town goes to their successor at once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.people import queries
from kommpass.people.models import Invitation, Membership, Post, User


@dataclass(frozen=True)
class Estate:
    """What a person holds in this town and would pass on."""

    held: tuple[Post, ...]
    deputised: tuple[Post, ...]
    memberships: tuple[Membership, ...]
    invitations: tuple[Invitation, ...]

    @property
    def empty(self) -> bool:
        return not (self.held or self.deputised or self.memberships or self.invitations)


def estate_of(person: User) -> Estate:
    """For the preview and for the action alike, so that what was shown is what moves."""
    return Estate(
        held=tuple(queries.posts().filter(holder=person)),
        deputised=tuple(queries.posts().filter(deputy=person)),
        memberships=tuple(queries.members().filter(user=person)),
        invitations=tuple(queries.open_invitations().filter(inviter=person)),
    )


@transaction.atomic
def hand_over(*, leaving: User, successor: User, by: Actor, at: datetime) -> Estate:
    """Move posts, deputies, roles and open invitations in one step; end the roles of the leaving person."""
    permit(by, "people.hand_over")
    people = queries.people()
    if not people.filter(pk=leaving.pk).exists() or not people.filter(pk=successor.pk).exists():
        raise NotPossible(
            _("Beide Personen müssen in dieser Kommune mitarbeiten. Bitte laden Sie die Nachfolge zuerst ein.")
        )
    if leaving.pk == successor.pk:
        raise NotPossible(_("Bitte wählen Sie zwei verschiedene Personen."))
    if not successor.is_active:
        raise NotPossible(_("Der Zugang der Nachfolge ist geschlossen."))
    list(Membership.objects.select_for_update().filter(user=leaving, ended_at=None))
    estate = estate_of(leaving)
    for post in estate.held:
        # Whoever deputised until now and takes over needs a new deputy.
        post.deputy = None if post.deputy_id == successor.pk else post.deputy
        _move(post, holder=successor)
    for post in estate.deputised:
        _move(post, deputy=None if post.holder_id == successor.pk else successor)
    for membership in estate.memberships:
        Membership.objects.get_or_create(
            user=successor, role=membership.role, organisation=membership.organisation, ended_at=None
        )
        membership.ended_at = at
        membership.save(update_fields=["ended_at"])
    keys = [invitation.pk for invitation in estate.invitations]
    Invitation.objects.filter(pk__in=keys).update(inviter=successor)
    record(
        None,
        "people.hand_over",
        by=by,
        at=at,
        leaving=leaving.pk,
        successor=successor.pk,
        posts=[post.pk for post in estate.held],
        deputies=[post.pk for post in estate.deputised],
        memberships=[membership.pk for membership in estate.memberships],
        invitations=keys,
    )
    return estate


def _move(post: Post, **changes) -> None:
    for name, person in changes.items():
        setattr(post, name, person)
    post.edition += 1
    post.save(update_fields=["holder", "deputy", "edition"])
