"""Every address of the house, found by walking the URL patterns: what it is called, what it asks for, who may come."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

TOWN, INSTALLATION = settings.MUNICIPALITY_URLCONF, settings.ROOT_URLCONF
# What fills the addresses of the installation, where there is no town.
NOWHERE = {
    **{"mails/file": "nirgends.log", "mails/place": 10**6, "verify/number": "K-2026-0001-01"},
    **{"calendar/token": "nirgends", "towns/slug": "nirgends", "scheme_key": "nirgends", "scheme_version": "0"},
    **dict.fromkeys(("audit_id", "contract_id", "instalment_id", "auditor_id", "declared_id"), 10**6),
    **dict.fromkeys(("board_meeting_id", "ceremony_id", "guest_id"), 10**6),
}


@dataclass(frozen=True)
class Address:
    """One URL pattern of ours. `arguments` are pairs: the name of the argument, and what fills it (see `key_of`)."""

    urlconf: str
    name: str
    route: str
    view: Callable
    arguments: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return self.name or self.route

    @property
    def requires(self) -> str:
        return getattr(self.view, "requires", "")

    @property
    def public(self) -> bool:
        return getattr(self.view, "public", False)

    @property
    def by_link(self) -> str:
        return getattr(self.view, "by_link", "")

    @property
    def methods(self) -> frozenset[str]:
        """The HTTP methods its decorator lets in; empty if nothing limits them."""
        view = self.view
        while view is not None:
            code = getattr(view, "__code__", None)
            if code and code.co_filename.endswith("django/views/decorators/http.py"):
                free = dict(zip(code.co_freevars, view.__closure__, strict=True))
                return frozenset(free["request_method_list"].cell_contents)
            view = getattr(view, "__wrapped__", None)
        return frozenset()

    @property
    def is_document(self) -> bool:
        """A PDF, a table: it takes its time and has its own tests in tests/adapters."""
        return any(name in ("kind", "form") for name, _key in self.arguments)

    def reads(self) -> bool:
        return "GET" in self.methods

    def writes(self) -> bool:
        return "POST" in self.methods

    def filled(self, values: dict[str, object]) -> str:
        """The path with its arguments; relative to the town in scope. KeyError names what is not known."""
        filled = {}
        for name, key in self.arguments:
            if key not in values and name not in values:
                raise KeyError(f"{self} wants {key}: please teach tests/house/towns.py what a town puts there.")
            filled[name] = values.get(key, values.get(name))
        return reverse(self.name, urlconf=self.urlconf, kwargs=filled) if self.name else "/" + self.route


def key_of(route: str, name: str) -> str:
    """What fills an argument: the word before it in the address, and its name.

    >>> key_of("bundle/<int:pk>/close/", "pk")
    'bundle/pk'
    """
    before = re.split(rf"<(?:\w+:)?{name}>", route)[0].replace("(?P", "")
    return "/".join([*re.findall(r"[a-z][a-z-]+", re.sub(r"<[^>]*>", "", before))[-1:], name])


def _walk(patterns, urlconf: str, prefix: str = "", namespace: str = "") -> Iterator[Address]:
    for each in patterns:
        route = prefix + str(each.pattern).removeprefix("^").removesuffix("$")
        if isinstance(each, URLResolver):
            inside = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each.url_patterns, urlconf, route, inside)
        elif isinstance(each, URLPattern) and each.callback.__module__.startswith("kommpass."):
            names = each.pattern.converters if isinstance(each.pattern, RoutePattern) else each.pattern.regex.groupindex
            arguments = tuple((name, key_of(route, name)) for name in names)
            yield Address(urlconf, namespace + each.name if each.name else "", route, each.callback, arguments)


@cache
def addresses(urlconf: str = "") -> tuple[Address, ...]:
    """All addresses of ours, of both books or of one; Django's and allauth's own are left out."""
    books = [urlconf] if urlconf else [TOWN, INSTALLATION]
    return tuple(address for book in books for address in _walk(get_resolver(book).url_patterns, book))


def is_page(response) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")
