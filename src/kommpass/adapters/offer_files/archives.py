"""Opens ZIP archives without trusting them: nothing is written to disk, and nothing large is unpacked."""

import zipfile
import zlib
from pathlib import PurePosixPath

from kommpass.adapters.offer_files.limits import (
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    MEGABYTE,
    RATIO_MATTERS_FROM,
)
from kommpass.adapters.offer_files.sheet import refuse
from kommpass.domain.words import _

BROKEN = _("Das ZIP-Archiv ist unvollständig oder beschädigt. Bitte laden Sie es noch einmal herunter.")
_NESTED = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def check_parts(archive: zipfile.ZipFile) -> None:
    """Refuse bombs, passwords and paths that lead out of the archive, before anything is unpacked.

    The sizes that an archive declares are a promise that `zipfile` keeps: it never unpacks more than that.
    """
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if size > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
        message = _("Die Datei ist ausgepackt größer als {limit} MB und wird nicht gelesen.")
        refuse(message, limit=MAX_UNPACKED_BYTES // MEGABYTE)
    packed = sum(part.compress_size for part in parts)
    if size > RATIO_MATTERS_FROM and size > MAX_RATIO * packed:
        message = _("Die Datei wird beim Auspacken mehr als {limit} Mal so groß und wird nicht gelesen.")
        refuse(message, limit=MAX_RATIO)
    if any(part.flag_bits & 1 for part in parts):
        refuse(_("Das ZIP-Archiv ist mit einem Kennwort geschützt. Bitte packen Sie die Dateien ohne Kennwort."))
    if any(_leads_out(part.filename) for part in parts):
        refuse(_("Das ZIP-Archiv enthält Pfade, die aus ihm hinausführen, und wird nicht gelesen."))


def _leads_out(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ":" in plain.split("/")[0] or ".." in PurePosixPath(plain).parts


def files_in(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by path, without folders and what operating systems leave behind."""
    found = {}
    for part in archive.infolist():
        path = PurePosixPath(part.filename.replace("\\", "/"))
        hidden = any(step.startswith((".", "__MACOSX")) for step in path.parts)
        if not part.is_dir() and not hidden and path.name.lower() not in ("thumbs.db", "desktop.ini"):
            found[str(path)] = part
    return found


def is_archive_name(name: str) -> bool:
    return name.lower().endswith(_NESTED)


def unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The bytes of one file. Raises `FileRefused` where it is damaged."""
    try:
        return archive.read(part)
    except _UNREADABLE:
        refuse(BROKEN)
