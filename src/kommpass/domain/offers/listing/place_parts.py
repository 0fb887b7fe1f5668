"""What a row says of places: how accessible they are, and which there are besides the first one."""

from typing import Any

from kommpass.domain.offers.content import Place
from kommpass.domain.offers.listing.accessibility import read_accessibility
from kommpass.domain.offers.listing.entry import Point, Site
from kommpass.domain.offers.listing.own_table import rows_in
from kommpass.domain.offers.listing.parts import Reader
from kommpass.domain.offers.listing.plain_text import one_line
from kommpass.domain.words import _

States = tuple[tuple[str, str], ...]
LONGEST = {"name": 150, "street": 150, "postal_code": 10, "city": 100, "room": 100, "number": 200}
"""The texts of a place, and how many letters each may have."""


def accessibility_of(reader: Reader) -> States:
    """What the row says of the place: criteria with yes or no. "Partly" is neither, and so stays open. Our own
    table says it of several places on lines of their own."""
    of_several = reader.recipe.ours and "\n" in reader.said.get("accessibility", "")
    known, unread = read_accessibility({} if of_several else reader.said)
    for text in unread:
        message = _("„{text}“ sagt bei der Barrierefreiheit weder ja noch nein und bleibt offen.")
        reader.hint("places", message, text=" ".join(text.split())[:60])
    return known


def at_our_places(reader: Reader, places: tuple[Place, ...]) -> tuple[tuple[str, States], ...]:
    """What our own table says of each of our places, one on a line."""
    lines = reader.said.get("accessibility", "").split("\n")
    if not reader.recipe.ours or "accessibility" not in reader.said or len(lines) != len(places):
        return ()
    known = [read_accessibility({"accessibility": line})[0] for line in lines]
    return tuple((place.location, each) for place, each in zip(places, known, strict=True))


def more_places(reader: Reader) -> tuple[Site, ...]:
    """Further places, as a reader of ours writes them."""
    text = reader.said.get("more_places", "")
    try:
        return tuple(_site(row) for row in rows_in(Site, text)) if text else ()
    except (TypeError, ValueError, KeyError, AttributeError, IndexError, RecursionError):
        reader.left_out("more_places", text)
        return ()


def _site(row: dict[str, Any]) -> Site:
    """A place of a row; what others say of its accessibility is read like a column. Raises ValueError."""
    texts = {name: _text(row.get(name, ""), most) for name, most in LONGEST.items()}
    said = "; ".join(f"{name}: {state}" if state else name for name, state in row.get("accessibility", ()))
    known = read_accessibility({"accessibility": said})[0]
    return Site(**texts, point=_point(row.get("point")), accessibility=known)


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str):
        raise ValueError(f"expected a text, got {value!r}")
    return one_line(value.replace("\x00", ""))[:most]


def _point(value: Any) -> Point | None:
    if value is None:
        return None
    latitude, longitude = (float(each) for each in value)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # what is no number is not between either
        raise ValueError(f"expected a point on earth, got {value!r}")
    return latitude, longitude
