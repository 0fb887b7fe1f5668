"""The scheme versions of this installation, read once at start. A broken file stops the start with a sentence."""

from functools import cache
from pathlib import Path

from django.conf import settings

from kommpass.domain.scheme_files import load_all
from kommpass.domain.schemes import Scheme


@cache
def schemes() -> dict[tuple[str, str], Scheme]:
    """All versions by (key, version): those of the house, and those of settings.SCHEMES_FOLDER."""
    folders = [Path(settings.HOUSE_SCHEMES)]
    if settings.SCHEMES_FOLDER:
        folders.append(Path(settings.SCHEMES_FOLDER))
    return load_all(*folders)


def scheme_of(key: str, version: str) -> Scheme:
    """The version that a procedure pinned. KeyError if its file is gone: that is an error of the installation."""
    return schemes()[key, version]


def newest(key: str) -> Scheme:
    return max((each for (name, _), each in schemes().items() if name == key), key=lambda each: each.version)
