"""Taking over offers from a list: upload, say what its columns mean, look, carry out in portions, or drop it."""

from kommpass.offers.actions.importing.carrying import PORTION, begin_import, carry_on
from kommpass.offers.actions.importing.keeping import choose_sheet, drop_list, keep_list, map_list

__all__ = ["PORTION", "begin_import", "carry_on", "choose_sheet", "drop_list", "keep_list", "map_list"]
