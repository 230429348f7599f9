"""Text from outside: what can be stored, and how it is shown in a message."""

import re

#: NUL and the other control characters save tab and line ends, lone surrogates, and what is no character: PostgreSQL,
#: UTF-8 or XML refuse them.
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def storable(text: str) -> bool:
    """Whether every database and every encoding of ours takes this text."""
    return UNSTORABLE.search(text) is None


def quoted(value: object, length: int = 60) -> str:
    """Give the beginning of a value in quotation marks, safe to print in any message."""
    text = value if isinstance(value, str) else _written(value)
    shown = "".join(char if char.isprintable() else "\ufffd" for char in text[:length])
    return f"“{shown}…”" if len(text) > length else f"“{shown}”"


def _written(value: object) -> str:
    try:
        return repr(value)
    except ValueError:  # Python writes no whole number of more than 4,300 digits.
        return type(value).__name__
