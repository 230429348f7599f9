"""A transfer from its first draft to its end, as an editor works."""

from typing import Any

import pytest
from django.test import Client

from armsdb import actions
from armsdb.models import Citation, Country, Transfer
from tests import factories

from .desk import add_address, change_address, errors_of, filled, opened, rows, verb_address

pytestmark = pytest.mark.django_db


def a_transfer(client: Client, **typed: Any) -> dict[str, Any]:
    """A new transfer as it is typed: two citations, one of which denies, and a company."""
    form = opened(client, add_address(Transfer))
    source = factories.article()
    return filled(
        form,
        **{
            "dataset": factories.dataset().pk,
            "supplier": factories.country().pk,
            "recipient": factories.country("Otherland").pk,
            "equipment": factories.equipment().pk,
            "delivered_edtf": "2021-02/2022-12",
            "delivered_text": "by December 2022",
            "quantity_delivered": "about 160",
            "value_text": "at least 24 million USD",
            "value_basis": "contract",
            **rows(form, "company_rows", {"company": factories.organisation().pk, "role": "producer"}),
            **rows(
                form,
                "citations",
                {"source": source.pk, "locator": "4", "stance": "supports", "basis": "reporting"},
                {
                    "source": source.pk,
                    "locator": "5",
                    "stance": "denies",
                    "basis": "official-statement",
                    "reported": "status: cancelled",
                },
            ),
            **typed,
        },
    )


def test_a_transfer_is_drafted_published_corrected_and_withdrawn(desk: Client, client: Client) -> None:
    """The whole way of a fact through the desk; readers see each step as they should, and no sooner."""
    answer = desk.post(add_address(Transfer), a_transfer(desk))
    transfer = Transfer.objects.get(dataset__public_id="test-tests")
    assert answer.headers["Location"] == change_address(transfer)
    assert (transfer.public_id, transfer.key, transfer.state) == ("test-tests-t1", "T1", "draft")
    assert (transfer.value.low, transfer.value.currency, transfer.value.basis) == (24_000_000, "USD", "contract")
    assert transfer.evidence == "disputed"
    assert Citation.objects.get(public_id="test-tests-t1-c2").reported == {"status": "cancelled"}
    assert [row.role for row in transfer.company_rows.all()] == ["producer"]
    assert client.get("/transfers/test-tests-t1/").status_code == 404

    desk.post(verb_address("publish", transfer), {"reason": "Checked."})
    assert client.get("/transfers/test-tests-t1/").status_code == 200

    form = opened(desk, change_address(transfer))
    desk.post(change_address(transfer), filled(form, quantity_delivered="up to 150", reason="The report was misread."))
    transfer.refresh_from_db()
    assert (transfer.quantity_delivered.low, transfer.quantity_delivered.high) == (None, 150)
    assert transfer.history.first().history_change_reason == "The report was misread."
    assert "150" in client.get("/transfers/test-tests-t1/").content.decode()

    desk.post(verb_address("withdraw", transfer), {"reason": "It never happened."})
    gone = client.get("/transfers/test-tests-t1/")
    assert gone.status_code == 410
    assert "It never happened." in gone.content.decode()


def test_what_nobody_touches_is_saved_as_it_is(seeded, desk: Client) -> None:
    """A form that loses or changes what it shows, in any kind of fact or entity of the seed."""
    for kind in factories.MAKERS:
        model: Any = kind
        record = model.objects.order_by("pk").last()
        form = opened(desk, change_address(record))
        answer = desk.post(change_address(record), filled(form, reason="Nothing changed."))
        assert answer.status_code == 302, (model, errors_of(answer))
        assert not model.history.filter(id=record.pk, history_change_reason="Nothing changed.").exists(), model


def test_a_published_record_is_not_changed_without_a_reason(desk: Client) -> None:
    """A correction that readers are told no reason of."""
    transfer = factories.transfer()
    form = opened(desk, change_address(transfer))
    answer = desk.post(change_address(transfer), filled(form, comment="Other words."))
    assert errors_of(answer) == {"reason": ["Readers see this record: say why it is changed."]}
    transfer.refresh_from_db()
    assert transfer.comment == ""


def test_a_withdrawn_record_is_not_said_to_be_seen(desk: Client) -> None:
    """Guards whoever mends what readers do not see: what is asked for must be true."""
    transfer = factories.transfer()
    actions.withdraw(record=transfer, reason="It never happened.")
    answer = desk.post(change_address(transfer), filled(opened(desk, change_address(transfer)), comment="Other."))
    assert errors_of(answer) == {"reason": ["Say why it is changed: the history keeps it."]}
    assert "and readers are told" not in answer.content.decode()


