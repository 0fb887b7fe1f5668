"""Packs an Office file anew without the clock, so that the same frozen version gives the same bytes."""

import io
import zipfile

LONG_AGO = (1980, 1, 1, 0, 0, 0)


def without_clock(office_file: bytes) -> bytes:
    """The same parts in the same order, each with the first day a zip file knows."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(office_file)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = zipfile.ZipInfo(name, LONG_AGO)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return packed.getvalue()
