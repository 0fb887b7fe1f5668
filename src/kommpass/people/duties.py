"""What a person has to do in this town, collected from all rooms: the heart of a hand-over.

An upper room registers a function that lists its duties of one person; this room never asks an upper one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kommpass.domain.permissions import Role
from kommpass.people.addresses import in_town
from kommpass.people.models import Membership, Post, User


@dataclass(frozen=True)
class Duty:
    """One line of the hand-over page: what it is, about what, until when, and where."""

    kind: str
    text: str
    due_on: date | None = None
    url: str = ""


Source = Callable[[User], Iterable[Duty]]
_sources: list[Source] = []


def duty_source(source: Source) -> Source:
    """Register a function (person) -> duties. Use as a decorator in a file that the room imports at start."""
    if source not in _sources:
        _sources.append(source)
    return source


def duties(person: User) -> list[Duty]:
    """Everything this person has to do in the town in scope: dated ones first, in order."""
    found = [duty for source in _sources for duty in source(person)]
    return sorted(found, key=lambda duty: (duty.due_on is None, duty.due_on or date.max))


@duty_source
def roles_of(person: User) -> Iterable[Duty]:
    for membership in Membership.objects.filter(user=person, ended_at=None).select_related("organisation"):
        text = str(Role(membership.role).label)
        if membership.organisation:
            text = f"{text}: {membership.organisation}"
        yield Duty(_("Rolle"), text)


@duty_source
def posts_of(person: User) -> Iterable[Duty]:
    for post in Post.objects.filter(holder=person).select_related("organisation"):
        yield Duty(_("Stelle"), str(post), url=in_town("people:organisation", post.organisation_id))
    for post in Post.objects.filter(deputy=person).select_related("organisation"):
        yield Duty(_("Vertretung"), str(post), url=in_town("people:organisation", post.organisation_id))
