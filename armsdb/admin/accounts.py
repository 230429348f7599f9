"""Accounts at the desk: made and closed there, never deleted, for the history would no longer know who it was."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest

from .asking import Among, Asking


class AccountAdmin(Asking, UserAdmin):
    """An account; it is closed by taking “active” away, which ends its sessions too."""

    list_filter = ("is_staff", "is_superuser", "is_active", ("groups", Among))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


admin.site.unregister(User)
admin.site.register(User, AccountAdmin)
