"""What holds for every kind of record at the desk: its form, its id, its list, and that nothing is deleted."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from armsdb import actions
from armsdb.admin.base import RecordAdmin
from armsdb.lib.moments import moment
from armsdb.lib.vocab import Verb
from armsdb.models import Country, DatasetVersion, ImportRun, Organisation, Person, Record, Transfer, kinds
from armsdb.models.values import groups_of
from tests import factories
from tests.accounts import account

from .desk import add_address, change_address, errors_of, filled, opened, verb_address

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
KINDS = sorted(factories.MAKERS, key=lambda model: model.TYPE)
#: What no form asks for: verbs of their own set it, or it follows from other fields.
NOT_TYPED = {"id", "public_id", "state", "state_reason", "merged_into"}
NAMED_BY_RULE = {"transfer", "ownership", "role"}


def desk_of(model: type[Record]) -> Any:
    return admin.site.get_model_admin(model)


def test_every_kind_of_record_has_its_desk() -> None:
    """A kind that nobody can edit; citations are on the forms of their facts."""
    assert {kind for kind in kinds().values() if admin.site.is_registered(kind)} == set(KINDS)
    assert {model.TYPE for model in kinds().values()} - {model.TYPE for model in KINDS} == {"citation"}
    assert all(isinstance(desk_of(model), RecordAdmin) for model in KINDS)


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.TYPE)
def test_every_field_stands_on_the_form(model: type[Record]) -> None:
    """A value that cannot be typed, or one that each save would empty because the form has it and does not show it."""
    inside = {column for group in groups_of(model).values() for column in group.column_names()}
    columns = {field.name for field in model._meta.concrete_fields if field.editable} - NOT_TYPED - inside
    columns -= {"name"} if model.TYPE in NAMED_BY_RULE else set()
    shown = set(flatten_fieldsets(desk_of(model).fieldsets))
    assert shown - {"may_overlap"} == columns | groups_of(model).keys()
    parts = {inline.part for inline in desk_of(model).inlines} - {"citations"}
    assert parts == actions.PARTS.get(model, {}).keys()


# Deleting


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.TYPE)
def test_nothing_is_deleted(model: type[Record], admin_client: Client) -> None:
    """A record that is gone without a trace: not even for a superuser, not even a draft."""
    record = factories.MAKERS[model](published=False)
    address = reverse(f"admin:armsdb_{model._meta.model_name}_delete", args=[record.pk])
    assert admin_client.post(address, {"post": "yes"}).status_code == 403
    listing = reverse(f"admin:armsdb_{model._meta.model_name}_changelist")
    admin_client.post(listing, {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"})
    assert "delete" not in admin_client.get(listing).content.decode().lower()
    assert model._default_manager.filter(pk=record.pk).exists()


# Ids


def test_the_id_of_an_entity_is_made_of_its_name_and_never_given_twice(desk: Client) -> None:
    """An address that leads to another record than it once did."""
    factories.make(Country, "sealand", name="Sealand")
    former = factories.make(Country, "old-sealand", name="Old Sealand")
    actions.rename(record=former, public_id="sealand-2", reason="Mended.")
    for name, public_id in (("Sealand", "sealand-3"), ("Old Sealand", "old-sealand-2"), ("Шри-Ланка", "shri-lanka")):
        desk.post(add_address(Country), filled(opened(desk, add_address(Country)), name=name))
        assert Country.objects.get(public_id=public_id).name == name


def test_a_name_without_letters_is_refused(desk: Client) -> None:
    """A record without an address."""
    answer = desk.post(add_address(Country), filled(opened(desk, add_address(Country)), name="…"))
    assert errors_of(answer) == {"name": ["An id is made of it: it needs a letter or a digit."]}


def test_the_id_of_a_fact_is_its_dataset_and_its_key(desk: Client) -> None:
    """Keys count on where none is typed, and one that is in use or was is refused."""
    factories.transfer("T7", published=False)
    gone = factories.transfer("T8", published=False)
    actions.rename(record=gone, public_id="test-moved", reason="Mended.")
    Transfer.objects.filter(pk=gone.pk).update(key="moved")
    new = {
        "dataset": factories.dataset("test").pk,
        "supplier": factories.country().pk,
        "recipient": factories.country("Otherland").pk,
        "equipment": factories.equipment().pk,
    }
    form = filled(opened(desk, add_address(Transfer)), **new)
    for key, public_id in (("", "test-test-t1"), ("", "test-test-t2"), ("B 5/x", "test-test-b-5-x")):
        desk.post(add_address(Transfer), filled(form, key=key))
        assert Transfer.objects.filter(public_id=public_id).exists(), public_id
    answer = desk.post(add_address(Transfer), filled(form, key="T1", comment="Another."))
    assert errors_of(answer) == {"key": ["The id “test-test-t1” is or was another record's."]}
    assert not Transfer.objects.filter(comment="Another.").exists()


# Publish, withdraw, merge


def test_a_reason_is_asked(desk: Client) -> None:
    """Something that is done without anybody knowing why."""
    transfer = factories.transfer()
    answer = desk.post(verb_address("withdraw", transfer), {"reason": "  "})
    assert answer.context["form"].errors["reason"] == ["Say why: the history keeps it."]
    transfer.refresh_from_db()
    assert transfer.is_published


def test_what_leans_on_a_record_is_told_and_nothing_is_moved(desk: Client) -> None:
    """A country that is taken away below the transfers that name it."""
    transfer = factories.transfer()
    country, other = factories.country(), factories.country("Elsewhere")
    for verb, told in (("withdraw", {"reason": "No."}), ("merge", {"reason": "No.", "into": other.pk})):
        address = verb_address(verb, country)
        assert change_address(transfer) in desk.get(address).content.decode()
        answer = desk.post(address, told)
        assert "Published records lean on it" in answer.context["form"].non_field_errors()[0]
        country.refresh_from_db()
        assert country.is_published


def test_a_record_is_merged_into_another(desk: Client, client: Client) -> None:
    """Readers of the old address are led on; drafts and others' kinds are no choice."""
    one, other = factories.person("One Person"), factories.person("Other Person")
    draft = factories.person("Draft Person", published=False)
    for choice in (one.pk, draft.pk, 10**30, "x", ""):
        answer = desk.post(verb_address("merge", one), {"reason": "The same.", "into": choice})
        assert answer.status_code == 200
        assert answer.context["form"].errors
    desk.post(verb_address("merge", one), {"reason": "The same.", "into": other.pk})
    assert client.get("/people/test-one-person/").headers["Location"] == "/people/test-other-person/"
    assert desk.get(change_address(one)).status_code == 200
    assert desk.post(change_address(one), {"name": "Another"}).status_code == 403


