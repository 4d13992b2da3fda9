"""`manage.py test`: which runs there are, on what, and which exit code comes out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from config.management.commands import test as command


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, str]]:
    """The environments of the runs of pytest, none of which takes place; the servers are names only."""
    seen: list[Mapping[str, str]] = []

    @contextmanager
    def postgresql() -> Iterator[str]:
        yield "postgres://the/servers"

    @contextmanager
    def valkey(log: Path) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(url="redis://the/broker")

    monkeypatch.setattr(command, "postgresql", postgresql)
    monkeypatch.setattr(command, "valkey", valkey)
    return seen


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([0, 0], 0),
        ([1, 0], 1),
        ([0, 1], 1),
        ([1, 1], 1),
        ([0, 5], 0),  # the tests chosen do not touch the database
        ([5, 5], 5),  # no test was chosen at all
        ([2], 2),  # interrupted: no second run
        ([3], 3),
        ([4], 4),
    ],
)
def test_the_worse_of_both_runs_is_the_exit_code(
    runs: list[Mapping[str, str]], codes: list[int], expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
        assert arguments == ["-k", "relief"]
        runs.append(environment)
        return codes[len(runs) - 1]

    monkeypatch.setattr(command, "_pytest", run)
    assert command.run_tests(["-k", "relief"]) == expected
    assert [environment["TEST_DATABASE"] for environment in runs] == ["postgresql", "sqlite"][: len(codes)]
    assert all(environment["BROKER_URL"] == "redis://the/broker" for environment in runs)
    assert runs[0]["DATABASE_URL"] == "postgres://the/servers"
    assert all(environment["DATABASE_URL"].startswith("sqlite:///") for environment in runs[1:])
    assert all(not Path(environment["VAR_DIR"]).exists() for environment in runs), "nothing is left behind"
