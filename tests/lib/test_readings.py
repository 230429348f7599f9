"""What editors type: read as meant or refused with a sentence, never guessed; and told back in words."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsdb.lib import currencies, dates
from armsdb.lib.dates import DateError
from armsdb.lib.numbers import Money, NumberError, VagueNumber
from armsdb.lib.reading_words import reading_of
from armsdb.lib.readings import (
    MAX_TYPED,
    MAX_WORDS,
    as_typed,
    read_date,
    read_money,
    read_number,
)
from armsdb.lib.text import storable
from armsdb.lib.vocab import ValueBasis

# what is typed; low, high, approximate, words
NUMBERS = [
    ("24", 24, 24, False, ""),
    ("exactly 24", 24, 24, False, ""),
    ("  1,700 ", 1700, 1700, False, ""),
    ("1 700 000", 1_700_000, 1_700_000, False, ""),
    ("1\u00a0700", 1700, 1700, False, ""),
    ("0.5", "0.5", "0.5", False, ""),
    ("0.500", "0.5", "0.5", False, ""),
    ("12.3450", "12.345", "12.345", False, ""),
    ("about 160", 160, 160, True, ""),
    ("some 160", 160, 160, True, ""),
    ("~160", 160, 160, True, ""),
    ("c. 160", 160, 160, True, ""),
    ("an estimated 47 million", 47_000_000, 47_000_000, True, ""),
    ("at least 24,000", 24_000, None, False, ""),
    ("At Least about 2,000", 2000, None, True, ""),
    ("≥ 24", 24, None, False, ""),
    ("24 or more", 24, None, False, ""),
    ("24+", 24, None, False, ""),
    ("up to 3", None, 3, False, ""),
    ("no more than 3", None, 3, False, ""),
    ("3 or fewer", None, 3, False, ""),
    ("15 to 20", 15, 20, False, ""),
    ("15-20", 15, 20, False, ""),
    ("15–20", 15, 20, False, ""),
    ("between 15 and 20", 15, 20, False, ""),
    ("from about 15 to 20", 15, 20, True, ""),
    ("15 to about 20", 15, 20, True, ""),
    ("15 to 20 million", 15_000_000, 20_000_000, False, ""),
    ("900 thousand to 1.5 million", 900_000, 1_500_000, False, ""),
    ("24m", 24_000_000, 24_000_000, False, ""),
    ("1.7bn", 1_700_000_000, 1_700_000_000, False, ""),
    ("1.7 Billion", 1_700_000_000, 1_700_000_000, False, ""),
    ("3k", 3000, 3000, False, ""),
    # more and less than say more than an end can: the words are kept
    ("more than 1,700", 1700, None, False, "more than 1,700"),
    ("over 2 million", 2_000_000, None, False, "over 2 million"),
    ("fewer than 5", None, 5, False, "fewer than 5"),
    # almost says less than about does: the words are kept
    ("almost 160", 160, 160, True, "almost 160"),
    ("Nearly 300", 300, 300, True, "Nearly 300"),
    ("close to 1.5 million", 1_500_000, 1_500_000, True, "close to 1.5 million"),
    # units as other languages shorten them, where they mean one number alone
    ("24 Mio", 24_000_000, 24_000_000, False, ""),
    ("24 Mio.", 24_000_000, 24_000_000, False, ""),
    ("24m", 24_000_000, 24_000_000, False, ""),
    ("24 MLN", 24_000_000, 24_000_000, False, ""),
    ("1 to 2 Mrd.", 1_000_000_000, 2_000_000_000, False, ""),
    # words without a number
    ("“thousands”", None, None, True, "thousands"),
    (
        "“several hundred to several thousand, by source”",
        None,
        None,
        True,
        "several hundred to several thousand, by source",
    ),
    ("“some”", None, None, True, "some"),
    ("some 160", 160, 160, True, ""),
    ("“one shipment”", None, None, True, "one shipment"),
    ('"one shipment"', None, None, True, "one shipment"),
    ("not known", None, None, True, ""),
    # words beside a number
    ("at least 300 “a little over 300”", 300, None, False, "a little over 300"),
    ("5 “he said “five” twice”", 5, 5, False, "he said “five” twice"),
]


@pytest.mark.parametrize(("typed", "low", "high", "approximate", "words"), NUMBERS, ids=lambda value: str(value)[:40])
def test_number_is_read_as_people_write_it(typed, low, high, approximate, words):
    """Guards each way of writing a number, and that words are kept where the ends say less."""
    low, high = (None if end is None else Decimal(end) for end in (low, high))
    assert read_number(typed) == VagueNumber(low, high, approximate, typed if words is None else words)


@pytest.mark.parametrize("nothing", ["", "   "])
def test_nothing_typed_is_no_value(nothing):
    """Guards the difference between nothing said and a number that is not known."""
    assert read_number(nothing) is None
    assert read_money(nothing) is None
    assert read_date(nothing) is None
    assert read_number(f"{nothing}“”") is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        # two ways to read it
        ("1.500", "write 1,500 or 1.5."),
        ("12.345", "write 12,345 or 12.3450."),
        ("12.000", "write 12,000 or 12."),
        ("at least 1.500 million", "write 1,500 or 1.5."),
        ("900 to 1.5 million", "unit of both numbers"),
        ("15 to 15 million", "unit of both numbers"),
        # not how numbers are written here
        ("1,5", "a comma stands between groups"),
        ("1.500.000", "a comma stands between groups"),
        ("1,700 000", "a comma stands between groups"),
        # a number in words is a number
        ("twenty-four", "in digits"),
        ("over two million", "in digits"),
        ("half a dozen", "in digits"),
        ("none", "in digits"),
        # no number at all: asked for, never taken for one that is not told
        ("some", "does not say how many"),
        ("thousands", "does not say how many"),
        ("large quantities", "does not say how many"),
        ("several hundred to several thousand, by source", "does not say how many"),
        # not understood
        ("24 tanks", "is not understood"),
        ("24 or 25", "is not understood"),
        ("nearly", "is not understood"),
        ("24 mil", "is not understood"),
        ("24 mia", "is not understood"),
        ("24 miofoo", "is not understood"),
        ("at least 15 to 20", "is not understood"),
        ("at least 5 or fewer", "is not understood"),
        ("between 15 to 20", "is not understood"),
        ("15 and 20", "is not understood"),
        ("-5", "is not understood"),
        ("5%", "is not understood"),
        ("1e9", "is not understood"),
        ("٢٤", "is not understood"),
        ("½", "is not understood"),
        ("at least", "is not understood"),
        ("million", "is not understood"),
        ("?", "is not understood"),
        ("thousands “many”", "is not understood"),
        ("5 “five” or so", "is not understood"),
        ("5 “five", "between two quotation marks"),
        # not possible
        ("20 to 15", "above the high end"),
        ("9" * 21, "at most 20 digits"),
        ("0." + "0" * 20 + "1", "at most 20 digits"),
        ("“many\x00”", "can be stored"),
        ("“" + "x" * (MAX_WORDS + 1) + "”", "at most 200 characters"),
        ("x" * (MAX_TYPED + 1), "at most 400 characters"),
    ],
    ids=lambda value: value[:40].encode("unicode-escape").decode(),
)
def test_number_that_is_not_plain_is_refused(typed, sentence):
    """Guards against guesses: whatever is unclear is refused with a sentence that helps, for sums too."""
    with pytest.raises(NumberError, match=sentence):
        read_number(typed)
    with pytest.raises(NumberError):
        read_money(f"{typed} USD")


@pytest.mark.parametrize(
    ("typed", "low", "high", "approximate", "words", "currency"),
    [
        ("at least 24 million USD", 24_000_000, None, False, "", "USD"),
        ("USD 24m", 24_000_000, 24_000_000, False, "", "USD"),
        ("24 mio USD", 24_000_000, 24_000_000, False, "", "USD"),
        ("24 MIO. USD", 24_000_000, 24_000_000, False, "", "USD"),
        ("EUR 1.7 Mrd", 1_700_000_000, 1_700_000_000, False, "", "EUR"),
        ("almost 24 million USD", 24_000_000, 24_000_000, True, "almost 24 million USD", "USD"),
        ("24USD", 24, 24, False, "", "USD"),
        ("US$1.7bn", 1_700_000_000, 1_700_000_000, False, "", "USD"),
        ("24 million U.S. dollars", 24_000_000, 24_000_000, False, "", "USD"),
        ("1 US dollar", 1, 1, False, "", "USD"),
        ("$24 million USD", 24_000_000, 24_000_000, False, "", "USD"),
        ("24 million dollars HKD", 24_000_000, 24_000_000, False, "", "HKD"),
        ("€5.5m", 5_500_000, 5_500_000, False, "", "EUR"),
        ("5 euros", 5, 5, False, "", "EUR"),
        ("about 500 million roubles", 500_000_000, 500_000_000, True, "", "RUB"),
        ("5 rubles", 5, 5, False, "", "RUB"),
        ("5 Belarusian roubles", 5, 5, False, "", "BYN"),
        ("5 yen", 5, 5, False, "", "JPY"),
        ("5 pounds sterling", 5, 5, False, "", "GBP"),
        ("5 million USD to 7 million USD", 5_000_000, 7_000_000, False, "", "USD"),
        ("1,234.50 EUR", "1234.5", "1234.5", False, "", "EUR"),
        ("over 300 USD", 300, None, False, "over 300 USD", "USD"),
        ("USD “tens of millions of US dollars”", None, None, True, "tens of millions of US dollars", "USD"),
        ("“thousands” USD", None, None, True, "thousands", "USD"),
        ("USD “thousands”", None, None, True, "thousands", "USD"),
        ("at least about 300 USD “a little over $300”", 300, None, True, "a little over $300", "USD"),
        ("not known USD", None, None, True, "", "USD"),
    ],
)
def test_money_is_read_as_people_write_it(typed, low, high, approximate, words, currency):
    """Guards each way of naming a currency, before and after the sum."""
    low, high = (None if end is None else Decimal(end) for end in (low, high))
    assert read_money(typed, "paid") == Money(low, high, approximate, words, currency=currency, basis="paid")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("24 million", "needs its currency"),
        ("thousands", "needs its currency"),
        ("24 million usd", "capital letters"),
        ("A$5", "needs its currency"),
        ("“24 USD”", "needs its currency"),
        ("$24 million", r"“\$” does not say which currency; write its code, such as USD"),
        ("1.7bn dollars", "“dollars” does not say which"),
        ("1 dollar", "“dollar” does not say which"),
        ("5 pounds", "GBP"),
        ("£5", "GBP"),
        ("¥5", "CNY"),
        ("5 won", "KRW"),
        ("USD", "a currency without a sum"),
        ("€", "a currency without a sum"),
        ("5 USD or EUR", "one currency, not several: EUR, USD"),
        ("5 XYZ", "not the code of a currency"),
        ("5 roubles BYN", "one currency, not several: BYN, RUB"),
        ("£5 USD", "not understood"),
        ("5 USD missiles", "not understood"),
        ("1.234 USD", "write 1,234"),
        ("1.2345 USD", "at most two decimals"),
    ],
)
def test_money_that_is_not_plain_is_refused(typed, sentence):
    """Guards against a currency that is guessed, left out or not there, and against a currency without a sum."""
    with pytest.raises(NumberError, match=sentence):
        read_money(typed)


def test_basis_without_a_sum_is_refused():
    """Guards against a choice that would be lost unsaid."""
    with pytest.raises(NumberError, match="no sum is written"):
        read_money("", "paid")


def test_currencies_mean_one_each():
    """Guards the table: codes of three letters, each name once, no word both shared and not."""
    assert all(len(code) == 3 and code.isupper() for code in currencies.NAMES)
    assert len(set(map(str.lower, currencies.NAMES.values()))) == len(currencies.NAMES)
    assert set(currencies.WORDS.values()) <= set(currencies.NAMES)
    assert {code for codes in currencies.SHARED.values() for code in codes} <= set(currencies.NAMES)
    assert not set(currencies.SHARED) & set(currencies.WORDS)


@pytest.mark.parametrize("code", sorted(currencies.NAMES))
def test_every_currency_is_read_by_code_and_by_name(code):
    """Guards against a name that another one hides, and against a code that is taken for a word."""
    for written in (code, currencies.NAMES[code]):
        money = read_money(f"5 {written}")
        assert money is not None
        assert money.currency == code


ENDS = st.decimals(min_value=0, max_value=10**15, places=4)
SUMS = st.decimals(min_value=0, max_value=10**15, places=2)
WORDS = st.text(max_size=MAX_WORDS).filter(storable) | st.sampled_from(
    ["thousands", "some", "more than 5", "5", "at least", "over 5 USD", "“", "5”", "USD", "not known", "\n", " x "]
)


@st.composite
def parts(draw, ends):
    """Any number that a record can hold, by the rule that words alone are approximate."""
    low, high = draw(st.none() | ends), draw(st.none() | ends)
    if low is not None and high is not None and low > high:
        low, high = high, low
    without = low is None and high is None
    return low, high, without or draw(st.booleans()), draw(st.just("") | WORDS)


@given(parts(ENDS))
def test_number_is_typed_as_it_is_read(given_parts):
    """Guards against a value that changes when its form is opened and saved, whatever its words are."""
    number = VagueNumber(*given_parts)
    assert read_number(as_typed(number)) == number


@given(parts(SUMS), st.sampled_from(sorted(currencies.NAMES)), st.sampled_from(["", *ValueBasis.values]))
def test_money_is_typed_as_it_is_read(given_parts, currency, basis):
    """Guards the same for sums, their currency and basis."""
    money = Money(*given_parts, currency=currency, basis=basis)
    assert read_money(as_typed(money), basis) == money


@given(st.text(max_size=MAX_TYPED + 5) | st.from_regex(r"(about|at least)? ?[0-9.,]{1,9} ?(m|USD|to)? ?[0-9.,]{0,9}"))
def test_whatever_is_typed_is_read_or_refused(typed):
    """Guards against faults on strange text; what is read is read the same again."""
    for read in (read_number, read_money):
        try:
            value = read(typed)
        except NumberError:
            continue
        assert read(as_typed(value)) == value
    with suppress(DateError):
        reading_of(read_date(typed))


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        (None, ""),
        (VagueNumber(Decimal(24_000_000)), "at least 24,000,000"),
        (VagueNumber(Decimal(15), Decimal(20), True), "about 15 to 20"),
        (VagueNumber(Decimal("0.0300"), Decimal("0.0300")), "0.03"),
        (VagueNumber(approximate=True, text="thousands"), "“thousands”"),
        (VagueNumber(approximate=True, text="5 shipments"), "“5 shipments”"),
        (VagueNumber(approximate=True), "not known"),
        (VagueNumber(Decimal(1700), text="more than 1,700"), "more than 1,700"),
        (Money(Decimal("1234.50"), None, currency="EUR", basis="paid"), "at least 1,234.50 EUR"),
        (Money(approximate=True, text="a fortune", currency="EUR"), "EUR “a fortune”"),
    ],
)
def test_value_is_typed_in_few_words(value, typed):
    """Guards what an editor finds in a form: nothing quoted or repeated that need not be."""
    assert as_typed(value) == typed


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, ""),
        (read_number("24"), "Exactly 24."),
        (read_number("about 160"), "About 160."),
        (read_number("15 to 20"), "15 to 20."),
        (read_number("up to 3"), "Up to 3; no lower end is known."),
        (read_number("“thousands”"), "Not said how many: kept as the words “thousands”."),
        (read_number("not known"), "Said to be not known."),
        (
            read_number("more than 1,700"),
            "At least 1,700; no upper end is known; kept with the words “more than 1,700”.",
        ),
        (read_money("at least 24 million USD"), "At least 24,000,000 US dollars; no upper end is known."),
        (read_money("5.50 EUR", "list-price"), "Exactly 5.50 euros; basis: list price."),
        (read_money("“lots” USD"), "The sum is not said: kept as the words “lots”; in US dollars."),
        (Money(Decimal(5), currency="XYZ"), "At least 5 XYZ; no upper end is known."),
        (dates.parse("2022-02-24"), "24 February 2022; readers are told “24 February 2022”."),
        (
            dates.parse("2022-02-24/2022-12", "by December 2022"),
            "From 24 February 2022 to 31 December 2022; readers are told “by December 2022”.",
        ),
        (
            dates.parse("2021-02/.."),
            "From 1 February 2021 on; no last day is known; readers are told “since February 2021”.",
        ),
        (
            dates.parse("../2021-02"),
            "Up to 28 February 2021; no first day is known; readers are told “up to February 2021”.",
        ),
        (
            dates.parse("2001?"),
            "From 1 January 2001 to 31 December 2001; marked as approximate or uncertain;"
            " readers are told “2001 (uncertain)”.",
        ),
        (
            dates.parse("2022-03", "March 2021"),
            "From 1 March 2022 to 31 March 2022; readers are told “March 2021”."
            " Look again: the words seem to mean 2021-03, the EDTF says otherwise.",
        ),
    ],
)
def test_reading_says_it_all_in_a_sentence(value, sentence):
    """Guards what an editor is told before saving: both ends, what is not known, and what readers will see."""
    assert reading_of(value) == sentence


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2021-1", "2021-01"),
        ("2021-1-5", "2021-01-05"),
        ("2021/12", "2021-12"),
        ("12/2021", "2021-12"),
        ("March 2021", "2021-03"),
        ("5 Sept. 2021", "2021-09-05"),
        ("March 5th, 2021", "2021-03-05"),
        ("c. 2015", "2015~"),
        ("since 2015", "2015/.."),
        ("by 2015", "../2015"),
        ("by December 2022", "../2022-12"),
        ("From 2022-02-24", "2022-02-24/.."),
        ("2015-2017", "2015/2017"),
        ("the 2010s", "201X"),
    ],
)
def test_half_date_is_refused_with_what_was_likely_meant(written, meant):
    """Guards against dates that are guessed: the nearest EDTF is asked about, not taken."""
    with pytest.raises(DateError) as refusal:
        read_date(written)
    assert str(refusal.value).endswith(f"Did you mean {meant}?")


@pytest.mark.parametrize(
    "written", ["1/2/2021", "24.02.2022", "2021-13", "13/2021", "31 June 2021", "by 2015-2017", "soon", "2021-02-30"]
)
def test_unclear_date_is_refused_without_a_guess(written):
    """Guards against a question that puts a wrong date into the editor's mouth."""
    with pytest.raises(DateError) as refusal:
        read_date(written)
    assert "Did you mean" not in str(refusal.value)


def test_date_needs_its_edtf_and_words_that_fit():
    """Guards against words that no filter finds, and words that no column holds."""
    assert read_date(" 2022-02-24/2022-12 ", " by December 2022 ") == dates.parse(
        "2022-02-24/2022-12", "by December 2022"
    )
    with pytest.raises(DateError, match=r"^Words alone are no date; .* such as \.\./2022-12\.$"):
        read_date("", "by December 2022")
    with pytest.raises(DateError, match="at most 200 characters"):
        read_date("2022", "x" * (MAX_WORDS + 1))
