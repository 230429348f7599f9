"""A sheet to draw on: bars, paths and words at places, as plain data for a template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .items import Item
from .scale import Stretch
from .words import width_of

#: How thick a bar is, by its shape.
THICK = {"delivered": 10, "ordered": 4, "talks": 10, "span": 4, "expected-span": 6}
#: Half a diamond, half a square.
HALF = 5


@dataclass
class Sheet:
    """What one drawing holds. Upright ones have time running downwards: their bars are turned, and so are fades."""

    width: float
    size: int
    upright: bool = False
    height: float = 0
    bars: list[dict[str, Any]] = field(default_factory=list)
    paths: list[dict[str, str]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    #: What can be pointed at: where it lies, what it tells, and what of the question it stands for.
    spots: list[dict[str, Any]] = field(default_factory=list)
    #: How many things found no room.
    left_out: int = 0

    def draw(self, item: Item, stretches: list[Stretch], across: float) -> None:
        """An item at its stretches of time, its middle so far across the lanes."""
        for stretch in stretches:
            if item.shape == "bracket":
                self._bracket(stretch, across)
            elif item.shape in ("moment", "expected"):
                self._diamond((stretch.first + stretch.last) / 2, across, item.shape)
            elif item.shape == "square":
                middle = (stretch.first + stretch.last) / 2
                self._bar(item, Stretch(middle - HALF + 0.5, middle + HALF - 0.5, 0, 0), across, 2 * HALF - 1)
            else:
                self._bar(item, stretch, across, THICK[item.shape])

    def _bar(self, item: Item, stretch: Stretch, across: float, thick: float) -> None:
        along, width = stretch.first, stretch.last - stretch.first
        place = {"x": along, "y": across - thick / 2, "width": width, "height": thick}
        if self.upright:
            place = {"x": across - thick / 2, "y": along, "width": thick, "height": width}
        soft = stretch.soft_first or stretch.soft_last
        fade = f"{stretch.soft_first}-{stretch.soft_last}" if soft else ""
        self.bar(**place, shape=item.shape, grade=item.grade, back=item.back, fade=fade)

    def bar(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """A bar at its place. `shape` and `grade`; `back`: of the other way; `fade`: the soft parts at its ends."""
        place = {"x": x, "y": y, "width": width, "height": height}
        rounded = {name: round(value, 1) for name, value in place.items()}
        self.bars.append({"back": False, "fade": "", **look, **rounded})

    def _bracket(self, stretch: Stretch, across: float) -> None:
        self.path("ax", f"M{stretch.first} {across + 5}V{across}H{stretch.last}V{across + 5}")

    def _diamond(self, along: float, across: float, shape: str) -> None:
        x, y = (across, along) if self.upright else (along, across)
        top = f"M{x:.1f} {y - HALF:.1f}"
        self.path(f"diamond {shape}", f"{top}l{HALF} {HALF}l-{HALF} {HALF}l-{HALF} -{HALF}z")

    def path(self, kind: str, d: str, fill: str = "", use: str = "") -> None:
        """A path of this kind; `fill`: the grade whose pattern fills it, where it is no line.

        `use`: the code of the country whose shape it is; a page has each shape once.
        """
        self.paths.append({"kind": kind, "d": d, "fill": fill, **({"use": use} if use else {})})

    def text(self, x: float, y: float, words: str, anchor: str = "start", **more: Any) -> None:
        """Words on this base line. `kind`: a class of its own; `size`; `plate`: on paper, where a bar runs below."""
        size = more.get("size", self.size)
        width = width_of(words, size)
        left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
        box = {"left": round(left, 1), "top": round(y - 0.85 * size, 1), "width": round(width, 1), "height": size}
        place = {"x": round(x, 1), "y": round(y, 1), "anchor": anchor, "words": words, "size": size, "box": box}
        self.texts.append({"kind": "", "plate": False, **more, **place})

    def spot(self, words: str, values: Mapping[str, str], **place: Any) -> None:
        """What can be pointed at: `x`, `y`, `width` and `height`, or a path `d`, or the shape of a country, `use`.

        `values`: the parameters that narrow the question to it.
        """
        rounded = {name: round(value, 1) if isinstance(value, float) else value for name, value in place.items()}
        self.spots.append({"words": words, "values": dict(values), **rounded})

    def give_ground(self, side: str, length: str, place: float) -> None:
        """Put words on paper that a line here would cut: `left` and `width` for one across them, `top` and `height`."""
        for text in self.texts:
            if text["box"][side] <= place <= text["box"][side] + text["box"][length]:
                text["plate"] = True

    def as_dict(self) -> dict[str, Any]:
        """The drawing as a template takes it, with the fades that its bars need."""
        named = sorted({bar["fade"] for bar in self.bars if bar["fade"]})
        return {
            "width": self.width,
            "height": round(self.height, 1),
            "upright": self.upright,
            "bars": self.bars,
            "blocks": blocks_of(self.bars),
            "faded": [bar for bar in self.bars if bar["fade"]],
            "paths": self.paths,
            "texts": self.texts,
            "fades": [_fade(name) for name in named],
            "spots": self.spots,
            "left_out": self.left_out,
        }


def blocks_of(bars: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The bars with sharp ends, those that look alike as one path: hundreds of columns are then a few elements."""
    alike: dict[tuple[str, str, bool], list[str]] = {}
    for bar in bars:
        if not bar.get("fade"):
            d = f"M{bar['x']:g} {bar['y']:g}h{bar['width']:g}v{bar['height']:g}h-{bar['width']:g}z"
            alike.setdefault((bar["shape"], bar["grade"], bar.get("back", False)), []).append(d)
    return [
        {"shape": shape, "grade": grade, "back": back, "d": "".join(parts)}
        for (shape, grade, back), parts in alike.items()
    ]


def _fade(name: str) -> dict[str, Any]:
    first, last = map(int, name.split("-"))
    return {"name": name, "first": first, "last": 100 - last}
