"""Text that a spreadsheet would compute, made inert by an apostrophe, and as it was."""

import re
from collections.abc import Sequence
from operator import itemgetter

#: What a spreadsheet takes for a formula when a cell begins with it, wide forms of Asian keyboards included.
_BEGINNINGS = frozenset("=+-@\t\r\n＝＋－＠'")
#: Text that has a mark already is marked once more, so that taking one mark away gives what was there.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_FIRST = itemgetter(0)


def inert(cells: Sequence[str]) -> Sequence[str]:
    """Cells that no spreadsheet computes."""
    if _BEGINNINGS.isdisjoint(map(_FIRST, filter(None, cells))):
        return cells
    return [f"'{cell}" if cell and cell[0] in _BEGINNINGS and _FORMULA.match(cell) else cell for cell in cells]


def as_it_was(cell: str) -> str:
    """What a cell was before it was made inert."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
