"""Nothing unpublished leaks: every public address answers the same, byte for byte, with drafts of every kind beside."""

import json
import time
from io import StringIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import models
from django.test import Client

from armsdb import actions
from armsdb.actions.saving import save_row
from armsdb.lib.vocab import Verb
from armsdb.models import (
    ApiToken,
    Citation,
    Country,
    Dataset,
    DatasetVersion,
    DataVersion,
    Deal,
    Equipment,
    Event,
    Figure,
    FormerId,
    ImportRun,
    Job,
    Organisation,
    Ownership,
    Person,
    Proposal,
    Record,
    RecordMove,
    Role,
    Sanction,
    SearchEntry,
    SearchName,
    Source,
    Transfer,
    TransferOverlap,
)
from tests import factories
from tests.crawling import Answer, ask, crawl, patterns, visited

pytestmark = pytest.mark.walk

#: A word that no published record has, and that every draft has everywhere.
WORD = "zzdraftword"
#: Tables in which no draft can be: they hold what follows from published records, or are no part of the knowledge base.
DERIVED = {ApiToken, DataVersion, Job, RecordMove, SearchEntry, SearchName}
#: Addresses that name drafts, or ask for their word.
NAMING = [
    *(f"/{collection}/{WORD}-{kind}/" for collection, kind in (
        ("countries", "country"), ("companies", "organisation"), ("organisations", "organisation"),
        ("people", "person"), ("equipment", "equipment"), ("sources", "source"), ("datasets", "dataset"),
        ("transfers", "transfer"), ("figures", "figure"), ("sanctions", "sanction"), ("events", "event"),
        ("ownerships", "ownership"), ("roles", "role"), ("citations", "transfer-c1"), ("transfers", "former"),
    )),
    f"/relations/{WORD}-country/test-testland/",
    f"/search/?q={WORD}",
    *(f"/{collection}/?q={WORD}" for collection in ("countries", "companies", "organisations", "people", "equipment",
      "transfers", "figures", "sanctions", "events", "ownerships", "roles", "sources", "datasets")),
    *(f"/transfers/?{name}={WORD}-{kind}" for name, kind in (
        ("supplier", "country"), ("company", "organisation"), ("organisation", "organisation"),
        ("equipment", "equipment"), ("source", "source"), ("dataset", "dataset"), ("person", "person"),
    )),
    f"/citations/?fact={WORD}-transfer",
]  # fmt: skip


@pytest.fixture
def world(empty, settings, tmp_path) -> SimpleNamespace:
    """One published record of every kind, all around the same few; some with draft days full of the word.

    A release was made of them.
    """
    w = SimpleNamespace()
    w.land, w.other = factories.country("Testland"), factories.country("Otherland")
    w.works, w.person = factories.organisation(country=w.land), factories.person()
    w.newsroom, w.equipment = factories.newsroom(), factories.equipment()
    w.article = factories.article(sections=[{"from": "1", "title": "First part"}])
    parts = {"companies": [{"company": w.works, "role": "exporter"}], "deliveries": [{"date": "2019", "quantity": 2}]}
    told = [{"attributed_to_person": w.person}, {"stance": "denies", "attributed_to_organisation": w.newsroom}]
    w.transfer = factories.transfer(delivered="2019", parts=parts, citations=told)
    w.back = factories.transfer("T2", supplier=w.other, recipient=w.land, returns=w.transfer, talked="2020")
    actions.keep_overlaps(among=[w.transfer, w.back], pairs=[(w.transfer, w.back)], reason="May be one.")
    w.figure, w.sanction, w.event = factories.figure(), factories.sanction(), factories.event()
    w.ownership, w.role, w.dataset = factories.ownership(), factories.role(), factories.dataset()
    _with_draft_days(w)
    _withdrawn(w)
    settings.RELEASES_DIR = tmp_path
    call_command("release", folder=tmp_path, yes=True, stdout=StringIO())
    _let_the_second_end()
    return w


def _let_the_second_end() -> None:
    """Wait until what was written is older than a second: till then Last-Modified names the second before it."""
    time.sleep(1 - time.time() % 1)


