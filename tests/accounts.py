"""Accounts of the desk: editors, reviewers, and others."""

from django.contrib.auth.models import Group, User

from armsdb.lib.roles import EDITORS, REVIEWERS


def account(name: str, *groups: str, staff: bool = True) -> User:
    user = User.objects.create_user(name, password="a long password for tests", is_staff=staff)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def editor(name: str = "edith") -> User:
    return account(name, EDITORS)


def reviewer(name: str = "rosa") -> User:
    return account(name, REVIEWERS)
