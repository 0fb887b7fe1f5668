"""Opening hours as texts: read from German and from OpenStreetMap's syntax, written in the latter."""

from kommpass.domain.opening_hours.reading import Reading, read
from kommpass.domain.opening_hours.writing import writable, write

__all__ = ["Reading", "read", "writable", "write"]
