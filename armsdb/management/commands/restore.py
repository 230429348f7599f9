"""`manage.py restore FILE`: come back from a backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from armsdb import actions
from armsdb.lib.jobs import RESTORE
from armsdb.management.backups import BackupFault, give_back
from armsdb.management.tables import refuse_while_read_only


class Command(BaseCommand):
    help = "Make the database, and the files beside it, what manage.py backup wrote; an empty machine is enough."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The backup.")
        parser.add_argument("--replace", action="store_true", help="Give up the records that the database has.")
        parser.add_argument("--identity", type=Path, metavar="FILE", help="The key of an encrypted backup.")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_while_read_only()
        try:
            told = give_back(options["file"], identity=options["identity"], replace=options["replace"])
        except (BackupFault, OSError) as error:
            raise CommandError(str(error)) from error
        run = f"{options['file'].name}: {sum(told['rows'].values())} rows, data version {told['data_version']}"
        actions.keep_end(name=RESTORE, told=run)
        self.stdout.write(f"{run}, of {told['made']}. Everybody has to sign in anew.")
