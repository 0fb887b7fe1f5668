"""Turns the typefaces of the design system (woff2) into TTF files, because the PDF typesetter reads no woff2."""

from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "frontend/node_modules/@kern-ux/native/dist/fonts"
TARGET = ROOT / "build/fonts"
FACES = ("Regular", "Italic", "SemiBold", "SemiBoldItalic", "Bold", "BoldItalic")


def main() -> None:
    """Convert the faces the documents use; the design system brings more than thirty."""
    wanted = [font for font in sorted(SOURCE.rglob("*.woff2")) if font.stem.rpartition("-")[2] in FACES]
    if not wanted:
        raise SystemExit(f"No typefaces below {SOURCE}: run 'npm ci' in frontend/ first.")
    TARGET.mkdir(parents=True, exist_ok=True)
    for source in wanted:
        font = TTFont(source)
        font.flavor = None
        font.save(TARGET / f"{source.stem}.ttf")


if __name__ == "__main__":
    main()
