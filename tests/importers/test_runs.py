"""A run is a promise: all or nothing, the same file is nothing, a later edition is exactly what it changes."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from armsdb import actions
from armsdb.importers import IMPORTERS, FileRefused, Options, import_register
from armsdb.importers import base as importing
from armsdb.models import Citation, Dataset, Delivery, Equipment, ImportRun, Organisation, Transfer
from armsdb.models.changes import changes_of
from armsdb.models.data_versions import newest_of, versions

from .plain import difference, doubts, rows_of
from .reading import SAMPLES, changed_copy, line, refused_rows, take_in

pytestmark = pytest.mark.django_db

FALCON = "900001,Brazil,Afghanistan,Falcon-1 -,trainer aircraft,Aircraft,2017,No,6,Yes,2018,No,New,4.5,4.5,27,No\n"


def test_the_same_file_again_changes_nothing(seeded) -> None:
    """Guards equal rows above all, which have to meet themselves again."""
    for name in ("sipri_17.csv", "sipri_16.csv"):
        first = take_in(name)
        version = newest_of(versions(), ["transfer", "equipment", "country"])
        history = Transfer.history.count()
        second = take_in(name)
        assert second.sentence() == f"0 new, 0 changed, 0 withdrawn, {first.counts['new']} same, 0 refused"
        assert newest_of(versions(), ["transfer", "equipment", "country"]) == version
        assert Transfer.history.count() == history


def test_what_an_import_writes_is_sound(seeded, tmp_path: Path) -> None:
    """Guards grades, titles, index and versions of rows written in bulk, and those of rows changed and withdrawn so."""
    take_in("sipri_17.csv")
    take_in(changed_copy(tmp_path, "sipri_17.csv", (FALCON, ""), (",3,Yes,2004", ",4,Yes,2004")))
    assert list(actions.differences()) == []
    Transfer.objects.filter(key="900002").update(comment="Changed from outside.")
    assert any("sipri-17-900002" in told and "no history" in told for told in actions.differences())


def test_a_later_edition_changes_what_changed_and_says_so(seeded, tmp_path: Path) -> None:
    take_in("sipri_17.csv")
    new = FALCON.replace("900001", "900099").replace("Falcon-1", "Falcon-2")
    later = changed_copy(
        tmp_path, "sipri_17.csv", (FALCON, new), (",3,Yes,2004", ",4,Yes,2004"), ("3 Feb 2025", "4 Mar 2026")
    )
    report = take_in(later.rename(tmp_path / "later.csv"))
    assert report.sentence() == "1 new, 1 changed, 1 withdrawn, 8 same, 0 refused"
    deal = Transfer.objects.get(key="900003")
    assert deal.quantity_delivered.low == 7
    assert [row.quantity_delivered_low for row in deal.history.order_by("history_id")] == [6, 7]
    gone = Transfer.objects.get(key="900001")
    assert (gone.state, gone.state_reason) == ("withdrawn", "The edition 2026-03-04 does not have it any more.")
    assert Dataset.objects.get(public_id="sipri-17").version == "2026-03-04"
    assert [len(change.steps) > 0 for change in changes_of(deal)] == [True, True]
    back = take_in("sipri_17.csv")
    assert back.sentence() == "0 new, 2 changed, 1 withdrawn, 8 same, 0 refused"
    assert Transfer.objects.get(key="900001").state == "published"


def test_the_next_edition_reports_what_a_plain_comparison_finds(seeded, tmp_path: Path) -> None:
    """Guards keys of 16 columns: what is not known is written otherwise, a deal comes twice, another moves."""
    take_in("sipri_16.csv")
    twice = "Algeria,Russia,2013,?,75,?,9M7 Falke"
    later = changed_copy(
        tmp_path,
        "sipri_16.csv",
        ("3 Feb 2025", "4 Mar 2026"),
        ("2022,,,,Gannet,anti-ship missile,5,,2024", "2022,,0,,Gannet,anti-ship missile,5,,2024"),
        ("Osprey-H,UAV", "Osprey-H,armed UAV"),
        ("Rook ,tank,10", "Rook,tank,9"),
        ("Biafra,France,1969", "Biafra,France,1968"),
        (twice, f"{twice},surface-to-surface missile,2,,2020,New,,1,75,2\n{twice}"),
    )
    told = difference(rows_of(SAMPLES / "sipri_16.csv"), rows_of(later))
    report = take_in(later)
    assert (report.counts["new"], report.counts["withdrawn"]) == (told.new, told.gone) == (2, 1)
    assert report.counts["changed"] + report.counts["same"] == told.both == 17
    assert report.counts["same"] == told.same
    lines = Transfer.objects.filter(dataset__public_id="sipri-16", state="published")
    kept = (
        lines.filter(ordered_edtf__endswith="?"),
        lines.filter(quantity_ordered_approximate=True),
        lines.filter(quantity_delivered_approximate=True),
    )
    assert [found.count() for found in kept] == doubts(rows_of(later))


ROOKS = [f"Germany,United States,1983,,{n},,Rook,tank,{n},,1984,New,,2,{2 * n},{2 * n}\n" for n in (10, 20, 30)]


def of_rooks(tmp_path: Path, *rows: str) -> Path:
    """The sample of 16 columns with these rows alone."""
    above, header, rest = (SAMPLES / "sipri_16.csv").read_text("cp1252").partition("Recipient,Supplier")
    path = tmp_path / "rooks.csv"
    path.write_text(above + header + rest.splitlines(keepends=True)[0] + "".join(rows), "cp1252")
    return path


def test_deals_that_share_a_key_and_change_places_are_the_same(seeded, tmp_path: Path) -> None:
    """Guards the numbers of equal keys: they follow what rows say, and not where they stand."""
    one, two, three = ROOKS
    take_in(of_rooks(tmp_path, one, two, three))
    rooks = Transfer.objects.filter(equipment__name="Rook")
    told = dict(rooks.values_list("key", "quantity_ordered_low"))
    assert set(told.values()) == {10, 20, 30}
    for rows in ((three, one, two), (two, three, one)):
        assert take_in(of_rooks(tmp_path, *rows)).sentence() == "0 new, 0 changed, 0 withdrawn, 3 same, 0 refused"
    otherwise = two.replace("20,", "25,", 1)
    report = take_in(of_rooks(tmp_path, three, otherwise, one))
    assert report.sentence() == "0 new, 1 changed, 0 withdrawn, 2 same, 0 refused"
    assert dict(rooks.values_list("key", "quantity_ordered_low")) == {
        key: 25 if number == 20 else number for key, number in told.items()
    }
    assert (
        take_in(of_rooks(tmp_path, otherwise, three)).sentence() == "0 new, 0 changed, 1 withdrawn, 2 same, 0 refused"
    )


def test_things_that_share_a_designation_are_not_asked_for_one_by_one(seeded, tmp_path: Path) -> None:
    """Guards an import of a million rows: one designation of two kinds takes as many queries of equipment as twenty."""

    def asked(names: list[str]) -> int:
        kinds = ((ROOKS[0], "anti-ship missile"), (ROOKS[1], "patrol craft"))
        rows = [row.replace("Rook,tank", f"{name},{kind}") for name in names for row, kind in kinds]
        with CaptureQueriesContext(connection) as queries:
            take_in(of_rooks(tmp_path, *rows))
        assert Equipment.objects.filter(name=f"{names[-1]} (patrol craft)").exists()
        return sum('SELECT "armsdb_equipment"' in query["sql"] for query in queries)

    take_in(of_rooks(tmp_path, ROOKS[0]))  # makes the dataset
    assert asked(["Alone"]) == asked([f"Gale {number}" for number in range(20)])


def test_a_thing_that_shares_its_designation_is_the_same_by_another_word(seeded, tmp_path: Path) -> None:
    """Guards against two records of one kind of ship, since an edition says boat where the last one said craft."""
    missile = ROOKS[0].replace("Rook,tank", "Storm,anti-ship missile")
    craft = ROOKS[1].replace("Rook,tank", "Storm,patrol craft")
    take_in(of_rooks(tmp_path, missile, craft))
    report = take_in(of_rooks(tmp_path, missile, craft.replace("patrol craft", "patrol boat")))
    assert report.sentence() == "0 new, 0 changed, 0 withdrawn, 2 same, 0 refused"
    names = Equipment.objects.filter(name__startswith="Storm").values_list("name", flat=True).order_by("pk")
    assert list(names) == ["Storm", "Storm (patrol craft)"]
    with_brackets = take_in(of_rooks(tmp_path, missile, craft.replace("patrol craft", "(armed) trainer aircraft")))
    assert with_brackets.counts["changed"] == 1
    assert Equipment.objects.filter(name="Storm (armed trainer aircraft)").exists()


def test_a_row_that_nobody_changed_tells_readers_of_its_import(seeded) -> None:
    take_in("sipri_17.csv")
    [first] = changes_of(Transfer.objects.get(key="900001"))
    assert first.why == "Imported from sipri_17.csv."


def test_the_order_of_rows_and_the_spelling_of_names_change_nothing(seeded, tmp_path: Path) -> None:
    """Guards keys: equal keys are matched by what the rows say, and names by whom they mean."""
    take_in("sipri_16.csv")
    head, *rows = (SAMPLES / "sipri_16.csv").read_bytes().decode("cp1252").partition("delivered weapons\n")[::2]
    lines = rows[0].splitlines()
    broken = lines[1:3]
    text = head + "delivered weapons\n" + "\n".join([*reversed(lines[3:]), *broken, lines[0]]) + "\n"
    copy = tmp_path / "other.csv"
    copy.write_bytes(text.replace("Cote d'Ivoire", "Côte d’Ivoire").replace("Rook ,", "Rook,").encode("cp1252"))
    assert take_in(copy).sentence() == "0 new, 0 changed, 0 withdrawn, 18 same, 0 refused"


def test_what_the_desk_changed_stays_while_the_register_says_the_same(seeded) -> None:
    take_in("sipri_17.csv")
    actions.put(model=Transfer, public_id="sipri-17-900001", values={"comment": "Looked up."}, reason="A correction.")
    assert take_in("sipri_17.csv").counts["changed"] == 0
    deal = Transfer.objects.get(key="900001")
    assert deal.comment == "Looked up."
    assert [row.history_type for row in deal.history.order_by("history_id")] == ["+", "~"]


def test_a_file_withdraws_nothing_beyond_what_it_covers(seeded, tmp_path: Path) -> None:
    """Guards the rest of a register against a file that was cut to one country or to some years."""
    take_in("sipri_17.csv")
    only_france = changed_copy(tmp_path, "sipri_17.csv", ("from All countries ", "from France "), (FALCON, ""))
    assert take_in(only_france).counts["withdrawn"] == 0
    years = ("range 'Not specified' to 'Not specified'", "range '2003' to '2005'")
    heron_2006 = next(row for row in (SAMPLES / "sipri_17.csv").read_text().splitlines() if ",2006,No,New" in row)
    some_years = changed_copy(tmp_path, "sipri_17.csv", years, (FALCON, ""), (heron_2006 + "\n", ""))
    report = take_in(some_years)
    assert (report.counts["withdrawn"], report.counts["changed"]) == (0, 0)
    assert Delivery.objects.filter(transfer__key="900003").count() == 3
    no_scope = changed_copy(tmp_path, "sipri_17.csv", ("Deals with deliveries", "Some deliveries"), (FALCON, ""))
    assert take_in(no_scope).counts["withdrawn"] == 0
    assert take_in(no_scope, complete=True).counts["withdrawn"] == 1


@pytest.mark.parametrize("column", [0, 1])
def test_a_file_that_was_cut_to_one_state_takes_away_nothing_of_others(seeded, tmp_path: Path, column: int) -> None:
    """Guards the rest of a register against a file whose first line still says that it covers all."""
    above, header, rows = (SAMPLES / "sipri_17.csv").read_text().partition("Local production\n")
    deals = "".join(FALCON.replace("900001", f"9{number:05}") for number in range(100, 103))
    whole, cut = tmp_path / "whole.csv", tmp_path / "cut.csv"
    whole.write_text(above + header + rows + deals)
    name = FALCON.split(",")[column + 1]
    cut.write_text(
        above + header + "".join(f"{row}\n" for row in rows.splitlines() if row.split(",")[column + 1] == name)
    )
    take_in(whole)
    report = take_in(cut)
    assert (report.counts["withdrawn"], report.counts["new"], report.counts["changed"]) == (3, 0, 0)
    there = Transfer.objects.published().filter(dataset__public_id="sipri-17")
    assert {transfer.key for transfer in there} == {row.split(",")[0] for row in rows.splitlines()}


def test_a_file_that_was_cut_to_a_decade_takes_away_nothing_of_others(seeded, tmp_path: Path) -> None:
    """Guards older deals of a register against a file that has those of ten years alone."""
    above, header, rows = (SAMPLES / "sipri_16.csv").read_text(encoding="cp1252").partition("Recipient,Supplier,")
    first, *lines = rows.splitlines(keepends=True)
    of_a_decade = [line for line in lines if line.startswith(",") or re.search(r",20(1[6-9]|2\d),[?]?,", line[:60])]
    gone = next(line for line in of_a_decade if "Spear-148" in line)
    cut = tmp_path / "cut.csv"
    cut.write_text(above + header + first + "".join(of_a_decade).replace(gone, ""), encoding="cp1252")
    take_in("sipri_16.csv")
    assert take_in(cut).counts["withdrawn"] == 1
    assert not Transfer.objects.published().filter(dataset__public_id="sipri-16", equipment__name="Spear-148").exists()


def test_a_row_that_is_refused_is_not_gone(seeded, tmp_path: Path) -> None:
    """Guards what is there against a new edition in which its row cannot be read."""
    take_in("sipri_17.csv")
    bad = changed_copy(tmp_path, "sipri_17.csv", (",3,Yes,2004,Yes", ",many,Yes,2004,Yes"), (FALCON, ""))
    report = take_in(bad, allow_refusals=True)
    assert report.sentence() == "0 new, 0 changed, 1 withdrawn, 8 same, 3 refused"
    assert Transfer.objects.get(key="900003").state == "published"


def test_rows_that_cannot_be_read_are_told_and_nothing_is_written(seeded, tmp_path: Path) -> None:
    before = Transfer.objects.count(), Equipment.objects.count(), Dataset.objects.count()
    bad = changed_copy(
        tmp_path,
        "sipri_17.csv",
        ("900001,Brazil,", "900001,Brasilia,"),
        (",3,Yes,2004,Yes", ",many,Yes,2004,Yes"),
        (",159,Yes,2009", ",-159,Yes,2009"),
        (",3,No,2013", ",3,No,13"),
    )
    report = take_in(bad)
    told = [(one.record.line, one.column, one.value) for one in report.refusals if one.column]
    assert told == [
        (13, "Supplier", "Brasilia"),
        (16, "Numbers delivered", "many"),
        (20, "Numbers delivered", "-159"),
        (22, "Delivery year", "13"),
    ]
    assert report.refusals[0].nearest == "Brazil"
    assert (len(report.refusals), report.written) == (6, False)  # with the other rows of the deal
    assert (Transfer.objects.count(), Equipment.objects.count(), Dataset.objects.count()) == before


def test_a_run_that_wrote_nothing_is_kept_and_is_no_edition(seeded, tmp_path: Path) -> None:
    """Guards what later runs, readers and checks take for what the dataset has."""
    take_in("sipri_17.csv")
    before = newest_of(versions(), ["transfer", "dataset"]), Dataset.history.count()
    bad = changed_copy(
        tmp_path, "sipri_17.csv", (",3,Yes,2004,Yes", ",many,Yes,2004,Yes"), ("3 Feb 2025", "4 Mar 2026")
    )
    take_in(bad, dry_run=True)
    assert ImportRun.objects.count() == 1
    take_in(bad)
    run = ImportRun.objects.get(version=None)
    assert (run.meant_dataset, run.meant_edition, run.format) == ("sipri-17", "2026-03-04", "sipri-17")
    assert (run.counts["read"], run.counts["refused"], len(run.refusals)) == (12, 3, 3)
    dataset = Dataset.objects.get(public_id="sipri-17")
    assert (dataset.version, [edition.label for edition in dataset.versions.all()]) == ("2025-02-03", ["2025-02-03"])
    assert (newest_of(versions(), ["transfer", "dataset"]), Dataset.history.count()) == before
    assert list(actions.differences()) == []
    assert take_in("sipri_17.csv").counts["same"] == 10
    assert take_in(bad, allow_refusals=True).written


def test_a_file_that_is_refused_as_a_whole_is_a_run_too(seeded, tmp_path: Path) -> None:
    """Guards the desk against showing nothing of what somebody tried."""
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    for dry_run in (True, False):
        with pytest.raises(FileRefused, match="has no line with the columns"):
            take_in(path, dry_run=dry_run)
    run = ImportRun.objects.get()
    assert (run.file_name, run.is_written, run.dataset_name, run.counts) == (
        "other.csv",
        False,
        "not known",
        {"refused": 0},
    )
    assert run.counts_in_words == "Nothing was written: the file as a whole was refused."
    assert "has no line with the columns" in run.warnings[0][1]
    with pytest.raises(FileRefused):
        take_in(path, dataset="sipri-17")
    assert ImportRun.objects.filter(meant_dataset="sipri-17").count() == 1


def test_refusals_of_odd_letters_are_kept(seeded, tmp_path: Path) -> None:
    """Guards the record of a run against what PostgreSQL does not keep, also in the name of the file."""
    path = tmp_path / os.fsdecode(b"odd\xff.jsonl")
    path.write_text(json.dumps({"supplier": "France", "rec\x00ipient": "In\x00dia", "designation": "X"}))
    assert not take_in(path, "armsdb").written
    assert ImportRun.objects.get().file_name == "odd\ufffd.jsonl"


def test_refused_rows_can_be_mended_and_imported_again(seeded, tmp_path: Path) -> None:
    take_in("sipri_17.csv", dataset="whole")
    bad = changed_copy(tmp_path, "sipri_17.csv", (",3,Yes,2004,Yes", ",many,Yes,2004,Yes"))
    report = take_in(bad, dataset="mended", allow_refusals=True)
    assert (report.counts["new"], len(report.refusals)) == (9, 3)
    out = tmp_path / "refused.csv"
    report.write_refusals(out)
    assert [row["refused value"] for row in refused_rows(out)] == ["", "many", ""]
    out.write_text(out.read_text().replace(",many,Yes", ",3,Yes"))
    assert take_in(out, dataset="mended").sentence() == "1 new, 0 changed, 0 withdrawn, 0 same, 0 refused"
    totals = {(deal.quantity_delivered.low, deal.tiv_delivered) for deal in Transfer.objects.filter(key="900003")}
    assert len(totals) == 1


def test_a_dry_run_tells_the_same_and_writes_nothing(seeded) -> None:
    before = Transfer.objects.count(), Citation.objects.count(), Equipment.objects.count(), Organisation.objects.count()
    tried = take_in("sipri_17.csv", dry_run=True)
    assert not tried.written
    after = Transfer.objects.count(), Citation.objects.count(), Equipment.objects.count(), Organisation.objects.count()
    assert after == before
    assert take_in("sipri_17.csv").sentence() == tried.sentence()


def test_what_fails_half_way_leaves_nothing(seeded, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards against batches that are kept one by one."""
    before = Transfer.objects.count(), Equipment.objects.count()
    monkeypatch.setattr(importing, "BATCH", 4)

    def fail(line: int, lines: int) -> None:
        if line > 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_register(IMPORTERS["sipri"], SAMPLES / "sipri_16.csv", Options(), fail)
    assert (Transfer.objects.count(), Equipment.objects.count()) == before


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OperationalError("database or disk is full"),
            "The database failed, and nothing was written: database or disk",
        ),
        (OperationalError("server closed the connection\n unexpectedly"), "nothing was written: server closed"),
        (InterfaceError("connection already closed"), "nothing was written: connection already closed"),
        (OperationalError("database is locked"), "Something else is being written"),
    ],
    ids=["disk full", "gone", "closed", "locked"],
)
def test_a_database_that_fails_is_told_and_the_next_run_is_clean(seeded, error: Exception, said: str) -> None:
    """Guards against a traceback, and against half a register."""

    def fail(line: int, lines: int) -> None:
        raise error

    with pytest.raises(FileRefused, match=said):
        import_register(IMPORTERS["sipri"], SAMPLES / "sipri_16.csv", Options(), fail)
    assert not ImportRun.objects.exists()
    assert not Transfer.objects.filter(dataset__public_id="sipri-16").exists()
    assert take_in("sipri_16.csv").counts["new"] == 18


