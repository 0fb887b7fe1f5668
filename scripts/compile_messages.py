"""Compiles the catalogues (.po) into what Django reads (.mo), without any system package for gettext."""

from pathlib import Path

import polib

SOURCES = Path(__file__).resolve().parent.parent / "src"


def main() -> None:
    """Compile every catalogue that is newer than its compiled file."""
    for catalogue in sorted(SOURCES.glob("**/locale/*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime <= catalogue.stat().st_mtime:
            polib.pofile(str(catalogue)).save_as_mofile(str(compiled))


if __name__ == "__main__":
    main()
