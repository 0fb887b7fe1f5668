"""The towns of an installation, for its administrator, and which addresses are free for another one."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.urls import get_resolver

from kommpass.domain.permissions import Role
from kommpass.municipalities.across import across_municipalities
from kommpass.municipalities.models import Municipality
from kommpass.people.addresses import door_of
from kommpass.people.models import Membership


@dataclass(frozen=True)
class InstalledTown:
    """A town as the administrator sees it: who leads there, and how many people work in it."""

    town: Municipality
    door: str
    people: int
    coordinators: tuple[str, ...]


def installed_towns() -> list[InstalledTown]:
    """All towns with the number of their people and the names of their coordinators, for the administrator."""
    with across_municipalities():
        people, coordinators = defaultdict(set), defaultdict(list)
        running = Membership.objects.filter(ended_at=None, user__is_active=True).order_by("user__name")
        for town, user, name, role in running.values_list("municipality", "user", "user__name", "role"):
            people[town].add(user)
            if role == Role.COORDINATOR:
                coordinators[town].append(name)
        return [
            InstalledTown(town, door_of(town), len(people[town.pk]), tuple(coordinators[town.pk]))
            for town in Municipality.objects.all()
        ]


# What a web server or a later page of the installation may answer for itself.
KEPT_FREE = frozenset({"static", "assets", "media", "api", "admin", "health", "healthz", "robots", "favicon", "www"})


def reserved_addresses() -> frozenset[str]:
    """First parts of addresses that belong to the installation: no town may be called like that."""
    firsts = {str(each.pattern).partition("/")[0] for each in get_resolver(settings.ROOT_URLCONF).url_patterns}
    inner = {
        str(each.pattern).partition("/")[0]
        for outer in get_resolver(settings.ROOT_URLCONF).url_patterns
        if not str(outer.pattern)
        for each in getattr(outer, "url_patterns", ())
    }
    return KEPT_FREE | firsts | inner


def free_address(slug: str) -> bool:
    return slug not in reserved_addresses() and not Municipality.objects.filter(slug=slug).exists()
