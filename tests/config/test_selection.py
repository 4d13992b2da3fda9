"""What a run of the suite takes, what it leaves out, and that it says so. Each run here is a small one of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import bootstrap

ROOT = Path(bootstrap.__file__).parent.parent
HOOKS = (
    "pytest_sessionstart",
    "pytest_collection_modifyitems",
    "pytest_collection_finish",
    "pytest_testnodedown",
    "pytest_terminal_summary",
)
BY_ITSELF_OR_SHARED = pytest.mark.parametrize("processes", [[], ["-n", "2", "--dist", "worksteal"]], ids=["one", "two"])
SAMPLE = """
import pytest
from django.contrib.auth import get_user_model

@pytest.mark.browser
def test_in_a_browser(): pass

@pytest.mark.browser
@pytest.mark.django_db
def test_in_a_browser_with_a_database(): pass

@pytest.mark.office
def test_in_an_office(): pass

@pytest.mark.django_db
def test_with_a_mark(): assert not get_user_model().objects.exists()

def test_with_a_fixture(db): assert not get_user_model().objects.exists()

@pytest.mark.walk
def test_on_a_walk(db): assert not get_user_model().objects.exists()

@pytest.mark.postgresql
def test_for_postgresql(db): raise AssertionError("not here")

def test_without(): pass
"""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    (tmp_path / "conftest.py").write_text(f"from tests.conftest import {', '.join(HOOKS)}\n")
    path = tmp_path / "test_sample.py"
    path.write_text(SAMPLE)
    return path


def run(sample: Path, *arguments: str, programs: str | None = None, **variables: str) -> tuple[int, str]:
    """Exit code and output of pytest on the sample with the hooks of this suite's conftest, on SQLite."""
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "TEST_DATABASE"}}
    environment |= {"DATABASE_URL": f"sqlite:///{sample.parent}/test.sqlite3", "VAR_DIR": str(sample.parent)}
    if programs is not None:
        environment["PATH"] = programs
    settings = ["-c", "pyproject.toml", "--rootdir", ".", "-p", "no:cacheprovider", "--no-migrations"]
    command = [sys.executable, "-m", "pytest", *settings, str(sample), *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment | variables, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode, done.stdout + done.stderr


@BY_ITSELF_OR_SHARED
def test_what_cannot_run_here_is_counted_in_the_last_lines(sample: Path, processes: list[str]) -> None:
    code, output = run(sample, *processes, programs="")
    assert code == 0, output
    assert output.count("NOT RUN:") == 2
    assert "NOT RUN: 2 browser tests: no Chromium on this machine" in output
    assert "NOT RUN: 1 office tests: no LibreOffice and no poppler on this machine" in output
    assert "4 passed, 3 skipped" in output


@BY_ITSELF_OR_SHARED
def test_in_ci_what_cannot_run_is_an_error(sample: Path, processes: list[str]) -> None:
    code, output = run(sample, *processes, programs="", CI="true")
    assert code == pytest.ExitCode.USAGE_ERROR
    assert "NOT RUN: 2 browser tests" in output
    assert "passed" not in output


def test_in_ci_a_missing_program_matters_only_to_the_tests_chosen(sample: Path) -> None:
    code, output = run(sample, "-k", "fixture", programs="", CI="true")
    assert code == 0, output


def test_the_second_run_takes_what_touches_the_database_and_no_browser_no_walk_nor_what_is_postgresqls_own(
    sample: Path,
) -> None:
    code, output = run(sample, "-v", TEST_DATABASE="sqlite")
    assert code == 0, output
    assert "2 passed, 6 deselected" in output
    assert "::test_with_a_mark PASSED" in output
    assert "::test_with_a_fixture PASSED" in output


@BY_ITSELF_OR_SHARED
def test_a_run_on_another_database_than_it_is_meant_for_is_refused(sample: Path, processes: list[str]) -> None:
    code, output = run(sample, *processes, TEST_DATABASE="postgresql")
    assert code == pytest.ExitCode.USAGE_ERROR
    assert "meant for postgresql, and Django would use sqlite" in output
