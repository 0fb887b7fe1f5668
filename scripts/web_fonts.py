"""Cuts small typefaces for the pages out of those of the design system: 22 kB instead of 130 kB for the first page.

The letters of German, English and most languages that use Latin letters, and the arrows and signs of the pages; who reads
Greek or Cyrillic gets the whole typeface (frontend/src/fonts.css says which letters come from which file).
"""

import logging
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "frontend/node_modules/@kern-ux/native/dist/fonts/fira-sans"
TARGET = ROOT / "build/web-fonts"
FACES = ("Regular", "Italic", "SemiBold")
# The same ranges as in frontend/src/fonts.css.
LETTERS = (
    *(range(0x0000, 0x0180), range(0x0218, 0x021C), range(0x02BB, 0x02BD), range(0x02C6, 0x02DD)),
    *(range(0x2000, 0x2070), range(0x20AC, 0x20AD), range(0x2122, 0x2123), range(0x2190, 0x2800)),
)  # fmt: skip
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum", "pnum"]


def main() -> None:
    """Write the three faces that the pages use."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    TARGET.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        source = SOURCE / f"FiraSans-{face}.woff2"
        if not source.exists():
            raise SystemExit(f"There is no {source}: run 'npm ci' in frontend/ first.")
        options = subset.Options(flavor="woff2", layout_features=FEATURES)
        font = subset.load_font(source, options)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[letter for letters in LETTERS for letter in letters])
        cutter.subset(font)
        subset.save_font(font, TARGET / f"FiraSans-{face}-latin.woff2", options)


if __name__ == "__main__":
    main()
