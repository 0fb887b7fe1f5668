"""Official statistics as they come: what a sheet says, how that was understood, and each figure with its sign."""

from kommpass.domain.statistics.facts import Cells, Fact, Facts
from kommpass.domain.statistics.findings import CellError, Finding
from kommpass.domain.statistics.grids import Grid
from kommpass.domain.statistics.headings import Heading
from kommpass.domain.statistics.layouts import Understood, facts, understand
from kommpass.domain.statistics.recipe import Layout, Recipe, RecipeRefused, recipe_from_json
from kommpass.domain.statistics.signs import COMMA, DOT, STATUS_LABELS, Status

__all__ = [
    "COMMA",
    "DOT",
    "STATUS_LABELS",
    "CellError",
    "Cells",
    "Fact",
    "Facts",
    "Finding",
    "Grid",
    "Heading",
    "Layout",
    "Recipe",
    "RecipeRefused",
    "Status",
    "Understood",
    "facts",
    "recipe_from_json",
    "understand",
]
