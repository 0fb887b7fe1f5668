"""What is known of an offer, as one document (Angebot): typed, comparable, and the same wherever it comes from.

A form, a mail link, an import and the HSDS table all make such a document; one action writes it. Revisions, proposals,
differences and undo are then comparisons of two documents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from kommpass.domain.schedules import Schedule


@dataclass(frozen=True)
class Cost:
    """One price: `amount` in euros as text with two decimals ("12.50"), or "" where it is on request."""

    label: str = ""
    amount: str = ""
    per: str = ""
    reduced_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contact:
    """Whom to ask: a function first. A person is shown only where `person_public` says that they agreed."""

    function: str = ""
    phone: str = ""
    email: str = ""
    person: str = ""
    person_public: bool = False


@dataclass(frozen=True)
class Place:
    """Where the offer takes place: the key of a location, and the room there."""

    location: str = ""
    room: str = ""


@dataclass(frozen=True)
class Capacity:
    """How many places there are and are free. `as_of` (ISO day) says when that was; ages in months."""

    unit: str = ""
    maximum: int | None = None
    available: int | None = None
    as_of: str = ""
    min_months: int | None = None
    max_months: int | None = None


@dataclass(frozen=True)
class Funding:
    """Who pays, until when (ISO day or ""), and whether everybody may know. Amounts are not kept here."""

    source: str = ""
    until: str = ""
    public: bool = False


@dataclass(frozen=True)
class OfferContent:
    """An offer. Texts are plain with line breaks; days are ISO texts; ages are months and None means open.

    `times_typed` is what somebody wrote, `times` what was understood of it, `times_text` what was not and stays text.
    """

    title: str = ""
    subtitle: str = ""
    summary: str = ""
    text: str = ""
    url: str = ""
    formats: tuple[str, ...] = ("on_site",)
    facility: str = ""
    min_months: int | None = None
    max_months: int | None = None
    life_phases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    prevention: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    registration: str = ""
    registration_url: str = ""
    documents: str = ""
    cost: str = "unknown"
    costs: tuple[Cost, ...] = ()
    cost_note: str = ""
    languages: tuple[str, ...] = ()
    interpreting: str = ""
    places: tuple[Place, ...] = ()
    times_typed: str = ""
    times: tuple[Schedule, ...] = ()
    times_text: str = ""
    contacts: tuple[Contact, ...] = ()
    capacity: Capacity | None = None
    runs_from: str = ""
    runs_until: str = ""
    funding: tuple[Funding, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As it is stored: every field, nested rows as objects, tuples as lists."""
        return {name: _plain(getattr(self, name)) for name in _NAMES}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "OfferContent":
        """Read what `to_json` wrote; fields that are missing (an older document) have their default."""
        known: dict[str, Any] = {name: value for name, value in stored.items() if name in _NAMES}
        for name, kind in _ROWS.items():
            if name in known:
                known[name] = tuple(_row(kind, each) for each in known[name])
        if known.get("capacity"):
            known["capacity"] = Capacity(**known["capacity"])
        settled: dict[str, Any] = {n: tuple(value) if isinstance(value, list) else value for n, value in known.items()}
        return cls(**settled)

    def having(self, **changes: Any) -> "OfferContent":
        """A copy with these fields changed."""
        return replace(self, **changes)


_NAMES = dict.fromkeys(each.name for each in fields(OfferContent))
_ROWS: dict[str, Any] = {
    "costs": Cost,
    "contacts": Contact,
    "places": Place,
    "times": Schedule,
    "funding": Funding,
}


def _row(kind: Any, stored: Mapping[str, Any]) -> Any:
    if kind is Schedule:
        return Schedule.from_json(stored)
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()})


def _plain(value: Any) -> Any:
    if value is None or type(value) in (str, int, bool):  # nearly always, and a list is written in thousands
        return value
    if isinstance(value, Schedule):
        return value.to_json()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Cost | Contact | Place | Capacity | Funding):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value
