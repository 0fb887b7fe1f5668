"""The picture of a tile: from the town's folder, from what is kept, or from the source, without long waits."""

import logging
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore

from kommpass.adapters.map_tiles.asking import NoPicture, SourceDown, ask
from kommpass.adapters.map_tiles.images import MOST_BYTES, Picture, picture_of
from kommpass.adapters.map_tiles.keeping import Store
from kommpass.domain.map_tiles import Tile, TileSource

# A slow tile server must not hold all threads of ours: two of each process ask, the others wait a moment.
ASKING_AT_ONCE = 2
SECONDS_TO_WAIT = 1.5

_turns = BoundedSemaphore(ASKING_AT_ONCE)
_log = logging.getLogger(__name__)


def picture(source: TileSource, tile: Tile, store: Store, agent: str) -> Picture | None:
    """The picture, or None where there is none now. What is kept stays in use while the source is down."""
    if source.is_folder:
        return _from_folder(Path(source.address(tile)))
    known = store.read(tile)
    if known and known.fresh:
        return known.picture
    old = known.picture if known else None
    try:
        with _turn():
            meanwhile = store.read(tile)  # somebody else may have asked while we waited
            if meanwhile and meanwhile.fresh:
                return meanwhile.picture
            return old if store.paused else _asked(source, tile, store, agent, old)
    except TimeoutError:
        return old
    except OSError as error:
        _log.error("Map tiles cannot be kept in %s: %s", store.folder, error)
        return old


def _asked(source: TileSource, tile: Tile, store: Store, agent: str, old: Picture | None) -> Picture | None:
    """What the server gives, else the old picture; either way written down."""
    try:
        found = ask(source.address(tile), agent)
    except SourceDown as reason:
        _log.warning("Map tiles: %s", reason)
        store.pause()
        return old
    except NoPicture as reason:
        _log.warning("Map tiles: %s", reason)
        if old:
            store.keep_longer(tile)
        else:
            store.write(tile, None)
        return old
    store.write(tile, found)
    return found


@contextmanager
def _turn():
    """One of the few turns; TimeoutError if all are taken for too long."""
    if not _turns.acquire(timeout=SECONDS_TO_WAIT):
        raise TimeoutError
    try:
        yield
    finally:
        _turns.release()


def _from_folder(path: Path) -> Picture | None:
    try:
        with path.open("rb") as file:
            return picture_of(file.read(MOST_BYTES + 1))
    except OSError:
        return None
