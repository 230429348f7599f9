"""What every test stands on."""

from django.test import override_settings


def pytest_configure() -> None:
    """Serve static files under their own names, so that tests need none collected, and hash passwords fast."""
    override_settings(
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ).enable()
