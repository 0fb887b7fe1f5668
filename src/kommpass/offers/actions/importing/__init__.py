"""Taking over offers from a list: upload, say what its columns mean, look, carry out in portions, or drop it."""

from kommpass.offers.actions.importing.carrying import PORTION, begin_import, carry_on
from kommpass.offers.actions.importing.keeping import choose_sheet, drop_list, keep_list
from kommpass.offers.actions.importing.looking import LOOKED_AT, look_on, map_list

__all__ = [
    "LOOKED_AT",
    "PORTION",
    "begin_import",
    "carry_on",
    "choose_sheet",
    "drop_list",
    "keep_list",
    "look_on",
    "map_list",
]
