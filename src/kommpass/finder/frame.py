"""The frame of the map: which part of the world it shows, and where a point of it lies in the drawing."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from shapely import transform
from shapely.geometry.base import BaseGeometry

from kommpass.analysis.web_mercator import in_world
from kommpass.domain.map_tiles import Window

WIDTH = 900


@dataclass(frozen=True)
class Frame:
    """From degrees to the drawing, in Web Mercator as map tiles are, so that both lie on each other."""

    west: float
    north: float
    scale: float
    height: float

    @classmethod
    def around(cls, shapes: Iterable[BaseGeometry]) -> "Frame":
        bounds = [each.bounds for each in shapes]
        west, north = in_world(min(b[0] for b in bounds), max(b[3] for b in bounds))
        east, south = in_world(max(b[2] for b in bounds), min(b[1] for b in bounds))
        scale = WIDTH / max(east - west, 1e-9)
        return cls(float(west), float(north), float(scale), float((south - north) * scale))

    @property
    def window(self) -> Window:
        """The part of the world that is seen."""
        return Window(
            west=self.west,
            north=self.north,
            east=self.west + WIDTH / self.scale,
            south=self.north + self.height / self.scale,
            pixels=WIDTH,
        )

    def at(self, longitude, latitude):
        """Degrees (numbers or arrays) as x, y of the drawing."""
        x, y = in_world(longitude, latitude)
        return (x - self.west) * self.scale, (y - self.north) * self.scale

    def drawn(self, geometry: BaseGeometry) -> BaseGeometry:
        return transform(geometry, lambda corners: np.column_stack(self.at(*corners.T)))
