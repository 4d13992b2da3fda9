"""
What every test can count on: which database it runs on, a real broker, and no silence about what was not run.

``TEST_DATABASE`` is set by ``manage.py test``: its run on PostgreSQL takes every test, the one on SQLite only those
that touch the database, and of these none in a browser and no walk. What a page says on SQLite the tests of its view
have read, and how a browser shows it is the same on both. On SQLite tests/test_permissions asks for every address as
everybody; a walk asks once more, for what no database decides: as whom else, under which headers. (What walks with
values that a database may choke on is not marked as one.) A plain ``pytest`` runs everything SQLite can.
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from config.accounts.timeouts import BEGAN, SEEN

pytest_plugins = [
    "tests.fixtures.cast",
    "tests.fixtures.ground",
    "tests.fixtures.scene",
    "tests.fixtures.stage",
    "tests.fixtures.thaw",
    "tests.fixtures.workers",
]

DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "live_server",
}


@dataclass(frozen=True, slots=True)
class Program:
    """Something no wheel carries, with the names its command goes by."""

    name: str
    commands: tuple[str, ...]

    def path(self) -> Path | None:
        found = (shutil.which(command) for command in self.commands)
        return next((Path(path) for path in found if path), None)


CHROMIUM = Program("Chromium", ("chromium", "chromium-browser", "google-chrome"))
LIBREOFFICE = Program("LibreOffice", ("soffice", "libreoffice"))
POPPLER = Program("poppler", ("pdftotext",))
NGINX = Program("nginx", ("nginx",))
OPENSSL = Program("OpenSSL", ("openssl",))
# What the tests of a marker need.
NEEDS = {"browser": (CHROMIUM,), "office": (LIBREOFFICE, POPPLER), "nginx": (NGINX, OPENSSL)}
# Of a test with one of these the run on PostgreSQL is enough.
ONCE = ("browser", "walk")
NOT_RUN = pytest.StashKey[list[str]]()
NOT_RUN_HERE = "not run"


@pytest.fixture(scope="session", autouse=True)
def passwords_checked_at_once() -> Iterator[None]:
    """Django makes whoever guesses wait a third of a second for each password; here nobody guesses."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def sessions_begin_with_the_sign_in() -> Iterator[None]:
    """Whoever is signed in past the form is as if the form's answer had been seen: no page writes that down first."""
    past_the_form = Client.force_login

    def force_login(client: Client, *args: Any, **options: Any) -> None:
        past_the_form(client, *args, **options)
        session = client.session
        session[BEGAN] = session[SEEN] = timezone.now().isoformat()
        session.save()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", force_login)
        yield


@pytest.fixture(autouse=True)
def nobody_has_signed_in_yet(request: pytest.FixtureRequest) -> None:
    """Wrong passwords are counted in the database, in a table that is not emptied between tests that commit."""
    if {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
        cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite's test database lies in a file, where threads and other processes see what a test has written."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser that tests marked ``browser`` drive."""
    path = CHROMIUM.path()
    assert path, "mark the test with pytest.mark.browser"
    return path


@pytest.fixture(scope="session")
def libreoffice() -> Path:
    """The office that tests marked ``office`` open papers with."""
    path = LIBREOFFICE.path()
    assert path, "mark the test with pytest.mark.office"
    return path


@pytest.hookimpl(tryfirst=True)  # before workers are started
def pytest_sessionstart() -> None:
    wanted = os.environ.get("TEST_DATABASE", connection.vendor)
    if connection.vendor != wanted:
        raise pytest.UsageError(f"This run is meant for {wanted}, and Django would use {connection.vendor}.")


@pytest.hookimpl(tryfirst=True)  # the marker is there before -m selects by it
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if _touches_the_database(item):
            item.add_marker("database")
    others = [item for item in items if not _runs_on_this_database(item)]
    items[:] = [item for item in items if _runs_on_this_database(item)]
    config.hook.pytest_deselected(items=others)


@pytest.hookimpl(trylast=True)  # only what is still selected counts
def pytest_collection_finish(session: pytest.Session) -> None:
    lacking: Counter[str] = Counter()
    for item in session.items:
        for marker, programs in _lacks(item).items():
            lacking[f"{marker} tests: no {programs} on this machine"] += 1
            item.add_marker(pytest.mark.skip(reason=f"no {programs} on this machine"))
    not_run = [f"NOT RUN: {number} {what}" for what, number in lacking.items()]
    output = getattr(session.config, "workeroutput", None)
    if output is not None:  # a worker: whoever started it tells, once
        output[NOT_RUN_HERE] = not_run
        if not_run and _is_in_ci():
            pytest.exit("not everything can run here", returncode=pytest.ExitCode.USAGE_ERROR)
    else:
        _take_down(session.config, not_run)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker is done; each has seen all tests, and one that crashed leaves nothing."""
    _take_down(node.config, getattr(node, "workeroutput", {}).get(NOT_RUN_HERE, []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(NOT_RUN, []):
        terminalreporter.write_line(line, red=True, bold=True)


def _take_down(config: pytest.Config, not_run: list[str]) -> None:
    """Keep the lines for the end of the run; in CI there is to be none."""
    config.stash[NOT_RUN] = not_run or config.stash.get(NOT_RUN, [])
    if not_run and _is_in_ci():
        raise pytest.UsageError(*not_run)


def _is_in_ci() -> bool:
    return os.environ.get("CI") == "true"


def _touches_the_database(item: pytest.Item) -> bool:
    fixtures: Sequence[str] = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not DATABASE_FIXTURES.isdisjoint(fixtures)


def _runs_on_this_database(item: pytest.Item) -> bool:
    if connection.vendor == "postgresql":
        return True
    if item.get_closest_marker("postgresql"):
        return False
    if os.environ.get("TEST_DATABASE") != "sqlite":
        return True
    is_once = any(item.get_closest_marker(marker) for marker in ONCE)
    return item.get_closest_marker("database") is not None and not is_once


def _lacks(item: pytest.Item) -> dict[str, str]:
    """The markers whose programs are missing here, with the programs' names."""
    missing = {
        marker: " and no ".join(program.name for program in programs if not program.path())
        for marker, programs in NEEDS.items()
        if item.get_closest_marker(marker)
    }
    return {marker: programs for marker, programs in missing.items() if programs}