def _with_draft_days(w: SimpleNamespace) -> None:
    """Values and reasons that published records had only as drafts, or while they were withdrawn."""
    line = factories.transfer("T3", published=False, comment=WORD, supplier_as_stated=WORD, citations=[{"note": WORD}])
    rows = {"companies": [{"company": w.works, "role": "broker"}]}
    put(line, f"For {WORD}.", parts=rows, comment=WORD * 2)
    put(line, f"Not for {WORD}.", parts={"companies": []}, comment="", supplier_as_stated="")
    actions.cite(fact=line, number=1, values={"note": ""}, reason=f"No more {WORD}.")
    actions.publish(record=Transfer.objects.get(pk=line.pk), reason="Ready.")
    land: Any = factories.country("Newland", published=False, summary=WORD)
    put(land, f"A {WORD} name.", parts={"aliases": [{"name": WORD}]})
    put(land, "Tidied.", parts={"aliases": []}, summary="A state.")
    land = actions.publish(record=Country.objects.get(pk=land.pk), reason="Ready.")
    put(land, "A better word.", summary="A new state.")
    person = factories.person("Again")
    actions.withdraw(record=person, reason="In doubt.")
    put(person, f"{WORD}!", summary=WORD)
    put(person, "Tidied.", summary="Sure.")
    actions.publish(record=Person.objects.get(pk=person.pk), reason="Sure.")


def _withdrawn(w: SimpleNamespace) -> None:
    """What was taken back: its address tells the reason alone."""
    for made in (factories.transfer("T4", comment=WORD), factories.event("E2", name=f"The {WORD} visit")):
        actions.withdraw(record=made, reason="Told by mistake.")


def put(record: Any, reason: str, parts: Any = None, **values: Any) -> None:
    actions.put(model=type(record), public_id=record.public_id, values=values, parts=parts, reason=reason)


def plant(w: SimpleNamespace) -> list[models.Model]:
    """A draft of every kind around published records, the word in every text that it can have."""
    planted: list[Any] = _entities(w)
    facts = _facts(w)
    line = facts[0]
    citation = Citation(
        public_id=f"{w.transfer.public_id}-c99", transfer=w.transfer, source=w.article, locator="9", basis="reporting",
        attributed_to=WORD, attributed_to_person=w.person, note=WORD, reported={"supplier_as_stated": WORD},
    )  # fmt: skip
    save_row(citation, user=None, reason=WORD)
    deal = Deal(public_id=f"{WORD}-deal", name=WORD, dataset=w.dataset)
    save_row(deal, user=None, reason=WORD)
    put(line, WORD, deal=deal)
    edition = DatasetVersion(dataset=planted[-1], label=WORD)
    save_row(edition, user=None, reason=WORD)
    run = ImportRun.objects.create(version=edition, file_name=WORD, file_sha256="0" * 64)
    overlap = TransferOverlap(first=w.transfer, second=line)
    save_row(overlap, user=None, reason=WORD)
    apart = actions.tell_apart(record=w.land, other=w.other, reason=WORD)
    renamed = factories.make(Transfer, f"{WORD}-former", published=False, **_line(w, "former"))
    actions.rename(record=renamed, public_id=f"{WORD}-renamed", reason=WORD)
    # Renaming a draft leaves no such row; one that is there all the same must lead nowhere.
    former = FormerId.objects.create(type=Transfer.TYPE, former=f"{WORD}-former", current=f"{WORD}-renamed")
    rows = [row for owner in (*planted, *facts) for row in _parts(owner)]
    proposal = _proposal(w.transfer)
    return [*planted, *facts, *rows, citation, deal, run, edition, overlap, apart, former, proposal]


def _proposal(line: Transfer) -> Proposal:
    """A change of a published line that waits for a reviewer."""
    editor = User.objects.create_user(f"{WORD}-editor")
    differences = [{"label": "Comment", "before": "", "after": WORD}]
    return actions.propose(
        record=line,
        verb=Verb.CHANGE,
        user=editor,
        reason=WORD,
        data={"comment": [WORD]},
        differences=differences,
    )


