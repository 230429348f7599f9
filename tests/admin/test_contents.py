"""What is to be published is told where it is decided."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from armsdb import actions
from armsdb.lib.dates import parse
from armsdb.lib.readings import read_number
from armsdb.lib.vocab import Verb
from tests import factories
from tests.accounts import editor
from tests.web.reading import Reading

from .desk import verb_address

pytestmark = pytest.mark.django_db


def a_draft(key: str = "T1"):
    return factories.transfer(
        key,
        published=False,
        delivered=parse("2021-02/2022-12", "by December 2022"),
        quantity_delivered=read_number("about 160"),
        parts={"companies": [{"company": factories.organisation(), "role": "producer"}]},
        citations=[{"locator": "B4"}, {"locator": "B5", "stance": "denies", "reported": {"status": "cancelled"}}],
    )


def told_of(page: str) -> str:
    """The part of a page that tells what will be published."""
    assert "desk-contents" in page
    return Reading(page[page.index('<details class="desk-contents"') :].partition("</details>")[0]).text


TOLD = (
    *("Testland", "Otherland", "Test-1", "by December 2022 (2021-02/2022-12)", "about 160", "Test Works", "producer"),
    *("Citation 1", "B4", "Citation 2", "B5", "denies", "status: cancelled"),
)


def test_who_publishes_sees_what(desk: Client) -> None:
    """A publication by the title alone: a wrong date, number or passage that nobody looked at."""
    transfer = a_draft()
    citation = factories.cite(transfer, locator="B99")
    actions.withdraw(record=citation, reason="Misread.")
    told = told_of(desk.get(verb_address("publish", transfer)).content.decode())
    assert [words for words in TOLD if words not in told] == []
    assert "B99" not in told


def test_a_reviewer_sees_what_a_proposal_would_publish(desk: Client) -> None:
    proposal = actions.propose(record=a_draft(), verb=Verb.PUBLISH, user=editor(), reason="Complete.")
    address = reverse("admin:armsdb_proposal_change", args=[proposal.pk])
    told = told_of(desk.get(address).content.decode())
    assert [words for words in TOLD if words not in told] == []
    desk.post(address, {"decision": "accept", "reason": ""})
    assert "desk-contents" not in desk.get(address).content.decode()


def test_what_is_withdrawn_is_not_told_as_what_will_be_published(desk: Client) -> None:
    assert "desk-contents" not in desk.get(verb_address("withdraw", factories.transfer())).content.decode()


def test_every_kind_is_told(desk: Client) -> None:
    """A kind that the page fails over, or that shows nothing."""
    for maker in factories.MAKERS.values():
        record = maker(published=False)
        told = told_of(desk.get(verb_address("publish", record)).content.decode())
        assert told.strip(), record


def test_many_are_told_with_as_many_queries_as_one(desk: Client) -> None:
    needed = []
    for keys in (["A1"], [f"B{number}" for number in range(20)]):
        drafts = [a_draft(key) for key in keys]
        with CaptureQueriesContext(connection) as captured:
            page = desk.get(verb_address("publish", *drafts)).content.decode()
        needed.append(len(captured))
        assert page.count('<details class="desk-contents"') == len(keys)
    assert needed[0] == needed[1]
