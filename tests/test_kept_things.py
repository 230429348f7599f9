"""What is kept beside the records, and what a process remembers, follow a thousand edits that are drawn at random."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from armsdb.models import columns, memory

from .editing import Editor

pytestmark = [pytest.mark.walk, pytest.mark.keeps_memory]

EDITS, LOOKED_AT_EVERY = 1_000, 50
#: Pages and answers that embed something of almost all records, and those that count them.
ADDRESSES = [
    "/",
    "/transfers/",
    "/transfers/?supplier=russia&ordering=name",
    "/transfers/?q=aircraft",
    "/countries/",
    "/countries/myanmar/",
    "/companies/",
    "/equipment/",
    "/sources/article-a/",
    "/datasets/",
    "/api/v1/transfers/?page_size=100",
    "/api/v1/transfers/?country=myanmar&ordering=-value&page_size=100",
    "/api/v1/transfers/facets/",
    "/api/v1/transfers/facets/?q=aircraft",
    "/api/v1/transfers/summary/?group_by=year,supplier",
    "/api/v1/transfers/articles-t44/",
    "/api/v1/countries/",
    "/api/v1/companies/",
    "/api/v1/equipment/",
    "/api/v1/sources/?page_size=5",
    "/api/v1/citations/",
    "/api/v1/datasets/",
    "/api/v1/relations/russia/myanmar/",
]


def seen() -> dict[str, tuple[int, bytes]]:
    """What readers are given at each address, from what is remembered."""
    client = Client()
    return {address: (answer.status_code, answer.content) for address in ADDRESSES for answer in [client.get(address)]}


def test_after_a_thousand_edits_all_that_is_kept_is_right(seeded: None) -> None:
    """Guards counts, grades, derived columns and index in the database, and columns, rows and pages in memory."""
    editor = Editor(7)
    seen()
    for done in range(1, EDITS + 1):
        while not editor.edit():
            pass
        if done % LOOKED_AT_EVERY == 0:
            remembered = seen()
            columns.forget()
            memory.forget()
            anew = seen()
            differing = [address for address in ADDRESSES if remembered[address] != anew[address]]
            assert not differing, (done, differing)
    out = StringIO()
    try:
        call_command("check_integrity", stdout=out)
    except CommandError as error:
        raise AssertionError(out.getvalue()[:2000]) from error
    assert "Sound" in out.getvalue()
