"""Finds the encoding of the texts of a dBASE table: named beside it, named in it, or tried."""

import codecs
import re
from collections.abc import Iterator

from kommpass.adapters.offer_files.sheet import Note
from kommpass.domain.words import _

_BY_LANGUAGE_BYTE = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0x64: "cp852", 0xC8: "cp1250"}
_NAMES = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "iso8859-1": "Latin-1",
    "iso8859-15": "Latin-9",
    "cp1250": "Windows-1250",
    "cp850": "DOS (850)",
    "cp437": "DOS (437)",
    "cp852": "DOS (852)",
}
_HEADER_BYTES, _FIELD_BYTES = 32, 32


def codec_named(text: str) -> str:
    """The codec that the text of a .cpg file names, "" for none that we take.

    >>> codec_named("UTF-8\\n"), codec_named("ANSI 1252"), codec_named("88591"), codec_named("65001"), codec_named("x")
    ('utf-8', 'cp1252', 'iso8859-1', 'utf-8', '')
    """
    bare = re.sub(r"[^a-z0-9]", "", text.lower()).removeprefix("ansi").removeprefix("ldid")
    if bare == "65001":
        return "utf-8"
    iso = re.fullmatch(r"(?:iso)?8859(\d{1,2})", bare)
    name = f"iso8859-{iso[1]}" if iso else f"cp{bare}" if bare.isdecimal() else bare
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return codec if codec in _NAMES else ""


def find_codec(table: bytes, cpg: bytes | None) -> tuple[str, str, list[Note]]:
    """The codec for pyshp, its name for people, and what was noticed.

    What the .cpg file says counts if it can be true. Without, or else, UTF-8 is tried, then what the table says
    of itself, then Windows-1252, which reads nearly everything.
    """
    said = codec_named(cpg.decode("ascii", "replace")) if cpg else ""
    own = _BY_LANGUAGE_BYTE.get(table[29], "") if len(table) > 29 else ""
    texts = list(_texts(table))
    tried = [codec for codec in (said, "utf-8", own, "cp1252", "iso8859-1") if codec]
    codec = next(codec for codec in tried if all(_fits(text, codec) for text in texts))
    name = _NAMES[codec]
    notes = []
    if said and codec != said:
        message = _("Die .cpg-Datei nennt {said}, die Texte sind aber in {name}.")
        notes.append(Note(message, {"said": _NAMES[said], "name": name}))
    if codec != "utf-8":
        notes.append(Note(_("Als {encoding} gelesen."), {"encoding": name}))
    return codec, name, notes


def _texts(table: bytes) -> Iterator[bytes]:
    """The texts of the table that are not plain ASCII, without their blanks."""
    count = int.from_bytes(table[4:8], "little")
    start, length = (int.from_bytes(table[place : place + 2], "little") for place in (8, 10))
    for name in range(_HEADER_BYTES, start - 1, _FIELD_BYTES):
        yield table[name : name + 11].split(b"\0")[0]
    fields = [
        (table[place + 11 : place + 12], table[place + 16])
        for place in range(_HEADER_BYTES, start - _FIELD_BYTES, _FIELD_BYTES)
    ]
    for record in range(start, min(start + count * length, len(table)), max(length, 1)):
        place = record + 1
        for kind, width in fields:
            text = table[place : place + width]
            place += width
            if kind in (b"C", b"M") and not text.isascii():
                yield text.rstrip(b" \0")


def _fits(text: bytes, codec: str) -> bool:
    try:
        text.decode(codec)
    except UnicodeDecodeError as error:
        # programs cut long texts at the width of the column, even in the middle of an umlaut
        return codec == "utf-8" and error.reason == "unexpected end of data"
    return True
