"""How drawings of numbers are laid out: for wide screens, which files have too, for phones, and small for lists."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """The width of a drawing, the size of its words, the room for numbers at its left, how far open sides reach.

    `height`: of columns at most; `lanes`: the most of bands; `rows`: the most bars, or countries of a side.
    """

    name: str
    width: int
    size: int
    gutter: int
    reach: float
    height: int
    lanes: int
    rows: int = 12


WIDE = Form("wide", 940, 13, 40, 40, 170, 14)
NARROW = Form("narrow", 328, 12, 30, 20, 120, 12)
SMALL = Form("small", 328, 12, 30, 20, 72, 3, rows=4)
#: The forms in which a page shows a picture.
BOTH = (WIDE, NARROW)
