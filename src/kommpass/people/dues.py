"""What falls due for a person, in the town in scope and for the installation: their calendar reads it.

An upper room registers a function in its file `dues.py`, which is found at start (see apps.py); this room never asks
an upper one.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from kommpass.domain.deadlines import Deadline
from kommpass.people.models import User

# The procedure is what a room above calls so: it is only handed on. None asks for what belongs to the town as a whole.
Source = Callable[[User, Any, date], Iterable[Deadline]]
OfficeSource = Callable[[User, date], Iterable[Deadline]]
_sources: list[Source] = []
_office_sources: list[OfficeSource] = []


def due_source(source: Source) -> Source:
    """Register a function (person, procedure or None, day) -> deadlines of the town in scope. Use as a decorator."""
    if source not in _sources:
        _sources.append(source)
    return source


def office_due_source(source: OfficeSource) -> OfficeSource:
    """Register a function (person, day) -> deadlines of somebody with a role of the installation."""
    if source not in _office_sources:
        _office_sources.append(source)
    return source


def dues(person: User, procedure: Any, day: date) -> list[Deadline]:
    """What this person sees falling due in a procedure of the town in scope; with None, in the town as a whole."""
    return _in_order((each for source in _sources for each in source(person, procedure, day)), day)


def office_dues(person: User, day: date) -> list[Deadline]:
    """What falls due for this person outside of all towns."""
    return _in_order((each for source in _office_sources for each in source(person, day)), day)


def _in_order(found: Iterable[Deadline], day: date) -> list[Deadline]:
    return sorted((each.on_day(day) for each in set(found)), key=lambda each: (each.due_on, each.label, each.url))
