"""Whether two designations may mean the same equipment, by name alone."""

import pytest

from armsdb.lib.designations import Likeness, likeness


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("MiG-29", "mig 29", Likeness.SAME),
        ("Patriot PAC-3", "Patriot PAC3", Likeness.SAME),
        ("MM-40 Exocet", "Exocet MM-40", Likeness.SPELLING),
        ("Albatros", "Albatross", Likeness.SPELLING),
        ("Project-877E/Kilo", "Kilo", Likeness.SPELLING),
        ("Mi-8MT/Mi-17", "Mi-17", Likeness.SPELLING),
        ("S-125 Pechora (SA-3)", "SA-3", Likeness.SPELLING),
        ("MiG-29", "MiG-29SE", Likeness.VARIANT),
        ("T-72", "T-72M1", Likeness.VARIANT),
        ("TOW", "BGM-71 TOW", Likeness.VARIANT),
        ("SA-313 Alouette-2", "SA-313B Alouette-2", Likeness.VARIANT),
        ("MiG-29SE", "MiG-29UB", Likeness.NONE),
        ("Mi-17", "Mi-171", Likeness.NONE),
        ("BMP-1", "BMP-2", Likeness.NONE),
        ("Exocet MM-40", "Exocet AM-40", Likeness.NONE),
        ("Type-209/1400", "Type-209/1200", Likeness.NONE),
        ("M-1", "M-60A1", Likeness.NONE),
        ("KestrelA", "KestrelB", Likeness.NONE),
        ("", "MiG-29", Likeness.NONE),
    ],
)
def test_designations_match_by_their_parts(one: str, other: str, expected: Likeness) -> None:
    """Guards both directions: spellings and variants of one thing meet, neighbours in a series do not."""
    assert likeness(one, other) is expected
    assert likeness(other, one) is expected