def test_a_new_record_is_said_to_be_a_draft(desk: Client) -> None:
    """Guards whoever believes that what was “added successfully” is there for readers."""
    form = filled(opened(desk, add_address(Country)), name="Newland")
    told = "“Newland” is saved as a draft: readers do not see it before it is published."
    page = desk.post(add_address(Country), form, follow=True).content.decode()
    assert told in page
    assert "successfully" not in page
    another = desk.post(add_address(Country), {**form, "name": "Otherland", "_addanother": "1"}, follow=True)
    assert another.redirect_chain == [(add_address(Country), 302)]
    assert told.replace("Newland", "Otherland") in another.content.decode()


def test_publishing_takes_draft_citations_along(desk: Client, client: Client) -> None:
    """A fact whose readers do not see what was cited for it."""
    transfer = factories.transfer(published=False)
    citation = factories.cite(transfer, locator="77")
    Citation.objects.filter(pk=citation.pk).update(state="draft")
    desk.post(verb_address("publish", transfer), {"reason": "Checked."})
    citation.refresh_from_db()
    assert citation.is_published
    assert "77" in client.get(transfer.get_absolute_url()).content.decode()


def test_a_draft_can_cite_a_draft_and_both_wait_for_each_other(desk: Client) -> None:
    """A source that has to be published before anybody can note what it says."""
    source = factories.article("Draft report", published=False)
    form = a_transfer(desk)
    for number in "01":
        form[f"citations-{number}-source"] = source.pk
    desk.post(add_address(Transfer), form)
    transfer = Transfer.objects.get(dataset__public_id="test-tests")
    answer = desk.post(verb_address("publish", transfer), {"reason": "Checked."})
    assert "“Draft report” is not published, and this record names it." in answer.context["form"].non_field_errors()
    desk.post(verb_address("publish", source), {"reason": "Read."})
    desk.post(verb_address("publish", transfer), {"reason": "Checked."})
    transfer.refresh_from_db()
    assert transfer.is_published


def test_a_citation_is_taken_back_and_its_number_is_not_used_again(desk: Client) -> None:
    """A citation that is lost without a trace, or whose address tells of another passage."""
    transfer = factories.transfer(citations=[{"locator": "1"}, {"locator": "2"}])
    form = opened(desk, change_address(transfer))
    added = rows(
        form, "citations", {"source": factories.article().pk, "locator": "9", "stance": "supports", "basis": "footage"}
    )
    desk.post(change_address(transfer), filled(form, **added, **{"citations-0-DELETE": "on"}, reason="Misread."))
    states = dict(transfer.citations.values_list("public_id", "state"))
    assert states == {"test-t1-c1": "withdrawn", "test-t1-c2": "published", "test-t1-c3": "published"}


def test_readings_are_checked_without_saving(desk: Client) -> None:
    """A button that saves, or that hides what a value is taken for."""
    answer = desk.post(add_address(Transfer), a_transfer(desk, _check="Check the readings"))
    page = answer.content.decode()
    assert "Nothing was saved." in page
    assert "At least 24,000,000 US dollars" in page
    assert not Transfer.objects.filter(dataset__public_id="test-tests").exists()
    assert errors_of(answer) == {}


def test_words_that_contradict_a_date_are_warned_of_and_saved(desk: Client) -> None:
    """A slip of the year that nobody sees until a reader does; that words and date differ may be right, too."""
    form = a_transfer(desk, delivered_edtf="2022-03", delivered_text="March 2021")
    checked = desk.post(add_address(Transfer), {**form, "_check": "1"})
    assert errors_of(checked) == {}
    warning = "Look again: the words seem to mean 2021-03"
    assert warning in checked.content.decode()
    saved = desk.post(add_address(Transfer), form)
    assert warning in desk.get(saved.headers["Location"]).content.decode()


def test_lines_that_may_overlap_are_chosen_on_the_form(desk: Client) -> None:
    """Two lines of one shipment that nobody can tie together, or ties of other lines that are lost."""
    one, other, third = (factories.transfer(key, published=False) for key in ("T1", "T2", "T3"))
    for chosen in ([other.pk, third.pk], [other.pk]):
        desk.post(change_address(one), filled(opened(desk, change_address(one)), may_overlap=chosen))
        assert {row.pk for row in Transfer.objects.overlapping(one)} == set(chosen)
