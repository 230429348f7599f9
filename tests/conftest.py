"""What every test stands on: a database that holds the seed, loaded once for all tests of a process."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.signals import request_started
from django.db import connection
from django.test import override_settings

from armsdb.importers.from_fixtures import load
from armsdb.models import columns, memory, times
from tests.importers.reading import kept_while, take_in

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def pytest_configure() -> None:
    """Serve static files under their own names, so that none are collected, hash passwords fast, and limit nobody.

    All of a test uses one connection, whose transaction nobody else could look into.
    """
    override_settings(
        API_LIMIT=0,
        READERS="default",
        STATIC_ROOT=None,
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ).enable()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, with the seed in it; what a test writes is rolled back at its end."""
    with django_db_blocker.unblock():
        load(FIXTURES)


@pytest.fixture
def seeded(db):
    """The database as `manage.py seed` leaves it."""


@pytest.fixture
def empty(db):
    """The database without any record, for tests that count everything."""
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        for model in apps.get_models(include_auto_created=True):
            if model._meta.app_label == "armsdb" and not model._meta.proxy:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


@pytest.fixture(scope="module")
def registers(django_db_setup, django_db_blocker):
    """Registers beside the seed: unknown parties, organisations as parties, open status, spans of years, no dates."""
    with kept_while(django_db_blocker):
        take_in("sipri_17.csv")
        take_in("sipri_16.csv")
        yield


@pytest.fixture(autouse=True)
def nothing_remembered(request):
    """Let each request read everything anew: tests write rows without moving the data version."""

    def forget(**_signal):
        for kept in (columns, memory, times):
            kept.forget()

    forget()
    if "keeps_memory" in request.keywords:
        yield
        return
    request_started.connect(forget)
    yield
    request_started.disconnect(forget)
