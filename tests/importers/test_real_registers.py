"""The publisher's own files, where ARMSDB_REGISTERS names a folder with `sipri/register*.csv` and `rtf_*.rtf` in it."""

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Q

from armsdb.models import Transfer

from .reading import take_in

FOLDER = Path(os.environ.get("ARMSDB_REGISTERS") or settings.BASE_DIR / "nowhere")
FILES = sorted([*FOLDER.glob("sipri/register*.csv"), *FOLDER.glob("sipri/rtf_*.rtf")])

if FILES:

    @pytest.mark.django_db
    def test_real_registers_come_in_whole(seeded) -> None:
        """Guards against samples that lack a quirk: nothing is refused without need, and sums are those of the file."""
        for number, path in enumerate(FILES):
            report = take_in(path, dataset=f"real-{number}", allow_refusals=True)
            assert len(report.refusals) <= report.read / 1000, path.name
            lines = Transfer.objects.filter(dataset__public_id=f"real-{number}")
            assert not lines.filter(Q(name="") | Q(evidence="")).exists()
            if report.form in ("sipri-16", "sipri-17"):
                total = sum(
                    (value or Decimal(0) for value in lines.values_list("tiv_delivered", flat=True)), Decimal(0)
                )
                assert total == total_of(path), path.name


def total_of(path: Path) -> Decimal:
    """The TIV delivered by a file's own count; a broken record has its values in the line that follows."""
    rows = [line.rstrip(",").split(",") for line in path.read_text(encoding="cp1252").splitlines()]
    numbers = [row[-1] if row[0] == "" else row[15] for row in rows if len(row) > 15 or row[0] == ""]
    return sum((Decimal(cell) for cell in numbers if re.fullmatch(r"[0-9.]+", cell)), Decimal(0))
