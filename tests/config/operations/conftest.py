"""A PostgreSQL that a test may stop, with all tables, and processes that stand on it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from config.processes.postgresql import Cluster, cluster


@pytest.fixture(scope="package")
def migrated() -> Iterator[Cluster]:
    """Made once: it is not running when a test comes to it."""
    with cluster() as made:
        with made.running():
            manage(made, "migrate", "--verbosity", "0")
        yield made


@pytest.fixture
def surroundings(migrated: Cluster, tmp_path: Path) -> dict[str, str]:
    return surroundings_of(migrated) | {"VAR_DIR": str(tmp_path / "var")}


def surroundings_of(server: Cluster) -> dict[str, str]:
    """An installation on that server; its broker is nobody."""
    return os.environ | {"DATABASE_URL": server.url, "BROKER_URL": "redis://127.0.0.1:1/0"}


def manage(server: Cluster, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command of ``manage.py`` that has to work."""
    ended = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", *command],
        env=surroundings_of(server) | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended
