"""The UN Register: what exporters and importers report, side by side only where nobody has to guess."""

import json
from pathlib import Path
from typing import Any

import pytest

from armsdb import actions
from armsdb.importers import FileRefused
from armsdb.models import Citation, Transfer

from .reading import SAMPLES, changed_copy, take_in


def lines(year: int, numeral: str = "") -> list[Transfer]:
    rows = Transfer.objects.published().filter(dataset__public_id="unroca", delivered_edtf=str(year)).order_by("pk")
    return [row for row in rows if not numeral or row.equipment.un_category == numeral]


def test_every_line_is_read(seeded) -> None:
    report = take_in("unroca.json", "unroca")
    assert (report.read, report.refusals, report.counts["new"]) == (8, [], 7)
    assert list(actions.differences()) == []


def test_one_line_each_stand_side_by_side(seeded) -> None:
    """Two claims of one transfer: neither is lost, neither is a transfer of its own."""
    take_in("unroca.json", "unroca")
    (row,) = lines(2005, "IV")
    assert row.supplier is not None
    assert row.recipient is not None
    assert (row.supplier.public_id, row.recipient.public_id) == ("france", "india")
    assert (row.quantity_delivered.low, row.quantity_delivered.high) == (4, 4)
    assert "Kestrel-7" in row.comment
    exporter, importer = row.citations.order_by("public_id")
    assert exporter.locator.startswith("2005, france as exporter")
    assert importer.reported["quantity_delivered"]["low"] == 6
    assert importer.attributed_to == "india, as importer"


def test_more_lines_stay_apart_and_say_that_they_may_be_one(seeded) -> None:
    take_in("unroca.json", "unroca")
    rows = lines(2005, "VII")
    assert sorted(row.quantity_delivered.low for row in rows) == [5, 30, 35]
    by_importer = next(row for row in rows if row.quantity_delivered.low == 35)
    overlapping = Transfer.objects.overlapping(by_importer)
    assert sorted(row.quantity_delivered.low for row in overlapping) == [5, 30]
    of_exporter = next(row for row in rows if row.quantity_delivered.low == 5)
    assert list(Transfer.objects.overlapping(of_exporter)) == [by_importer]


def test_origin_and_ways_are_kept_as_words(seeded) -> None:
    take_in("unroca.json", "unroca")
    row = next(row for row in lines(2005, "VII") if row.quantity_delivered.low == 30)
    assert "State of origin: Ukraine." in row.comment
    assert "Intermediate location: Zorvan." in row.comment


def test_what_a_state_does_not_tell_is_no_nought(seeded) -> None:
    take_in("unroca.json", "unroca")
    (classified,) = lines(2006)
    assert (classified.quantity_delivered.low, classified.quantity_delivered.text) == (None, "classified")
    assert [row.quantity_delivered for row in lines(2007, "III")] == [None]


def test_a_category_is_no_type(seeded) -> None:
    take_in("unroca.json", "unroca")
    (row,) = lines(2005, "IV")
    assert (row.equipment.name, row.equipment.type_given, row.category) == ("Combat aircraft", False, "combat-aircraft")
    small = next(row for row in lines(2007) if row.category == "small-arms")
    assert (small.quantity_delivered.low, small.equipment.name) == (200, "Assault rifles")


def test_the_same_again_changes_nothing(seeded) -> None:
    take_in("unroca.json", "unroca")
    before = (Citation.objects.count(), Citation.history.count(), Transfer.history.count())
    report = take_in("unroca.json", "unroca")
    assert (report.counts["same"], report.counts["changed"]) == (7, 0)
    assert (Citation.objects.count(), Citation.history.count(), Transfer.history.count()) == before


def test_an_importer_that_reports_otherwise_changes_its_passage(seeded, tmp_path: Path) -> None:
    take_in("unroca.json", "unroca")
    take_in(changed_copy(tmp_path, "unroca.json", ('"num_items": "6"', '"num_items": "4"'), encoding="utf-8"), "unroca")
    (row,) = lines(2005, "IV")
    assert row.citations.get(public_id__endswith="-c2").reported == {}


