"""Signing PDF files (PAdES) with a key of this installation, and saying what a signature proves."""

from kommpass.adapters.signature.checking import Outcome, Sealed, check
from kommpass.adapters.signature.keys import KeyMissing, SigningPair, load_key, make_key
from kommpass.adapters.signature.signing import sign

__all__ = ["KeyMissing", "Outcome", "Sealed", "SigningPair", "check", "load_key", "make_key", "sign"]
