"""Signing PDF files (PAdES) with a key of this installation, and saying what a signature proves."""

from kommpass.adapters.signature.checking import Outcome, Sealed, check
from kommpass.adapters.signature.keys import KeyMissing, SigningPair, any_key, load_key, make_key
from kommpass.adapters.signature.signing import SigningFailed, sign

__all__ = [
    "KeyMissing",
    "Outcome",
    "Sealed",
    "SigningFailed",
    "SigningPair",
    "any_key",
    "check",
    "load_key",
    "make_key",
    "sign",
]
