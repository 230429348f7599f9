"""`manage.py readonly on|off|status`: switch the site to reading alone, and back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from armsdb.lib import read_only


class Command(BaseCommand):
    help = "Let nothing be written, at the desk or by commands, while readers go on; all workers know at once."
    requires_system_checks = ()  # it works without the database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["on", "off", "status"], help="Switch it on or off, or tell how it is.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "on":
            read_only.turn_on()
        elif options["what"] == "off":
            read_only.turn_off()
        since = read_only.since()
        self.stdout.write(f"Nothing can be written, since {since}." if since else "Records can be written.")
