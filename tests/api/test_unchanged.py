"""Answers that a client already has are not sent again, and never said to be the same when they are not."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date, parse_http_date

from armsdb import actions
from armsdb.lib.vocab import Stance
from armsdb.models import Country, Dataset, DataVersion, Equipment, Organisation, Source, Transfer
from tests import factories
from tests.accounts import editor

from .asking import COLLECTIONS, ROOT, Api

REASON = "For a test."
#: An address of every kind of answer.
ANSWERS = [
    "",
    "schema/",
    *[f"{collection}/" for collection in COLLECTIONS],
    "transfers/?cursor=&page_size=5",
    "transfers/?format=csv",
    "transfers/articles-t44/",
    "countries/myanmar/",
    "sources/article-a/?fields=id,name",
    "transfers/facets/?supplier=russia",
    "transfers/summary/?group_by=year",
    "relations/russia/myanmar/",
    "search/?q=myanmar",
    "suggest/?q=mya",
]
RENAMED: tuple[Any, ...] = (Country, Organisation, Equipment, Source, Dataset)
VERSION_QUERY = "SELECT type, number, CAST(changed AS text) FROM armsdb_dataversion ORDER BY type"


def put(record: Any, **values: Any) -> None:
    actions.put(model=type(record), public_id=record.public_id, values=values, reason=REASON)


def long_ago() -> None:
    """Let the last change be over for an hour."""
    DataVersion.objects.update(changed=datetime.now(UTC) - timedelta(hours=1))


@pytest.mark.keeps_memory
@pytest.mark.parametrize("path", ANSWERS)
def test_what_the_client_has_costs_the_query_for_the_version_alone(api: Api, path: str):
    long_ago()
    first = api.ask(path, "HEAD")
    assert first.status_code == 200
    heads = [{"If-None-Match": first["ETag"]}, {"If-None-Match": f'"other", {first["ETag"].removeprefix("W/")}'}]
    if "Last-Modified" in first:
        heads.append({"If-Modified-Since": first["Last-Modified"]})
    for head in heads:
        with CaptureQueriesContext(connection) as queries:
            again = api.ask(path, **head)
        assert again.status_code == 304, head
        assert again.content == b""
        assert [query["sql"] for query in queries] == [VERSION_QUERY]
        assert again["ETag"] == first["ETag"]
        for name in ("Cache-Control", "Vary", "Access-Control-Allow-Origin"):
            assert again[name] == first[name], name
        assert again["X-Request-ID"] != first["X-Request-ID"]


@pytest.mark.parametrize("path", ["transfers/?supplier=russia", "transfers/facets/", "search/?q=myanmar"])
def test_a_list_that_nothing_remembers_costs_the_query_for_the_version_alone(api: Api, path: str):
    tag = api.ask(path)["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert api.ask(path, **{"If-None-Match": tag}).status_code == 304
    assert [query["sql"] for query in queries] == [VERSION_QUERY]


def test_a_list_changes_with_the_kinds_that_it_joins_and_with_no_others(api: Api):
    """A dataset stands in transfers, and in no country."""
    joins, joins_not = api.ask("transfers/")["ETag"], api.ask("countries/")["ETag"]
    put(Dataset.objects.get(public_id="articles"), licence="Another licence")
    assert api.ask("transfers/", **{"If-None-Match": joins}).status_code == 200
    assert api.ask("countries/", **{"If-None-Match": joins_not}).status_code == 304


def test_a_record_changes_with_itself_what_it_embeds_and_its_citations_and_with_nothing_else(api: Api):
    path = "transfers/articles-t44/"

    had = {"tag": api.ask(path)["ETag"]}

    def is_the_same() -> bool:
        answer = api.ask(path, **{"If-None-Match": had["tag"]})
        had["tag"] = answer["ETag"]
        return bool(answer.status_code == 304)

    line = Transfer.objects.get(public_id="articles-t44")
    put(Transfer.objects.get(public_id="articles-t01"), comment="Another line.")
    put(Country.objects.get(public_id="china"), summary="Another country.")
    put(Country.objects.get(public_id="myanmar"), summary="Of what is embedded its name is told, not this.")
    factories.transfer("M1", published=False)
    assert is_the_same()
    put(line, comment="Another comment.")
    assert not is_the_same()
    put(Country.objects.get(public_id="myanmar"), name="Burma")
    assert not is_the_same()
    put(line.citations.get(public_id="articles-t44-c1").source, name="Another title")
    assert not is_the_same()
    actions.cite(fact=line, values={"note": "Another note."}, number=1, reason=REASON)
    assert not is_the_same()
    assert is_the_same()


def test_a_draft_changes_no_mark(api: Api):
    line = factories.transfer("M1", published=False)  # which comes with a dataset and countries that are none
    tags = {path: api.ask(path, "HEAD")["ETag"] for path in ANSWERS}
    put(line, comment="Nobody sees it.")
    changed = [path for path, tag in tags.items() if api.ask(path, "HEAD", **{"If-None-Match": tag}).status_code != 304]
    assert not changed


def test_the_moment_of_the_last_change_is_not_taken_for_one_in_which_nothing_more_came(api: Api):
    """Dates of HTTP are whole seconds; two changes may fall in one."""
    put(Country.objects.get(public_id="myanmar"), name="Burma")
    first = api.ask("countries/")
    put(Country.objects.get(public_id="myanmar"), name="Myanmar")
    assert api.ask("countries/", **{"If-Modified-Since": first["Last-Modified"]}).status_code == 200
    long_ago()
    told = api.ask("countries/")["Last-Modified"]
    assert api.ask("countries/", **{"If-Modified-Since": told}).status_code == 304
    earlier = http_date(parse_http_date(told) - 1)
    assert api.ask("countries/", **{"If-Modified-Since": earlier}).status_code == 200
    # A tag decides where there is one.
    both = {"If-Modified-Since": told, "If-None-Match": '"other"'}
    assert api.ask("countries/", **both).status_code == 200


@pytest.mark.parametrize("told", ["garbage", '"', "W/", '"\\', "", "\u00ff", '"a" "b"', "," * 500])
def test_garbage_for_a_mark_is_overlooked(api: Api, told: str):
    assert api.ask("countries/", **{"If-None-Match": told}).status_code == 200
    assert api.ask("countries/", **{"If-Modified-Since": told}).status_code == 200


def test_a_star_is_for_what_has_an_answer(api: Api):
    assert api.ask("countries/", **{"If-None-Match": "*"}).status_code == 304
    api.problem("countries/?suplier=x", 400, **{"If-None-Match": "*"})
    api.problem("countries/nowhere/", 404, **{"If-None-Match": "*"})
    api.problem("countries/?page=99", 404, **{"If-Modified-Since": http_date()})


def test_marks_differ_by_address_and_format(api: Api):
    paths = ["transfers/", "transfers/?page_size=5", "transfers/?format=csv", "transfers/?format=jsonl"]
    tags = [api.ask(path, "HEAD")["ETag"] for path in paths]
    tags.append(api.ask("transfers/", "HEAD", Accept="text/csv")["ETag"])
    assert len(set(tags)) == len(tags)


def test_head_has_the_marks_of_get(api: Api):
    for path in ("", "transfers/", "transfers/articles-t44/", "search/?q=myanmar"):
        whole, head = api.ask(path), api.ask(path, "HEAD")
        assert head.content == b""
        for name in ("ETag", "Content-Type", "Cache-Control", "Vary", "Link"):
            assert head[name] == whole[name], (path, name)
        assert api.ask(path, "HEAD", **{"If-None-Match": whole["ETag"]}).status_code == 304


def test_what_is_no_answer_has_no_mark_and_is_asked_anew(api: Api):
    for path, status in (("countries/?x=1", 400), ("countries/nowhere/", 404), ("equipment/SU-30", 404)):
        answer = api.ask(path)
        assert answer.status_code in (status, 308)
        assert "ETag" not in answer
        kept = answer["Cache-Control"]
        assert "max-age=0" in kept, "a cache that kept what was there before has to hear that it is gone"


def test_anybody_may_keep_an_answer_but_that_of_who_is_signed_in(api: Api):
    for path in ("/api/v1/transfers/", "/transfers/", "/"):
        assert Client().get(path)["Cache-Control"].startswith("public, max-age=0")
    client = Client()
    client.force_login(editor())
    for path in ("/api/v1/transfers/", "/transfers/", "/", "/admin/"):
        assert "private" in client.get(path)["Cache-Control"]
    assert "private" in api.ask("transfers/", Authorization="Token abc")["Cache-Control"]


def test_a_list_tells_its_neighbours_and_its_description_by_links(api: Api):
    links = api.ask("transfers/?page=2&page_size=5")["Link"]
    assert 'page=3&page_size=5>; rel="next"' in links or 'page_size=5&page=3>; rel="next"' in links
    assert 'rel="prev"' in links
    assert f'{ROOT}schema/>; rel="describedby"' in links


@pytest.mark.walk
def test_a_tag_is_never_that_of_another_answer(api: Api):
    """After edits drawn at random: what is told to be the same is the same."""
    draw = random.Random(5)

    def one(rows: Any) -> Any:
        return rows.get(pk=draw.choice(sorted(rows.values_list("pk", flat=True))))

    def rename(kind: Any) -> None:
        put(one(kind.objects.published()), name=f"Name {draw.random()}")

    edits: list[Callable[[], Any]] = [
        *[partial(rename, kind) for kind in RENAMED],
        lambda: factories.cite(
            one(Transfer.objects.published()), source=one(Source.objects.published()), stance=Stance.SUPPORTS
        ),
        lambda: put(one(Dataset.objects.published()), licence=f"L{draw.random()}"),
        lambda: put(one(Transfer.objects.published()), comment=f"C{draw.random()}"),
    ]
    paths = [path for path in ANSWERS if "format" not in path and "search" not in path and "schema" not in path]
    had = {path: api.ask(path) for path in paths}
    for edit in edits:
        edit()
        for path in paths:
            answer = api.ask(path, **{"If-None-Match": had[path]["ETag"]})
            if answer.status_code == 304:
                assert api.ask(path).content == had[path].content, path
            else:
                had[path] = answer
