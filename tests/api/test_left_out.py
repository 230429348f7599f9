"""Nothing vanishes silently: what a question leaves out without having said so is counted in `meta.left_out`."""

from typing import Any

import pytest

from armsdb.lib.vocab import Terms
from armsdb.models import Dataset

from .asking import FACTS, Api

ALL_YEARS = "year_from=1000&year_to=2999"
BESIDE = ["", "country=myanmar", "evidence=reported", "q=aircraft"]


def asked(api: Api, path: str) -> tuple[int, dict[str, int]]:
    answer = api.json(path)
    return answer["count"], answer["meta"]["left_out"]


@pytest.mark.parametrize("collection", FACTS)
@pytest.mark.parametrize("beside", BESIDE)
def test_rows_without_a_date_are_counted_where_years_leave_them_out(api: Api, collection: str, beside: str):
    whole, nothing = asked(api, f"{collection}/?{beside}")
    assert set(nothing.values()) == {0}
    rest, left_out = asked(api, f"{collection}/?{beside}&{ALL_YEARS}")
    assert rest + left_out["undated"] == whole
    assert asked(api, f"{collection}/?{beside}&{ALL_YEARS}&undated=include") == (whole, nothing)
    assert asked(api, f"{collection}/?{beside}&{ALL_YEARS}&undated=only")[0] == left_out["undated"]


@pytest.mark.parametrize("beside", BESIDE)
def test_rows_without_a_value_in_the_currency_are_counted_where_a_value_leaves_them_out(api: Api, beside: str):
    whole, _nothing = asked(api, f"transfers/?{beside}")
    rest, left_out = asked(api, f"transfers/?{beside}&value_min=0&currency=USD")
    assert rest + left_out["currency"] == whole
    assert left_out["currency"] > 0


@pytest.mark.parametrize("collection", FACTS)
def test_rows_that_may_not_be_passed_on_are_counted_where_a_walk_leaves_them_out(api: Api, collection: str):
    whole, _nothing = asked(api, f"{collection}/")
    Dataset.objects.filter(public_id="articles").update(terms=Terms.QUOTE)
    walk: Any = api.json(f"{collection}/?cursor=&page_size=500")
    assert walk["next"] is None
    assert len(walk["results"]) + walk["meta"]["left_out"]["licence"] == whole
    assert walk["meta"]["left_out"]["licence"] > 0


@pytest.mark.parametrize("path", ["transfers/facets/", "transfers/summary/?group_by=supplier"])
def test_facets_and_totals_tell_what_the_list_tells(api: Api, path: str):
    with_years = path + ("&" if "?" in path else "?") + ALL_YEARS
    told = api.json(with_years)["meta"]["left_out"]
    listed = asked(api, f"transfers/?{ALL_YEARS}")[1]
    assert {name: told[name] for name in ("undated", "currency")} == {
        name: listed[name] for name in ("undated", "currency")
    }
    assert listed["undated"] > 0
