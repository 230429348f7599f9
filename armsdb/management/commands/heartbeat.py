"""`manage.py heartbeat`: write each second, on the primary, what tells how far its replicas are behind."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, connection

from armsdb.models import heartbeat

#: Seconds between two.
PAUSE = 1.0


class Command(BaseCommand):
    help = "Write each second, on the primary, what tells how far its replicas are behind; runs until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has replicas.")
        there = False
        while True:
            try:
                if not there:
                    heartbeat.make_room()
                heartbeat.beat()
                there = True
            except (DatabaseError, InterfaceError) as error:
                self.stderr.write(f"No heartbeat: {error}".strip())
                connection.close()  # the next may reach another primary
                there = False
            time.sleep(PAUSE)
