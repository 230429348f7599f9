"""SIPRI's tables of volumes: figures by state and year, none of them more certain than it is told, and no totals."""

from decimal import Decimal
from pathlib import Path

import pytest

from armsdb import actions
from armsdb.importers import FileRefused
from armsdb.models import Country, Figure, Organisation, Transfer

from .reading import changed_copy, refused_rows, take_in

pytestmark = pytest.mark.django_db
EXPORTS, IMPORTS, OLD = "sipri_tiv_exports.csv", "sipri_tiv_imports.csv", "sipri_tiv_old.csv"


def figures(dataset: str) -> dict[str, Figure]:
    return {figure.name: figure for figure in Figure.objects.published().filter(dataset__public_id=dataset)}


def test_each_volume_is_a_figure_of_its_state_and_year(seeded) -> None:
    """Guards the shape of today, states of the day, and that nothing becomes a deal or a total of ours."""
    before = Transfer.objects.count()
    report = take_in(EXPORTS, "sipri-tiv")
    assert (report.read, report.refusals, report.counts["new"]) == (8, [], 15)
    found = figures("sipri-tiv-exports")
    soviet = found["Volume of arms supplied by the Soviet Union, 1989"]
    assert soviet.number.low == soviet.number.high == 1200
    assert (soviet.unit, soviet.period.edtf) == ("million SIPRI trend-indicator values (TIV)", "1989")
    assert [row.entity for row in soviet.about_rows.all()] == [Country.objects.get(public_id="soviet-union")]
    assert "Volume of arms supplied by East Germany, 1989" in found
    assert "Volume of arms supplied by Germany, 1991" in found
    assert not [name for name in found if "total" in name.casefold() or "1989-1993" in name]
    assert Transfer.objects.count() == before
    assert list(actions.differences()) == []


def test_empty_nought_and_a_number_stay_different_things(seeded) -> None:
    """Guards against a zero that was never told: 0 is a little, and an empty cell is nothing at all."""
    take_in(EXPORTS, "sipri-tiv")
    found = figures("sipri-tiv-exports")
    for name in ("East Germany, 1990", "Germany, 1993", "Hezbollah, 1992"):
        little = found[f"Volume of arms supplied by {name}"]
        assert (little.number.low, little.number.high) == (0, Decimal("0.5"))
        assert "more than 0 and less than 0.5 million" in little.statement
    assert "Volume of arms supplied by East Germany, 1991" not in found
    assert "Volume of arms supplied by Germany, 1992" not in found


def test_parties_that_are_no_states_are_none(seeded) -> None:
    """Guards groups, organisations and sides that are not known, of which no record is made."""
    take_in(EXPORTS, "sipri-tiv")
    take_in(IMPORTS, "sipri-tiv")
    found = figures("sipri-tiv-exports") | figures("sipri-tiv-imports")
    union = found["Volume of arms supplied by the European Union, 1993"].about_rows.get()
    assert union.organisation == Organisation.objects.get(public_id="european-union")
    assert not found["Volume of arms supplied by unknown supplier(s), 1989"].about_rows.exists()
    assert not found["Volume of arms received by unknown rebel group*, 1990"].about_rows.exists()
    assert not Organisation.objects.filter(name__istartswith="unknown").exists()
    assert not Organisation.objects.filter(name__istartswith="total").exists()


def test_a_figure_tells_that_it_is_rounded_and_whether_its_year_was_over(seeded) -> None:
    take_in(EXPORTS, "sipri-tiv")
    found = figures("sipri-tiv-exports")
    assert "rounds to whole millions" in found["Volume of arms supplied by Russia, 1992"].comment
    assert "not over" not in found["Volume of arms supplied by Russia, 1992"].comment
    assert "not over" in found["Volume of arms supplied by Russia, 1993"].comment


def test_the_older_tables_tell_one_state_with_each_partner(seeded) -> None:
    """Guards the title, which alone names the supplier, and lines of commas, totals and notes around the table."""
    report = take_in(OLD, "sipri-tiv")
    assert (report.read, report.refusals, report.edition) == (4, [], "2022-07-28")
    assert report.warnings == [
        (14, "It is a total, “Total”, and is taken for no record."),
        (15, "It is said of the table, “Note: rows, too, are rounded”, and is taken for no record."),
    ]
    found = figures("sipri-tiv-pairs")
    assert sorted(found) == [
        "Volume of arms from East Germany to Iraq, 1988",
        "Volume of arms from East Germany to Iraq, 1990",
        "Volume of arms from East Germany to NATO, 1989",
        "Volume of arms from East Germany to Poland, 1988",
        "Volume of arms from East Germany to Poland, 1989",
        "Volume of arms from East Germany to Unknown recipient(s), 1988",
    ]
    parties = [row.entity.public_id for row in found["Volume of arms from East Germany to Iraq, 1988"].about_rows.all()]
    assert parties == ["east-germany", "iraq"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("TIV of arms exports to Poland, 1988-1990", "Volume of arms from Iraq to Poland, 1988"),
        ("TIV of arms imports to Poland, 1988-1990", "Volume of arms from Iraq to Poland, 1988"),
        ("TIV of arms imports from Poland, 1988-1990", "Volume of arms from Poland to Iraq, 1988"),
    ],
)
def test_the_title_says_which_side_is_which(seeded, tmp_path: Path, title: str, name: str) -> None:
    take_in(changed_copy(tmp_path, OLD, ("TIV of arms exports from East Germany (GDR), 1988-1990", title)), "sipri-tiv")
    assert name in figures("sipri-tiv-pairs")