def test_who_only_looks_is_shown_values_as_readers_are(admin_client: Client) -> None:
    """A record that was merged, shown as a form that cannot be saved, or in the words of a program."""
    transfer = factories.transfer("T1", delivered="2021-03", quantity_delivered=160)
    into = factories.transfer("T2")
    actions.merge(record=transfer, into=into, reason="One shipment.")
    page = admin_client.get(change_address(transfer)).content.decode()
    assert "March 2021" in page
    assert "VagueDate(" not in page
    assert 'name="reason"' not in page
    assert 'name="_save"' not in page


def test_of_several_records_all_are_published_or_none(desk: Client) -> None:
    """Half of a list that is published, and nobody knows which half."""
    good = factories.transfer("T1", published=False)
    bad = factories.transfer("T2", published=False, citations=[])
    listing = reverse("admin:armsdb_transfer_changelist")
    chosen = desk.post(listing, {"action": "publish_chosen", "_selected_action": [good.pk, bad.pk]})
    answer = desk.post(chosen.headers["Location"], {"reason": "Checked."})
    assert bad.name in answer.context["form"].non_field_errors()[0]
    good.refresh_from_db()
    assert not good.is_published


@pytest.mark.parametrize(
    "address",
    [
        "/admin/armsdb/transfer/99999999999999999999999999/change/",
        "/admin/armsdb/transfer/publish/?id=99999999999999999999999999",
        "/admin/armsdb/transfer/publish/?id=x",
        "/admin/armsdb/transfer/?dataset__id__exact=99999999999999999999999999",
        "/admin/armsdb/transfer/?dataset__id__exact=x",
        "/admin/armsdb/transfer/?password=1",
        "/admin/armsdb/transfer/?q=" + "x" * 600,
        "/admin/armsdb/transfer/?q=%22(*AND",
        "/admin/armsdb/transfer/?p=99999999999",
        "/admin/armsdb/transfer/add/?supplier=x&opened=1&dataset=99999999999999999999999999",
    ],
)
def test_odd_addresses_are_no_fault(desk: Client, address: str) -> None:
    """A 500 for whoever follows an old link or types into the address."""
    assert desk.get(address, follow=True).status_code in {200, 400, 404}


