"""The first screen of the desk: what waits for whom, in a fixed number of queries."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import slugify

from armsdb import actions
from armsdb.lib.vocab import Verb
from armsdb.models import Person, Transfer
from tests import factories
from tests.accounts import account, editor, reviewer
from tests.web.reading import Reading

pytestmark = pytest.mark.django_db
FIRST = reverse("admin:index")
PARTS = {
    "to-review": "For you to review",
    "proposals": "Your proposals that wait",
    "decided": "Your proposals decided lately",
    "own": "Your drafts",
    "ready": "Drafts of others that can be published",
    "making": "Drafts of others in the making",
    "others": "Drafts of others",
    "disputed": "Disputed facts, last changed first",
}


@pytest.fixture
def first(client):
    """What stands in each part of the first screen for an account, the part's own title left out."""

    def screen(user) -> dict[str, str]:
        client.force_login(user)
        page = Reading(client.get(FIRST).content.decode())
        shown = [key for key in PARTS if (("h2", PARTS[key]) in page.headings)]
        assert page.headings[0] == ("h1", "What waits for you")
        text, told = page.text, {}
        for key in reversed(shown):
            text, _title, told[key] = text.rpartition(PARTS[key])
        return {key: told[key].strip() for key in shown}

    return screen


def draft(name, user, **values):
    record, _ = actions.put(
        model=Person,
        public_id=slugify(name),
        values={"name": name, **values},
        user=user,
        reason="New.",
    )
    return record


def test_an_editor_sees_what_became_of_the_own_proposals_and_drafts(empty, first):
    edith, emil, rosa = editor(), editor("emil"), reviewer()
    one, other = draft("First Person", edith), draft("Second Person", edith)
    draft("Third Person", emil)
    declined = actions.propose(record=one, verb=Verb.PUBLISH, user=edith, reason="Complete.")
    actions.decline(proposal=declined, user=rosa, reason="A source is missing.")
    actions.propose(record=other, verb=Verb.PUBLISH, user=edith, reason="Also complete.")
    told = first(edith)
    assert list(told) == ["proposals", "decided", "own", "others"]
    assert ("First Person" in told["proposals"], "Second Person" in told["decided"]) == (False, False)
    assert "Publish: First Person" in told["decided"]
    assert "declined" in told["decided"]
    assert "by rosa A source is missing." in told["decided"]
    assert "Publish: Second Person person second-person · waiting since" in told["proposals"]
    assert ("First Person" in told["own"], "Third Person" in told["own"]) == (True, False)
    assert ("First Person" in told["others"], "Third Person" in told["others"]) == (False, True)
    assert "by emil" in told["others"]


def test_a_reviewer_sees_what_others_wait_for_and_never_an_own_proposal(empty, first):
    edith, rosa = editor(), reviewer()
    for user in (edith, rosa):
        record = draft(f"Person of {user.username}", user)
        actions.propose(record=record, verb=Verb.PUBLISH, user=user, reason="Complete.")
    told = first(rosa)
    assert list(told) == ["to-review", "proposals", "own"]
    assert ("Person of edith" in told["to-review"], "Person of rosa" in told["to-review"]) == (True, False)
    assert "by edith" in told["to-review"]
    assert ("Person of edith" in told["proposals"], "Person of rosa" in told["proposals"]) == (False, True)


def test_the_last_decision_stands_first(empty, first):
    """Guards who looks for what came of yesterday's work: not by when it was proposed."""
    edith, rosa = editor(), reviewer()
    one, other = (
        actions.propose(record=draft(f"{name} Person", edith), verb=Verb.PUBLISH, user=edith, reason="Complete.")
        for name in ("First", "Second")
    )
    actions.accept(proposal=other, user=rosa)
    actions.decline(proposal=one, user=rosa, reason="No.")
    told = first(edith)
    assert told["decided"].index("First Person") < told["decided"].index("Second Person")
    assert told["proposals"] == "Nothing waits."


