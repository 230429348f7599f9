"""Dear questions have few places, and are refused at once where none is free; readers of records notice nothing."""

import pytest
from django.test import Client

from armsdb.lib import places

pytestmark = pytest.mark.django_db
DEAR = [
    "/search/?q=burma",
    "/explore/",
    "/explore/years/?supplier=russia",
    "/explore/years.csv",
    "/transfers/feed/",
    "/countries/myanmar/feed/",
    "/api/v1/search/?q=burma",
    "/api/v1/transfers/summary/?group_by=year",
    "/api/v1/transfers/?format=csv",
]
NOT_DEAR = ["/", "/countries/myanmar/", "/transfers/", "/api/v1/transfers/", "/api/v1/suggest/?q=bur", "/health/live/"]


def test_dear_questions_hold_half_of_the_threads_and_records_go_on(client: Client) -> None:
    """Guards the pages of records on the day of a story, when everybody searches."""
    with places.a_place(), places.a_place():
        for address in DEAR:
            refused = client.get(address)
            assert (refused.status_code, int(refused["Retry-After"]) > 0) == (503, True), address
            assert ("problem+json" in refused["Content-Type"]) is address.startswith("/api/")
        assert {address: client.get(address).status_code for address in NOT_DEAR} == dict.fromkeys(NOT_DEAR, 200)


def test_a_place_is_given_back_whatever_comes_of_it(client: Client) -> None:
    client.raise_request_exception = False
    for address in (
        "/search/?q=burma",
        "/search/?nobody=knows",
        "/explore/years.nothing",
        "/api/v1/search/",
        "/search/",
    ):
        for _time in range(places.AT_ONCE + 1):
            assert client.get(address).status_code in (200, 400, 404), address
    with places.a_place(), places.a_place():
        pass
