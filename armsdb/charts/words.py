"""How much room words take, without a browser to ask: never less than they do, so that labels keep apart."""

#: Widths of letters in parts of the type size, a little more than those of the site's sans and its stand-in.
NARROW, BROAD = frozenset("iIjl.,:;'’|!()[] -–/ftr"), frozenset("mwMW@%—…")
IN_NARROW, IN_PLAIN, IN_CAPITAL, IN_BROAD, IN_OTHER = 0.36, 0.58, 0.7, 0.94, 1.1


def width_of(words: str, size: float) -> float:
    """The width of a line of words, in the unit of the size."""
    return size * sum(_width(letter) for letter in words)


def _width(letter: str) -> float:
    if letter in NARROW:
        return IN_NARROW
    if letter in BROAD:
        return IN_BROAD
    if letter.isupper():
        return IN_CAPITAL
    # Beyond Latin and Cyrillic a letter may be as wide as the type is high, and its font is not ours.
    return IN_PLAIN if ord(letter) < 0x530 or 0x2000 <= ord(letter) < 0x2100 else IN_OTHER


def cut(words: str, letters: int) -> str:
    """The words up to this many letters, cut between two of them where there are more."""
    if len(words) <= letters:
        return words
    kept = words[:letters].rpartition(" ")[0] or words[: letters - 1]
    return kept.rstrip(" ,;:") + "…"


def fitted(words: str, size: float, room: float) -> str:
    """The words as far as they fit into so much room."""
    letters = len(words)
    while letters > 1 and width_of(cut(words, letters), size) > room:
        letters -= 1
    return cut(words, letters)
