"""
The database's own way of copying itself: PostgreSQL's ``pg_dump`` and ``pg_restore``, SQLite's ``VACUUM INTO``.

Both read one state of the database while others go on writing.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

DUMP: Final = {"postgresql": "database.dump", "sqlite": "database.sqlite3"}


class DatabaseToolFailed(Exception):
    """The database's own tool is missing, or refused; the text is what it said."""


def dump(target: Path) -> None:
    """Copies the database into a file."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        return
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(source: Path) -> None:
    """Fills the empty database from such a file, as one transaction."""
    if connection.vendor == "sqlite":
        connection.close()
        place = Path(connection.settings_dict["NAME"])
        place.parent.mkdir(parents=True, exist_ok=True)
        for beside in ("-wal", "-shm"):
            Path(f"{place}{beside}").unlink(missing_ok=True)
        unfinished = place.with_name(f"{place.name}.unfinished")
        shutil.copyfile(source, unfinished)
        unfinished.replace(place)
        return
    _run(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={connection.settings_dict['NAME']}",
        str(source),
    )


def is_empty() -> bool:
    """Whether the database has no table yet."""
    return not connection.introspection.table_names()


def last_migrations() -> dict[str, str]:
    """The last migration that was applied of each app."""
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return dict(applied)


def _run(tool: str, *arguments: str) -> None:
    found = shutil.which(tool)
    if found is None:
        raise DatabaseToolFailed(f"{tool} is not on the PATH: install PostgreSQL's client programs.")
    ended = subprocess.run([found, *arguments], env=_environment(), capture_output=True, text=True, check=False)
    if ended.returncode:
        raise DatabaseToolFailed(f"{tool} ended with {ended.returncode}: {ended.stderr.strip()}")


def _environment() -> dict[str, str]:
    """Where the database is, as PostgreSQL's programs read it; the password is not seen among their arguments."""
    settings: dict[str, Any] = connection.settings_dict
    options: dict[str, Any] = settings["OPTIONS"]
    named = {
        "PGDATABASE": settings["NAME"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        # A folder of a socket is an option of the address: postgres:///name?host=/var/run/postgresql
        "PGHOST": settings["HOST"] or options.get("host"),
        "PGPORT": settings["PORT"],
        "PGSSLMODE": options.get("sslmode"),
        "PGSSLROOTCERT": options.get("sslrootcert"),
        "PGSSLCERT": options.get("sslcert"),
        "PGSSLKEY": options.get("sslkey"),
        "PGCONNECT_TIMEOUT": options.get("connect_timeout"),
    }
    return {**os.environ, **{name: str(value) for name, value in named.items() if value}}
