"""What a reader is told before a download, and where each file is."""

from typing import Any

import pytest
from django.test import Client

from armsdb.exporters import EXPORTERS, tables
from armsdb.models import Transfer
from armsdb.web.downloads import LISTS
from tests import factories
from tests.api.builders import copies

from .reading import Reading


@pytest.mark.parametrize("collection", LISTS)
def test_every_list_has_its_files(seeded: None, read: Any, client: Client, collection: str) -> None:
    """Rows are told as the file has them; each format leads to a file, each file to its manifest."""
    page: Reading = read(f"/data/{collection}/")
    response = client.get(f"/api/v1/{collection}/?format=csv")
    rows = int(response["ArmsDB-Rows"])
    assert response.getvalue()
    assert f": {rows} row" in page.text
    addresses = [address for address, _words in page.links if "format=" in address]
    for word in EXPORTERS:
        assert f"/api/v1/{collection}/?format={word}" in addresses
        assert f"/api/v1/{collection}/?format={word}&manifest=1" in addresses
    for column in tables()[LISTS[collection]._meta.model].columns:
        assert f"<code>{column.name}</code>" in page.html
        assert column.note


def test_a_list_leads_to_the_download_of_its_question(seeded: None, read: Any) -> None:
    question = "supplier=russia&year_from=2015"
    page = read(f"/transfers/?{question}&page=1")
    assert page.link("Download these rows") == f"/data/transfers/?{question}"
    page = read(f"/data/transfers/?{question}")
    assert f"/api/v1/transfers/?{question}&format=csv" in [address for address, _words in page.links]
    assert f"/api/v1/transfers/?{question}&format=csv&table=citations" in [address for address, _words in page.links]
    assert page.link("Transfers from Russia, from 2015 on") == f"/transfers/?{question}"
    assert "without a date" in page.text
    assert "Cite as “Transfers from Russia, from 2015 on”, ArmsDB, data version " in page.text
    assert f", http://testserver/transfers/?{question}. Credit also the original sources: " in page.text
    assert page.meta["robots"] == "noindex, follow"


@pytest.mark.parametrize("collection", ["transfers", "roles", "sources"])
def test_every_file_that_is_offered_can_be_had(seeded: None, read: Any, client: Client, collection: str) -> None:
    offered = [address for address, _words in read(f"/data/{collection}/").links if "format=" in address]
    assert len(offered) > 2 * len(EXPORTERS)
    for address in offered:
        assert client.head(address).status_code == 200, address


def test_what_is_withheld_is_told_with_its_reason(seeded: None, read: Any) -> None:
    closed = factories.dataset("Closed", terms="closed", licence="All rights reserved")
    factories.transfer("T1", dataset=closed)
    page = read("/data/transfers/")
    assert "1 more answers and may not be passed on" in page.text
    assert "1 row; closed: may not be passed on" in page.text
    assert "All rights reserved" in page.text
    assert "Two articles on the arms trade of Myanmar, version 1, CC BY 4.0" in page.text


def test_a_question_that_is_not_understood_is_refused_and_an_unknown_list_is_404(client: Client, seeded: None) -> None:
    response = client.get("/data/transfers/?suplier=russia")
    assert response.status_code == 400
    assert "Did you mean supplier?" in response.content.decode()
    assert client.get("/data/transfers/?format=csv").status_code == 400
    assert client.get("/data/shoes/").status_code == 404
    assert client.post("/data/transfers/").status_code == 405


def test_the_page_takes_as_many_queries_at_20_rows_as_at_1(
    client: Client, seeded: None, django_assert_num_queries: Any
) -> None:
    # What the question names (two records), the data version and the columns (tests read them anew), its equipment in
    # the database (of its own, and of its family), which datasets are open, those of the rows, and whom to credit; and
    # twenty by which some rows are written, to tell how large the file is.
    question = "/data/transfers/?equipment=tank-sights&supplier=myanmar"
    client.get(question)
    with django_assert_num_queries(29):
        client.get(question)
    copies(Transfer.objects.get(public_id="articles-t44"), 20)
    with django_assert_num_queries(29):
        client.get(question)


def test_the_data_page_tells_how_many_rows_each_list_has(seeded: None, read: Any) -> None:
    page = read("/data/")
    for collection, filterset in LISTS.items():
        assert (f"/data/{collection}/", str(filterset.NOUN)) in page.links
    assert str(Transfer.objects.published().count()) in page.text
