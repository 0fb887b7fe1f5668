"""Puts a signature into a PDF (PAdES baseline B), so that any reader can see who signed and whether it was changed."""

import json
import subprocess
import sys
from pathlib import Path

from kommpass.adapters.signature.keys import SigningPair

SIGNER = Path(__file__).parent / "signer.py"
MOST_SECONDS = 60
LABEL = "Elektronische Signatur der Urkunde"


class SigningFailed(Exception):
    """The file could not be signed; the text is for the log."""


def sign(pdf: bytes, pair: SigningPair, *, reason: str, location: str = "") -> bytes:
    """The same PDF with a signature; the pages are not touched. `reason` is part of what is signed."""
    order = {
        "private": pair.private_pem.decode(),
        "certificates": [each.decode() for each in (pair.public_pem, *pair.chain)],
        "reason": reason,
        "location": location,
        "label": LABEL,
    }
    command = [sys.executable, "-I", str(SIGNER)]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(order).encode() + b"\n" + pdf,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise SigningFailed(type(problem).__name__) from None  # its text would hold the order, and so the key
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise SigningFailed(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
