"""Marks of records: a shape for each kind."""

from typing import Any

#: The shapes that there are, and half of one.
SHAPES = ("country", "company", "body", "person")
HALF = 5


def shape_of(node: Any) -> str:
    """The shape of the mark of a record."""
    if node.TYPE == "organisation":
        return "company" if node.is_company else "body"
    return str(node.TYPE)


def mark_of(shape: str, x: float, y: float) -> tuple[str, str]:
    """The mark of a record as a path: its kind, and where it lies."""
    if shape == "country":
        return "node", f"M{x - HALF:g} {y - HALF:g}h{2 * HALF}v{2 * HALF}h-{2 * HALF}z"
    if shape == "person":
        return "node", f"M{x:g} {y - HALF - 1:g}l{HALF + 1} {2 * HALF + 1}h-{2 * HALF + 2}z"
    turn = f"a{HALF} {HALF} 0 1 0"
    kind = "node" if shape == "company" else "node open"
    return kind, f"M{x - HALF:g} {y:g}{turn} {2 * HALF} 0{turn}-{2 * HALF} 0z"
