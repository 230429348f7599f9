"""The one app of the project."""

from django.apps import AppConfig


class ArmsdbConfig(AppConfig):
    """ArmsDB as Django knows it."""

    name = "armsdb"
    verbose_name = "ArmsDB"

    def ready(self) -> None:
        """Register the system checks."""
        from armsdb import checks  # noqa: F401
