"""Who is here, in which role, and which actor stands behind a request."""

from datetime import datetime

from django.db.models import Count, Q

from kommpass.domain.permissions import INSTALLATION_ROLES, NOBODY, TOWN_ROLES, Actor, Role
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import town, within
from kommpass.people.models import (
    ContributionLink,
    InstallationRole,
    Invitation,
    Membership,
    Organisation,
    Post,
    User,
)


def members():
    """The running memberships of this town, with person and organisation."""
    return Membership.objects.filter(ended_at=None, user__is_active=True).select_related("user", "organisation")


def people():
    """Everyone with a running role in this town."""
    return User.objects.filter(pk__in=members().values("user")).order_by("name", "pk")


def actor(user) -> Actor:
    """The signed-in person as the rules see them, in the town of this request or on the installation's pages."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    roles = {Role(role) for role in InstallationRole.objects.filter(user=user).values_list("role", flat=True)}
    organisations: set[int] = set()
    if town() is not None:
        for role, organisation in Membership.objects.filter(user=user, ended_at=None).values_list(
            "role", "organisation"
        ):
            roles.add(Role(role))
            if organisation:
                organisations.add(organisation)
        organisations.update(
            Post.objects.filter(Q(holder=user) | Q(deputy=user)).values_list("organisation", flat=True)
        )
    return Actor(id=user.pk, name=user.name, roles=frozenset(roles), organisations=frozenset(organisations))


def link_actor(link: ContributionLink) -> Actor:
    """Who acts through a contribution link: the organisation, and nothing but it."""
    role = Role.PROVIDER if link.organisation.outside else Role.CONTRIBUTOR
    return Actor(
        id=0,
        name=link.organisation.name,
        roles=frozenset({role}),
        organisations=frozenset({link.organisation_id}),
        via="link",
    )


def organisations():
    return Organisation.objects.all()


def departments():
    return Organisation.objects.filter(kind=Organisation.Kind.DEPARTMENT)


def post_address(organisation: Organisation) -> str:
    """Where a mail to an organisation goes: the mailbox of the function, else the holder or deputy of a post."""
    if organisation.email:
        return organisation.email
    for post in organisation.posts.select_related("holder", "deputy"):
        for person in (post.holder, post.deputy):
            if person and person.is_active:
                return person.email
    return ""


def grantable(by: Actor) -> tuple[Role, ...]:
    """The roles this person may give to others in a town: never one for the whole installation."""
    return TOWN_ROLES if by.has(Role.COORDINATOR, Role.ADMINISTRATOR) else ()


def open_invitations():
    """Invitations that nobody has accepted or withdrawn; expired ones stay, they may be sent again."""
    return Invitation.objects.filter(accepted_at=None, revoked_at=None).select_related("organisation")


def organisations_with_counts():
    """The organisations, each with the number of its posts and of its people."""
    return Organisation.objects.annotate(
        post_count=Count("posts", distinct=True),
        people_count=Count("memberships__user", filter=Q(memberships__ended_at=None), distinct=True),
    ).order_by("name")


def posts():
    return Post.objects.select_related("organisation", "holder", "deputy")


def contribution_links():
    return ContributionLink.objects.select_related("organisation")


def open_links(now: datetime):
    return contribution_links().filter(revoked_at=None, expires_at__gt=now)


def coordinators():
    return members().filter(role=Role.COORDINATOR)


def towns_of(user: User) -> list[Municipality]:
    """The towns in which this person has a running role: one town after the other, as the tenancy wants it."""
    found = []
    for municipality in Municipality.objects.all():
        with within(municipality):
            if Membership.objects.filter(user=user, ended_at=None).exists():
                found.append(municipality)
    return found


def installation_roles_of(user: User) -> list[Role]:
    held = set(InstallationRole.objects.filter(user=user).values_list("role", flat=True))
    return [role for role in INSTALLATION_ROLES if role in held]


def holds_role(email: str, role: str, organisation: Organisation | None) -> bool:
    """Does the person with this address have this role here already?"""
    return members().filter(user__email__iexact=email, role=role, organisation=organisation).exists()


def waiting_invitation(email: str, role: str, organisation: Organisation | None, now: datetime) -> bool:
    """Is there an invitation for the same thing that still works?"""
    return (
        open_invitations()
        .filter(email=email.lower(), role=role, organisation=organisation, expires_at__gt=now)
        .exists()
    )
