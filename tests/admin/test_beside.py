"""Deals and editions of datasets at the desk."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from armsdb import actions
from armsdb.models import DatasetVersion, DataVersion, Deal
from tests import factories

from .desk import filled, opened

pytestmark = pytest.mark.django_db


def test_an_editor_notes_a_deal_and_a_reviewer_changes_it(editing: Client, desk: Client) -> None:
    """Lines of one agreement that cannot be tied together; a change that leaves no trace."""
    address = reverse("admin:armsdb_deal_add")
    typed = {"dataset": factories.dataset().pk, "name": "Deal of 2019", "reason": "Two lines share it."}
    assert editing.post(address, filled(opened(editing, address), **typed)).status_code == 302
    deal = Deal.objects.get()
    assert (deal.public_id, deal.history.latest().history_change_reason) == (
        "test-tests-deal-of-2019",
        "Two lines share it.",
    )
    actions.put(model=type(line := factories.transfer()), public_id=line.public_id, values={"deal": deal}, reason="So.")
    version = DataVersion.objects.get(type="transfer").number
    address = reverse("admin:armsdb_deal_change", args=[deal.pk])
    assert editing.post(address, {"name": "Nonsense"}).status_code == 403
    desk.post(address, filled(opened(desk, address), name="Deal of 2020", reason="The year was wrong."))
    deal.refresh_from_db()
    assert (deal.name, deal.public_id) == ("Deal of 2020", "test-tests-deal-of-2019")
    assert deal.history.latest().history_user == User.objects.get(username="rosa")
    assert DataVersion.objects.get(type="transfer").number > version
    assert list(actions.differences()) == []


def test_an_edition_is_read_as_it_is_typed_and_seen_with_its_dataset(desk: Client, client: Client) -> None:
    """An edition without its date, or that no reader is told of."""
    dataset = factories.dataset()
    address = reverse("admin:armsdb_datasetversion_add")
    typed = {"dataset": dataset.pk, "label": "Edition 7", "released_edtf": "2025-03", "reason": "It came out."}
    desk.post(address, filled(opened(desk, address), **typed))
    assert DatasetVersion.objects.get().released.edtf == "2025-03"
    assert "Edition 7" in client.get(dataset.get_absolute_url()).text


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"label": "1"}, "label"), ({"released_edtf": "2025-3"}, "released"), ({"reason": ""}, "reason")],
)
def test_what_cannot_be_is_refused_beside_its_field(desk: Client, typed: dict[str, str], field: str) -> None:
    """A 500 where the database refuses what was typed."""
    dataset = factories.dataset()
    DatasetVersion.objects.create(dataset=dataset, label="1")
    address = reverse("admin:armsdb_datasetversion_add")
    form = {"dataset": dataset.pk, "label": "2", "reason": "It came out.", **typed}
    answer = desk.post(address, filled(opened(desk, address), **form))
    assert answer.status_code == 200
    assert set(answer.context["adminform"].form.errors) <= {field, "__all__"}
    assert answer.context["adminform"].form.errors
    assert DatasetVersion.objects.count() == 1
