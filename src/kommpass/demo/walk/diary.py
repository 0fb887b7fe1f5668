"""A diary of what happens beside each other: rounds, reports, remarks. Written in any order, lived day by day."""

from collections.abc import Callable

from kommpass.demo.walk.town import TownOnItsWay


class Diary:
    """Notes what happens on which day, and lets it happen in the order of the days."""

    def __init__(self, walk: TownOnItsWay):
        self.walk = walk
        self._pages: list[tuple[int, int, Callable[[], object]]] = []

    def note(self, ago: int, happens: Callable[[], object], hour: int = 9) -> None:
        self._pages.append((ago, hour, happens))

    def live(self) -> None:
        """The oldest day first; of one day, the earliest hour, then what was noted first."""
        for ago, hour, happens in sorted(self._pages, key=lambda page: (-page[0], page[1])):
            self.walk.clock.on(ago, hour)
            happens()
        self._pages.clear()
