"""Finds the pages of the house as a visitor does: from page to page, by the links that are there."""

from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import BrowserContext

from tests.house.addresses import Address

TOWN, INSTALLATION = settings.MUNICIPALITY_URLCONF, settings.ROOT_URLCONF
TOWN_NAMES = ("auental", "hasselgrund", "lindenau", "moorhausen")


@dataclass(frozen=True)
class Found:
    """A page somebody came upon: by which page, how it is called, which kinds of elements it is built of."""

    visitor: str
    url: str
    via: str
    pattern: str
    status: int
    shape: frozenset[str]


@dataclass
class _Reading(HTMLParser):
    """Links and kinds of elements of a page."""

    links: list[str] = field(default_factory=list)
    shape: set[str] = field(default_factory=set)

    def __post_init__(self):
        super().__init__()

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.shape.add(" ".join([tag, found.get("type") or "", found.get("class") or ""]))
        if tag == "a" and "download" not in found and found.get("href"):
            self.links.append(found["href"])


def pattern_of(url: str) -> str:
    """The name of the pattern behind an address, for example "agreement:measure"; the path if there is none."""
    path = urlsplit(url).path
    town, _, rest = path.removeprefix("/").partition("/")
    book, inside = (TOWN, f"/{rest}") if town in TOWN_NAMES else (INSTALLATION, path)
    try:
        match = resolve(inside, book)
    except Resolver404:
        return path
    return match.view_name if match.url_name else match.route


def page_patterns() -> set[str]:
    """Every pattern that answers to GET, of both address books."""
    return {name for book in (TOWN, INSTALLATION) for name in _names(get_resolver(book).url_patterns, book)}


def _names(patterns, book: str, prefix: str = "", namespace: str = ""):
    for each in patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inside = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _names(each.url_patterns, book, route, inside)
        elif isinstance(each, URLPattern):
            methods = Address(book, "", route, each.callback, ()).methods
            if not methods or "GET" in methods:
                yield namespace + each.name if each.name else route


def walk(context: BrowserContext, visitor: str, starts: list[str], *, samples: int) -> list[Found]:
    """Every page one comes to from `starts`, at most `samples` of one pattern. Only GET, and never the way out."""
    waiting, met, taken, found = deque((url, "") for url in starts), set(starts), Counter(), []
    while waiting:
        url, via = waiting.popleft()
        pattern = pattern_of(url)
        if taken[pattern] >= samples or pattern == "account_logout":
            continue
        taken[pattern] += 1
        answer = context.request.get(url)
        reading = _Reading()
        if answer.headers.get("content-type", "").startswith("text/html"):
            reading.feed(answer.text())
        arrived = pattern_of(answer.url)
        found.append(Found(visitor, url, via, arrived, answer.status, frozenset(reading.shape)))
        for link in reading.links:
            address = urldefrag(urljoin(answer.url, link)).url
            if urlsplit(address).netloc == urlsplit(answer.url).netloc and address not in met:
                met.add(address)
                waiting.append((address, url))
    return found


def worth_a_look(pages: list[Found]) -> list[Found]:
    """One page of each pattern, and every further page that shows a kind of element nobody has seen yet."""
    seen_patterns, seen_shapes, chosen = set(), set(), []
    for page in pages:
        if page.shape and (page.pattern not in seen_patterns or page.shape - seen_shapes):
            chosen.append(page)
            seen_patterns.add(page.pattern)
            seen_shapes |= page.shape
    return chosen
