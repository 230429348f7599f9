"""Whatever people and registers write as a date, a number, a sum or words: it is read, or refused in a sentence."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsdb.lib import comments, dates, designations, names, numbers, readings, terms
from tests.fuzz.effort import INPUTS, tried

#: What such texts are made of, besides any letters.
PIECES = [
    "1998", "2022-12", "../", "/..", "XX", "~", "?", "%", "[", "]", "{", "}", "..", ",", " ", "-", "Y-", "T00:00",
    "0000", "about", "at least", "up to", "between", "and", "c. ", "3rd", "21", "1.7", "bn", "million", "thousands",
    "USD", "€", "£1,5", "1.234.567", "1e400", "nan", "inf", "-0", "٣", "½", "\u200f", "\u00a0", "\n", "\x00", "\ud800",
    "(24)", "No ", "early", "late", "spring", "March", "delivery", "probably", '"', "*", "NEAR(", "'", "\\", "é", "ß",
    "Ж", "漢", "🚀",
]  # fmt: skip
TEXT = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.text(st.characters(exclude_categories=[]), max_size=40),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=8).map(" ".join),
)
READERS: dict[str, tuple[Callable[[str], Any], type[Exception]]] = {
    "date": (dates.parse, dates.DateError),
    "typed date": (readings.read_date, dates.DateError),
    "typed number": (readings.read_number, numbers.NumberError),
    "typed sum": (readings.read_money, numbers.NumberError),
    "query": (terms.parse, terms.QueryError),
    "comment": (comments.said_in, AssertionError),
    "name": (names.key, AssertionError),
    "designation": (lambda text: designations.likeness(text, text[::-1]), AssertionError),
}


@pytest.mark.parametrize("kind", READERS)
def test_any_text_is_read_or_refused_in_a_sentence(kind: str) -> None:
    read, refused = READERS[kind]

    @tried(INPUTS // 10)
    @given(TEXT)
    def tries(text: str) -> None:
        try:
            read(text)
        except refused as error:
            told = str(error)
        else:
            return
        assert 0 < len(told) < 1000

    tries()
