"""Texts of records may hold anything: every page and answer that shows them stays what it is."""

import csv
import io
import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from django.utils import timezone

from armsdb import actions
from armsdb.models import (
    Citation,
    Country,
    Dataset,
    Equipment,
    Event,
    Figure,
    Organisation,
    Ownership,
    Person,
    Record,
    Role,
    Sanction,
    Source,
    Transfer,
)
from armsdb.models.values import groups_of
from tests import factories
from tests.crawling import Answer, crawl
from tests.unpacking import unpacked

pytestmark = pytest.mark.walk

#: Begins by breaking out of an attribute; template tags, a right-to-left override and a mark of direction follow.
MARKUP = "\"'><img src=x onerror=alert(1)></title><script>alert(1)</script>{{ 7*7 }}{% debug %}\u202e\u200fjavascript:1"
LONG = "w" * 10_000
#: Elements without an end tag.
VOID = {"br", "hr", "img", "input", "link", "meta"}
#: Columns that are words of a vocabulary, ids, codes, or follow from others.
NOT_FREE = {"public_id", "key", "state_reason", "url", "archived_url", "locator_prefix"}


def hostile(model: type[models.Model], **values: Any) -> dict[str, Any]:
    """Values for every column of a table that holds free text, each as long as it can be."""
    groups = groups_of(model)
    grouped = {column for group in groups.values() for column in group.column_names()}
    texts = {}
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.URLField)
        if is_text and field.editable and not field.choices and field.name not in NOT_FREE | grouped:
            texts[field.name] = f"{MARKUP} {LONG}"[: field.max_length or None]
    return texts | values


def hostile_world() -> None:
    """A published record of every kind, hostile in every text, around the same few; each was changed once."""
    text = f"{MARKUP} {LONG}"[:200]
    when, count = {"edtf": "2019", "text": text}, {"low": 1, "high": 2, "text": text}
    paper = _make(
        Source, kind="news-article", authors=[text], published=when, url="https://example.org/?a=\"'><script>"
    )
    put(paper, sections=[{"from": "1", "title": text}])
    names = [{"name": text, "source": paper, "locator": text[:60], "language": text[:20], "kind": "other"}]
    identifiers = [{"scheme": text[:40], "value": text[:120]}]

    def entity(model: type[Record], **values: Any) -> Any:
        value = {**identifiers[0], "value": f"{model.TYPE} {text}"[:120]}
        return _make(model, parts={"aliases": names, "identifiers": [value]}, **values)

    land = entity(Country, alpha_2="<>", alpha_3="<i>", existed_from=when, alpha_4="")
    other = factories.country("Otherland")
    works = entity(Organisation, kind="company", country=land)
    newsroom = entity_named(Organisation, "newsroom", kind="news-outlet")
    put(paper, publisher=newsroom)
    person = entity(Person)
    thing = entity(Equipment, category="battle-tanks")
    dataset = _make(Dataset, terms="open", publisher=newsroom)
    everyone = [{"country": land}, {"organisation": works}, {"person": person}]
    own = {"dataset": dataset, "source": paper}
    sum_ = {"low": 5, "high": 5, "currency": "USD", "text": text}
    parts = {"companies": [{"company": works, "role": "broker"}], "deliveries": [{"date": when, "quantity": count}]}
    _fact(Transfer, own, parts, supplier=land, recipient=other, equipment=thing, delivered=when, value=sum_,
          quantity_delivered={"text": text}, quantity_ordered=count)  # fmt: skip
    _fact(Figure, own, {"about": [*everyone, {"equipment": thing}]}, value=sum_, period=when)
    _fact(Sanction, own, {"imposed_by": everyone[:2], "targets": everyone}, imposed=when, ended=when)
    _fact(Event, own, {"participants": everyone}, kind="visit", date=when, place_country=land, count=count)
    _fact(Ownership, own, parent=newsroom, child=works, share=count, period=when)
    _fact(Role, own, person=person, of_organisation=works, period=when)
    gone = factories.event("E9")
    actions.withdraw(record=gone, reason=f"{MARKUP} {LONG}")


def put(record: Any, **values: Any) -> None:
    actions.put(
        model=type(record), public_id=record.public_id, values=values, reason=f"{MARKUP} {LONG}", user=None
    )  # fmt: skip
    record.refresh_from_db()


def _make(model: type[Record], parts: Any = None, **values: Any) -> Any:
    """A record that is hostile in every text; its name was another one before."""
    made = factories.make(model, f"hostile-{model.TYPE}", parts=parts, **hostile(model, **values))
    if "summary" in {field.name for field in model._meta.fields}:
        put(made, summary=f"{MARKUP} was another")
    return made


def entity_named(model: type[Record], public_id: str, **values: Any) -> Any:
    return factories.make(model, f"hostile-{public_id}", **hostile(model, **values))