@pytest.mark.parametrize(
    ("listing", "query"),
    [
        ("transfer", "dataset__id__exact=abc"),
        ("transfer", "dataset__id__exact="),
        ("transfer", "password=1"),
        ("transfer", "p=99999"),
        ("transfer", "p=abc"),
        ("transfer", "p=0"),
        ("transfer", "o=abc"),
        ("transfer", "e=1"),
        ("country", "id__exact=x"),
        ("datasetversion", "id__exact=x"),
        ("proposal", "proposed_by__id__exact=abc"),
        ("importrun", "version__dataset__id__exact=abc"),
    ],
)
def test_a_list_that_is_asked_badly_says_so_and_shows_no_rows(admin_client: Client, listing: str, query: str) -> None:
    """All rows, shown to somebody who believes that they are some."""
    line = factories.transfer("T1", published=False)
    edition = DatasetVersion.objects.create(dataset=line.dataset, label="1")
    ImportRun.objects.create(version=edition, file_name="rows.csv", file_sha256="0" * 64)
    by = account("somebody")
    actions.propose(record=line, verb=Verb.CHANGE, user=by, reason="So.", differences=[{"label": "Name"}])
    address = reverse(f"admin:armsdb_{listing}_changelist")
    assert admin_client.get(address).context["cl"].result_count > 0
    answer = admin_client.get(f"{address}?{query}")
    assert answer.status_code == 400
    assert answer.context["cl"].result_count == 0
    assert "what is not understood, so it shows no rows" in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "state__exact=nothing",
        "evidence__exact=x",
        "dataset__id__exact=0",
        f"dataset__id__exact={'9' * 30}",
        "state__exact=",
    ],
)
def test_a_list_for_a_value_that_nothing_has_is_empty(desk: Client, query: str) -> None:
    factories.transfer("T1")
    answer = desk.get(f"/admin/armsdb/transfer/?{query}")
    assert answer.status_code == 400 or answer.context["cl"].result_count == 0


def test_times_are_told_in_one_way(desk: Client) -> None:
    """Guards readers against 01/02 and its like: every page writes the day, the month by its name, and the zone."""
    line = factories.transfer("T1")
    when = moment(line.updated)
    assert re.fullmatch(r"[1-9][0-9]? [A-Z][a-z]+ [0-9]{4}, [0-9]{2}:[0-9]{2} UTC", when)
    for address in (reverse("admin:armsdb_transfer_changelist"), f"/admin/armsdb/transfer/{line.pk}/history/"):
        assert when in desk.get(address).content.decode()
    pages = (ROOT / "templates" / "admin").rglob("*.html")
    formats = {found for page in pages for found in re.findall(r"""\|date:["']([^"']*)""", page.read_text())}
    assert formats == {"j F Y, H:i e", "c"}


def test_odd_choices_in_a_list_are_no_fault(desk: Client) -> None:
    """Keys that no record can have."""
    for keys in (["x"], ["9" * 30]):
        answer = desk.post(
            "/admin/armsdb/transfer/", {"action": "publish_chosen", "_selected_action": keys}, follow=True
        )
        assert answer.status_code == 200


