"""What is typed wrongly is told beside its field, in a sentence, and nothing is saved."""

import re
from typing import Any

import pytest
from django.test import Client

from armsdb.models import Country, Proposal, Source, Transfer
from armsdb.models.data_versions import newest_of, versions
from tests import factories
from tests.web.reading import Reading

from .desk import add_address, change_address, errors_of, filled, opened, rows
from .test_journey import a_transfer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("delivered", {"delivered_edtf": "2021-1"}),
        ("delivered", {"delivered_edtf": "March 2021"}),
        ("delivered", {"delivered_edtf": "", "delivered_text": "by December"}),
        ("quantity_delivered", {"quantity_delivered": "twenty-four"}),
        ("quantity_delivered", {"quantity_delivered": "1.500"}),
        ("quantity_delivered", {"quantity_delivered": "some"}),
        ("value", {"value_text": "USD"}),
        ("value", {"value_text": "24 million"}),
        ("citations-0-locator", {"citations-0-locator": ""}),
        ("citations-0-source", {"citations-0-source": ""}),
        ("citations-1-reported", {"citations-1-reported": "colour: red"}),
        ("citations-1-reported", {"citations-1-reported": "status: sunk"}),
        ("citations-1-reported", {"citations-1-reported": "only words"}),
        ("citations-1-reported", {"citations-1-reported": "companies: " + "[" * 3000}),
        ("equipment", {"equipment": ""}),
        ("equipment", {"equipment": "99999999999999999999999"}),
        ("tiv_unit", {"tiv_unit": "1e400"}),
        ("comment", {"comment": "a\0b"}),
        ("__all__", {"supplier_known": "unknown"}),
        ("company_rows-0-company", {"company_rows-0-company": ""}),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(desk: Client, field: str, typed: dict[str, Any]) -> None:
    """A 500, a refusal that nobody finds, or a wrong value that is saved."""
    answer = desk.post(add_address(Transfer), a_transfer(desk, **typed))
    assert answer.status_code == 200
    assert list(errors_of(answer)) == [field]
    assert not Transfer.objects.filter(dataset__public_id="test-tests").exists()


def test_each_refusal_above_leads_to_its_field_and_stands_beside_it_too(desk: Client) -> None:
    """Guards whoever has to find five fields on a long form: by eye, by link, by a reader of screens."""
    typed = {
        "delivered_edtf": "2021-1",
        "quantity_delivered": "some",
        "value_text": "USD",
        "equipment": "",
        "citations-0-locator": "",
        "company_rows-0-company": "",
        "company_rows-0-role": "producer",
    }
    page = desk.post(add_address(Transfer), a_transfer(desk, **typed)).content.decode()
    summary = page[page.index('<section class="desk-note refused"') :].partition("</section>")[0]
    targets = re.findall(r'<a href="#([^"]+)">', summary)
    assert sorted(targets) == sorted(
        f"id_{name}"
        for name in (
            *("delivered", "quantity_delivered", "value", "equipment"),
            *("citations-0-locator", "company_rows-0-company"),
        )
    )
    assert "Citation 1, Locator" in summary
    for target in targets:
        assert page.count(f' id="{target}"') == 1, target
        assert page.count(f' id="{target}_error"') == 1, target
        assert re.search(rf'aria-describedby="[^"]*\b{target}_error\b', page), target


def test_a_form_without_refusals_has_no_summary(desk: Client) -> None:
    assert "desk-note refused" not in desk.get(add_address(Transfer)).content.decode()


def test_words_without_a_number_are_kept_where_they_are_asked_for(desk: Client) -> None:
    """A slip of the keyboard that becomes a quantity which nobody knows: the reading says so, and quotation marks."""
    refused = desk.post(add_address(Transfer), a_transfer(desk, quantity_delivered="some"))
    assert "does not say how many" in errors_of(refused)["quantity_delivered"][0]
    checked = desk.post(add_address(Transfer), a_transfer(desk, quantity_delivered="“some”", _check="1"))
    assert "Not said how many: kept as the words “some”." in checked.content.decode()
    desk.post(add_address(Transfer), a_transfer(desk, quantity_delivered="“some”"))
    saved = Transfer.objects.get(dataset__public_id="test-tests").quantity_delivered
    assert (saved.low, saved.high, saved.text) == (None, None, "some")


def test_a_place_that_the_document_does_not_have_is_refused_at_its_citation(desk: Client) -> None:
    """What only the actions know is told beside the row as well."""
    source = factories.article("Counted", locator_prefix="A", locator_count=9)
    form = a_transfer(desk, **{"citations-1-source": source.pk, "citations-1-locator": "A10"})
    answer = desk.post(add_address(Transfer), form)
    assert errors_of(answer) == {"citations-1-locator": ["“Counted” has no place A10; its places are A1 to A9."]}


