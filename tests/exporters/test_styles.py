"""References in the styles of print: what is not known is left away, and nothing is made up."""

from datetime import date

import pytest

from armsdb.exporters.styles import apa, chicago
from armsdb.exporters.works import Work, of_ours
from armsdb.lib.dates import parse

OURS = of_ours("t1", "Tank sights, Myanmar to Russia", "https://a.example/t1/", 12, date(2026, 1, 31), ["Register"])
REPORT = Work(
    "r", "report", "What happened?", ("A. Author", "B. Writer"), "An Agency", parse("2022-03"), "https://b.example/"
)


@pytest.mark.parametrize(
    ("work", "in_apa", "in_chicago"),
    [
        (
            OURS,
            "ArmsDB. (2026, January 31). Tank sights, Myanmar to Russia (data version 12). https://a.example/t1/ "
            "Credit also the original sources: Register.",
            "ArmsDB. “Tank sights, Myanmar to Russia.” Data version 12. January 31, 2026. https://a.example/t1/. "
            "Credit also the original sources: Register.",
        ),
        (
            REPORT,
            "A. Author, & B. Writer. (2022, March). What happened? An Agency. https://b.example/",
            "A. Author, and B. Writer. “What happened?” An Agency. March 2022. https://b.example/.",
        ),
        (Work("n", "document", "A note"), "A note. (n.d.).", "“A note.” n.d."),
    ],
)
def test_a_reference_is_as_the_style_has_it(work, in_apa, in_chicago):
    assert (apa(work), chicago(work)) == (in_apa, in_chicago)
