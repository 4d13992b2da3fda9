"""Restoring a backup: into an empty place only, and only once every part of it has proved to be what was written."""

import os
import shutil
import tarfile
from pathlib import Path

from django.db import connection

from config.backup import databases, places
from config.backup.databases import DatabaseToolFailed
from config.backup.manifest import BackupDamaged, Manifest


class RestoreRefused(Exception):
    """Nothing was changed; the text says why, a reason a line."""


def restore(backup: Path) -> Manifest:
    """
    Fills the database and the folders of files from a backup; what it says of itself.

    Raises :class:`RestoreRefused` for a damaged backup, another kind of database, or a place that is not empty.
    """
    try:
        found = Manifest.read(backup)
    except BackupDamaged as damage:
        raise RestoreRefused(str(damage)) from damage
    if refusals := [*found.damage(backup), *_in_the_way(found)]:
        raise RestoreRefused("\n".join(refusals))
    # The files first: a database that names them is then never without them.
    for name, place in places.folders().items():
        _unpack(backup / f"{name}.tar", place)
    try:
        databases.load(backup / databases.DUMP[found.engine])
    except DatabaseToolFailed as trouble:
        raise RestoreRefused(
            f"{trouble}\nThe database is as it was. The files of the backup lie in their folders already: empty these"
            " before the next attempt."
        ) from trouble
    return found


def _in_the_way(found: Manifest) -> list[str]:
    refusals = []
    if found.engine != connection.vendor:
        refusals.append(f"The backup is of {found.engine}, and this database is {connection.vendor}.")
    elif not databases.is_empty():
        refusals.append("The database is not empty: restore into a new one, and change over once it is checked.")
    refusals += [
        f"{place} is not empty: restore into a new folder."
        for place in places.folders().values()
        if place.is_dir() and any(place.iterdir())
    ]
    return refusals


def _unpack(archive: Path, place: Path) -> None:
    """File by file, and nothing but files within the folder: the first 3.11 have no filter that would see to it."""
    place.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as packed:
        for member in packed:
            target = place / member.name
            content = packed.extractfile(member) if member.isfile() else None
            if content is None or not target.resolve().is_relative_to(place.resolve()):
                raise RestoreRefused(f"{archive} holds {member.name}, which no backup of ours does.")
            target.parent.mkdir(parents=True, exist_ok=True)
            with content, target.open("xb") as out:
                shutil.copyfileobj(content, out)
            os.utime(target, (member.mtime, member.mtime))
