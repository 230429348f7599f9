"""`manage.py migrate`: Django's own, which on PostgreSQL lets nobody wait for it for more than two seconds.

A change of a table waits until nobody reads it, and all who come later wait behind it. So it gives up after two
seconds, lets them go on, and tries again: what was migrated before stays.
"""

import time
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connections

#: How often it is tried, and the seconds between: a read may take a minute, a download ten.
TRIES, BETWEEN = 300, 2.0
_PATIENCE = "2s"
_NOT_AVAILABLE = "55P03"


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor == "sqlite":
            super().handle(*args, **options)
            return
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{_PATIENCE}'")
        try:
            self._again_and_again(*args, **options)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")

    def _again_and_again(self, *args: Any, **options: Any) -> None:
        for _time in range(TRIES):
            try:
                super().handle(*args, **options)
            except OperationalError as error:
                if getattr(error.__cause__, "pgcode", None) != _NOT_AVAILABLE:
                    raise
                self.stderr.write("A table is in use; the migration lets others go first, and tries again.")
                time.sleep(BETWEEN)
            else:
                return
        raise CommandError("A table is in use all the time; nothing more was migrated. Run it again later.")
