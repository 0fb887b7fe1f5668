"""Addresses that lead from one house to the other: out of a town to the log-in, into a town from a mail."""

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix


def of_installation(name: str, *args) -> str:
    """The path of a page outside of all towns, also while a town is in scope."""
    inside = get_script_prefix()
    set_script_prefix(f"{settings.FORCE_SCRIPT_NAME or ''}/")
    try:
        return reverse(name, urlconf=settings.ROOT_URLCONF, args=args)
    finally:
        set_script_prefix(inside)


def in_town(name: str, *args) -> str:
    """The path of a page of the town in scope, whether a request, a command or a test asks."""
    return reverse(name, urlconf=settings.MUNICIPALITY_URLCONF, args=args)


def into_town(municipality, name: str, *args) -> str:
    """The path of a page of any town, without entering it: for lists over many towns."""
    return door_of(municipality) + in_town(name, *args).removeprefix(get_script_prefix())


def door_of(municipality) -> str:
    """The front door of a town."""
    return f"{settings.FORCE_SCRIPT_NAME or ''}/{municipality.slug}/"


def absolute(path: str) -> str:
    """A path as it stands in a mail. The host comes from the settings, never from a request."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"