def test_copies_of_spreadsheets_and_regions_are_the_same_table(seeded, tmp_path: Path) -> None:
    """Guards semicolons and line ends, a mark at the beginning, and totals of regions."""
    first = take_in(IMPORTS, "sipri-tiv")
    changes = ((",", ";"), ("\n", "\r\n"))
    copy = changed_copy(tmp_path, IMPORTS, *changes)
    copy.write_bytes(b"\xef\xbb\xbf" + copy.read_bytes())
    assert take_in(copy, "sipri-tiv").counts["same"] == first.counts["new"]
    regions = changed_copy(
        tmp_path,
        IMPORTS,
        ("Recipient,", "Region,Recipient,"),
        ("Yugoslavia", "Europe,Regional total,5,6,11,68.8%\n,Yugoslavia"),
        ("Yemen Arab", ",Yemen Arab"),
        ("unknown rebel", ",unknown rebel"),
        ("Unknown recip", ",Unknown recip"),
        ("Total world", ",Total world"),
    )
    assert take_in(regions, "sipri-tiv").sentence() == (
        f"0 new, 0 changed, 0 withdrawn, {first.counts['new']} same, 0 refused"
    )


def test_a_later_edition_changes_what_changed(seeded, tmp_path: Path) -> None:
    """Guards scope: a row tells all of its years, and what has no row is left as it is."""
    take_in(EXPORTS, "sipri-tiv")
    assert take_in(EXPORTS, "sipri-tiv").counts["same"] == 15
    later = changed_copy(
        tmp_path,
        EXPORTS,
        ("14 Oct 1993", "9 Mar 1995"),
        ("Soviet Union,1200,800", "Soviet Union,1205,"),
        ("Germany,,41,300,,0 ,341,8.9%,341,8.9%\n", ""),
    )
    report = take_in(later, "sipri-tiv")
    # 1989 of the Soviet Union; the three of 1993, a year that is over now, but for Germany, which has no row
    assert report.sentence() == "0 new, 3 changed, 1 withdrawn, 8 same, 0 refused"
    assert "Volume of arms supplied by the Soviet Union, 1990" not in figures("sipri-tiv-exports")
    assert "Volume of arms supplied by Germany, 1991" in figures("sipri-tiv-exports")


def test_a_table_of_one_state_withdraws_only_its_own(seeded, tmp_path: Path) -> None:
    take_in(OLD, "sipri-tiv")
    other = changed_copy(tmp_path, OLD, ("East Germany (GDR)", "France"), ("Poland,7,8,,15\n", ""))
    assert take_in(other, "sipri-tiv").sentence() == "4 new, 0 changed, 0 withdrawn, 0 same, 0 refused"
    fewer = changed_copy(tmp_path, OLD, ("Poland,7,8,,15\n", ""))
    assert take_in(fewer, "sipri-tiv").sentence() == "0 new, 0 changed, 2 withdrawn, 4 same, 0 refused"
    assert "Volume of arms from France to Iraq, 1988" in figures("sipri-tiv-pairs")


def test_what_cannot_be_read_is_refused_and_can_be_mended(seeded, tmp_path: Path) -> None:
    """Guards the file of refusals above all: without the title it has to say whose table it is."""
    bad = changed_copy(
        tmp_path, OLD, ("Poland,7", "Poland,seven"), ("Iraq,30", "Iraque,-3"), ("NATO**,,4", "NATO**,,-4")
    )
    report = take_in(bad, "sipri-tiv", allow_refusals=True)
    told = [(one.record.line, one.column, one.value) for one in report.refusals]
    assert told == [(9, "Exports from East Germany (GDR) to", "Iraque"), (10, "1989", "-4"), (11, "1988", "seven")]
    assert report.refusals[0].nearest == "Iraq"
    out = tmp_path / "refused.csv"
    report.write_refusals(out)
    assert len(refused_rows(out)) == 3
    mended = out.read_text().replace(",Iraque,-3", ",Iraq,30").replace("NATO**,,-4", "NATO**,,4")
    out.write_text(mended.replace("Poland,seven", "Poland,7"))
    assert take_in(out, "sipri-tiv").sentence() == "5 new, 0 changed, 0 withdrawn, 0 same, 0 refused"
    assert "Volume of arms from East Germany to Poland, 1988" in figures("sipri-tiv-pairs")


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        (OLD, ("TIV of arms", "Volumes of arms"), "neither it nor a title says"),
        (OLD, ("East Germany (GDR)", "all"), "neither it nor a title says"),
        (EXPORTS, ("transfers of major arms\n", "transfers of major arms from France\n"), "whose table it is"),
        (EXPORTS, ("Exports by,", "Things,"), "unknown: “Things”"),
        (EXPORTS, (",1991,", ",1990,"), "there twice: “1990”"),
        (EXPORTS, (",Percentage,", ",Persons,"), "unknown: “Persons”"),
        (EXPORTS, ("Exports by,1989,1990,1991,1992,1993,", "Exports by,"), "no line with years as columns"),
    ],
)
def test_a_table_of_which_it_is_not_clear_what_it_tells_is_refused(
    seeded, tmp_path: Path, name: str, change: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(FileRefused, match=sentence):
        take_in(changed_copy(tmp_path, name, change), "sipri-tiv")