def test_a_second_import_at_once_is_told(seeded) -> None:
    """Guards against two runs that each think a row is new; SQLite has one writer by itself."""
    if connection.vendor == "sqlite":
        return
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [0x41524D53])
        with pytest.raises(FileRefused, match="Another import is running"):
            take_in("sipri_17.csv")
    finally:
        other.close()


def test_a_further_name_can_be_given(seeded, tmp_path: Path) -> None:
    bad = changed_copy(tmp_path, "sipri_17.csv", ("900001,Brazil,", "900001,Brasilia,"))
    names = tmp_path / "names.csv"
    names.write_text("name,id\nBrasilia,brazil\n")
    assert take_in(bad, names=names).refusals == []
    assert Transfer.objects.get(key="900001", supplier__public_id="brazil")
    names.write_text("name,id\nBrasilia,nowhere\n")
    with pytest.raises(FileRefused, match="line 2"):
        take_in(bad, names=names)


def test_a_later_export_in_other_years_keeps_what_it_does_not_cover(seeded, tmp_path: Path) -> None:
    """Guards deliveries of a deal that two exports tell in part: the sum of both is what is there."""
    heron_2006 = next(row for row in (SAMPLES / "sipri_17.csv").read_text().splitlines() if ",2006,No,New" in row)
    scope = "range 'Not specified' to 'Not specified'"
    take_in(changed_copy(tmp_path, "sipri_17.csv", (scope, "range '1950' to '2005'"), (heron_2006 + "\n", "")))
    text = (SAMPLES / "sipri_17.csv").read_text().replace(scope, "range '2006' to '2024'")
    head = text.partition("900001")[0]
    later = tmp_path / "later.csv"
    later.write_text(head + heron_2006 + "\n")
    take_in(later)
    deal = Transfer.objects.get(key="900003")
    assert (deal.tiv_delivered, deal.deliveries.count(), deal.delivered.edtf) == (60, 3, "{2003,2004?,2006}")


