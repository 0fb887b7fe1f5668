"""Pictures of map tiles: from a folder of the town, or fetched once from a tile server and kept beside the data."""

from kommpass.adapters.map_tiles.fetching import picture
from kommpass.adapters.map_tiles.images import Picture
from kommpass.adapters.map_tiles.keeping import Store

__all__ = ["Picture", "Store", "picture"]
