"""What can be seen of imports: kept tables, what their rows would change, runs and sources."""

from kommpass.offers.queries.importing.known import Known, known_of
from kommpass.offers.queries.importing.likely import Likely, likely
from kommpass.offers.queries.importing.previews import PREVIEWED, LookAhead
from kommpass.offers.queries.importing.runs import (
    gone_after,
    gone_offers,
    is_looked_at,
    is_running,
    provider_names,
    recipe_of,
    runs,
    sources,
)
from kommpass.offers.queries.importing.standing import (
    Standing,
    State,
    at_the_same_site,
    provider_to_take,
    said_of_our_places,
    standing_of,
)
from kommpass.offers.queries.importing.tables import KeptTable, packed

__all__ = [
    "PREVIEWED",
    "KeptTable",
    "Known",
    "Likely",
    "LookAhead",
    "Standing",
    "State",
    "at_the_same_site",
    "gone_after",
    "gone_offers",
    "is_looked_at",
    "is_running",
    "known_of",
    "likely",
    "packed",
    "provider_names",
    "provider_to_take",
    "recipe_of",
    "runs",
    "said_of_our_places",
    "sources",
    "standing_of",
]
