"""The groups of the desk are there after each migration, with exactly their permissions."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from armsdb.lib.roles import EDITORS, REVIEW, REVIEWERS
from armsdb.models import kinds
from tests.accounts import account, editor, reviewer

pytestmark = pytest.mark.django_db


def test_both_groups_see_add_and_change_every_kind_of_record_and_delete_none():
    for user in (editor(), reviewer()):
        for kind in kinds().values():
            name = kind._meta.model_name
            assert user.has_perms([f"armsdb.{verb}_{name}" for verb in ("view", "add", "change")])
            assert not user.has_perm(f"armsdb.delete_{name}")


def test_only_reviewers_review():
    assert reviewer().has_perm(REVIEW)
    assert not editor().has_perm(REVIEW)
    assert not account("guest").get_all_permissions()


def test_neither_group_reaches_accounts_or_sessions():
    for name in (EDITORS, REVIEWERS):
        apps = Group.objects.get(name=name).permissions.values_list("content_type__app_label", flat=True)
        assert set(apps) == {"armsdb"}


def test_a_migration_brings_back_what_was_changed_by_hand_and_keeps_who_is_in_a_group():
    edith, group = editor(), Group.objects.get(name=EDITORS)
    expected = set(group.permissions.all())
    group.permissions.set(Permission.objects.filter(codename__in=["delete_user", "view_country"]))
    call_command("migrate", verbosity=0)
    assert set(group.permissions.all()) == expected
    assert group in edith.groups.all()
