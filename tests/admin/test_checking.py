"""The button that checks a form: on every form that has it, it changes nothing."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from armsdb.admin.base import RecordAdmin

from .desk import FormReader, errors_of, filled

pytestmark = [pytest.mark.walk, pytest.mark.any_engine]

#: Fields of which each form has one that can be anything.
PLAIN = ("first_name", "comment", "summary", "label", "name", "version", "title")


def stored() -> dict[str, list[Any]]:
    """Every row of every table, but for the sessions, which note when they were last seen."""
    tables = [model for model in apps.get_models(include_auto_created=True) if model is not Session]
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in tables}


def test_a_check_changes_nothing_on_any_form(world: None, admin_client: Client) -> None:
    """Guards whoever presses “Check the readings” on the form of an account: what is only to be looked at is saved."""
    Group.objects.get_or_create(name="Guests")
    checked = []
    for model, desk in admin.site._registry.items():
        key = model._default_manager.order_by("pk").values_list("pk", flat=True)[0]
        for way, keys in (("change", [key]), ("add", [])):
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{way}", args=keys)
            answer = admin_client.get(address)
            if answer.status_code != 200 or 'name="_check"' not in answer.content.decode():
                assert way == "add" or not isinstance(desk, RecordAdmin), address
                continue
            checked.append(model)
            form = FormReader(answer.content.decode()).values
            field = next(name for name in PLAIN if name in form)
            before = stored()
            typed = filled(form, **{field: "Mended", "reason": "So it is."}, _check="1")
            answer = admin_client.post(address, typed)
            assert stored() == before, address
            if way == "change":
                assert errors_of(answer) == {}, address
                assert "Nothing was saved. It could be" in answer.content.decode(), address
    assert {model for model, desk in admin.site._registry.items() if isinstance(desk, RecordAdmin)} == {*checked}
