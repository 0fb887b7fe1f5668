"""Plain values for JSON: nothing where nothing is known, addresses as the standard writes them, short numbers."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_MARKS = "!$&'()*+,;=:@%-._~"


def known(row: dict[str, Any]) -> dict[str, Any]:
    """The row without what is empty: HSDS leaves out what is not known and has no null. A zero is known.

    >>> known({"name": "A", "url": "", "minimum_age": 0, "phones": [], "program": None})
    {'name': 'A', 'minimum_age': 0}
    """
    return {name: value for name, value in row.items() if value or value == 0}


def moment(at: datetime) -> str:
    """A moment with its zone, to the millisecond.

    >>> moment(datetime(2026, 9, 1, 8, 15, 30, 123456, tzinfo=UTC))
    '2026-09-01T08:15:30.123Z'
    """
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def years(months: int | None) -> int | float | None:
    """An age in years, as a number.

    >>> years(18), years(36), years(0), years(None)
    (1.5, 3, 0, None)
    """
    if months is None:
        return None
    whole, rest = divmod(months, 12)
    return round(months / 12, 2) if rest else whole


@lru_cache(maxsize=8192)
def uri_of(written: str) -> str:
    """A web address as a URI of RFC 3986; "" where there is none, or none that could be written so.

    >>> uri_of("https://www.müller.example/süß?a[0]=1")
    'https://www.xn--mller-kva.example/s%C3%BC%C3%9F?a%5B0%5D=1'
    >>> uri_of("javascript:alert(1)"), uri_of("https://ho st/")
    ('', '')
    """
    try:
        parts = urlsplit(written.strip())
        host = (parts.hostname or "").encode("idna").decode().lower()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host):
        return ""
    path, query, fragment = (_LONE_PERCENT.sub("%25", each) for each in (parts.path, parts.query, parts.fragment))
    return urlunsplit((
        parts.scheme.lower(), host + port,
        quote(path, safe=_MARKS + "/"), quote(query, safe=_MARKS + "/?"), quote(fragment, safe=_MARKS + "/?"),
    ))  # fmt: skip
