"""The map of the world as data: shapes of countries, and places of those that have none; make.py makes the shapes.

Shapes are Natural Earth's (public domain), by way of world-atlas 2, whose licence stands beside them. Places are our
own table: capitals and middles of small states, and capitals of states that are no more. Both go by ISO 3166 codes, of
former states by those with four letters, else by the id of the record.
"""

import csv
import json
from dataclasses import dataclass
from functools import cache

from .projection import HERE, projected


@dataclass(frozen=True)
class Shape:
    """A country on the map: its path, and the middle of its greatest part."""

    d: str
    at: tuple[float, float]


@dataclass(frozen=True)
class World:
    """The map: its size, the shapes by code, and the places of what has no shape."""

    width: float
    height: float
    shapes: dict[str, Shape]
    places: dict[str, tuple[float, float]]


@cache
def world() -> World:
    """The map, read when it is first asked for."""
    told = json.loads((HERE / "shapes.json").read_text(encoding="utf-8"))
    shapes = {code: Shape(one["d"], (one["at"][0], one["at"][1])) for code, one in told["shapes"].items()}
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    places = {row["code"]: projected(float(row["longitude"]), float(row["latitude"])) for row in rows}
    return World(told["width"], told["height"], shapes, {code: places[code] for code in places if code not in shapes})


__all__ = ["Shape", "World", "world"]
