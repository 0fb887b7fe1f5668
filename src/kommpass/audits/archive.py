"""The journal as a file for the archive: one line per entry, verifiable without Kommpass."""

import json
from collections.abc import Iterator

from kommpass.audits.journal import content
from kommpass.audits.models import JournalEntry


def journal_lines() -> str:
    """JSON Lines: what the hash covers, the previous hash, the hash (SHA-256 over canonical JSON)."""
    return "".join(_lines())


def _lines() -> Iterator[str]:
    for entry in JournalEntry.objects.order_by("sequence").iterator():
        line = {"fields": content(entry), "previous_hash": entry.previous_hash, "hash": entry.hash}
        yield json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n"
