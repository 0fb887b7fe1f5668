"""The colours of the drawings: a literal one for paper and light pages, its companion for dark ones.

Those with a token are the house's own, and in a page the token decides. The classes of a map run from pale sand to deep
petrol (on dark pages the other way: what is high stands out from the ground), in equal steps of lightness, so that
they keep their order without colour vision and on a grey print. They were chosen in OKLCH; the tests measure them.
"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Paint:
    """One colour: its name in classes, its literal values, and the design token it stands for, if there is one."""

    name: str
    light: str
    dark: str
    token: str = ""

    @property
    def in_a_page(self) -> str:
        """The value in a stylesheet."""
        return f"var(--{self.token})" if self.token else f"light-dark({self.light}, {self.dark})"


INK = Paint("ink", "#13242e", "#f0eee9", "ink")
MUTED = Paint("muted", "#465863", "#afbdc3", "muted")
GROUND = Paint("ground", "#ffffff", "#121d24", "surface")
SUNKEN = Paint("sunken", "#f4f2ec", "#1a272e", "sunken")
LINE = Paint("line", "#dedcd4", "#2d3a41", "line")
EDGE = Paint("edge", "#6b7a83", "#7c8c94", "line-strong")
HATCH = Paint("hatch", "#6b7a83", "#7c8c94", "line-strong")
BAR = Paint("bar", "#005469", "#7bd1dd", "brand")
ON_PALE = Paint("on-pale", "#0a1216", "#0a1216")
ON_DEEP = Paint("on-deep", "#ffffff", "#ffffff")

SERIES = (
    Paint("series-1", "#005469", "#7bd1dd"),
    Paint("series-2", "#773a10", "#f78e64"),
    Paint("series-3", "#a35aa7", "#ae7ab1"),
    Paint("series-4", "#3f7f4f", "#b3f2a6"),
    Paint("series-5", "#2e84ef", "#4f8afb"),
)

# From 0 to 60, for sixtieths hold every even division into two to seven classes.
SHADES = {
    place: Paint(f"shade-{place}", light, dark)
    for place, light, dark in (
        (0, "#f3ebc1", "#173a4b"),
        (10, "#b4d1a0", "#14596a"),
        (12, "#a7cc9b", "#13606f"),
        (15, "#94c496", "#126a76"),
        (20, "#74b68e", "#197b7e"),
        (24, "#5baa8a", "#1c827c"),
        (30, "#329481", "#3d9581"),
        (36, "#03827c", "#69ae8c"),
        (40, "#007477", "#82b98f"),
        (45, "#00636d", "#a1c696"),
        (48, "#005867", "#b3ce9c"),
        (50, "#005162", "#bfd3a1"),
        (60, "#003046", "#f4ecc6"),
    )
}
MOST_CLASSES = 7
# The paler half carries dark numbers and the deeper half white ones; the middle is pale in both modes.
MIDDLE = 30
ON_SHADES = {
    place: Paint(
        f"on-shade-{place}",
        ON_PALE.light if place <= MIDDLE else ON_DEEP.light,
        ON_PALE.dark if place >= MIDDLE else ON_DEEP.dark,
    )
    for place in SHADES
}


def shade_places(classes: int) -> list[int]:
    """Where the classes of a map stand in `SHADES`, as far apart as they can be.

    >>> shade_places(5), shade_places(1)
    ([0, 15, 30, 45, 60], [30])
    """
    if not 1 <= classes <= MOST_CLASSES:
        raise ValueError(f"a map has one to {MOST_CLASSES} classes, not {classes}")
    return [int(Fraction(60 * place, classes - 1)) for place in range(classes)] if classes > 1 else [30]


def stylesheet() -> str:
    """The rules with which a page overrules the literal colours, so that they follow light and dark."""
    paints = [INK, MUTED, GROUND, SUNKEN, LINE, EDGE, HATCH, BAR, *SERIES]
    filled = [*paints, *SHADES.values(), *ON_SHADES.values()]
    lines = [
        "/* The drawings of kommpass.analysis.charts: written by its paints.stylesheet(), not by hand. */",
        ".drawing { display: block; width: 100%; height: auto; }",
        *(f".drawing-fill--{each.name} {{ fill: {each.in_a_page}; }}" for each in filled),
        *(f".drawing-stroke--{each.name} {{ stroke: {each.in_a_page}; }}" for each in paints),
    ]
    return "\n".join(lines) + "\n"
