"""Places in documents, in the order in which a reader meets them."""

import re

_NUMBER = re.compile(r"([0-9]+)")


def reading_order(locator: str) -> tuple[tuple[int, int, str], ...]:
    """A key to sort locators by: numbers by their size, so that A2 stands before A10."""
    return tuple(
        (0, int(piece), "") if piece.isascii() and piece.isdigit() else (1, 0, piece.casefold())
        for piece in _NUMBER.split(locator)
        if piece
    )
