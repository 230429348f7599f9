"""Lists as graphs: what programs for networks read in them is what the list says."""

import io
import json
from typing import Any

import networkx
import pytest
from django.test import Client

from armsdb.exporters import GRAPHS
from armsdb.models import Organisation, Transfer
from tests import factories

from .asking import Api

LISTS = ("transfers", "ownerships", "roles")


@pytest.fixture
def api(seeded: None, client: Client) -> Api:
    return Api(client)


def graph(api: Api, word: str, question: str) -> Any:
    answer = api.ask(f"{question}{'&' if '?' in question else '?'}format={word}")
    assert answer.status_code == 200
    file = io.BytesIO(answer.getvalue())
    if word == "graphml":
        return networkx.read_graphml(file, force_multigraph=True)
    return networkx.read_gexf(file)


def edges(found: Any) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Each edge by its id: its ends and what it tells."""
    if found.is_multigraph():
        return {str(key): (one, other, told) for one, other, key, told in found.edges(keys=True, data=True)}
    return {f"{one} {other} {told['id']}": (one, other, told) for one, other, told in found.edges(data=True)}


@pytest.mark.parametrize("word", GRAPHS)
@pytest.mark.parametrize("collection", LISTS)
def test_every_row_is_an_edge(api: Api, collection: str, word: str) -> None:
    found = graph(api, word, f"{collection}/?page_size=50")
    rows = api.json(f"{collection}/?page_size=500")["results"]
    told = [one for _ends in edges(found).values() if (one := _ends[2]).get("link") in ("transfer", "owns", "role")]
    assert len(told) == len(rows)
    assert all(data.get("label") for _node, data in found.nodes(data=True))


@pytest.mark.parametrize("word", GRAPHS)
def test_a_transfer_leads_from_who_supplied_to_who_received(api: Api, word: str) -> None:
    found = graph(api, word, "transfers/?supplier=myanmar&equipment=tank-sights")
    rows = api.json("transfers/?supplier=myanmar&equipment=tank-sights")["results"]
    row = next(row for row in rows if row["id"] == "articles-t44")
    told = [ends for ends in edges(found).values() if ends[2].get("page") == row["page"]]
    main = next(ends for ends in told if ends[2]["link"] == "transfer")
    assert main[:2] == ("country:myanmar", "organisation:uralvagonzavod")
    assert main[2]["evidence"] == row["evidence"]
    assert main[2]["delivered_edtf"] == row["delivered"]["edtf"]
    assert found.nodes["organisation:uralvagonzavod"]["kind"] == "organisation"


def test_who_is_not_known_joins_nothing(api: Api) -> None:
    for key in ("T91", "T92"):
        factories.transfer(key, supplier=None, supplier_known="unknown")
    found = graph(api, "graphml", "transfers/?supplier=unknown")
    unknown = [node for node in found if node.startswith("unknown:")]
    assert len(unknown) >= 2
    assert all(found.degree(node) == 1 for node in unknown)


@pytest.mark.parametrize("word", GRAPHS)
def test_no_text_breaks_a_graph(api: Api, word: str) -> None:
    odd = "<script>\"&\x07']]>"
    Organisation.objects.filter(public_id="uralvagonzavod").update(name=odd)
    Transfer.objects.filter(public_id="articles-t44").update(name=odd)
    found = graph(api, word, "transfers/?supplier=myanmar")
    assert found.nodes["organisation:uralvagonzavod"]["label"] == odd.replace("\x07", "")


def test_a_graph_cannot_be_cut(api: Api) -> None:
    for parameter in ("fields=id", "table=citations"):
        problem = api.problem(f"transfers/?format=gexf&{parameter}", 400)
        assert problem["errors"][0]["parameter"] == parameter.partition("=")[0]
    api.problem("countries/?format=gexf", 400)
    assert json.loads(api.ask("roles/?format=gexf&manifest=1").content)["rows"] == api.json("roles/")["count"]