def test_a_check_tells_places_and_parties_too_and_saves_nothing(desk: Client) -> None:
    """Guards whoever asks before saving: what saving would refuse is told, and what was read is said."""
    source = factories.article("Counted", locator_prefix="A", locator_count=9)
    typed = {"citations-1-source": source.pk, "citations-1-locator": "A10", "_check": "1"}
    answer = desk.post(add_address(Transfer), a_transfer(desk, **typed))
    assert errors_of(answer) == {"citations-1-locator": ["“Counted” has no place A10; its places are A1 to A9."]}
    without = a_transfer(desk, **{**typed, "citations-1-locator": "A9", "supplier": ""})
    assert "Choose the supplier" in errors_of(desk.post(add_address(Transfer), without))["__all__"][0]
    good = a_transfer(desk, **{**typed, "citations-1-locator": "A9"})
    page = Reading(desk.post(add_address(Transfer), good).content.decode()).text
    assert "Nothing was saved. It could be" in page
    assert "Supplier: Testland (test-testland)" in page
    assert "Citation 2: A9 of “Counted”, which has this place." in page
    assert "whose places are not counted: this one could not be looked up." in page
    assert not Transfer.objects.filter(dataset__public_id="test-tests").exists()
    assert not Transfer.history.filter(dataset__public_id="test-tests").exists()


def test_a_check_of_what_readers_see_changes_nothing(editing: Client) -> None:
    transfer = factories.transfer()
    version = newest_of(versions(), ["transfer"])
    form = filled(opened(editing, change_address(transfer)), comment="New.", reason="So.", _check="1")
    assert editing.post(change_address(transfer), form).status_code == 200
    transfer.refresh_from_db()
    assert transfer.comment == ""
    assert newest_of(versions(), ["transfer"]) == version
    assert not Proposal.objects.exists()


def test_a_company_with_one_role_twice_is_refused_at_its_row(desk: Client) -> None:
    """A constraint of the database that names no row."""
    company = {"company": factories.organisation().pk, "role": "producer"}
    form = opened(desk, add_address(Transfer))
    answer = desk.post(add_address(Transfer), a_transfer(desk, **rows(form, "company_rows", company, company)))
    assert errors_of(answer) == {
        "company_rows-1-__all__": ["The company has this role in the transfer already."],
    }


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/", "example"])
def test_a_source_stands_on_the_web_or_nowhere(desk: Client, address: str) -> None:
    """An address that runs something in the browser of who follows it."""
    form = filled(opened(desk, add_address(Source)), name="A report", kind="analysis", url=address)
    answer = desk.post(add_address(Source), form)
    assert list(errors_of(answer)) == ["url"]
    assert not Source.objects.filter(name="A report").exists()


def test_a_published_fact_keeps_a_passage_that_supports_it(desk: Client) -> None:
    """The last support of a published fact that is struck out."""
    transfer = factories.transfer()
    form = filled(opened(desk, change_address(transfer)), **{"citations-0-DELETE": "on"}, reason="Misread.")
    answer = desk.post(change_address(transfer), form)
    assert "It is the only passage that supports a published fact" in errors_of(answer)["__all__"][0]
    assert transfer.citations.published().exists()


def test_everything_that_was_typed_still_stands_there_after_a_refusal(desk: Client) -> None:
    """Work that is lost because one field was wrong."""
    form = a_transfer(desk, comment="Long thought over.", delivered_edtf="2021-1")
    page = desk.post(add_address(Transfer), form).content.decode()
    assert "Long thought over." in page
    assert "at least 24 million USD" in page
    assert "status: cancelled" in page


def test_markup_in_any_text_is_escaped(desk: Client) -> None:
    """A record that runs something in an editor's browser."""
    hostile = "<script>alert(1)</script>{{ 7|add:7 }}"
    source = factories.make(Source, "test-hostile", name=hostile, kind="analysis", reliability=hostile)
    transfer = factories.transfer(
        comment=hostile,
        supplier_as_stated=hostile,
        equipment=factories.equipment("E"),
        citations=[{"source": source, "note": hostile, "attributed_to": hostile}],
        parts={"companies": [{"company": factories.organisation(), "role": "broker"}]},
    )
    country = factories.make(
        Country, "test-hostile", name=hostile, parts={"aliases": [{"name": hostile}]}, summary=hostile
    )
    for record in (transfer, source, country):
        for address in (change_address(record), change_address(record).replace("change", "history"), "/admin/"):
            page = desk.get(address).content.decode()
            assert "<script>alert" not in page
            assert "14" not in page.partition("7|add:7")[2][:3]
    form = filled(opened(desk, add_address(Country)), name=hostile, alpha_2=hostile)
    assert "<script>alert" not in desk.post(add_address(Country), form).content.decode()
    for kind in ("transfer", "source", "country"):
        assert "<script>alert" not in desk.get(f"/admin/armsdb/{kind}/?q=test").content.decode()
