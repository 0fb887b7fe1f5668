"""Reads the rows of a list of offers (Import): which column means what, what a row says, and what is new in it."""

from kommpass.domain.offers.listing.comparing import (
    Brought,
    adopted,
    at_places,
    bring_together,
    document_then,
    from_list,
    more_sites_then,
    said_then,
    told_only,
)
from kommpass.domain.offers.listing.entry import Entry, Site
from kommpass.domain.offers.listing.guessing import guess_columns, guess_fixed, guess_recipe
from kommpass.domain.offers.listing.joining import Joined, join
from kommpass.domain.offers.listing.own_calendar import from_own_calendar
from kommpass.domain.offers.listing.own_directory import from_own_tables
from kommpass.domain.offers.listing.own_table import with_what_is_not_public
from kommpass.domain.offers.listing.recipe import Fixed, Recipe, RecipeRefused, load_recipe, recipe_from_dict
from kommpass.domain.offers.listing.rows import items_of, key_of_row, read_row
from kommpass.domain.offers.listing.targets import LISTS, TARGETS, Target
from kommpass.domain.offers.listing.words import guess_words

__all__ = [
    "LISTS",
    "TARGETS",
    "Brought",
    "Entry",
    "Fixed",
    "Joined",
    "Recipe",
    "RecipeRefused",
    "Site",
    "Target",
    "adopted",
    "at_places",
    "bring_together",
    "document_then",
    "from_list",
    "from_own_calendar",
    "from_own_tables",
    "guess_columns",
    "guess_fixed",
    "guess_recipe",
    "guess_words",
    "items_of",
    "join",
    "key_of_row",
    "load_recipe",
    "more_sites_then",
    "read_row",
    "recipe_from_dict",
    "said_then",
    "told_only",
    "with_what_is_not_public",
]
