"""The journal as a file for the archive: one line per entry, verifiable without Kommpass."""

import json
from collections.abc import Iterator

from kommpass.audits.journal import content
from kommpass.audits.models import JournalEntry
from kommpass.domain.deeds import CONFIDENTIAL


def journal_lines(*, confidential: bool = False) -> str:
    """JSON Lines: what the hash covers, the previous hash, the hash (SHA-256 over canonical JSON).

    Of what board and office do confidentially the town gets the two hashes, which keep the chain whole, and no
    `fields`; with `confidential` they are in it too.
    """
    return "".join(_lines(confidential))


def _lines(confidential: bool) -> Iterator[str]:
    for entry in JournalEntry.objects.order_by("sequence").iterator():
        line = {"previous_hash": entry.previous_hash, "hash": entry.hash}
        if confidential or entry.action not in CONFIDENTIAL:
            line["fields"] = content(entry)
        yield json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n"
