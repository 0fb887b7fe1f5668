"""Keeps pictures of tiles as files: each for two weeks, all together no more than a limit, the oldest go first."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from kommpass.adapters.map_tiles.images import Picture, picture_of
from kommpass.domain.map_tiles import Tile

FRESH_SECONDS = 14 * 86_400
ASK_AGAIN_SECONDS = 3_600
PAUSE_SECONDS = 60
MOST_BYTES_KEPT = 200_000_000
PAUSED = "paused"


@dataclass(frozen=True)
class Kept:
    """What is known of a tile: its picture, or that there is none; fresh while the source need not be asked."""

    picture: Picture | None
    fresh: bool


@dataclass(frozen=True)
class Store:
    """A folder with a folder for each source. An empty file says that the source has no such tile."""

    folder: Path
    source: str
    most_bytes: int = MOST_BYTES_KEPT

    def read(self, tile: Tile) -> Kept | None:
        path = self._path(tile)
        try:
            content, age = path.read_bytes(), time.time() - path.stat().st_mtime
        except OSError:
            return None
        found = picture_of(content)
        return Kept(found, age < (FRESH_SECONDS if found else ASK_AGAIN_SECONDS))

    def write(self, tile: Tile, found: Picture | None) -> None:
        """In one step, so that nobody reads half a picture."""
        path = self._path(tile)
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix="new-", delete=False) as file:
            file.write(found.content if found else b"")
        Path(file.name).replace(path)
        self._forget_oldest()

    def keep_longer(self, tile: Tile) -> None:
        """The source has nothing better now: ask again in an hour."""
        then = time.time() - FRESH_SECONDS + ASK_AGAIN_SECONDS
        os.utime(self._path(tile), (then, then))

    def pause(self) -> None:
        """Leave the source alone for a minute: nobody waits for a server that is known to be down."""
        path = self.folder / self.source / PAUSED
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    @property
    def paused(self) -> bool:
        try:
            return time.time() - (self.folder / self.source / PAUSED).stat().st_mtime < PAUSE_SECONDS
        except OSError:
            return False

    def _path(self, tile: Tile) -> Path:
        return self.folder / self.source / f"{tile.zoom}-{tile.column}-{tile.row}"

    def _forget_oldest(self) -> None:
        """Also pictures of sources that were set once and are no longer."""
        files = sorted((_told(each) for each in self.folder.glob("*/*")), reverse=True)
        total = 0
        for _changed, size, path in files:
            total += size
            if total > self.most_bytes:
                Path(path).unlink(missing_ok=True)


def _told(path: Path) -> tuple[float, int, str]:
    """When it was written, how big it is, where; another process may just have removed it."""
    try:
        found = path.stat()
    except OSError:
        return 0.0, 0, str(path)
    return found.st_mtime, found.st_size, str(path)
