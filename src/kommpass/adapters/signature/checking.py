"""Says of a PDF file whether one of our keys signed it, and whether it was changed since. Nothing is kept of it."""

import io
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

MOST_BYTES = 10 * 1024 * 1024

# What a stranger uploads is often no PDF at all: not a matter for our log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class Outcome(StrEnum):
    """What can be said of a file."""

    GENUINE = "genuine"
    CHANGED = "changed"
    UNKNOWN_KEY = "unknown_key"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Sealed:
    """The finding: of a genuine file also the reason that was signed, the key and the moment."""

    outcome: Outcome
    reason: str = ""
    fingerprint: str = ""
    signed_at: datetime | None = None


def check(file: bytes, known: Iterable[str]) -> Sealed:
    """Check a file against the public certificates (PEM texts) of all keys this installation ever used.

    Never raises for what a file contains: a broken one is "unreadable".
    """
    if len(file) > MOST_BYTES or not file.lstrip().startswith(b"%PDF"):
        return Sealed(Outcome.UNREADABLE)
    ours = {_certificate(text).sha256.hex(): _certificate(text) for text in known}
    try:
        signatures = PdfFileReader(io.BytesIO(file), strict=False).embedded_signatures
        return _finding(signatures[0], ours) if signatures else Sealed(Outcome.UNSIGNED)
    except RecursionError:
        return Sealed(Outcome.UNREADABLE)
    except Exception:  # whatever a broken or malicious file makes the reader say
        return Sealed(Outcome.UNREADABLE)


def _finding(signature, ours: dict[str, x509.Certificate]) -> Sealed:
    fingerprint = signature.signer_cert.sha256.hex()
    signer = ours.get(fingerprint)
    roots = [signer] if signer else []
    context = ValidationContext(trust_roots=roots, allow_fetching=False, other_certs=roots)
    status = validate_pdf_signature(signature, context)
    untouched = status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)
    if not (status.intact and status.valid and untouched):
        return Sealed(Outcome.CHANGED)
    if signer is None:
        return Sealed(Outcome.UNKNOWN_KEY, fingerprint=fingerprint)
    reason = str(signature.sig_object.get("/Reason", ""))
    return Sealed(Outcome.GENUINE, reason, fingerprint, signature.self_reported_timestamp)


def _certificate(text: str) -> x509.Certificate:
    _kind, _headers, der = pem.unarmor(text.encode())
    return x509.Certificate.load(der)
