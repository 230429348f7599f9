"""Previews: the desk sees any record as readers will, and for anybody else nothing is there."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from armsdb import actions
from armsdb.lib.vocab import State
from armsdb.models import Citation, Role, kinds
from tests import factories
from tests.accounts import account, editor
from tests.search.builders import cite

from .reading import Reading

pytestmark = pytest.mark.django_db
DRAFT = "Draft: readers do not see this page."


def address(record):
    return reverse("preview", args=[record.TYPE, record.public_id])


@pytest.fixture
def see(client):
    """Read the preview of a record as an editor does."""
    client.force_login(editor())

    def preview(record) -> Reading:
        answer = client.get(address(record))
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        page = Reading(answer.content.decode())
        assert page.meta["robots"] == "noindex, nofollow"
        assert len(page.ids) == len(set(page.ids))
        return page

    return preview


# --- who sees it


@pytest.mark.parametrize("method", ["get", "head", "options", "post"])
@pytest.mark.parametrize("who", ["anonymous", "reader with an account", "former editor"])
@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_nothing_is_there_for_those_who_do_not_work_at_the_desk(client, who, state, method):
    """A preview must not even tell whether a record exists."""
    line = factories.transfer(comment="A secret.", published=state == State.PUBLISHED)
    if who == "reader with an account":
        client.force_login(account("guest", staff=False))
    elif who == "former editor":
        client.force_login(editor())
        User.objects.update(is_active=False)
    answers = [getattr(client, method)(place) for place in (address(line), "/preview/transfer/test-no-such-line/")]
    assert {answer.status_code for answer in answers} == {405 if method == "post" else 404}
    assert answers[0].content == answers[1].content
    assert b"secret" not in answers[0].content


@pytest.mark.parametrize("place", ["transfer/no-such-line", "company/test-works", "user/1", "transfer/<b>"])
def test_what_is_no_record_has_no_preview(client, place):
    client.force_login(editor())
    assert client.get(f"/preview/{place}/").status_code == 404


# --- what it shows


@pytest.mark.parametrize("model", factories.MAKERS, ids=lambda model: model.TYPE)
def test_a_draft_of_every_kind_is_shown_where_it_will_stand(model, see, client):
    record = factories.MAKERS[model](published=False)
    page = see(record)
    assert DRAFT in page.text
    assert record.name in page.text
    shown = page.headings
    actions.publish(record=record, reason="Ready.")
    public = Reading(client.get(record.get_absolute_url().partition("#")[0]).content.decode())
    assert shown == public.headings
    assert page.canonical == public.canonical


def test_every_kind_is_tried_here():
    """Guards the test above against a new kind of record."""
    assert {*factories.MAKERS, Citation} == set(kinds().values())


def test_a_preview_is_the_page_of_readers_but_for_its_banner(see, client):
    factories.transfer("Other")  # so that the two countries stand in one order before and after
    line = factories.transfer(comment="Told twice.", published=False)
    before = see(line)
    actions.publish(record=line, reason="Ready.")
    after = Reading(client.get(line.get_absolute_url()).content.decode())
    banner = before.text[before.text.index("Draft:") : before.text.index("To the desk") + len("To the desk ")]
    version = '(?i:data version) [0-9]+|version = {[0-9]+}|ET +- [0-9]+|"version": "[0-9]+"'
    assert re.sub(version, "", before.text.replace(banner, "")) == re.sub(version, "", after.text)
    assert DRAFT not in after.text


def test_a_withdrawn_record_is_shown_with_what_readers_are_told(see):
    line = factories.transfer()
    actions.withdraw(record=line, reason="Told by mistake.")
    page = see(line)
    assert "Withdrawn: readers do not see this page. They are told: “Told by mistake.”" in page.text
    assert page.headings[0] == ("h1", line.name)


def test_a_merged_record_is_shown_with_where_readers_are_led(see):
    one, other = factories.person("One Person"), factories.person("Other Person")
    actions.merge(record=one, into=other, reason="The same.")
    page = see(one)
    assert page.headings[0] == ("h1", "One Person")
    assert page.link("Other Person") == other.get_absolute_url()


def test_a_published_record_leads_to_what_readers_see(see):
    line = factories.transfer()
    assert see(line).link("What readers see") == line.get_absolute_url()


def test_drafts_among_the_citations_are_shown_and_said_to_be_drafts(see, client):
    line = factories.transfer()
    cite(line, factories.article(), locator="77", note="A hidden note.", state=State.DRAFT)
    page = see(line)
    assert "A hidden note." in page.text
    assert "One passage here is a draft itself" in page.text
    assert b"A hidden note." not in client.get(line.get_absolute_url()).content
    assert "A hidden note." in see(line.citations.get(locator="77")).text
    assert "draft itself" not in see(factories.transfer("T2")).text


def test_a_draft_role_stands_on_each_page_in_its_preview_alone(see, client):
    """Other drafts on the same page stay hidden, and readers of the page see none."""
    person = factories.person()
    shown, hidden = (
        factories.role(key, person=person, title=title, published=False)
        for key, title in (("R1", "seen"), ("R2", "unseen"))
    )
    page = see(shown)
    assert (shown.public_id in page.ids, hidden.public_id in page.ids) == (True, False)
    public = Reading(client.get(person.get_absolute_url()).content.decode())
    assert not {shown.public_id, hidden.public_id} & set(public.ids)
    nobody = factories.make(
        Role,
        "test-r3",
        key="R3",
        dataset=factories.dataset(),
        title="chief",
        of_organisation=factories.organisation(),
        citations=[{}],
        published=False,
    )
    assert nobody.public_id in see(nobody).ids
