"""What users of other services complain of, where no test beside the thing itself says it.

Elsewhere: filters that do nothing (test_errors), undated and hidden rows (test_left_out), headers of files, and files
that are cut or empty (test_downloads, test_streams), properties that are overlooked (test_reconciliation).
"""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from armsdb import actions
from armsdb.models import Country

from .asking import Api


def test_the_deepest_page_can_be_had_by_its_number(api: Api):
    """Deep pages are not refused, and take no more queries than the first, their count included."""
    count = api.json("citations/?page_size=1")["count"]
    assert count > 200
    taken = []
    for page in (1, count):
        with CaptureQueriesContext(connection) as queries:
            answer = api.json(f"citations/?page={page}&page_size=1")
        taken.append(len(queries))
        assert len(answer["results"]) == 1
    assert taken[1] <= taken[0]
    assert answer["next"] is None
    api.problem(f"citations/?page={count + 1}&page_size=1", 404)


def test_conditions_of_different_kinds_all_hold_and_repeated_ones_are_either(api: Api):
    def ids(question: str) -> set[str]:
        return set(api.ids(f"transfers/?page_size=500&{question}"))

    both = ids("supplier=russia&recipient=myanmar")
    assert both == ids("supplier=russia") & ids("recipient=myanmar")
    assert both < ids("supplier=russia")
    assert ids("supplier=russia&supplier=myanmar") == ids("supplier=russia") | ids("supplier=myanmar")
    facets = api.json("transfers/facets/?supplier=russia&recipient=myanmar")
    assert facets["count"] == len(both)
    for value in facets["facets"]["status"]:
        assert value["count"] == len(both & ids(f"status={value['value']}"))


def test_what_changed_is_never_told_from_an_older_moment(api: Api):
    """Who asks for changes with the mark of an answer is not told that it is still right once anything changed."""
    cursor = api.json("changes/")["cursor"]
    first = api.ask(f"changes/?since={cursor}")
    country = Country.objects.get(public_id="china")
    actions.put(model=Country, public_id="china", values={"summary": "Another."}, reason="For a test.")
    again = api.ask(f"changes/?since={cursor}", **{"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert country.public_id in [change["id"] for change in again.json()["results"]]
    assert again["Cache-Control"].startswith("public, max-age=0")