class TestCommand:
    """`manage.py import_register`."""

    def test_it_tells_the_counts_and_ends_well(self, seeded, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("import_register", "sipri", SAMPLES / "sipri_17.csv")
        out = capsys.readouterr()
        assert "10 new, 0 changed, 0 withdrawn, 0 same, 0 refused" in out.out
        assert "12 rows read" in out.out
        assert out.err == ""

    def test_json_is_one_object_in_the_last_line(self, seeded, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("import_register", "sipri", SAMPLES / "sipri_17.csv", "--json", "--dataset", "own-name")
        report = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert (report["new"], report["read"], report["refused"], report["dataset"]) == (10, 12, 0, "own-name")
        assert report["written"] is True
        assert Dataset.objects.get(public_id="own-name").terms == "quote"

    def test_refusals_have_a_status_of_their_own(self, seeded, tmp_path: Path) -> None:
        bad = changed_copy(tmp_path, "sipri_17.csv", ("900001,Brazil,", "900001,Brasilia,"))
        with pytest.raises(SystemExit) as nothing:
            call_command("import_register", "sipri", bad, "--refused", tmp_path / "out.csv")
        assert nothing.value.code == 2
        assert refused_rows(tmp_path / "out.csv")[0]["nearest known name"] == "Brazil"
        with pytest.raises(SystemExit) as some:
            call_command("import_register", "sipri", bad, "--allow-refusals")
        assert some.value.code == 1
        assert line("sipri-17", "Sling").state == "published"

    def test_refusals_that_cannot_be_written_are_told(
        self, seeded, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Guards the report of a run against the file that was to hold its refusals."""
        bad = changed_copy(tmp_path, "sipri_17.csv", ("900001,Brazil,", "900001,Brasilia,"))
        with pytest.raises(CommandError, match="cannot be written to") as refused:
            call_command("import_register", "sipri", bad, "--refused", tmp_path / "nowhere" / "out.csv")
        assert refused.value.returncode == 2
        assert "1 refused" in capsys.readouterr().out

    def test_a_file_that_is_none_is_refused_in_a_sentence(self, seeded, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_text("")
        with pytest.raises(CommandError, match="empty") as refused:
            call_command("import_register", "sipri", path)
        assert refused.value.returncode == 2

    @pytest.mark.parametrize("command", [["import_register", "sipri", SAMPLES / "sipri_17.csv"], ["seed"]])
    def test_a_database_without_tables_is_told_what_to_do(self, seeded, command: list[Any]) -> None:
        """Guards who begins with a register, on a database that nobody has made ready."""
        MigrationRecorder.Migration.objects.filter(app="armsdb").order_by("-id")[:1].get().delete()
        with pytest.raises(CommandError, match=r"run manage\.py migrate first") as refused:
            call_command(*command)
        assert refused.value.returncode == 2
