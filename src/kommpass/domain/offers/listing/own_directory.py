"""Our own HSDS tables when they come back: only what they say otherwise than we would say it today is news."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from kommpass.domain.offers import vocabularies as lists
from kommpass.domain.offers.content import Contact, OfferContent
from kommpass.domain.schedules import Schedule


def from_own_tables(said: OfferContent, base: OfferContent) -> OfferContent:
    """The offer of `base` with what the tables say otherwise. They cannot say everything: what they leave out stays.

    >>> base = OfferContent(title="A", summary="Kurz.", text="Lang.", prevention=("universal",))
    >>> from_own_tables(OfferContent(title="B", text="Kurz.\\n\\nLang."), base) == base.having(title="B")
    True
    """
    news: dict[str, Any] = {}
    for names, told in TOLD:
        if told(said) != told(base):
            news |= {name: getattr(said, name) for name in names}
    if "contacts" in news:
        hidden = [each for each in base.contacts if each.person and not each.person_public]
        known = {_contact(each): each for each in hidden}
        news["contacts"] = tuple(known.get(each, each) for each in said.contacts)
    if said.capacity and base.capacity and "capacity" in news:
        news["capacity"] = replace(
            said.capacity, min_months=base.capacity.min_months, max_months=base.capacity.max_months
        )
    elif said.capacity is None:
        news.pop("capacity", None)
    return base.having(**news)


def _description(content: OfferContent) -> str:
    return "\n\n".join(filter(None, (content.summary.strip(), content.text.strip())))


def _address(url: str) -> str:
    """An address without its manner of writing: signs as they are, the host in plain letters."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode().lower()
        return unquote(f"{host}:{parts.port or ''}{parts.path}?{parts.query}#{parts.fragment}")
    except ValueError:
        return ""


def _known(name: str, vocabulary: lists.Vocabulary) -> Callable[[OfferContent], Any]:
    return lambda content: [key for key in getattr(content, name) if key in vocabulary.places]


def _phases(content: OfferContent) -> set[str]:
    return set(content.life_phases or lists.phases_of_ages(content.min_months, content.max_months))


def _prices(content: OfferContent) -> tuple:
    """A price list makes something cost; what is free needs none."""
    free = content.cost == "free"
    rows = tuple(replace(each, label=each.label.strip(), per=each.per.strip()) for each in content.costs)
    prices = tuple(each for each in rows if not (free and each.amount in ("", "0.00")))
    kind = "paid" if content.cost not in ("free", "paid") and any(each.amount for each in prices) else content.cost
    return kind if kind in ("free", "paid") else "", prices


def _times(content: OfferContent) -> list[str]:
    """The rules, in any order; a calendar's course and opening hours are both "open" in the standard."""
    rows = [replace(each, key="", kind=_kind(each), note=each.note.strip()) for each in content.times]
    return sorted(json.dumps(_plain(each), sort_keys=True) for each in rows)


def _kind(schedule: Schedule) -> str:
    if schedule.kind == "phone" and schedule.rule:
        return "phone"
    return "open" if schedule.rule or schedule.begins else "arrangement"


def _plain(schedule: Schedule) -> dict[str, Any]:
    row = schedule.to_json()
    if not schedule.rule:
        row |= {"public_holidays": "", "school_holidays": "", "until": ""}
    row["exceptions"] = sorted(row["exceptions"], key=lambda each: each["on"])
    return row


def _contact(contact: Contact) -> Contact:
    """As everybody may read it."""
    return contact if contact.person_public else replace(contact, person="")


def _contacts(content: OfferContent) -> list[Contact]:
    shown = [_contact(each) for each in content.contacts]
    # A person without a function stands in the same field as a function.
    plain = [each if each.function else replace(each, function=each.person, person="") for each in shown]
    rows = [replace(each, person_public=False) for each in plain]
    return [each for number, each in enumerate(rows) if any(vars(each).values()) and each not in rows[:number]]


def _capacity(content: OfferContent) -> tuple | None:
    capacity = content.capacity
    if capacity is None or capacity.available is None:
        return None
    return capacity.unit or "Plätze", capacity.maximum, capacity.available, capacity.as_of


def _funding(content: OfferContent) -> set[str]:
    return {each.source for each in content.funding if each.public and each.source}


TOLD: tuple[tuple[tuple[str, ...], Callable[[OfferContent], Any]], ...] = (
    (("title",), lambda content: content.title.strip()),
    (("subtitle",), lambda content: content.subtitle.strip()),
    (("summary", "text"), _description),
    (("url",), lambda content: _address(content.url)),
    (("registration_url",), lambda content: _address(content.registration_url)),
    (("facility",), lambda content: content.facility),
    (("min_months",), lambda content: content.min_months),
    (("max_months",), lambda content: content.max_months),
    (("life_phases",), _phases),
    (("topics",), _known("topics", lists.TOPICS)),
    (("target_groups",), _known("target_groups", lists.TARGET_GROUPS)),
    (("access",), _known("access", lists.ACCESS)),
    (("formats",), _known("formats", lists.FORMATS)),
    (("languages",), _known("languages", lists.LANGUAGES)),
    (("interpreting",), lambda content: content.interpreting.strip()),
    (("registration",), lambda content: content.registration.strip()),
    (("documents",), lambda content: [line.strip() for line in content.documents.splitlines() if line.strip()]),
    (("cost", "costs"), _prices),
    (("cost_note",), lambda content: content.cost_note.strip()),
    (("times",), _times),
    (("times_text",), lambda content: content.times_text.strip()),
    (("contacts",), _contacts),
    (("capacity",), _capacity),
    (("runs_from",), lambda content: content.runs_from),
    (("runs_until",), lambda content: content.runs_until),
    (("funding",), _funding),
)
"""Fields that are news together, and what the tables say of them."""
