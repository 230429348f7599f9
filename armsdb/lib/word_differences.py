"""What changed between two texts, word by word: for texts so long that nobody finds it by reading both."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Texts of fewer words are told whole, before and after; so are those with more, which would take too long.
FEW, MOST = 8, 1000
#: How much of two texts has to be the same for its differences to be easier to read than both.
_ALIKE = 0.4
_WORD = re.compile(r"\s*\S+|\s+$")


@dataclass(frozen=True)
class Piece:
    """Some words: the same in both texts, taken away from the first, or put into the second."""

    kind: str  # same, deleted, inserted
    text: str


def pieces_of(before: str, after: str) -> list[Piece]:
    """The words of both texts in their order; nothing where they are short, long beyond measure, or little alike.

    The same and the deleted pieces together are the text before, the same and the inserted ones the text after.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) < FEW or max(len(old), len(new)) > MOST:
        return []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        return []
    pieces = []
    for tag, first, first_end, second, second_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[first:first_end])))
            continue
        pieces.append(Piece("deleted", "".join(old[first:first_end])))
        pieces.append(Piece("inserted", "".join(new[second:second_end])))
    return [piece for piece in pieces if piece.text]