def test_what_is_decided_waits_no_longer(empty, first):
    edith, rosa = editor(), reviewer()
    proposal = actions.propose(record=draft("A Person", edith), verb=Verb.PUBLISH, user=edith, reason="Complete.")
    actions.accept(proposal=proposal, user=rosa)
    told = first(rosa)
    assert list(told) == ["to-review"]
    assert told["to-review"].startswith("Nothing waits.")


def test_a_fact_can_be_published_when_a_passage_supports_it(empty, first):
    factories.transfer("T1", published=False, comment="x")
    factories.transfer("T2", published=False, citations=())
    factories.transfer("T3", published=False, citations=[{"stance": "denies"}])
    told = first(reviewer())
    assert [key in told["ready"] for key in ("test-t1", "test-t2", "test-t3")] == [True, False, False]
    assert [key in told["making"] for key in ("test-t1", "test-t2", "test-t3")] == [False, True, True]
    assert told["making"].count("no passage supports it yet") == 2


def test_only_disputed_facts_that_readers_see_are_told_as_disputed(empty, first):
    denied = [{}, {"stance": "denies", "locator": "2"}]
    factories.transfer("T1", citations=denied)
    factories.transfer("T2", citations=denied, published=False)
    factories.transfer("T3")
    told = first(editor())
    assert [key in told["disputed"] for key in ("test-t1", "test-t2", "test-t3")] == [True, False, False]


def test_names_are_text_wherever_they_come_from(empty, client):
    edith = editor("<b>edith</b>")
    actions.propose(
        record=draft("<script>alert(1)</script>", edith), verb=Verb.PUBLISH, user=edith, reason="<img src=x onerror=a>"
    )
    client.force_login(reviewer())
    page = client.get(FIRST).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert not [tag for tag in ("<script>alert", "<img src=x", "<b>edith") if tag in page]


@pytest.mark.parametrize("user", [lambda: account("guest", staff=False), None], ids=["no staff", "anonymous"])
def test_the_desk_is_closed_to_others(client, user):
    if user:
        client.force_login(user())
    answer = client.get(FIRST)
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("admin:login"))


def test_the_first_screen_needs_as_many_queries_for_twenty_proposals_as_for_one(empty, client):
    """1 session, 2 user, 3 groups, 4 second factor, 5 the session's new end, 6 own and 7 groups' permissions,
    8 proposals to review, 9 own proposals that wait, 10 those decided, 11 own drafts, 12 drafts of others that can be
    published, 13 the rest of them, 14 disputed facts."""
    rosa, needed = reviewer(), []
    client.force_login(rosa)
    for numbers in (range(1, 2), range(2, 21)):
        for number in numbers:
            edith = editor(f"edith{number}")
            for user in (edith, rosa):
                record = draft(f"Person {number} of {user.username}", user)
                actions.propose(record=record, verb=Verb.PUBLISH, user=user, reason="Complete.")
            factories.transfer(f"T{number}", citations=[{}, {"stance": "denies", "locator": "2"}])
            factories.transfer(f"D{number}", published=False)
            factories.transfer(f"E{number}", published=False, citations=())
        with CaptureQueriesContext(connection) as captured:
            page = client.get(FIRST).content.decode()
        needed.append(len(captured))
    assert needed == [14, 14]
    assert page.count("<li>") == 6 * 10
    assert Transfer.objects.count() == 60
    assert "All proposals" in page


def test_accounts_and_how_they_sign_in_stand_apart_from_records(empty, client):
    """Tables of one-time codes among countries and transfers, in the line above every page and in the list of all."""
    client.force_login(User.objects.create_superuser("root"))
    answer = client.get(FIRST)
    records, accounts = answer.context["app_list"]
    assert accounts["name"] == "Accounts"
    assert {model["object_name"] for model in accounts["models"]} == {
        *("Group", "User", "StaticDevice", "TOTPDevice"),
    }
    assert {model["model"]._meta.app_label for model in records["models"]} == {"armsdb"}
    page = answer.content.decode()
    above = page[page.index('class="desk-kinds"') :].partition("</nav>")[0]
    assert "Transfers" in above
    assert "TOTP" not in above
    assert client.get(reverse("admin:app_list", args=["otp_totp"])).status_code == 200
