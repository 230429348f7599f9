"""The one app of the project."""

from django.apps import AppConfig


class ArmsdbConfig(AppConfig):
    """ArmsDB as Django knows it."""

    name = "armsdb"
    verbose_name = "ArmsDB"

    def ready(self) -> None:
        """Register the system checks, and what follows a sign-in."""
        from armsdb import checks  # noqa: F401
        from armsdb.admin import sessions  # noqa: F401
