"""Reads whatever files a town has with offers, facilities and areas: sheets of texts with their places."""

from kommpass.adapters.offer_files.keys import duplicates, guess_key
from kommpass.adapters.offer_files.reading import read
from kommpass.adapters.offer_files.sheet import Note, Row, Sheet
from kommpass.adapters.plan_files.plan import FileRefused

__all__ = ["FileRefused", "Note", "Row", "Sheet", "duplicates", "guess_key", "read"]
