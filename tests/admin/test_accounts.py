"""The form of an account: who can sign in at the desk."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from armsdb.lib.roles import EDITORS, REVIEWERS
from tests.accounts import account

from .desk import errors_of, filled, opened

REFUSED = "Without staff status nobody signs in at the desk: tick it, or take away the group %s."


def sent(client: Client, *groups: str, **typed: Any) -> tuple[Any, Any]:
    """An account without staff status and the answer to its form with these groups."""
    person = account("nina", staff=False)
    address = reverse("admin:auth_user_change", args=[person.pk])
    chosen = list(Group.objects.filter(name__in=groups).values_list("pk", flat=True))
    return person, client.post(address, filled(opened(client, address), groups=chosen, **typed))


@pytest.mark.parametrize("group", [EDITORS, REVIEWERS])
def test_an_editor_who_could_not_sign_in_is_refused(group: str, admin_client: Client) -> None:
    """Guards whoever makes an account: a group alone lets nobody in, and nothing said so."""
    person, answer = sent(admin_client, group)
    assert errors_of(answer) == {"is_staff": [REFUSED % group]}
    assert "Editors and Reviewers need it too." in answer.content.decode()
    assert not person.groups.exists()


@pytest.mark.parametrize(
    ("groups", "typed"),
    [([EDITORS, REVIEWERS], {"is_staff": "on"}), ([EDITORS], {"is_active": None}), (["Guests"], {}), ([], {})],
)
def test_other_accounts_are_saved(groups: list[str], typed: dict[str, Any], admin_client: Client) -> None:
    """Guards closed accounts, which keep their groups, and accounts that have nothing to do at the desk."""
    Group.objects.create(name="Guests")
    person, answer = sent(admin_client, *groups, **typed)
    assert answer.status_code == 302, errors_of(answer)
    assert sorted(person.groups.values_list("name", flat=True)) == groups
