"""Pages say how to cite them, with the data version, its day, and the original sources."""

import pytest

from armsdb.models.data_versions import OF_ALL, versions


@pytest.mark.parametrize(
    ("address", "originals"),
    [
        ("/transfers/articles-t44/", ["Article B, on arms between Russia and Myanmar"]),
        ("/transfers/?supplier=russia", ["articles"]),
        ("/data/transfers/?supplier=russia", ["articles"]),
        ("/explore/years/?supplier=russia", ["articles"]),
        ("/relations/russia/myanmar/", ["articles"]),
        ("/data/", []),
        ("/countries/russia/", []),
    ],
)
def test_a_page_can_be_quoted(address, originals, seeded, client):
    html = client.get(address, follow=True).content.decode()
    number, when = versions()[OF_ALL]
    assert f"data version {number}" in html
    assert "@online{armsdb-" in html
    assert "TY  - ELEC" in html
    assert f"date = {{{when:%Y-%m-%d}}}" in html
    for name in originals:
        assert name in html[html.index("Cite as") :]
