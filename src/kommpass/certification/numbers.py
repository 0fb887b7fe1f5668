"""The number of a certificate: it names year, town and sequence, so that nobody has to look across towns to find it."""

import re

SHAPE = re.compile(r"K-(?P<year>\d{4})-(?P<town>\d{4,9})-(?P<sequence>\d{2,4})", re.ASCII)


def number_of(year: int, town: int, sequence: int) -> str:
    """For example "K-2026-0012-01".

    >>> number_of(2026, 12, 1)
    'K-2026-0012-01'
    """
    return f"K-{year:04d}-{town:04d}-{sequence:02d}"


def town_of(number: str) -> int | None:
    """The key of the town that a number names, or None if it is no number of ours.

    >>> town_of(" k-2026-0012-01 "), town_of("2026/12")
    (12, None)
    """
    found = SHAPE.fullmatch(number.strip().upper())
    return int(found["town"]) if found else None
