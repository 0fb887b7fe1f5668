"""The journal: what happened, written once, chained by hash. Mails and modules listen to it."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from kommpass.audits.models import JournalEntry, JournalHead, Procedure
from kommpass.domain.deeds import CONFIDENTIAL
from kommpass.domain.hashchain import entry_hash
from kommpass.domain.permissions import Actor
from kommpass.municipalities.scope import here

recorded = Signal()


def record(about: Procedure | None, action: str, *, by: Actor, at: datetime, **details) -> JournalEntry:
    """Write one entry at the end of the town's journal. Must run inside the transaction of the action.

    `about` is the procedure, or None for what concerns the town as a whole.
    """
    return record_each(about, action, [details], by=by, at=at)[0]


def record_each(
    about: Procedure | None, action: str, many: Iterable[Mapping[str, Any]], *, by: Actor, at: datetime
) -> list[JournalEntry]:
    """Write one entry for each of these details, in their order: as `record` one after the other, and quicker."""
    JournalHead.objects.get_or_create(municipality_id=here())
    head = JournalHead.objects.select_for_update().get()
    entries = []
    for details in many:
        entry = _next_entry(head, about, action, details, by, at)
        head.sequence, head.hash = entry.sequence, entry.hash
        entries.append(entry)
    JournalEntry.objects.bulk_create(entries)
    head.save(update_fields=["sequence", "hash"])
    for entry in entries:
        # Whoever listens must never break a deed that is done: a failure is logged and nothing else.
        transaction.on_commit(partial(recorded.send_robust, sender=action, entry=entry))
    return entries


def _next_entry(
    head: JournalHead, about: Procedure | None, action: str, details: Mapping[str, Any], by: Actor, at: datetime
) -> JournalEntry:
    said = {name: _plain(value) for name, value in details.items()}
    if action in CONFIDENTIAL:
        said["salt"] = secrets.token_hex(16)  # or the hash, which the archive carries, could be guessed open
    entry = JournalEntry(
        sequence=head.sequence + 1,
        procedure=about,
        action=action,
        actor_id=by.id,
        actor_name=by.name,
        via=by.via,
        at=at,
        details=said,
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(head.hash, content(entry))
    return entry


def content(entry: JournalEntry) -> dict:
    """What the hash of an entry covers: everything but the hashes themselves."""
    return {
        "municipality": entry.municipality_id,
        "sequence": entry.sequence,
        "procedure": entry.procedure_id or 0,
        "action": entry.action,
        "actor": entry.actor_id,
        "name": entry.actor_name,
        "via": entry.via,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "details": entry.details,
    }


def _plain(value):
    """JSON keeps no dates and no decimals: write them as text, so that both databases give the same answer."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(each) for each in value]
        case float():
            return str(value)
        case None | bool() | int() | str():
            return value
    return str(value)
