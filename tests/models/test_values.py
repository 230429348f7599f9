"""Value groups: several columns that are read and written as one value."""

from decimal import Decimal
from typing import Any

import pytest

from armsdb.lib.dates import DateError, VagueDate
from armsdb.lib.numbers import Money, NumberError, VagueNumber
from armsdb.models import Figure, Transfer

DATES = [
    None,
    "2021-02",
    "2022-03-26",
    "200X",
    "2001?",
    "2021-02/..",
    "../2021-02",
    "1990~/..",
    "{2017,2019}",
    {"edtf": "2022-02-24/2022-12", "text": "by December 2022"},
]
NUMBERS = [
    None,
    0,
    24,
    Decimal("0.5"),
    {"low": 2000},
    {"high": 12},
    {"low": 160, "high": 160, "approximate": True},
    {"low": 3, "high": 5},
    {"text": "thousands"},
    {"approximate": True},
    {"approximate": True, "text": "several shipments"},
]
SUMS = [
    None,
    {"low": 24_000_000, "currency": "USD", "basis": "contract"},
    {"low": "150000.00", "high": "150000.00", "currency": "USD", "basis": "paid"},
    {"high": "0.99", "currency": "EUR"},
    {"text": "a fortune", "currency": "USD"},
    {"approximate": True, "currency": "RUB"},
]


def stored(name, value):
    """What a group of a transfer reads when the row has been in the database."""
    row = Transfer.objects.get(public_id="articles-t46")
    setattr(row, name, value)
    row.save()
    return getattr(Transfer.objects.get(pk=row.pk), name)


@pytest.mark.parametrize("written", DATES, ids=str)
def test_a_date_comes_back_as_it_was_written(written, db):
    """EDTF, words and bounds survive the database; an open side stays open."""
    read = stored("delivered", written)
    if written is None:
        assert read is None
        return
    edtf, text = (written["edtf"], written["text"]) if isinstance(written, dict) else (written, "")
    assert (read.edtf, read.text) == (edtf, text)
    assert read == stored("delivered", read)
    assert (read.is_open_start, read.is_open_end) == (edtf.startswith(".."), edtf.endswith(".."))


@pytest.mark.parametrize("written", NUMBERS, ids=str)
def test_a_number_comes_back_as_it_was_written(written, db):
    """Exact, at least, up to, about, words alone and flagged but blank stay apart, and nothing stays nothing."""
    assert stored("quantity_delivered", written) == VagueNumber.from_value(written)


@pytest.mark.parametrize("written", SUMS, ids=str)
def test_a_sum_comes_back_as_it_was_written(written, db):
    """A sum keeps its currency and its basis."""
    assert stored("value", written) == Money.from_value(written)


def columns(row: Transfer, group: str, *parts: str) -> list[Any]:
    """What the columns of one value hold."""
    return [getattr(row, f"{group}_{part}") for part in parts]


def test_none_empties_every_column_of_a_group(db):
    """What is not known any longer leaves nothing behind that a filter would find."""
    row = Transfer.objects.get(public_id="articles-t44")
    assert row.delivered
    assert row.value
    row.delivered = row.value = row.quantity_delivered = None
    assert columns(row, "delivered", "edtf", "text", "earliest", "latest") == ["", "", None, None]
    assert columns(row, "value", "low", "high", "text", "currency", "basis") == [None, None, "", "", ""]
    assert columns(row, "quantity_delivered", "text", "approximate") == ["", False]


@pytest.mark.parametrize(
    "value",
    [
        "soon",
        "",
        "2021-13",
        2021,
        Decimal(2021),
        ["2021"],
        {"text": "soon"},
        {"edtf": "2021", "year": 2021},
        {"edtf": "2021", "text": 2021},
        {"edtf": None},
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(value):
    """YAML and forms hand over numbers, lists and mappings: each is told apart from a date."""
    row = Transfer()
    with pytest.raises(DateError, match=r"\.$"):
        row.delivered = value
    assert row.delivered is None


@pytest.mark.parametrize(
    "value", ["many", -1, float("nan"), True, [1], {"low": 3, "high": 2}, {"least": 2}, {}, {"low": 10**30}]
)
def test_what_is_no_number_is_refused_with_a_sentence(value):
    row = Transfer()
    with pytest.raises(NumberError, match=r"\.$"):
        row.quantity_ordered = value


@pytest.mark.parametrize(
    "value", [5, {"low": 5}, {"currency": "USD"}, {"low": 5, "currency": "usd"}, VagueNumber.exact(5)]
)
def test_what_is_no_sum_is_refused_with_a_sentence(value):
    """No currency is invented."""
    row = Transfer()
    with pytest.raises(NumberError, match=r"\.$"):
        row.value = value


def test_a_group_of_one_row_is_not_that_of_another():
    """The attribute belongs to the class, its value to the row."""
    one, other = Figure(), Figure()
    one.period = "2021"
    one.value = {"low": 5, "currency": "USD"}
    assert isinstance(one.period, VagueDate)
    assert (other.period, other.value) == (None, None)
