"""Says of a PDF file whether one of our keys signed it, and whether it was changed since. Nothing is kept of it."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from ssl import PEM_cert_to_DER_cert
from threading import BoundedSemaphore

INSPECTOR = Path(__file__).parent / "inspector.py"
MOST_BYTES = 10 * 1024 * 1024
MOST_SECONDS = 20
# Checks at the same time in one worker, and how long the next one waits: strangers must not fill all threads.
AT_ONCE, WAIT_SECONDS = 2, 5
_places = BoundedSemaphore(AT_ONCE)


class Outcome(StrEnum):
    """What can be said of a file."""

    GENUINE = "genuine"
    CHANGED = "changed"
    UNKNOWN_KEY = "unknown_key"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"
    BUSY = "busy"


@dataclass(frozen=True)
class Sealed:
    """The finding: of a genuine file also the reason that was signed, the key and the moment."""

    outcome: Outcome
    reason: str = ""
    fingerprint: str = ""
    signed_at: datetime | None = None


def check(file: bytes, known: Iterable[str]) -> Sealed:
    """Check a file against the public certificates (PEM texts) of all keys this installation ever used.

    Never raises for what a file contains: a broken one is "unreadable". "genuine" means that a signature of ours
    covers all of the file; the few bytes that hold the signature itself are compared by whoever keeps the document.
    """
    certificates = list(known)
    if outcome := _plain(file, certificates):
        return Sealed(outcome)
    if not _places.acquire(timeout=WAIT_SECONDS):
        return Sealed(Outcome.BUSY)
    try:
        return sealed(_inspected(file, certificates))
    finally:
        _places.release()


def _plain(file: bytes, certificates: list[str]) -> Outcome | None:
    """What needs no reader: most of what strangers bring is answered here and costs nothing."""
    if len(file) > MOST_BYTES or not file.lstrip().startswith(b"%PDF") or b"/Encrypt" in file:
        return Outcome.UNREADABLE
    if b"/ByteRange" not in file:
        return Outcome.UNSIGNED
    # A signature carries the certificate of its key, byte by byte, in hexadecimal letters.
    ours = (PEM_cert_to_DER_cert(each).hex() for each in certificates)
    found = any(each.upper().encode() in file or each.encode() in file for each in ours)
    return None if found else Outcome.UNKNOWN_KEY


def sealed(found: dict[str, str]) -> Sealed:
    """What the inspector said, as a finding."""
    moment = found.get("signed_at")
    return Sealed(
        Outcome(found["outcome"]),
        found.get("reason", ""),
        found.get("fingerprint", ""),
        datetime.fromisoformat(moment) if moment else None,
    )


def _inspected(file: bytes, known: list[str]) -> dict[str, str]:
    """What the process says; if it was stopped, the file is nothing one could read."""
    order = json.dumps({"known": known}).encode() + b"\n" + file
    command = [sys.executable, "-I", str(INSPECTOR)]
    try:
        done = subprocess.run(command, input=order, capture_output=True, timeout=MOST_SECONDS, check=False)
        return json.loads(done.stdout) if done.returncode == 0 else {"outcome": Outcome.UNREADABLE}
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return {"outcome": Outcome.UNREADABLE}
