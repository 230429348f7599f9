"""Reasons: the history knows who proposed a change, and readers are told only why it was made."""

import pytest

from armsdb.lib.reasons import for_readers, proposed_by


@pytest.mark.parametrize("reason", ["Told by mistake.", "Two passages.\n\nBoth were read twice.", ""])
def test_readers_are_told_the_reason_as_it_was_given(reason):
    assert for_readers(proposed_by(reason, "edith")) == reason
    assert for_readers(reason) == reason


def test_the_history_names_who_proposed_it():
    assert proposed_by("Told by mistake.", "edith") == "Told by mistake.\n\nProposed by edith."
