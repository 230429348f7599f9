"""Make shapes.json anew from the countries of world-atlas 2 (npm, 1:110m; Natural Earth, public domain):

python -m armsdb.charts.world.make countries-110m.json

The shapes are projected (Equal Earth, which keeps areas), thinned along borders that neighbours share, and written as
short paths. The atlas names countries by the numbers of ISO 3166; codes.csv has the letters.
"""

import csv
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .projection import HEIGHT, HERE, WIDTH, Point, projected

#: What is left out: Antarctica, to which nobody supplies arms.
LEFT_OUT = {"AQ"}
#: The atlas has no number for Kosovo, and none for two lands that no state of these records goes by.
NAMED = {"Kosovo": "XK", "N. Cyprus": "northern-cyprus"}
#: How far points stand apart at least, and how large an island is that is drawn.
APART, LARGE = 0.7, 1.2


def arcs_of(atlas: dict[str, Any]) -> list[list[Point]]:
    """The borders of the atlas in degrees, thinned: their ends stay, so that neighbours still meet."""
    (kx, ky), (x0, y0) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    found = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + x0, y * ky + y0))
        found.append(_thinned(points))
    return found


def _thinned(points: list[Point]) -> list[Point]:
    kept = points[:1]
    for point in points[1:-1]:
        if math.dist(projected(*kept[-1]), projected(*point)) >= APART:
            kept.append(point)
    return [*kept, points[-1]]


def rings_of(geometry: dict[str, Any], arcs: list[list[Point]]) -> Iterator[list[Point]]:
    """The outlines of a country on the map, islands and holes each by itself."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        for ring in polygon:
            points: list[Point] = []
            for index in ring:
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                points += arc[1:] if points else arc
            for part in _cut(points):
                yield [projected(*point) for point in part]


def _cut(ring: list[Point]) -> Iterator[list[Point]]:
    """A ring as it lies between 180 degrees west and east: what crosses the edge of the map is cut there."""
    whole = ring[:1]
    for longitude, latitude in ring[1:]:
        turns = round((whole[-1][0] - longitude) / 360)
        whole.append((longitude + 360 * turns, latitude))
    for shift in (-360, 0, 360):
        moved = [(longitude + shift, latitude) for longitude, latitude in whole]
        part = _on_this_side(_on_this_side(moved, 180, 1), -180, -1)
        if len(part) > 2:
            yield [*part, part[0]]


def _on_this_side(ring: list[Point], edge: float, sign: int) -> list[Point]:
    """What of a ring lies within an edge, a meridian: east of it is out where the sign is 1, west where it is -1."""
    found: list[Point] = []
    for before, point in zip([ring[-1:], *([one] for one in ring)], ring, strict=False) if ring else ():
        (x, y), (u, v) = before[0], point
        inside = sign * x <= sign * edge, sign * u <= sign * edge
        if inside[0] != inside[1]:
            found.append((edge, y + (v - y) * (edge - x) / (u - x)))
        if inside[1]:
            found.append(point)
    return found


def area_of(ring: list[Point]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x * v - u * y for (x, y), (u, v) in pairs) / 2


def middle_of(ring: list[Point]) -> Point:
    area = area_of(ring)
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    x = sum((x + u) * (x * v - u * y) for (x, y), (u, v) in pairs) / (6 * area)
    y = sum((y + v) * (x * v - u * y) for (x, y), (u, v) in pairs) / (6 * area)
    return x, y


def path_of(ring: list[Point]) -> str:
    """A ring as a path of short steps, in tenths of a pixel."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
    (x, y), *rest = tenths
    steps = []
    for u, v in rest[:-1]:
        if (u, v) != (x, y):
            steps.append(f"{_short(u - x)} {_short(v - y)}")
            x, y = u, v
    return f"M{_short(tenths[0][0])} {_short(tenths[0][1])}l{' '.join(steps)}z".replace(" -", "-")


def _short(tenths: int) -> str:
    return f"{tenths / 10:g}".replace("0.", ".", 1) if abs(tenths) < 10 else f"{tenths / 10:g}"


def make(atlas: dict[str, Any]) -> dict[str, Any]:
    """The map as data: its size, each country by its code as a path with the middle of its greatest part."""
    with (HERE / "codes.csv").open(encoding="utf-8") as stream:
        codes = {row["numeric"]: row["code"] for row in csv.DictReader(stream)}
    arcs = arcs_of(atlas)
    shapes = {}
    for geometry in atlas["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = codes.get(geometry.get("id", ""), NAMED.get(name, name.lower()))
        if code in LEFT_OUT:
            continue
        rings = sorted(rings_of(geometry, arcs), key=lambda ring: -abs(area_of(ring)))
        drawn = [ring for ring in rings if ring is rings[0] or abs(area_of(ring)) >= LARGE]
        middle = [round(at, 1) for at in middle_of(rings[0])]
        shapes[code] = {"d": "".join(map(path_of, drawn)), "at": middle}
    return {"width": WIDTH, "height": HEIGHT, "shapes": dict(sorted(shapes.items()))}


if __name__ == "__main__":
    told = make(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    lines = ",\n".join(f"{json.dumps(code)}:{json.dumps(one)}" for code, one in told["shapes"].items())
    text = f'{{"width":{told["width"]},"height":{told["height"]},"shapes":{{\n{lines}\n}}}}\n'
    (HERE / "shapes.json").write_text(text, encoding="utf-8")
