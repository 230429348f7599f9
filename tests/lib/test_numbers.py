"""Vague numbers and money: what is read, how it is written, and what is refused."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsdb.lib.numbers import Money, NumberError, VagueNumber


def number_of(value: Any) -> VagueNumber:
    """Read a value that holds a number for sure."""
    number = VagueNumber.from_value(value)
    assert number is not None
    return number


def money_of(value: Any) -> Money:
    """Read a value that holds a sum for sure."""
    money = Money.from_value(value)
    assert money is not None
    return money


# value as the API has it, in words, in a narrow column
NUMBERS = [
    ({"low": 24, "high": 24}, "24", "24"),
    ({"low": 0, "high": 0}, "0", "0"),
    ({"low": 0}, "at least 0", "≥ 0"),
    ({"high": 0}, "up to 0", "≤ 0"),
    ({"low": 160, "high": 160, "approximate": True}, "about 160", "~160"),
    ({"low": 24000}, "at least 24,000", "≥ 24,000"),
    ({"low": 2000, "approximate": True}, "at least about 2,000", "≥ ~2,000"),
    ({"high": 20}, "up to 20", "≤ 20"),
    ({"high": 20, "approximate": True}, "up to about 20", "≤ ~20"),
    ({"low": 15, "high": 20}, "15 to 20", "15–20"),
    ({"low": 15, "high": 20, "approximate": True}, "about 15 to 20", "~15–20"),
    ({"text": "thousands"}, "thousands (no number given)", "thousands"),
    ({"text": "thousands", "approximate": True}, "thousands (no number given)", "thousands"),
    ({"approximate": True}, "number not known", "n/k"),
    ({"low": 0.03, "high": 0.03}, "0.03", "0.03"),
    ({"low": "1234.50", "high": "1234.50"}, "1,234.5", "1,234.5"),
    ({"low": 24_000_000}, "at least 24,000,000", "≥ 24 m"),
    ({"low": 1_700_000_000, "high": 1_700_000_000}, "1,700,000,000", "1.7 bn"),
    ({"low": 1_000_000, "high": 1_000_000, "approximate": True}, "about 1,000,000", "~1 m"),
    ({"low": 999_999, "high": 999_999}, "999,999", "999,999"),
    ({"low": 15_000_000, "high": 20_000_000}, "15,000,000 to 20,000,000", "15–20 m"),
    ({"low": 900_000, "high": 1_500_000}, "900,000 to 1,500,000", "900,000–1.5 m"),
    ({"low": 900_000_000, "high": 1_500_000_000}, "900,000,000 to 1,500,000,000", "900 m–1.5 bn"),
    ({"low": 1_234_567, "high": 1_234_567}, "1,234,567", "1,234,567"),
    ({"low": 1_999_999_999}, "at least 1,999,999,999", "≥ 1,999,999,999"),
    ({"low": 2_500_000_000_000}, "at least 2,500,000,000,000", "≥ 2,500 bn"),
]


@pytest.mark.parametrize(("value", "words", "short"), NUMBERS)
def test_number_is_written(value, words, short):
    """About, at least, up to and words survive; a number is shortened only where nothing is lost."""
    number = number_of(value)
    assert (number.display(), number.short()) == (words, short)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (24, 24, 24),
        ("24", 24, 24),
        ("0.5", Decimal("0.5"), Decimal("0.5")),
        (Decimal("1E+3"), 1000, 1000),
        (0.1, Decimal("0.1"), Decimal("0.1")),
        (-0.0, 0, 0),
        ({"low": "7"}, 7, None),
        ({"low": None, "high": 7, "text": None, "approximate": None}, None, 7),
        (10**20 - 1, 10**20 - 1, 10**20 - 1),
    ],
)
def test_number_is_read(value, low, high):
    """A plain number is exact; a key that is missing or null is not known; 0.1 is a tenth and nothing near it."""
    number = number_of(value)
    assert (number.low, number.high) == (low, high)
    assert "E" not in str(number.low) + str(number.high)


@pytest.mark.parametrize("kind", [VagueNumber, Money])
def test_nothing_stays_nothing(kind):
    """No number at all is None, not a number that is not known."""
    assert kind.from_value(None) is None


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (-1, "not negative"),
        ({"low": -0.5}, "not negative"),
        ({"low": 3, "high": 1}, "low end 3 is above the high end 1"),
        ({"lo": 1}, "has no “lo”"),
        ({"low": 1, "unit": "tanks"}, "has no “unit”"),
        ({1: 2}, "has no “1”"),
        ({}, "leave it out"),
        ({"text": "", "approximate": False}, "leave it out"),
        ({"approximate": 1}, "true or false"),
        ({"low": 1, "approximate": "yes"}, "true or false"),
        ({"low": 1, "text": 5}, "text that can be stored"),
        ({"low": 1, "text": "many\x00"}, "text that can be stored"),
        ({"low": 1, "text": "many\ud800"}, "text that can be stored"),
        (10**20, "at most 20 digits"),
        pytest.param(10**5000, "at most 20 digits", id="huge"),
        (1e300, "at most 20 digits"),
        (5e-324, "at most 20 digits"),
        (Decimal("1E+999999999"), "at most 20 digits"),
        (Decimal("1E-999999999"), "at most 20 digits"),
        *[
            (value, "is not a number")
            for value in (
                *(True, False, float("nan"), float("inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity")),
                *(
                    "",
                    " ",
                    "abc",
                    "1e5",
                    "1e400",
                    "nan",
                    "-1",
                    "+1",
                    "1,000",
                    "1 000",
                    "1_000",
                    "٢",
                    "½",
                    "²",
                    "0x10",
                    "1.",
                ),
                *("9" * 22, "\x00", "\ud800", [24], (24,), b"24", 1j, {"low": {"low": 1}}, {"low": True}, {"low": ""}),
            )
        ],
    ],
)
def test_number_is_refused_with_a_sentence(value, sentence):
    """Nothing that is not plainly a number becomes one, and the message can be sent."""
    with pytest.raises(NumberError) as caught:
        VagueNumber.from_value(value)
    assert sentence in str(caught.value)
    assert str(caught.value).encode().endswith(b".")


@pytest.mark.parametrize("arguments", [{"low": Decimal(2), "high": Decimal(1)}, {"low": Decimal(-1)}, {"high": True}])
def test_a_number_cannot_be_made_wrong(arguments):
    """Also one made from columns of the database keeps low <= high."""
    with pytest.raises(NumberError):
        VagueNumber(**arguments)


def test_api_form_of_a_number():
    """Plain JSON numbers, whole when they are whole; words that are not there are null; no key is missing."""
    about = number_of({"low": 2000, "approximate": True})
    assert about.as_api() == {"low": 2000, "high": None, "approximate": True, "text": None}
    assert json.dumps(VagueNumber.exact(Decimal("24.00")).as_api()["low"]) == "24"
    assert VagueNumber.exact(Decimal("0.30")).as_api()["low"] == 0.3
    assert VagueNumber(text="thousands").as_api() == {
        "low": None,
        "high": None,
        "approximate": False,
        "text": "thousands",
    }


@pytest.mark.parametrize(
    ("value", "exact"),
    [(24, True), ({"low": 24}, False), ({"low": 24, "high": 24, "approximate": True}, False), ({"text": "few"}, False)],
)
def test_is_exact(value, exact):
    """Only a number whose ends meet and that is not approximate."""
    assert number_of(value).is_exact is exact


ENDS = st.none() | st.integers(0, 10**15) | st.decimals(0, 10**9, places=2).map(str)


@given(ENDS, ENDS, st.booleans(), st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_api_form_is_read_back(low, high, approximate, text):
    """What the API hands out, an importer can take in."""
    value = {"low": low, "high": high, "approximate": approximate, "text": text}
    try:
        number = number_of(value)
    except NumberError:
        both = low is not None and high is not None
        assert (both and Decimal(low) > Decimal(high)) or not (
            text or approximate or low is not None or high is not None
        )
    else:
        assert VagueNumber.from_value(number.as_api()) == number
        assert number.display()
        assert number.short()


@given(st.integers(0, 10**20 - 1))
def test_shortened_number_is_the_number(number):
    """The narrow form never rounds: read back, it gives the number."""
    digits, _, unit = VagueNumber.exact(number).short().replace(",", "").partition(" ")
    assert Decimal(digits) * {"": 1, "m": 10**6, "bn": 10**9}[unit] == number


# --- money


@pytest.mark.parametrize(
    ("value", "words", "short"),
    [
        ({"low": 24000000, "currency": "USD"}, "at least 24,000,000 USD", "≥ 24 m USD"),
        ({"low": "24000000.00", "currency": "USD", "basis": "contract"}, "at least 24,000,000 USD", "≥ 24 m USD"),
        ({"low": 5, "high": 5, "approximate": True, "currency": "EUR"}, "about 5 EUR", "~5 EUR"),
        ({"low": "1234.5", "high": "1234.5", "currency": "EUR"}, "1,234.50 EUR", "1,234.50 EUR"),
        ({"high": 1_700_000_000, "currency": "USD"}, "up to 1,700,000,000 USD", "≤ 1.7 bn USD"),
        ({"low": 1_500_000, "high": 2_000_000, "currency": "USD"}, "1,500,000 to 2,000,000 USD", "1.5–2 m USD"),
        ({"text": "millions", "currency": "USD"}, "millions (no number given)", "millions"),
        ({"approximate": True, "currency": "USD"}, "sum not known", "n/k"),
    ],
)
def test_money_is_written(value, words, short):
    """A sum always has its currency with it."""
    money = money_of(value)
    assert (money.display(), money.short()) == (words, short)


def test_api_form_of_money():
    """Sums are text with two decimals: no reader's floating point touches them."""
    money = money_of({"low": 24000000, "currency": "USD", "basis": "contract"})
    assert money.as_api() == {
        "low": "24000000.00",
        "high": None,
        "approximate": False,
        "currency": "USD",
        "basis": "contract",
        "text": None,
    }
    assert Money.from_value(money.as_api()) == money
    assert Money(Decimal(1), Decimal(1), currency="USD").as_api()["basis"] is None


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (24, "needs its currency"),
        ("24", "needs its currency"),
        ({"low": 24}, "needs its currency"),
        ({"low": 24, "currency": None}, "needs its currency"),
        ({"low": 24, "currency": ""}, "three capital letters"),
        ({"low": 24, "currency": "usd"}, "three capital letters"),
        ({"low": 24, "currency": "$"}, "three capital letters"),
        ({"low": 24, "currency": "USDT"}, "three capital letters"),
        ({"low": 24, "currency": "USD\n"}, "three capital letters"),
        ({"low": 24, "currency": 840}, "three capital letters"),
        ({"low": "0.005", "currency": "USD"}, "at most two decimals"),
        ({"currency": "USD"}, "needs low, high, text or approximate"),
        ({"low": 24, "currency": "USD", "basis": 5}, "basis of a sum is text"),
        ({"low": 24, "currency": "USD", "basis": "\x00"}, "basis of a sum is text"),
        ({"low": 24, "currency": "USD", "year": 2019}, "has no “year”"),
        ({"low": 2, "high": 1, "currency": "USD"}, "is above the high end"),
        ({"low": -1, "currency": "USD"}, "not negative"),
    ],
)
def test_money_is_refused_with_a_sentence(value, sentence):
    """A sum without its currency is no sum, and no currency is guessed."""
    with pytest.raises(NumberError) as caught:
        Money.from_value(value)
    assert sentence in str(caught.value)


def test_money_and_number_are_not_equal():
    """24 USD is not 24, nor 24 EUR."""
    assert Money(Decimal(24), currency="USD") != VagueNumber(Decimal(24))
    assert Money(Decimal(24), currency="USD") != Money(Decimal(24), currency="EUR")
