"""The publisher's own files, where ARMSDB_REGISTERS names a folder with `sipri/register*.csv` and `rtf_*.rtf` in it.

What is expected of them is counted here from the text of the files, by nothing of ours.
"""

import os
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Q
from django.test import Client

from armsdb.models import Figure, Transfer
from tests.emptying import comes_back

from .plain import difference, doubts, rows_of
from .reading import take_in

pytestmark = [pytest.mark.real, pytest.mark.django_db]

FOLDER = Path(os.environ.get("ARMSDB_REGISTERS") or settings.BASE_DIR / "nowhere")
TABLES = sorted(FOLDER.glob("sipri/register*.csv"))
TEXTS = sorted(FOLDER.glob("sipri/rtf_*.rtf"))
VOLUMES = sorted(FOLDER.glob("sipri/tiv_*.csv"))
#: The whole register of one edition, and the next one.
EDITIONS = sorted(FOLDER.glob("sipri/register16_headeronly_2024.csv")) + sorted(
    FOLDER.glob("sipri/register16_all_2025*")
)


def summed(by: str, dataset: str) -> Counter[Decimal]:
    """The volumes delivered that the API tells, by what they are grouped by; how often each sum comes."""
    answer = Client().get(f"/api/v1/transfers/summary/?group_by={by}&dataset={dataset}").json()
    sums = [Decimal(totals["tiv_delivered"] or 0) for totals in answer["results"]]
    return Counter(total for total in sums if total)


def totalled(rows: list[list[str]], value: int, *by: int) -> Counter[Decimal]:
    """The sums of a column by what stands in others; how often each sum comes."""
    sums: dict[tuple[str, ...], Decimal] = {}
    for row in rows:
        key = tuple(row[place] for place in by)
        sums[key] = sums.get(key, Decimal(0)) + Decimal(row[value] or 0)
    return Counter(total for total in sums.values() if total)


if TABLES:

    @pytest.mark.parametrize("path", [*TABLES, *TEXTS], ids=lambda path: path.name)
    def test_a_real_register_comes_in_whole(seeded, path: Path) -> None:
        """Guards against samples that lack a quirk: all rows are read, few are refused, sums are those of the file."""
        report = take_in(path, dataset="real", allow_refusals=True)
        assert len(report.refusals) <= report.read / 1000
        lines = Transfer.objects.filter(dataset__public_id="real")
        assert not lines.filter(Q(name="") | Q(evidence="")).exists()
        if report.form not in ("sipri-16", "sipri-17"):
            return
        rows = rows_of(path)
        assert report.read == len(rows)
        if report.form == "sipri-17":
            assert summed("year,supplier", "real") == totalled(rows, 15, 1, 10)
        else:
            assert summed("supplier", "real") == totalled(rows, 15, 1)
            kept = (
                Q(ordered_edtf__endswith="?"),
                Q(quantity_ordered_approximate=True),
                Q(quantity_delivered_approximate=True),
            )
            assert [lines.filter(of).count() for of in kept] == doubts(rows)


if len(EDITIONS) == 2:

    def test_the_next_edition_reports_what_a_plain_comparison_finds(seeded) -> None:
        """Guards keys: what is new, gone and there in both is what counting the rows of the two files gives."""
        old, new = (rows_of(path) for path in EDITIONS)
        told = difference(old, new)
        take_in(EDITIONS[0], dataset="real")
        report = take_in(EDITIONS[1], dataset="real")
        assert report.counts["new"] == told.new
        assert report.counts["same"] == told.same
        assert report.counts["changed"] == told.both - told.same
        assert report.counts["withdrawn"] == told.gone
        again = take_in(EDITIONS[1], dataset="real")
        assert again.sentence() == f"0 new, 0 changed, 0 withdrawn, {len(new):,} same, 0 refused"


if VOLUMES:

    @pytest.mark.parametrize("path", VOLUMES, ids=lambda path: path.name)
    def test_a_real_table_of_volumes_comes_in_whole_and_only_once(seeded, path: Path) -> None:
        """Guards against totals, and zeros where nothing is told: all cells of years, and only they, are figures."""
        lines = [[cell.strip() for cell in line.split(",")] for line in path.read_text(encoding="cp1252").splitlines()]
        head = next(number for number, cells in enumerate(lines) if "1950" in cells)
        years = [place for place, cell in enumerate(lines[head]) if re.fullmatch("[0-9]{4}", cell)]
        rows = [cells for cells in lines[head + 1 :] if cells[0] and not cells[0].startswith("Total")]
        volumes = [Decimal(row[place]) for row in rows for place in years if row[place]]
        report = take_in(path, "sipri-tiv", dataset="real")
        assert (report.read, report.refusals, report.counts["new"]) == (len(rows), [], len(volumes))
        figures = Figure.objects.filter(dataset__public_id="real")
        assert sum(figure.number.low for figure in figures) == sum(volumes)
        assert figures.filter(number_low=0, number_high="0.5").count() == volumes.count(Decimal(0))
        assert take_in(path, "sipri-tiv", dataset="real").counts["same"] == len(volumes)


if TABLES:

    @pytest.mark.parametrize("form", ["csv", "jsonl"])
    @pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
    def test_a_real_register_goes_out_and_comes_back(seeded, path: Path, form: str, tmp_path: Path) -> None:
        take_in(path, dataset="real", allow_refusals=True)
        comes_back(tmp_path, form)
