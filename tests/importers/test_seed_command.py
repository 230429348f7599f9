"""What `manage.py seed` says that it did."""

from io import StringIO

import pytest
from django.core.management import call_command

from armsdb import actions
from armsdb.models import Country


def said() -> str:
    out = StringIO()
    call_command("seed", stdout=out)
    return out.getvalue()


def test_seed_says_in_words_what_it_did(seeded: None) -> None:
    """Counts that nobody can read: “67 names changed” where nothing was there before."""
    before = said()
    assert before.startswith("The seed knowledge base: ")
    assert " records were so before" in before
    assert "changed" not in before
    actions.put(
        model=Country,
        public_id="belarus",
        values={"summary": "Otherwise."},
        parts={"aliases": []},
        reason="A test.",
    )
    assert "1 record was changed to what the files say" in said()


@pytest.mark.walk
@pytest.mark.usefixtures("empty")
def test_the_first_seed_changes_nothing() -> None:
    told = said()
    assert " records are new" in told
    assert " records got their other names" in told
    assert "changed" not in told
