"""The publisher's own files, where ARMSDB_REGISTERS names a folder with `sipri/register*.csv` and `rtf_*.rtf` in it."""

import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Q

from armsdb.models import Transfer

from .reading import take_in

FOLDER = Path(os.environ.get("ARMSDB_REGISTERS") or settings.BASE_DIR / "nowhere")
FILES = sorted([*FOLDER.glob("sipri/register*.csv"), *FOLDER.glob("sipri/rtf_*.rtf")])


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_register_comes_in_whole(seeded, path: Path) -> None:
    """Guards against samples that lack a quirk: nothing is refused without need, and sums are those of the file."""
    report = take_in(path, dataset="real", allow_refusals=True)
    assert len(report.refusals) <= report.read / 1000
    lines = Transfer.objects.filter(dataset__public_id="real")
    if path.suffix == ".csv" and "register1" in path.name:
        text = path.read_text(encoding="cp1252")
        rows = [line.split(",") for line in text.replace("\n,", ",").splitlines()]
        width = 17 if "register17" in path.name else 16
        whole = [row for row in rows if len(row) == width and row[0] not in ("Recipient", "SIPRI AT Database ID")]
        total = sum((Decimal(row[15] or 0) for row in whole), Decimal(0)) if width == 16 else None
        if total is not None and "12" not in path.name:
            stored: Counter[str] = Counter()
            for value in lines.values_list("tiv_delivered", flat=True):
                stored["tiv"] += value or Decimal(0)
            assert stored["tiv"] == total
            doubtful = sum(row[5] == "?" for row in whole)
            assert lines.filter(quantity_ordered_approximate=True).count() == doubtful
    assert not lines.filter(Q(name="") | Q(evidence="")).exists()