def _fact(model: type[Record], own: dict[str, Any], parts: Any = None, **values: Any) -> Any:
    texts = hostile(Citation, source=own["source"], locator="1", basis="reporting")
    told = [texts, {**texts, "stance": "denies", "attributed_to": MARKUP[:200]}]
    if model is Transfer:
        told[1]["reported"] = {"supplier_as_stated": MARKUP, "quantity_delivered": {"text": MARKUP}}
    key = f"hostile-{model.TYPE}"
    values = {"dataset": own["dataset"], "key": key, **values}
    made = factories.make(model, key, parts=parts, citations=told, **hostile(model, **values))
    put(made, comment=f"{MARKUP} was another {LONG}")
    return made


class Strict(HTMLParser):
    """A page that has to be well formed, without anything that a browser would run."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._check(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._check(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"{self.address}: </{tag}> closes nothing"
        assert self.open.pop() == tag, f"{self.address}: </{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def _check(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        assert tag != "img", f"{self.address} has a picture"
        is_data = values == {"type": "application/ld+json"}  # which no browser runs
        assert tag != "script" or is_data or (values.get("src") or "").startswith("/"), f"{self.address} has a script"
        assert not [name for name in values if name.startswith("on") or name == "style"], f"{self.address}: {values}"
        for name in ("href", "src", "action"):
            address = (values.get(name) or "").strip().lower()
            assert not address.startswith(("javascript:", "data:", "vbscript:")), f"{self.address}: {address}"


def check(address: str, answer: Answer) -> str:
    """Check that an answer is well formed, and give its words as a reader has them."""
    headers = dict(answer.headers)
    assert headers["X-Content-Type-Options"] == "nosniff", address
    kind = headers["Content-Type"]
    text = unpacked(kind, answer.body)
    if "jsonl" in kind:
        return "".join(json.dumps(json.loads(line), ensure_ascii=False) for line in answer.body.splitlines())
    if "csv" in kind:
        cells = [cell for row in csv.reader(io.StringIO(text, newline=""), strict=True) for cell in row]
        assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n"))] == [], address
    if "json" in kind:
        return json.dumps(json.loads(text), ensure_ascii=False)
    if "html" in kind:
        page = Strict(address)
        page.feed(text)
        page.close()
        assert page.open == [], f"{address} leaves elements open"
        return "".join(page.words)
    return ""


def test_every_page_and_answer_with_hostile_texts_stays_what_it_is(empty, client: Client, monkeypatch):
    """No element, attribute or address comes from a text, no template tag is run, and the words are there as typed."""
    now = timezone.now
    minutes = iter(range(100_000))
    monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(minutes=next(minutes)))
    hostile_world()
    monkeypatch.undo()
    pages = {kind.TYPE: _address(kind) for kind in factories.MAKERS if kind not in (Ownership, Role)}
    previews = [f"/api/v1/reconcile/preview/{kind}:hostile-{kind}/" for kind in ("country", "person")]
    unlinked = ("/search/?q=hostile", "/search/?q=script", "/events/test-e9/", "/api/v1/events/test-e9/", *previews)
    answers = crawl(client, *unlinked, *(f"{page}history/" for page in pages.values()))
    words = {address: check(address, answer) for address, answer in answers.items()}
    assert len(answers) > 200
    # The examples of the API's page ask for Myanmar, which is not in this world; those of a comparison and a network,
    # among the components, name nobody.
    refused = [address for address, answer in answers.items() if answer.status not in (200, 308, 404, 410)]
    assert [address for address in refused if not re.search(r"myanmar|^/explore/(compare|network)\.", address)] == []
    for kind, page in pages.items():
        for address in (page, f"/api/v1{page}"):
            assert "<script>alert(1)</script>{{ 7*7 }}{% debug %}" in words[address], f"{kind}: {address}"
        assert "was another" in words[f"{page}history/"] or kind in ("source", "dataset")
    assert "<script>" in words["/events/test-e9/"]


def _address(kind: type[Record]) -> str:
    return str(kind._default_manager.get(public_id=f"hostile-{kind.TYPE}").get_absolute_url())


@pytest.mark.parametrize("column", ["url", "archived_url"])
@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,<script>", "//evil.example", "ftp://a.example/",
     "vbscript:x", "JaVaScRiPt:alert(1)//http://a.example", "https:", "http://a.example/\njavascript:alert(1)"],
)  # fmt: skip
def test_an_address_that_is_not_of_the_web_is_refused(column: str, address: str, seeded):
    """Beside its field, by the action that the desk uses too."""
    with pytest.raises(ValidationError) as refused:
        factories.article("Bad", **{column: address})
    assert list(refused.value.message_dict) == [column]


def test_every_column_for_addresses_takes_those_of_the_web_alone():
    """Guards against a new column with the field's own list of schemes, which has ftp."""
    found = 0
    for model in apps.get_app_config("armsdb").get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.URLField) and not model.__name__.startswith("Historical"):
                found += 1
                with pytest.raises(ValidationError):
                    field.clean("ftp://a.example/", model())
    assert found >= 2