def _entities(w: SimpleNamespace) -> list[Record]:
    names = {"aliases": [{"name": f"{WORD} alias", "source": w.article, "locator": "1"}]}

    def made(model: type[Record], **values: Any) -> Any:
        parts = {"identifiers": [{"scheme": "test", "value": f"{WORD}-{model.TYPE}"}], **names}
        if model is Country:
            parts["successors"] = [{"successor": w.land}]
        if model in (Source, Dataset):
            parts = {}
        values = {"name": f"{WORD} {model.TYPE}", **values}
        return factories.make(model, f"{WORD}-{model.TYPE}", published=False, parts=parts, **values)

    return [
        made(Country, summary=WORD, alpha_2="ZZ", alpha_3="ZZD"),
        made(Organisation, summary=WORD, kind="company", country=w.land),
        made(Person, summary=WORD),
        made(Equipment, summary=WORD, description=WORD, family=w.equipment, category="battle-tanks"),
        made(Source, publisher=w.newsroom, via=w.article, authors=[WORD], reliability=WORD, kind="news-article"),
        made(Dataset, publisher=w.newsroom, summary=WORD, licence=WORD, terms="open", version=WORD),
    ]


def _line(w: SimpleNamespace, key: str) -> dict[str, Any]:
    return {
        "dataset": w.dataset, "key": f"{WORD}-{key}", "supplier": w.land, "recipient": w.other,
        "equipment": w.equipment, "comment": WORD, "supplier_as_stated": WORD, "delivered": "2019",
        "value": {"low": 5, "high": 5, "currency": "USD", "text": WORD}, "returns": w.transfer,
    }  # fmt: skip


def _facts(w: SimpleNamespace) -> list[Any]:
    """A draft fact of each kind, cited from a published document, each told by a published person."""

    def made(model: type[Record], parts: Any = None, **values: Any) -> Any:
        own = {"dataset": w.dataset, "key": f"{WORD}-{model.TYPE}", "comment": WORD}
        fact = factories.make(
            model, f"{WORD}-{model.TYPE}", published=False, parts=parts, **{**own, **values}
        )  # fmt: skip
        told = {"note": WORD, "attributed_to_person": w.person, "quotes": w.article}
        factories.cite(fact, source=w.article, locator="5", stance="denies", **told)
        factories.cite(fact, source=w.article, locator="6", attributed_to=WORD, note=WORD)
        return fact

    words = {"name": f"{WORD} title", "statement": WORD}
    everyone = [{"country": w.land}, {"organisation": w.works}, {"person": w.person}]
    companies = [{"company": w.works, "role": "broker"}]
    deliveries = [{"date": {"edtf": "2019", "text": WORD}, "quantity": {"low": 1, "text": WORD}}]
    return [
        made(Transfer, parts={"companies": companies, "deliveries": deliveries}, **_line(w, "transfer")),
        made(Figure, parts={"about": [*everyone, {"equipment": w.equipment}]}, unit=WORD, number=3, **words),
        made(Sanction, parts={"imposed_by": everyone[:2], "targets": everyone}, programme=WORD, **words),
        made(Event, parts={"participants": everyone}, kind="visit", place=WORD, place_country=w.land, **words),
        made(Ownership, parent=w.newsroom, child=w.works, share={"low": 1, "high": 1, "text": WORD}),
        made(Role, person=w.person, title=WORD, of_organisation=w.works, period="2019"),
    ]


def _parts(owner: Record) -> list[models.Model]:
    """Every row that is part of a draft."""
    names = ("aliases", "identifiers", "succession_rows", "company_rows", "deliveries", "about_rows", "imposer_rows",
             "target_rows", "participant_rows")  # fmt: skip
    return [row for name in names if hasattr(owner, name) for row in getattr(owner, name).all()]


def naming() -> list[str]:
    """Addresses that name drafts, of pages and of the API; the answer to the last repeats what it is asked of."""
    named = [address for path in NAMING for address in (path, f"/api/v1{path}")]
    return [*named, reconciled(extend={"ids": [f"country:{WORD}-country"], "properties": [{"id": "other-names"}]})]


def matching() -> list[str]:
    """What matches names, and what stands at the ids that it gives."""
    queries = {"q": {"query": "Testland"}, "draft": {"query": f"{WORD} Testland"}}
    wanted = {"ids": ["country:test-testland"], "properties": [{"id": "other-names"}, {"id": "url"}]}
    found = [reconciled(queries=queries), reconciled(extend=wanted)]
    found += [f"/api/v1/reconcile/suggest/entity/?prefix={begun}" for begun in ("test", WORD)]
    return found + [f"/api/v1/reconcile/{place}/country:test-testland/" for place in ("view", "preview")]


