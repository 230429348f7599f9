"""The one app of the project, and Django's admin with the desk as its site."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class ArmsdbConfig(AppConfig):
    """ArmsDB as Django knows it."""

    name = "armsdb"
    verbose_name = "ArmsDB"

    def ready(self) -> None:
        """Register the system checks, have the desk's groups after each migration, and begin to tell of faults."""
        from armsdb import checks  # noqa: F401
        from armsdb.models import connections

        post_migrate.connect(keep_groups, sender=self)
        connection_created.connect(connections.watch)
        if settings.FAULT_REPORTS:
            from armsdb.running import fault_reports

            fault_reports.begin(settings.FAULT_REPORTS, settings.MODE)


class DeskConfig(AdminConfig):
    """Django's admin, whose site is the desk."""

    default_site = "armsdb.admin.site.the_desk"

    def ready(self) -> None:
        """Register the desk; then accounts in place of Django's own, and what follows a sign-in."""
        super().ready()
        from armsdb.admin import accounts, sessions  # noqa: F401


def keep_groups(**kwargs: Any) -> None:
    """Bring the groups and their permissions to what the code says."""
    from armsdb import actions

    actions.keep_groups()
