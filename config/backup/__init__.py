"""
Backup and restore: the database and the files beside it, each with its checksum.

The database is read first. The files of a paper or of evidence are complete before a row names them and never change
afterwards, so whatever the rows of the backup name is among the files that are copied next; what came later is only
more, and is swept away after a restore.
"""

from config.backup.restoring import RestoreRefused, restore
from config.backup.taking import BackupFailed, back_up

__all__ = ["BackupFailed", "RestoreRefused", "back_up", "restore"]
