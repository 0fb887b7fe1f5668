"""Who plays: invented people, the organisations and posts of a town, and the actor behind each of them."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password

from kommpass.association.actions import create_town, license_auditor
from kommpass.demo.clock import Clock
from kommpass.domain.permissions import Actor, Role
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.people import queries
from kommpass.people.models import ContributionLink, InstallationRole, Invitation, Organisation, Post, User
from kommpass.town_hall import actions
from kommpass.town_hall.actions.invitations import digest


class Known(NamedTuple):
    """Somebody who belongs to no town: the short name of the data files, mail address, name."""

    key: str
    email: str
    name: str


ADMINISTRATOR = Known("administrator", "system@kommpass.example", "Jonas Wiegand")
ASSOCIATION = Known("association", "geschaeftsstelle@verein.example", "Frauke Hellmann")
BOARD = (
    Known("brandner", "gutachten@verein.example", "Dr. Ilse Brandner"),
    Known("ostermann", "ostermann@gutachten.example", "Prof. Dr. Karl Ostermann"),
    Known("haddad", "haddad@gutachten.example", "Samira Haddad"),
    Known("pohl", "pohl@gutachten.example", "Gerlinde Pohl"),
)
AUDITORS = (
    Known("falk", "auditorin@verein.example", "Dr. Henrike Falk"),
    Known("overbeck", "auditor@verein.example", "Matthias Overbeck"),
)
ROLES = {
    **{ADMINISTRATOR: Role.ADMINISTRATOR, ASSOCIATION: Role.ASSOCIATION_OFFICE},
    **dict.fromkeys(BOARD, Role.REVIEW_BOARD),
}
YEARS_OF_LICENCE = 10


@dataclass
class Cast:
    """The people of one town, by the short names that the data files use, and everybody who belongs to none."""

    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    voices: dict[str, str] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """A person as the rules see them, asked once."""
        if name not in self._actors:
            self._actors[name] = queries.actor(self.people[name])
        return self._actors[name]

    def forget_rights(self) -> None:
        """Posts give rights too: once they are filled, everybody is asked again who they may act for."""
        self._actors.clear()

    def voice_of(self, organisation: str) -> Actor:
        """Who speaks for an organisation: its person with an account, else whoever holds its newest link."""
        if organisation in self.voices:
            return self.actor(self.voices[organisation])
        link = ContributionLink.objects.filter(organisation=self.organisations[organisation]).first()
        return queries.link_actor(link)


def people_of_the_installation(clock: Clock) -> dict[str, User]:
    """Accounts for the roles that hold everywhere, and auditors whom the association has licensed."""
    people = {each.key: _person(each.email, each.name) for each in (*ROLES, *AUDITORS)}
    for each, role in ROLES.items():
        InstallationRole.objects.get_or_create(user=people[each.key], role=role)
    office = queries.actor(people[ASSOCIATION.key])
    for each in AUDITORS:
        license_auditor(
            person=people[each.key],
            since=date(clock.end_of_story.year - YEARS_OF_LICENCE, 1, 1),
            until=date(clock.end_of_story.year + 2, 12, 31),
            by=office,
            at=clock(),
        )
    return people


def settle(story: dict, *, clock: Clock) -> tuple[Municipality, Cast]:
    """Create a town with its districts, organisations, people and posts, as an administrator and a coordinator do."""
    cast = Cast(people=people_of_the_installation(clock))
    first, *others = story["person"]
    town = create_town(
        **story["town"],
        coordinator_name=first["name"],
        coordinator_email=first["email"],
        by=cast.actor(ADMINISTRATOR.key),
        at=clock(),
    )
    with within(town):
        cast.people[first["key"]] = _person(first["email"], first["name"])
        _accept(Invitation.objects.get(), cast.people[first["key"]], clock)
        lead = cast.actor(first["key"])
        actions.configure_town(changes=story["settings"], seen=None, by=lead, at=clock())
        for number, name in enumerate(story["districts"], start=1):
            actions.add_district(name=name, code=f"{number:02}", by=lead, at=clock())
        for each in story["organisation"]:
            plain = {name: value for name, value in each.items() if name != "key"}
            cast.organisations[each["key"]] = actions.add_organisation(**plain, by=lead, at=clock())
        for each in others:
            _join(each, cast, lead, clock)
        for each in story["post"]:
            cast.posts[each["organisation"]] = actions.add_post(
                organisation=cast.organisations[each["organisation"]],
                title=each["title"],
                holder=cast.people.get(each.get("holder", "")),
                deputy=cast.people.get(each.get("deputy", "")),
                by=lead,
                at=clock(),
            )
    cast.forget_rights()
    return Municipality.objects.get(pk=town.pk), cast


def _join(each: dict, cast: Cast, lead: Actor, clock: Clock) -> None:
    user = cast.people[each["key"]] = _person(each["email"], each["name"], each.get("phone", ""))
    organisation = cast.organisations.get(each.get("organisation", ""))
    if organisation:
        cast.voices.setdefault(each["organisation"], each["key"])
    if "role" not in each:
        return
    invitation = actions.invite_person(
        email=user.email, name=user.name, role=Role(each["role"]), organisation=organisation, by=lead, at=clock()
    )
    _accept(invitation, user, clock)


def _accept(invitation: Invitation, user: User, clock: Clock) -> None:
    """Open the invitation with a token that we know: the real one is only in the mail."""
    token = f"demo-{invitation.pk}-{invitation.token_digest}"
    Invitation.objects.filter(pk=invitation.pk).update(token_digest=digest(token))
    actions.accept_invitation(token=token, user=user, at=clock())


def _person(email: str, name: str, phone: str = "") -> User:
    """An account with the password of the demo. One hash for all: hashing is slow on purpose."""
    known = User.objects.filter(email=email).first()
    if known:
        return known
    colleague = User.objects.filter(email=ADMINISTRATOR.email).first()
    encoded = colleague.password if colleague else make_password(settings.DEMO_PASSWORD)
    return User.objects.create(email=email, name=name, phone=phone, password=encoded)
