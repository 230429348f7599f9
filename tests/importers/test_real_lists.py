"""The publishers' own files of the other formats, where ARMSDB_REGISTERS names a folder that has them."""

from pathlib import Path

import pytest

from .reading import take_in
from .test_real_registers import FOLDER

_PATTERNS = {
    "ofac": "sanctions/ofac_*[!t].csv",  # not the file of other names, which is no list
    "eu": "sanctions/eu_*.csv",
    "uk": "sanctions/uk_*.csv",
    "sipri-top100": "top100/*.*",
    "unroca": "unroca/*transfers.json",
    "ftm": "ftm/*.*",
}
FILES = [(form, path) for form, pattern in _PATTERNS.items() for path in sorted(FOLDER.glob(pattern))]

pytestmark = pytest.mark.real


if FILES:

    @pytest.mark.parametrize(("form", "path"), FILES, ids=lambda value: getattr(value, "name", value))
    def test_a_real_file_comes_in_whole_and_only_once(seeded, form: str, path: Path) -> None:
        """Guards against samples that lack a quirk: nothing is refused without need, and again it changes nothing."""
        report = take_in(path, form, dataset="real", allow_refusals=True)
        assert len(report.refusals) <= report.read / 1000
        again = take_in(path, form, dataset="real", allow_refusals=True)
        assert (again.counts["new"], again.counts["changed"], again.counts["withdrawn"]) == (0, 0, 0)
        assert again.counts["same"] == report.counts["new"]
