"""The pages on which it is asked why: what they say before anything is done."""

import pytest
from django.test import Client

from tests import factories
from tests.web.reading import Reading

from .desk import verb_address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("verb", "published", "told"),
    [
        ("publish", False, "The history keeps it. Readers are told where the record was shown before"),
        ("withdraw", True, "Readers are told: these words become the page that stands in the place of the record."),
        ("merge", True, "The history keeps it."),
        ("discard", False, "The history keeps it."),
        ("rename", True, "The history keeps it, and readers are told where they have seen the record."),
    ],
)
def test_it_is_said_who_is_told_the_reason(desk: Client, verb: str, published: bool, told: str) -> None:
    """Guards words meant for colleagues that become the main text of a public page."""
    page = desk.get(verb_address(verb, factories.country(published=published))).content.decode()
    told_by = page.partition('id="id_reason_helptext"')[2].partition("</div>")[0]
    assert told in told_by
    assert 'aria-describedby="id_reason_helptext"' in page
    text = Reading(page).text
    assert "Reason (required):" in text
    assert "Cancel" in text
    assert "Close" not in text
