"""Text from outside: what can be stored, what can be shown in a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsdb.lib.text import quoted, storable


@pytest.mark.parametrize("text", ["", "tank sights", "line\nline\ttab\r\n", "Рособоронэкспорт", "😀", "\u202e", "\x85"])
def test_is_storable(text):
    """Scripts, emoji and line ends are text."""
    assert storable(text)


@pytest.mark.parametrize("text", ["a\x00", "\x1b[31m", "\x7f", "a\udfffb"])
def test_is_not_storable(text):
    """NUL, other control characters and lone surrogates are refused by PostgreSQL or by UTF-8."""
    assert not storable(text)


@given(st.text(st.characters(exclude_categories=[])))
def test_quoted_can_be_printed_and_is_short(text):
    """A message never carries a control character, a direction mark or half a character further."""
    shown = quoted(text)
    assert shown.isprintable()
    assert shown.encode()
    assert len(shown) <= 63


@pytest.mark.parametrize(
    ("value", "shown"),
    [(5, "“5”"), (None, "“None”"), pytest.param(10**5000, "“int”", id="huge"), ("x" * 70, f"“{'x' * 60}…”")],
)
def test_quoted_takes_any_value(value, shown):
    """Also a number that Python refuses to write."""
    assert quoted(value) == shown