def reconciled(**asked: Any) -> str:
    return f"/api/v1/reconcile/?{urlencode({name: json.dumps(value) for name, value in asked.items()})}"


def walk(client: Client) -> dict[str, Answer]:
    """Every public address: links, a search, suggestions, totals, facets, histories, linked where they are long, and
    the files of pictures that need something named."""
    kinds = [kind for kind in factories.MAKERS if kind not in (Ownership, Role)]
    pages = [record.get_absolute_url() for kind in kinds for record in kind._default_manager.published()]
    totals = [f"/api/v1/transfers/summary/?group_by={by}" for by in ("year,dataset", "supplier,recipient")]
    totals += ["/api/v1/transfers/facets/", "/api/v1/suggest/?q=test", f"/api/v1/suggest/?q={WORD}"]
    totals += matching()
    pictures = [f"/explore/timeline.{{}}?country={country}" for country in ("test-testland", "test-otherland")]
    pictures.append("/explore/compare.{}?country=test-testland&country=test-otherland")
    pictures.append("/explore/network.{}?around=country:test-testland&around=country:test-otherland")
    totals += [picture.format(extension) for picture in pictures for extension in ("csv", "json", "svg", "png")]
    totals += [f"/cards/{record.TYPE}/{record.public_id}.png" for record in Country.objects.published()]
    return crawl(client, "/search/?q=test", "/data/latest/README.md", *totals, *(f"{page}history/" for page in pages))


def differing(before: dict[str, Answer], after: dict[str, Answer]) -> list[str]:
    return [address for address in before if before[address] != after.get(address)] + [*(after.keys() - before.keys())]


def test_every_public_address_answers_the_same_with_a_draft_of_every_kind_beside(world, client: Client):
    """The word is nowhere, before and after; bodies, statuses and headers are equal, byte for byte.

    So are counts, titles, neighbours and the data version, since all of them stand in bodies or headers. Addresses
    that name a draft answer as they do for what was never there.
    """
    before = walk(client)
    assert set(patterns()) <= visited(before), "the crawl does not reach every kind of address"
    asked = {address: ask(client, address) for address in naming()}
    planted = plant(world)
    ours = {model for model in apps.get_app_config("armsdb").get_models() if not model._meta.proxy}
    kept = {model for model in ours if not model.__name__.startswith("Historical")}
    assert {type(row) for row in planted} == kept - DERIVED, "a draft of a kind is missing"
    after = walk(client)
    assert differing(before, after) == []
    assert [address for address, answer in after.items() if WORD in answer.words] == []
    assert differing(asked, {address: ask(client, address) for address in asked}) == []


def test_once_it_is_published_the_same_walk_finds_it(world, client: Client):
    """Guards the test above: the walk, the comparison and the word do see what is published."""
    around = ("/", "/people/test-test-person/", "/api/v1/countries/", "/relations/test-testland/test-otherland/")
    before = {address: ask(client, address) for address in around}
    plant(world)
    line = Transfer.objects.get(public_id=f"{WORD}-transfer")
    actions.publish(record=line, reason="It is public now.")
    after = walk(client)
    seen = {address for address, answer in after.items() if WORD in answer.words}
    own = {f"/transfers/{WORD}-transfer/", f"/api/v1/transfers/{WORD}-transfer/", "/transfers/", "/api/v1/transfers/"}
    assert own | {"/relations/test-testland/test-otherland/", "/sources/test-test-article/"} <= seen
    assert [address for address in around if before[address] == after[address]] == []
    assert WORD in ask(client, f"/api/v1/search/?q={WORD}").words


def test_a_change_that_is_published_is_told_and_one_that_never_was_is_not(world, client: Client):
    """Guards the part of the world that has draft days: its records do have a history that is told."""
    told = ask(client, "/countries/test-newland/").words
    assert "a better word" in told
    assert WORD not in told
    put(Country.objects.get(public_id="test-newland"), f"{WORD} is public.", summary="Once more.")
    assert f"{WORD} is public" in ask(client, "/countries/test-newland/").words
