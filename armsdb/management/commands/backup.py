"""`manage.py backup FOLDER`: make a backup while the site goes on."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from armsdb import actions
from armsdb.lib.jobs import BACKUP
from armsdb.management.backups import BackupFault, make
from armsdb.management.backups.keeping import spare
from armsdb.management.tables import refuse_without_tables


class Command(BaseCommand):
    help = (
        "Write the database and the files beside it, as of one moment and without sessions, into a new file in a "
        "folder. It is restored for a try, and checked, before it gets its name. manage.py restore reads it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="Where the backups are.")
        parser.add_argument(
            "--keep", action="store_true", help="Then delete all but the last of seven days, four weeks, twelve months."
        )
        parser.add_argument("--encrypt-to", default="", metavar="KEY", help="Encrypt it for this recipient of age.")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_without_tables()
        try:
            with actions.job(BACKUP) as run:
                path, told = make(options["folder"], options["encrypt_to"])
                run.told = f"{path.name}: {sum(told['rows'].values())} rows, data version {told['data_version']}"
        except (BackupFault, OSError) as error:
            raise CommandError(f"There is no backup: {error}") from error
        self.stdout.write(f"{run.told}. Restored for a try, and sound.")
        if options["keep"]:
            for gone in spare(options["folder"]):
                self.stdout.write(f"{gone.name} is not kept any longer.")
