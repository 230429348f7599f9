"""The plans of either engine over a hundred thousand lines: for no question is a large table read whole."""

import pytest

from .conftest import run


@pytest.mark.walk
def test_no_question_reads_a_large_table_whole(large: str) -> None:
    """Guards every filter in every order, facets, walks and records against a plan that grows with the register."""
    assert run(large, "-m", "bench.plans") == ""
