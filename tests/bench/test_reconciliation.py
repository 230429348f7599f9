"""The labelled names, over the seed and made-up names, hold the goal."""

import pytest

from bench import reconciliation


@pytest.mark.walk
def test_what_is_said_to_match_is_what_is_meant(seeded: None):
    reconciliation.fill_names()
    found = reconciliation.measure()
    assert len(reconciliation.labelled()) >= 300
    assert found.precision >= reconciliation.PRECISION, found.wrong
    assert found.recall >= reconciliation.RECALL, found.missed
