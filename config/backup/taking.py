"""Taking a backup: it appears under its name when it is complete, and not before."""

import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.db import connection

from config.backup import databases, manifest, places
from config.backup.databases import DatabaseToolFailed
from config.backup.manifest import Manifest

UNFINISHED: Final = ".unfinished-"


class BackupFailed(Exception):
    """Nothing that looks like a backup was left behind."""


def back_up(into: Path, *, now: datetime) -> Path:
    """
    Writes a backup as a folder ``scrutineer-20261123T120000Z`` inside ``into``; its path.

    Raises :class:`BackupFailed`.
    """
    name = f"scrutineer-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    place, unfinished = into / name, into / f"{UNFINISHED}{name}"
    if place.exists():
        raise BackupFailed(f"{place} exists already.")
    try:
        unfinished.mkdir(parents=True)
        # For this account alone: a backup holds everything there is to protect.
        unfinished.chmod(0o700)
        _fill(unfinished, now)
        unfinished.rename(place)
        _sync(into)
    except (OSError, DatabaseToolFailed) as trouble:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise BackupFailed(str(trouble)) from trouble
    return place


def _fill(folder: Path, now: datetime) -> None:
    dump = folder / databases.DUMP[connection.vendor]
    databases.dump(dump)
    found = [dump]
    for name, source in places.folders().items():
        archive = folder / f"{name}.tar"
        _pack(source, archive)
        found.append(archive)
    for path in found:
        _sync(path)
    Manifest(
        format=manifest.FORMAT,
        taken_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        engine=connection.vendor,
        migrations=databases.last_migrations(),
        parts=tuple(manifest.part(folder, path) for path in found),
    ).write(folder)
    _sync(folder / manifest.NAME)
    _sync(folder)


def _pack(source: Path, archive: Path) -> None:
    with tarfile.open(archive, "x") as out:
        for path in _finished(source):
            # What is swept away meanwhile belonged to no row.
            with suppress(FileNotFoundError):
                out.add(path, arcname=path.relative_to(source).as_posix(), recursive=False)


def _finished(source: Path) -> Iterator[Path]:
    """
    Everything but what writers are still at, which begins with a dot, and no row names it.

    Raises :class:`OSError` for a folder that cannot be read: a backup without it would be none.
    """
    for folder, inner, names in os.walk(source, onerror=_unless_gone):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _unless_gone(trouble: OSError) -> None:
    if not isinstance(trouble, FileNotFoundError):
        raise trouble


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
