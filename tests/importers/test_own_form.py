"""Our own form: somebody with a spreadsheet can add a register, and is told what each column holds."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from armsdb import actions
from armsdb.importers import COLUMNS, FileRefused
from armsdb.models import Transfer

from .reading import changed_copy, line, take_in


def test_a_table_comes_in(seeded) -> None:
    report = take_in("own.csv", "armsdb", dataset="notes")
    assert (report.read, report.refusals, report.counts["new"]) == (4, [], 4)
    kestrel = line("notes", "Kestrel-7")
    assert (kestrel.supplier.public_id, kestrel.recipient.public_id) == ("russia", "myanmar")
    assert (kestrel.ordered.edtf, kestrel.delivered.edtf) == ("2015?", "{2017,2019}")
    assert (kestrel.quantity_ordered.low, kestrel.quantity_ordered.approximate) == (24, True)
    assert (kestrel.quantity_delivered.low, kestrel.status) == (0, "ordered")
    value = kestrel.value
    assert (str(value.low), value.currency, value.basis) == ("1234567.50", "USD", "contract")
    assert (kestrel.citations.get().locator, kestrel.comment) == ("page 12", "As told, twice")
    assert list(actions.differences()) == []


def test_what_is_not_told_is_not_made_up(seeded) -> None:
    take_in("own.csv", "armsdb", dataset="notes")
    arrow = line("notes", "Arrow 2")
    assert (arrow.supplier_known, arrow.supplier, arrow.status, arrow.value) == ("unknown", None, "unknown", None)
    assert (arrow.quantity_ordered.low, arrow.quantity_ordered.approximate) == (None, True)
    assert arrow.quantity_delivered is None


def test_two_rows_alike_are_two_and_the_same_again_is_nothing(seeded) -> None:
    take_in("own.csv", "armsdb", dataset="notes")
    assert Transfer.objects.filter(dataset__public_id="notes", equipment__name="Heron 9").count() == 2
    report = take_in("own.csv", "armsdb", dataset="notes")
    assert (report.counts["same"], report.counts["new"], report.counts["changed"]) == (4, 0, 0)


def test_json_lines_say_the_same(seeded) -> None:
    report = take_in("own.jsonl", "armsdb", dataset="notes")
    assert (report.read, report.counts["new"]) == (2, 2)
    assert Transfer.objects.get(dataset__public_id="notes", key="A-1").quantity_delivered.low == 3


@pytest.mark.parametrize(
    ("old", "new", "column", "said"),
    [
        ("2015?", "20155", "Ordered", "20155"),
        ("(24)", "two dozen", "Quantity ordered", "It is no number"),
        (",5,Delivered,", ",5,sent,", "Status", "It is one of negotiated"),
        ("USD", "", "Currency", "A currency is a code"),
        ("1234567.50", "", "Value", "needs its sum"),
        ("Myanmar", "Myanmer", "Recipient", "No state"),
        ("Arrow 2", "", "Designation", "1 to 150 letters"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused(
    seeded, tmp_path: Path, old: str, new: str, column: str, said: str
) -> None:
    report = take_in(changed_copy(tmp_path, "own.csv", (old, new), encoding="utf-8"), "armsdb", dataset="notes")
    told = next(refusal for refusal in report.refusals if refusal.column == column)
    assert said in told.reason
    assert not report.written


def test_one_key_twice_and_unsound_lines_are_refused(seeded, tmp_path: Path) -> None:
    path = changed_copy(tmp_path, "own.jsonl", ("A-2", "A-1"), encoding="utf-8")
    assert len(take_in(path, "armsdb", dataset="notes").refusals) == 2
    for text in ('{"supplier": "Russia",', '{"shoe size": 3}'):
        path.write_text(f'{{"supplier": "India", "recipient": "Myanmar", "designation": "X-1"}}\n{text}\n', "utf-8")
        (refusal,) = take_in(path, "armsdb", dataset="notes").refusals
        assert (refusal.record.line, refusal.column) == (2, "")


def test_a_column_that_is_missing_or_unknown_is_named(seeded, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("Suplier,Recipient,Designation\nRussia,Myanmar,X\n", "utf-8")
    with pytest.raises(FileRefused, match="missing: “supplier”; unknown: “Suplier”"):
        take_in(path, "armsdb")


def test_the_command_prints_every_column() -> None:
    out = StringIO()
    call_command("import_register", "columns", stdout=out)
    assert [text.split("  ")[0].strip() for text in out.getvalue().splitlines()] == list(COLUMNS)
    with pytest.raises(CommandError, match="Which file"):
        call_command("import_register", "armsdb")
