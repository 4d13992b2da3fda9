"""The database is stopped, restarted and held up for real: pages say so, and come back by themselves."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError

from config.processes.postgresql import Cluster
from config.unavailable import is_down

OPEN_TO_ALL = "/papers/"
"""A page that reads the database and asks nobody to sign in."""


@dataclass(frozen=True, slots=True)
class Site:
    process: subprocess.Popen[str]

    def ask(self, path: str) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@contextmanager
def site(surroundings: dict[str, str]) -> Iterator[Site]:
    command = [sys.executable, "-m", "tests.config.operations.asking"]
    with subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "up\n"
            yield Site(process)
        finally:
            process.kill()


def test_a_database_that_is_down_is_said_to_be_and_pages_come_back(
    migrated: Cluster, surroundings: dict[str, str]
) -> None:
    with site(surroundings) as asked:
        with migrated.running():
            assert asked.ask(OPEN_TO_ALL)["status"] == 200
            ready = asked.ask("/health/ready")
            assert (ready["status"], json.loads(ready["content"])["status"]) == (200, "degraded")

        for path in (OPEN_TO_ALL, "/", "/accounts/login/?next=/", "/no/such/page/"):
            answer = asked.ask(path)
            if answer["status"] not in (302, 404):
                assert (answer["status"], answer["heading"]) == (503, "The database is down"), path
                assert answer["headers"]["Retry-After"] == "30"
                assert answer["headers"]["Cache-Control"] == "no-store, private"
        assert asked.ask(OPEN_TO_ALL)["status"] == 503
        ready = asked.ask("/health/ready")
        assert ready["status"] == 503
        assert json.loads(ready["content"])["wrong"][0] == "The database does not answer."
        assert str(migrated.port) not in ready["content"]
        assert asked.ask("/health/live")["status"] == 200

        with migrated.running():
            assert asked.ask(OPEN_TO_ALL)["status"] == 200
            assert asked.ask("/health/ready")["status"] == 200


@pytest.mark.parametrize(("checks", "second"), [("True", 200), ("False", 503)])
def test_a_database_restarted_between_two_requests_is_not_noticed(
    checks: str, second: int, migrated: Cluster, surroundings: dict[str, str], tmp_path: Any
) -> None:
    """Without the check of kept connections the second request fails: so it is the check that keeps it from failing."""
    (tmp_path / "checked.py").write_text(
        f"from config.settings import *\nDATABASES['default']['CONN_HEALTH_CHECKS'] = {checks}\n"
    )
    given = {"DJANGO_SETTINGS_MODULE": "checked", "PYTHONPATH": f"{tmp_path}{os.pathsep}{settings.BASE_DIR}"}
    with site(surroundings | given) as asked:
        with migrated.running():
            assert asked.ask(OPEN_TO_ALL)["status"] == 200
        with migrated.running():
            assert asked.ask(OPEN_TO_ALL)["status"] == second
            assert asked.ask(OPEN_TO_ALL)["status"] == 200


def test_a_database_that_hangs_is_given_up_in_time(migrated: Cluster, surroundings: dict[str, str]) -> None:
    with migrated.running() as server, site(surroundings | {"DATABASE_CONNECT_SECONDS": "2"}) as asked:
        server.process.send_signal(signal.SIGSTOP)
        try:
            ready = asked.ask("/health/ready")
            page = asked.ask(OPEN_TO_ALL)
        finally:
            server.process.send_signal(signal.SIGCONT)
        assert ready["status"] == 503
        assert (page["status"], page["heading"]) == (503, "The database is down")
        assert asked.ask(OPEN_TO_ALL)["status"] == 200


class Said(Exception):
    """What a driver raises, with the code that it knows."""

    def __init__(self, **codes: str) -> None:
        self.__dict__.update(codes)


@pytest.mark.parametrize(
    ("failure", "cause", "expected"),
    [
        (OperationalError(), Said(), True),
        (InterfaceError(), Said(), True),
        (OperationalError(), Said(pgcode="57P01"), True),
        (OperationalError(), Said(pgcode="53300"), True),
        (OperationalError(), Said(pgcode="55P03"), False),
        (OperationalError(), Said(pgcode="57014"), False),
        (OperationalError(), Said(sqlite_errorname="SQLITE_BUSY"), True),
        (OperationalError(), Said(sqlite_errorname="SQLITE_IOERR_WRITE"), True),
        (OperationalError(), Said(sqlite_errorname="SQLITE_ERROR"), False),
        (IntegrityError(), Said(), False),
        (DataError(), Said(pgcode="22003"), False),
        (DatabaseError(), Said(), False),
        (ValueError(), Said(), False),
    ],
)
def test_only_a_database_that_is_away_is_called_down(failure: Exception, cause: Said, expected: bool) -> None:
    failure.__cause__ = cause
    assert is_down(failure) is expected
