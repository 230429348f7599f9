"""Guides: the events by which readers measure other dates, as lines across a drawing with words or numbers above."""

from collections.abc import Iterable

from .items import Item
from .scale import Scale
from .sheet import Sheet
from .words import width_of

ROMAN = ("I", "II", "III", "IV")


def guide_words(sheet: Sheet, scale: Scale, guides: Iterable[Item], *, width: float, numerals: bool) -> float:
    """The words of the guides, a row each, or their numbers; gives where they end."""
    y = 0.0
    for guide, numeral in zip(guides, ROMAN, strict=False):
        y += sheet.size + 3
        words, x = numeral if numerals else guide.label, scale.at(guide.start)
        fits = x + 8 + width_of(words, sheet.size) <= width
        sheet.text(x + 5 if fits else x - 5, y - 3, words, "start" if fits else "end", kind="t2")
    return y


def draw_guides(sheet: Sheet, scale: Scale, guides: Iterable[Item], top: float, bottom: float) -> None:
    """A line for each from here down to there."""
    for guide in guides:
        sheet.path("guide", f"M{scale.at(guide.start):.1f} {top}V{bottom}")
