"""The jobs that somebody has to run again and again, and how long the last good end of each counts."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Wanted:
    """A job: what it does, and after how long it should have run again; None where nobody can say."""

    words: str
    within: timedelta | None = None


IMPORT, RELEASE, BACKUP, RESTORE, INDEX, INTEGRITY = "import", "release", "backup", "restore", "index", "integrity"

#: Every job by its name.
JOBS: dict[str, Wanted] = {
    BACKUP: Wanted(str(_("Backup, restored for a try")), timedelta(hours=26)),
    INTEGRITY: Wanted(str(_("Check of the whole database")), timedelta(days=8)),
    RELEASE: Wanted(str(_("Release of the data as files")), timedelta(days=35)),
    IMPORT: Wanted(str(_("Import of a register"))),
    INDEX: Wanted(str(_("Search index made anew"))),
    RESTORE: Wanted(str(_("Return from a backup"))),
}