# Lists


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.TYPE)
def test_a_list_needs_as_many_queries_for_twenty_rows_as_for_one(model: type[Record], desk: Client) -> None:
    """A list that asks the database for each row.

    The queries: session, account, its groups, its second factor, the session's new end; permissions of the account and
    of its groups; the filters' choices (datasets, where a kind has them); how many rows, the rows.
    """
    address = f"{reverse(f'admin:armsdb_{model._meta.model_name}_changelist')}?q=test"
    many(model, 1)
    counts = []
    for number in (1, 20):
        many(model, number)
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 11


def many(model: type[Record], number: int) -> None:
    for count in range(number):
        made = {"name": f"Test {model.TYPE} {count}"} if model.TYPE not in NAMED_BY_RULE else {}
        if hasattr(model, "key"):
            factories.MAKERS[model](f"{model.TYPE}{count}", published=False, **made)
        else:
            factories.MAKERS[model](published=False, **made)


@pytest.mark.parametrize(
    ("model", "typed", "found"),
    [
        (Country, "burma", "myanmar"),
        (Country, "мьянма", "myanmar"),
        (Organisation, "rosoboron", "rosoboronexport"),
        (Person, "hlaing", "min-aung-hlaing"),
    ],
)
def test_references_are_found_by_any_name(seeded, desk: Client, model: type[Record], typed: str, found: str) -> None:
    """A second record of somebody who was there under another name."""
    field = {"country": "supplier", "organisation": "supplier_organisation", "person": "attributed_to_person"}
    source = "citation" if model is Person else "transfer"
    query = {"app_label": "armsdb", "model_name": source, "field_name": field[model.TYPE], "term": typed}
    results = desk.get(reverse("admin:autocomplete"), query).json()["results"]
    assert found in results[0]["text"]


def test_references_that_are_called_as_typed_stand_first(desk: Client) -> None:
    """A document that stands below twenty others, in which its name is only mentioned."""
    called = factories.article("Annex B")
    for number in range(21):
        factories.article(f"Report {number}", reliability="Its annex b is missing.", publisher=factories.newsroom())
    query = {"app_label": "armsdb", "model_name": "citation", "field_name": "source", "term": "annex b"}
    results = desk.get(reverse("admin:autocomplete"), query).json()["results"]
    assert len(results) == 20
    assert results[0]["id"] == str(called.pk)


def test_a_reference_is_no_record_that_was_taken_away(desk: Client) -> None:
    """A fact that names what no reader can be led to; a draft says that it is one."""
    gone = factories.country("Nowhere land")
    actions.withdraw(record=gone, reason="Never was.")
    factories.country("Nowhere isle", published=False)
    query = {"app_label": "armsdb", "model_name": "transfer", "field_name": "supplier", "term": "nowhere"}
    results = desk.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [result["text"] for result in results] == ["Nowhere isle · test-nowhere-isle · draft"]


# History


def test_the_history_tells_who_when_why_before_and_after(desk: Client) -> None:
    """A change that leaves no trace in one of the tables of a record."""
    transfer = factories.transfer(parts={"companies": [{"company": factories.organisation(), "role": "broker"}]})
    form = opened(desk, change_address(transfer))
    typed = {
        "quantity_delivered": "about 160",
        "delivered_edtf": "2021-03",
        "company_rows-0-role": "producer",
        "citations-0-stance": "supports",
        "citations-0-note": "Reading: a guess.",
    }
    desk.post(change_address(transfer), filled(form, **typed, reason="The annex says more."))
    page = desk.get(reverse("admin:armsdb_transfer_history", args=[transfer.pk])).content.decode()
    change = page.partition("desk-change")[2].partition("desk-change")[0]
    for told in ("rosa", "The annex says more.", "about 160", "March 2021 (2021-03)", "broker", "producer", "a guess"):
        assert told in change, told
    assert "Citation test-t1-c1" in change


def test_what_nobody_s_account_did_is_told_as_such(seeded: None, desk: Client) -> None:
    """Guards who asks an import about what a command did, such as the seed."""
    transfer = Transfer.objects.get(public_id="articles-t44")
    page = desk.get(change_address(transfer).replace("change", "history")).content.decode()
    assert ", an import or a command" in page
    assert "From the seed knowledge base." in page
    assert "by an import or a command" in desk.get("/admin/").content.decode()
