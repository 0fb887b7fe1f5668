"""Looks at one PDF of a stranger in a process of its own, with a limit of memory and time, and says what it found.

`python inspector.py` reads an order (one line of JSON: the public certificates of our keys) and the file, and writes
one line of JSON. A file made to keep a reader busy or to fill the memory ends this process and nothing else. This
file therefore imports nothing of Kommpass.
"""

import io
import json
import logging
import os
import resource
import sys
from contextlib import suppress

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

MOST_MEMORY = 1024 * 1024 * 1024
MOST_CPU_SECONDS = 5


def inspect(file: bytes, known: list[str]) -> dict[str, str]:
    """The outcome in one word; of a genuine file also the reason that was signed, the key and the moment.

    Never raises for what a file contains: a broken one is "unreadable".
    """
    ours = {certificate.sha256.hex(): certificate for certificate in map(_certificate, known)}
    try:
        signatures = PdfFileReader(io.BytesIO(file), strict=False).embedded_signatures
        return _finding(signatures, ours) if signatures else {"outcome": "unsigned"}
    except Exception:  # whatever a broken or malicious file makes the reader say
        return {"outcome": "unreadable"}


def _finding(signatures: list, ours: dict[str, x509.Certificate]) -> dict[str, str]:
    """A file of ours carries one signature, and that covers every byte: whatever came later changed the file."""
    own = next((each for each in signatures if each.signer_cert.sha256.hex() in ours), None)
    if own is None:
        return {"outcome": "unknown_key"}
    fingerprint = own.signer_cert.sha256.hex()
    trusted = [ours[fingerprint]]
    context = ValidationContext(trust_roots=trusted, allow_fetching=False, other_certs=trusted)
    # What was added after the signature is not looked at: nothing may be added.
    status = validate_pdf_signature(own, context, skip_diff=True)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and len(signatures) == 1
    if not (whole and status.intact and status.valid):
        return {"outcome": "changed"}
    moment = own.self_reported_timestamp
    return {
        "outcome": "genuine",
        "reason": str(own.sig_object.get("/Reason", "")),
        "fingerprint": fingerprint,
        "signed_at": moment.isoformat() if moment else "",
    }


def _certificate(text: str) -> x509.Certificate:
    _kind, _headers, der = pem.unarmor(text.encode())
    return x509.Certificate.load(der)


def _limit() -> None:
    """Less than everything: not every system lets us set every limit."""
    for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_CPU_SECONDS)):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    os.nice(10)  # the pages come first


if __name__ == "__main__":
    _limit()
    # What a stranger uploads is often no PDF at all: not a matter for our log.
    logging.disable(logging.CRITICAL)
    order = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(inspect(sys.stdin.buffer.read(), order["known"])))
