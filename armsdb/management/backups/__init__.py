"""Backups: one file with the database and all that cannot be made again, restored for a try before it counts."""

from .archive import BackupFault
from .making import make
from .returning import give_back

__all__ = ["BackupFault", "give_back", "make"]
