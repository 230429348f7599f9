"""The door for the web server: `armsdb.wsgi:application`."""

import os
import sys
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armsdb.settings")

try:
    application = get_wsgi_application()
    import_module(settings.ROOT_URLCONF)  # and with it all that answers: once, before the server forks its workers
except ImproperlyConfigured as fault:
    sys.exit(f"ArmsDB cannot start: {fault}")


def refuse_haste() -> None:
    """Refuse to start where the database confirms what is not on the disk; one that is away says so later."""
    from armsdb.checks import commits_last

    try:
        faults = commits_last(databases=[DEFAULT_DB_ALIAS])
    except (OperationalError, InterfaceError):
        return
    finally:
        connections.close_all()  # no worker inherits a connection
    if faults:
        sys.exit(f"ArmsDB cannot start: {faults[0].msg} {faults[0].hint}")


refuse_haste()
