"""The transfers in memory answer as the database does, whatever is asked, and follow every write."""

from typing import Any

import numpy as np
import pytest
from django.http import QueryDict
from django.utils import timezone

from armsdb import actions
from armsdb.filters import TransferFilterSet
from armsdb.lib.vocab import State
from armsdb.models import Country, RecordMove, Transfer
from armsdb.models.column_rows import WORDS, read
from armsdb.models.columns import Columns, columns
from armsdb.models.memory import View
from tests import factories

from .test_facets import QUESTIONS

pytestmark = pytest.mark.usefixtures("registers", "db")

REASON = "For a test."


def question(text: str) -> TransferFilterSet:
    return TransferFilterSet(QueryDict(text), queryset=Transfer.objects.published())


@pytest.mark.keeps_memory
@pytest.mark.parametrize(
    "ordering", ["date", "-date", "value", "-value", "name", "-name", "-ordered", "delivered", "-updated"]
)
@pytest.mark.parametrize("text", QUESTIONS)
def test_what_answers_is_what_the_database_gives(text: str, ordering: str) -> None:
    asked = question(f"{text}&ordering={ordering}")
    wanted = list(asked.rows.values_list("pk", flat=True))
    answer = asked.answer
    assert answer.count() == len(wanted)
    assert answer[0 : len(wanted) + 5] == wanted
    assert answer[3:10] == wanted[3:10]
    assert set(answer.datasets()) == set(asked.rows.order_by().values_list("dataset", flat=True))


@pytest.mark.keeps_memory
@pytest.mark.parametrize("ordering", ["date", "-date"])
@pytest.mark.parametrize("text", ["", "supplier=russia", "undated=only", "year_from=1980&undated=include"])
def test_what_comes_after_a_row_is_the_rest(text: str, ordering: str) -> None:
    answer = question(f"{text}&ordering={ordering}").answer
    wanted = answer[0:1000]
    for place, key in enumerate(wanted):
        row = Transfer.objects.values_list("when_earliest", "when_latest").get(pk=key)
        assert tuple(answer.ordered_by(key)) == row
        assert answer.after([*row, key], 4) == wanted[place + 1 : place + 5]


@pytest.mark.keeps_memory
def test_after_a_row_that_went_comes_what_came_after_it() -> None:
    """Guards a walk against stopping or repeating where its last row was withdrawn meanwhile."""
    wanted = question("").answer[0:20]
    gone = Transfer.objects.get(pk=wanted[7])
    actions.withdraw(record=gone, reason=REASON)
    assert question("").answer.after([gone.when_earliest, gone.when_latest, gone.pk], 5) == wanted[8:13]


def told(kept: Columns) -> dict[str, list[Any]]:
    """All that columns hold, words in place of their codes."""
    found = {name: column.tolist() for name, column in kept._by_name.items()}
    found |= {name: column.column().tolist() for name, column in kept._years.items()}
    for name, codes in kept._words.items():
        words = {code: word for word, code in codes.items()}
        found[name] = [words[code] for code in found[name]]
    return found


@pytest.mark.keeps_memory
def test_what_moved_is_read_anew_alone(django_assert_num_queries) -> None:
    """Guards the mending of the columns: after each write they are as if all had been read, for three queries."""
    columns()
    made = factories.transfer("T1")
    other = factories.country("Thirdland")
    undated = Transfer.objects.filter(when_earliest=None).first()
    assert undated is not None
    writes = [
        lambda: actions.put(model=Transfer, public_id=made.public_id, values={"supplier": other}, reason=REASON),
        lambda: actions.put(model=Transfer, public_id=made.public_id, values={"ordered": "1950"}, reason=REASON),
        lambda: actions.put(model=Transfer, public_id=undated.public_id, values={"talked": "1999/2001"}, reason=REASON),
        lambda: actions.withdraw(record=Transfer.objects.get(pk=made.pk), reason=REASON),
        lambda: factories.transfer("T2"),
    ]
    columns()
    for write in writes:
        write()
        with django_assert_num_queries(3):  # the version, what moved since, and those transfers
            kept = columns()
        assert told(kept) == told(Columns.read())


@pytest.mark.keeps_memory
@pytest.mark.keeps_memory
def test_a_key_that_is_larger_than_all_before_is_kept_whole() -> None:
    """Guards columns that are as narrow as their numbers let them be, when a number comes that has no room in them."""
    before = columns()
    large = Country.objects.create(pk=70_001, public_id="large", name="Large", state=State.PUBLISHED)
    fact = Transfer.objects.published().filter(supplier__isnull=False)[0]
    Transfer.objects.filter(pk=fact.pk).update(supplier=large)
    after = before.renewed([fact.pk])
    assert before.counts("supplier", None).get(large.pk) is None
    assert after.counts("supplier", None)[large.pk] == 1
    assert after.having("supplier", [large.pk]).sum() == 1
    assert not before.having("supplier", [large.pk]).any()


@pytest.mark.parametrize("lost", ["many", "too long ago"])
def test_where_it_is_not_known_what_moved_all_is_read(lost: str) -> None:
    columns()
    made = factories.transfer("T1")
    if lost == "many":
        RecordMove.objects.update(record_id=None)
    else:
        RecordMove.objects.exclude(number=RecordMove.objects.latest("number").number).delete()
    Transfer.objects.filter(pk=made.pk).update(when_earliest=timezone.now().date(), when_latest=timezone.now().date())
    assert told(columns()) == told(Columns.read())


@pytest.mark.keeps_memory
def test_an_answer_that_began_earlier_reads_nothing_anew(django_assert_num_queries) -> None:
    """Guards against reading a million rows again for each answer that an edit overtakes."""
    columns()
    before = View().memory
    factories.transfer("T1")
    now = columns()
    with django_assert_num_queries(1):  # the version that there is
        assert columns(before) is now
    with django_assert_num_queries(1):
        assert columns() is now


@pytest.mark.keeps_memory
def test_the_log_of_moves_is_kept_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RecordMove, "KEPT", 3)
    for number in range(6):
        factories.transfer(f"T{number}")
    last = RecordMove.objects.latest("number").number
    assert RecordMove.objects.order_by("number")[0].number >= last - 3


@pytest.mark.keeps_memory
def test_there_may_be_more_currencies_than_a_byte_has_numbers() -> None:
    """Guards every page: of a column that cannot hold its words none would come any more, after a restart neither."""
    keys = list(Transfer.objects.published().order_by("pk").values_list("pk", flat=True)[:3])
    codes = [f"{first}{second}X" for first in "ABCDEFGHIJKLMNOPQR" for second in "ABCDEFGHIJKLMNOPQR"]
    words: dict[str, dict[Any, int]] = {name: {} for name in WORDS}
    words["value_currency"] = {code: place for place, code in enumerate(codes)}
    for key, code in zip(keys, ("RRX", "RQX", "ZZX"), strict=True):
        Transfer.objects.filter(pk=key).update(value_low=5, value_high=5, value_currency=code)
    told = read(Transfer.objects.published(), words)
    kept = Columns(words, told)
    for key, code in zip(keys, ("RRX", "RQX", "ZZX"), strict=True):
        assert kept.having("value_currency", [code])[kept.at(np.array([key]))].all()
    assert kept.counts("value_currency", None)["ZZX"] == 1
    renewed = kept.renewed(keys)
    assert renewed.counts("value_currency", None) == kept.counts("value_currency", None)
