"""From longitude and latitude to the map: the Equal Earth projection, which keeps areas, as wide as broad drawings."""

import math
from pathlib import Path

from armsdb.charts.forms import WIDE

Point = tuple[float, float]

HERE = Path(__file__).parent
WIDTH = WIDE.width
#: The map without what lies north and south of these, in degrees.
NORTH, SOUTH = 83.7, -56.0
#: The coefficients of the projection (Šavrič, Patterson, Jenny 2018).
_A = (1.340264, -0.081106, 0.000893, 0.003796)


def projected(longitude: float, latitude: float) -> Point:
    """A place on the map, in pixels from its upper left corner."""
    x, y = _equal_earth(longitude, latitude)
    half = _equal_earth(180, 0)[0]
    scale = WIDTH / (2 * half)
    return (x + half) * scale, (_equal_earth(0, NORTH)[1] - y) * scale


def _equal_earth(longitude: float, latitude: float) -> Point:
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    along = _A[0] + 3 * _A[1] * square + square**3 * (7 * _A[2] + 9 * _A[3] * square)
    across = _A[0] + _A[1] * square + square**3 * (_A[2] + _A[3] * square)
    return 2 * math.radians(longitude) * math.cos(theta) / (math.sqrt(3) * along), theta * across


#: How high the map is.
HEIGHT = round(projected(0, SOUTH)[1], 1)
