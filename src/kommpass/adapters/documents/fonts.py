"""Where the typefaces of the PDF lie: a folder with TTF files that the set-up makes from KERN's Fira Sans."""

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[4] / "build" / "fonts"

# The first one that is there is taken. Libertinus Serif and DejaVu Sans Mono come with typst itself.
TEXT_FACES = ("Fira Sans", "Noto Sans", "Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern")
CODE_FACES = ("DejaVu Sans Mono",)


def font_folder() -> Path:
    """The folder with the typefaces: KOMMPASS_FONTS, else build/fonts of the installation."""
    return Path(os.environ.get("KOMMPASS_FONTS") or FOLDER)
