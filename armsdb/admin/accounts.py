"""Accounts at the desk: made and closed there, never deleted, for the history would no longer know who it was."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from armsdb.lib.roles import EDITORS, REVIEWERS

from .asking import Among, Asking

#: The groups that are of use at the desk alone.
_AT_DESK = {EDITORS, REVIEWERS}


class AccountForm(UserChangeForm):
    """An account whose groups let it work at the desk can also sign in there."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        groups = _AT_DESK.intersection(group.name for group in cleaned.get("groups") or ())
        if groups and cleaned.get("is_active") and cleaned.get("is_staff") is False:
            told = _("Without staff status nobody signs in at the desk: tick it, or take away the group %(group)s.")
            self.add_error("is_staff", told % {"group": min(groups)})
        return cleaned


class AccountAdmin(Asking, UserAdmin):
    """An account; it is closed by taking “active” away, which ends its sessions too."""

    form = AccountForm
    list_filter = ("is_staff", "is_superuser", "is_active", ("groups", Among))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "is_staff":
            field.help_text = _("Whether this account can sign in at the desk. Editors and Reviewers need it too.")
        return field

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


admin.site.unregister(User)
admin.site.register(User, AccountAdmin)
