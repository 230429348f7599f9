"""`manage.py undo`: take back what one account did since a time."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from armsdb import actions
from armsdb.management.tables import refuse_while_read_only


class Command(BaseCommand):
    help = "Take back all and only what one account changed since a time. It can sign in still: close it first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", required=True, metavar="NAME", help="The name that the account signs in with.")
        parser.add_argument("--since", required=True, metavar="TIME", help="As 2026-11-27 or 2026-11-27T14:30, in UTC.")
        parser.add_argument("--dry-run", action="store_true", help="Only tell what would be done.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"]:
            refuse_while_read_only()
        account = get_user_model().objects.filter(username=options["by"]).first()
        if account is None:
            raise CommandError(f"There is no account {options['by']}.")
        try:
            since = datetime.fromisoformat(options["since"])
        except ValueError:
            raise CommandError("--since has to be a time, such as 2026-11-27 or 2026-11-27T14:30.") from None
        since = since.astimezone(UTC) if since.tzinfo else since.replace(tzinfo=UTC)
        told = actions.undo(account=account, since=since, dry_run=options["dry_run"])
        if options["dry_run"]:
            self.stdout.write("Nothing is changed; this would be done:")
        for line in told or ["Nothing to take back."]:
            self.stdout.write(line)
