"""What came into the database by another way than the actions is told by `manage.py check_integrity`."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from armsdb import actions, search
from armsdb.models import (
    Alias,
    Citation,
    Country,
    DataVersion,
    Delivery,
    FormerId,
    Organisation,
    SearchEntry,
    SearchName,
    Source,
    Transfer,
)
from tests import factories

#: The fact that most cases break.
FACT = "test-t1"


@pytest.fixture
def world(empty) -> None:
    """A small sound database: every kind of record, parts, a withdrawn, a merged and a renamed record, a draft."""
    for make in factories.MAKERS.values():
        make()
    one = factories.country("Alike", parts={"aliases": [{"name": "Byname"}]})
    two = factories.country("Same")
    actions.merge(record=two, into=one, reason="The same.")
    actions.withdraw(record=factories.country("Gone"), reason="It was none.")
    actions.rename(record=factories.country("Moved"), public_id="test-new", reason="Better.")
    factories.country("Draft", published=False)
    parts = {
        "companies": [{"company": factories.organisation(), "role": "producer"}],
        "deliveries": [{"date": "2021", "quantity": 3}],
    }
    values = {"delivered": "2021", "quantity_delivered": 3, "value": {"low": 5, "currency": "USD"}}
    factories.transfer("T2", citations=[{}, {"locator": "2", "stance": "denies"}], parts=parts, **values)


def found() -> list[str]:
    return list(actions.differences())


def test_what_the_actions_leave_is_sound(world, capsys: pytest.CaptureFixture[str]) -> None:
    """Guards against a check that cries wolf, and would be read by nobody."""
    assert found() == []
    call_command("check_integrity")
    assert capsys.readouterr().out.startswith("Sound: ")


def test_the_seed_is_sound(seeded) -> None:
    """Guards the seed, which is loaded through the actions and has every kind of value."""
    assert found() == []


def change(model: Any, public_id: str, /, **values: Any) -> None:
    assert model.objects.filter(public_id=public_id).update(**values) == 1


def sql(statement: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def unchecked(table: str, constraint: str, statement: str, *parameters: Any) -> None:
    """Run what a constraint forbids, as a database without it would."""
    if connection.vendor == "sqlite":
        sql("PRAGMA ignore_check_constraints = 1")
        sql(statement, *parameters)
        sql("PRAGMA ignore_check_constraints = 0")
    else:
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        sql(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"')
        sql(statement, *parameters)


def one_code_twice() -> None:
    sql("SET CONSTRAINTS ALL IMMEDIATE" if connection.vendor == "postgresql" else "SELECT 1")
    sql("DROP INDEX country_alpha_2")
    change(Country, "test-testland", alpha_2="XX")
    change(Country, "test-otherland", alpha_2="xx")


CASES: dict[str, tuple[Callable[[], Any], str]] = {
    "another grade": (
        lambda: change(Transfer, FACT, evidence="documented"),
        "transfer test-t1: its evidence is “documented”, and its citations make it “reported”.",
    ),
    "another reason of the grade": (
        lambda: change(Transfer, FACT, evidence_reason="Because."),
        "transfer test-t1: the reason of its evidence is “Because.”, and should be “Reported by Test Times.”.",
    ),
    "a passage that says otherwise": (
        lambda: change(Citation, "test-t1-c1", stance="denies"),
        "transfer test-t1: it is published, and no published passage supports it.",
    ),
    "a passage taken back": (
        lambda: change(Citation, "test-t1-c1", state="withdrawn", state_reason="x"),
        "transfer test-t1: it is published, and no published passage supports it.",
    ),
    "a passage moved": (
        lambda: change(Citation, "test-t1-c1", transfer=Transfer.objects.get(public_id="test-t2")),
        "citation test-t1-c1: its id is not that of a citation of test-t2.",
    ),
    "a title": (
        lambda: change(Transfer, FACT, name="Nonsense"),
        "transfer test-t1: name is “Nonsense”, and should be “Test-1, Testland to Otherland”.",
    ),
    "a name that titles are made of": (
        lambda: change(Country, "test-testland", name="Elsewhere"),
        "transfer test-t1: name is “Test-1, Testland to Otherland”, and should be “Test-1, Elsewhere to Otherland”.",
    ),
    "a folded name": (
        lambda: change(Country, "test-testland", name_key="x"),
        "country test-testland: name_key is “x”, and should be “testland”.",
    ),
    "a folded other name": (lambda: Alias.objects.update(name_key="x"), "name_key is “x”, and should be “byname”."),
    "a category": (
        lambda: change(Transfer, FACT, category="artillery"),
        "transfer test-t1: category is “artillery”, and should be “battle-tanks”.",
    ),
    "a main date": (
        lambda: change(Transfer, "test-t2", when_latest="2020-01-01"),
        "transfer test-t2: when_latest is “2020-01-01”, and should be “2021-12-31”.",
    ),
    "the bounds of a date": (
        lambda: change(Transfer, "test-t2", delivered_latest="2022-01-01"),
        "transfer test-t2: delivered_latest is “2022-01-01”, and should be “2021-12-31”.",
    ),
    "a date that is none": (
        lambda: change(Transfer, "test-t2", delivered_edtf="soon"),
        "transfer test-t2: delivered: ",
    ),
    "a date of a part": (
        lambda: Delivery.objects.update(date_precision="day"),
        "date_precision is “day”, and should be “year”.",
    ),
    "a word of no vocabulary": (
        lambda: change(Transfer, FACT, status="maybe"),
        "transfer test-t1: status: Value 'maybe' is not a valid choice.",
    ),
    "an id that fits no address": (
        lambda: change(Country, "test-testland", public_id="Test Land"),
        "country Test Land: public_id: An id is made of lower-case letters, digits and single hyphens.",
    ),
    "an address that runs scripts": (
        lambda: change(Source, "test-test-article", url="javascript:alert(1)"),
        "source test-test-article: url: Enter a valid URL.",
    ),
    "a place that the document has not": (
        lambda: change(Source, "test-test-article", locator_prefix="A", locator_count=3),
        "citation test-t1-c1: “Test article” has no place 1.",
    ),
    "a field that no passage can tell": (
        lambda: change(Citation, "test-t1-c1", reported={"colour": "red"}),
        "citation test-t1-c1: reported: A transfer has no field “colour”.",
    ),
    "a change without a trace": (
        lambda: change(Country, "test-testland", summary="Nonsense."),
        "country test-testland: summary changed without a history row.",
    ),
    "a record without a history": (
        lambda: Country(public_id="x", name="X", name_key="x").save_base(raw=True),
        "country x: it has no history.",
    ),
    "a record that is gone without a trace": (
        lambda: sql("DELETE FROM armsdb_country WHERE public_id = 'test-draft'"),
        "country test-draft: it is gone, and its history does not say so.",
    ),
    "a hidden party": (
        lambda: change(Country, "test-testland", state="draft"),
        "transfer test-t1: readers see it, and it names country test-testland, which is not published.",
    ),
    "a hidden company": (
        lambda: change(Organisation, "test-test-works", state="draft"),
        "transfer test-t2: readers see it, and it names organisation test-test-works, which is not published.",
    ),
    "a hidden publisher": (
        lambda: change(Organisation, "test-test-times", state="draft"),
        "source test-test-article: readers see it, and it names organisation test-test-times, which is not published.",
    ),
    "a hidden document": (
        lambda: change(Source, "test-test-article", state="draft"),
        "citation test-t1-c1: readers see it, and it names source test-test-article, which is not published.",
    ),
    "a merger in a circle": (
        lambda: change(Country, "test-alike", state="merged", merged_into=Country.objects.get(public_id="test-same")),
        "country test-alike: it is merged in a circle and leads nowhere.",
    ),
    "a withdrawn record without a reason": (
        lambda: unchecked(
            "armsdb_country",
            "country_state_told",
            "UPDATE armsdb_country SET state_reason = '' WHERE public_id = 'test-gone'",
        ),
        "country test-gone: A withdrawn record needs a reason, and a merged one the record that it is part of.",
    ),
    "a number below nothing": (
        lambda: unchecked(
            "armsdb_transfer",
            "transfer_quantity_delivered_bounds",
            "UPDATE armsdb_transfer SET quantity_delivered_low = -1 WHERE public_id = 'test-t2'",
        ),
        "transfer test-t2: “quantity_delivered” must not be negative, nor its lower bound above its upper one.",
    ),
    "a code that two states have": (one_code_twice, "country: 2 rows have xx, which may stand once."),
    "a former id that leads nowhere": (
        lambda: FormerId.objects.update(current="nowhere"),
        "country test-moved: the former id leads to nowhere, which is not there.",
    ),
    "a former id of no kind": (
        lambda: FormerId.objects.update(type="ship"),
        "ship test-moved: a former id of no kind of record.",
    ),
    "a former id that is used": (
        lambda: FormerId.objects.update(former="test-testland"),
        "country test-testland: the former id is that of a record as well.",
    ),
    "a data version that is missing": (
        lambda: DataVersion.objects.filter(type="transfer").delete(),
        "transfer: records are published, and there is no data version.",
    ),
    "a data version that stands still": (
        lambda: DataVersion.objects.filter(type="all").update(number=1),
        "The data version of all records is older than that of a kind.",
    ),
    "an entry that is missing": (
        lambda: SearchEntry.objects.filter(public_id=FACT).delete(),
        "transfer test-t1: the search index lacks it.",
    ),
    "an entry that is wrong": (
        lambda: SearchEntry.objects.filter(public_id=FACT).update(text="nonsense"),
        "transfer test-t1: the search index tells it wrongly (text).",
    ),
    "an entry of a draft": (
        lambda: change(Country, "test-otherland", state="draft"),
        "country test-otherland: the search index has it, and it is not published.",
    ),
    "an entry of no kind": (
        lambda: SearchEntry.objects.filter(public_id=FACT).update(type="stranger"),
        "stranger test-t1: the search index has it, and there is no such kind of record.",
    ),
    "a name that is missing": (
        lambda: SearchName.objects.filter(name="Byname").delete(),
        "country test-alike: the search index tells it wrongly (other names).",
    ),
    "a name in the wrong place among suggestions": (
        lambda: SearchName.objects.filter(name="Byname").update(rank=0),
        "country test-alike: the search index tells it wrongly (other names).",
    ),
    "a name that nobody could mistype": (
        lambda: SearchName.objects.filter(name="Byname").update(word="", head="", middle="", tail=""),
        "country test-alike: the search index tells it wrongly (other names).",
    ),
}


@pytest.mark.walk
def test_what_was_broken_is_told(world) -> None:
    """Guards readers against what no action would have let in: each fault is told in a sentence."""
    untold = {}
    for case, (breaks, sentence) in CASES.items():
        with transaction.atomic():
            breaks()
            told = found()
            transaction.set_rollback(True)
        if not any(sentence in line for line in told):
            untold[case] = told
    assert untold == {}
    assert found() == []


def test_a_reference_to_nothing_is_told(world) -> None:
    """Guards against deletions with a tool that does not look at references."""
    with transaction.atomic():
        sql("DELETE FROM armsdb_country WHERE public_id = 'test-testland'")
        told = found()
        transaction.set_rollback(True)
    pattern = r"transfer test-t1: supplier refers to row \d+, which is not there\."
    assert [line for line in told if re.fullmatch(pattern, line)], told


def test_an_engine_that_lost_its_words_is_told(world) -> None:
    """Guards search after a copy gone wrong; PostgreSQL keeps its column by itself."""
    if connection.vendor == "sqlite":
        sql("INSERT INTO armsdb_searchentry_fts(armsdb_searchentry_fts) VALUES ('delete-all')")
        assert found() == ["The full-text index does not agree with its entries."]
    search.rebuild()
    assert found() == []


def test_an_unsound_database_ends_with_one(world, capsys: pytest.CaptureFixture[str]) -> None:
    """Guards whoever runs the check by the clock: exit status and count."""
    change(Transfer, FACT, evidence="documented")
    with pytest.raises(CommandError, match=r"^Differences from the rules: \d+\.$") as error:
        call_command("check_integrity")
    assert error.value.returncode == 1
    assert "transfer test-t1: its evidence is" in capsys.readouterr().out


def test_the_questions_do_not_grow_with_the_rows(world) -> None:
    """Guards a million rows: what is asked is asked of batches, not of rows."""
    with CaptureQueriesContext(connection) as before:
        found()
    for number in range(20):
        factories.transfer(f"More{number}", equipment=factories.equipment(f"More {number}"))
    with CaptureQueriesContext(connection) as after:
        assert found() == []
    assert len(after) <= len(before)