def test_an_importers_report_that_is_gone_is_taken_back(seeded, tmp_path: Path) -> None:
    take_in("unroca.json", "unroca")
    told = json.loads((SAMPLES / "unroca.json").read_text("utf-8"))
    path = tmp_path / "newer.json"
    path.write_text(json.dumps([told[0], *told[2:]]), "utf-8")
    take_in(path, "unroca")
    (row,) = lines(2005, "IV")
    assert row.citations.get(public_id__endswith="-c2").state == "withdrawn"


@pytest.mark.parametrize(
    ("old", "new", "column", "said"),
    [
        ('"num_items": "200"', '"num_items": "-3"', "num_items", "It is no number"),
        ('"year": "2006"', '"year": "206"', "year", "It is no year"),
        (
            '"IV. (a) Combat aircraft", "num_items": "4"',
            '"Planes", "num_items": "4"',
            "category",
            "begins with its numeral",
        ),
        (
            '"exporter": "france", "importer": "India"',
            '"exporter": "france", "importer": "Indja"',
            "importer",
            "No state",
        ),
        (
            '"exporter": "france", "importer": "India"',
            '"exporter": "France", "importer": "India"',
            "exporter",
            "which side",
        ),
    ],
)
def test_a_line_that_cannot_be_read_is_refused(
    seeded, tmp_path: Path, old: str, new: str, column: str, said: str
) -> None:
    report = take_in(changed_copy(tmp_path, "unroca.json", (old, new), encoding="utf-8"), "unroca")
    assert column in {refusal.column for refusal in report.refusals}
    assert any(said in refusal.reason for refusal in report.refusals)
    assert not report.written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"year": "2005",', "line 1: the list has no end"),
        ('[{"year": "2005"},\n', "line 1: the list has no end"),
        ('{"year": "2005",', "line 1: it is no sound JSON"),
        ("a,b\n", "is no JSON list"),
        ("[" * 100_000 + "]", ""),
        ('[{"country": "france"}]', "a list of the states that the Register knows"),
        ('[{"country": "fiji", "years": []}, {"country": "france", "years": [{"year": 2005}]}]', "a list of the years"),
        ('{"hw_imp": {"bt_1": "4", "bt_2": "5"}, "salw_exp": {}}', "a matrix of one state"),
        ('[{"bt_1": "4", "bt_2": "5", "contains_classified": false}]', "a matrix of one state"),
        ('[{"name": "France"}]', "JSON of another kind.*take the file of transfers"),
    ],
)
def test_what_is_no_register(seeded, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    if said:
        with pytest.raises(FileRefused, match=said):
            take_in(path, "unroca")
    else:
        assert take_in(path, "unroca").read == 0


def told(exporter: str, importer: str, number: int, **more: Any) -> dict[str, Any]:
    """A line of a report of 2010, on missiles."""
    category = "VII. (a) Missiles and missile launchers"
    return {"year": 2010, "exporter": exporter, "importer": importer, "category": category, "num_items": number} | more


OURS = "france", "India"
THEIRS = "France", "india"


def file_of(tmp_path: Path, *reports: dict[str, Any]) -> Path:
    path = tmp_path / "lines.json"
    path.write_text(json.dumps(reports))
    return path


@pytest.mark.parametrize(("exports", "imports"), [(1, 1), (1, 2), (2, 1), (2, 2), (1, 0), (0, 2)])
def test_side_by_side_only_where_each_has_exactly_one_line(seeded, tmp_path: Path, exports: int, imports: int) -> None:
    """Guards against a pair that was guessed, and against one shipment that counts twice unseen."""
    reports = [told(*OURS, 4 + number) for number in range(exports)]
    reports += [told(*THEIRS, 4 + number) for number in range(imports)]
    take_in(file_of(tmp_path, *reversed(reports)), "unroca")
    rows = lines(2010)
    if exports == imports == 1:
        assert [row.citations.count() for row in rows] == [2]
        return
    assert [row.citations.count() for row in rows] == [1] * (exports + imports)
    own = [row for row in rows if row.comment.startswith("Reported by the exporter")]
    others = [row for row in rows if row not in own]
    for row in rows:
        assert set(Transfer.objects.overlapping(row)) == set(others if row in own else own)


def test_equal_lines_of_one_report_are_two(seeded, tmp_path: Path) -> None:
    report = take_in(file_of(tmp_path, told(*OURS, 4), told(*OURS, 4), told(*THEIRS, 8)), "unroca")
    assert report.counts["new"] == 3
    assert take_in(file_of(tmp_path, told(*OURS, 4), told(*OURS, 4), told(*THEIRS, 8)), "unroca").counts["same"] == 3


@pytest.mark.parametrize("more", [{"year": 2011}, {"category": "VII. (b) Man-portable air-defence systems"}])
def test_lines_of_another_year_or_category_are_another_transfer(seeded, tmp_path: Path, more: dict[str, Any]) -> None:
    take_in(file_of(tmp_path, told(*OURS, 4), told(*THEIRS, 4, **more)), "unroca")
    rows = lines(2010) + lines(2011)
    assert len(rows) == 2
    assert not any(Transfer.objects.overlapping(row).exists() for row in rows)


def test_a_category_goes_by_its_numeral(seeded, tmp_path: Path) -> None:
    """Guards against one transfer that is two, since two states write the words behind the numeral otherwise."""
    take_in(file_of(tmp_path, told(*OURS, 4), told(*THEIRS, 4, category="VII. (a) Missiles & launchers")), "unroca")
    (row,) = lines(2010)
    assert row.citations.count() == 2


def test_reports_that_come_in_two_files_stay_apart_and_say_so(seeded, tmp_path: Path) -> None:
    """Guards who has a file for each state, and who mends a refused line of one side."""
    take_in(file_of(tmp_path, told(*OURS, 4)), "unroca")
    report = take_in(file_of(tmp_path, told(*THEIRS, 4)), "unroca")
    assert (report.counts["new"], report.counts["withdrawn"]) == (1, 0)
    first, second = lines(2010)
    assert list(Transfer.objects.overlapping(first)) == [second]


def test_lines_that_stood_apart_come_side_by_side_when_one_file_has_both(seeded, tmp_path: Path) -> None:
    """Guards against an importer's report that is told twice: as a line of its own, and beside the exporter's."""
    take_in(file_of(tmp_path, told(*OURS, 4), told(*THEIRS, 4), told(*THEIRS, 5)), "unroca")
    assert len(lines(2010)) == 3
    report = take_in(file_of(tmp_path, told(*OURS, 4), told(*THEIRS, 4)), "unroca")
    assert (report.counts["same"], report.counts["withdrawn"]) == (1, 2)
    (row,) = lines(2010)
    assert row.citations.published().count() == 2
    assert list(actions.differences()) == []


def test_a_file_without_the_importers_report_takes_nothing_of_it_back(seeded, tmp_path: Path) -> None:
    """Guards what one state reported against a file of another alone."""
    take_in(file_of(tmp_path, told(*OURS, 4), told(*THEIRS, 4)), "unroca")
    take_in(file_of(tmp_path, told(*OURS, 4)), "unroca")
    (row,) = lines(2010)
    assert row.citations.published().count() == 2


def test_what_states_have_is_no_transfer(seeded, tmp_path: Path) -> None:
    report = take_in(file_of(tmp_path, told("", "india", 40, table="military_holdings")), "unroca")
    assert [(one.column, one.reason) for one in report.refusals] == [
        ("table", "It tells of what a state has, and of no transfer.")
    ]


@pytest.mark.parametrize("name", ["Republic of Korea", "republic-of-korea"])
def test_a_state_by_the_name_that_the_united_nations_give_it(seeded, tmp_path: Path, name: str) -> None:
    importer = "india" if name[0] == "R" else "India"
    assert take_in(file_of(tmp_path, told(name, importer, 4)), "unroca").refusals == []
