"""What counts as the picture of a tile: PNG, JPEG or WebP, told by its first bytes, and not too big."""

from dataclasses import dataclass

MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Picture:
    """The bytes of a picture and its media type."""

    content: bytes
    type: str


def picture_of(content: bytes) -> Picture | None:
    """The picture in these bytes; None if they are something else. SVG is none: it could carry scripts.

    >>> picture_of(b"<svg onload='x()'/>")
    """
    if not content or len(content) > MOST_BYTES:
        return None
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Picture(content, "image/png")
    if content.startswith(b"\xff\xd8\xff"):
        return Picture(content, "image/jpeg")
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return Picture(content, "image/webp")
    return None
