"""How many processes share a run of the suite."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.fixtures.workers import pytest_xdist_auto_num_workers

HERE = Path(__file__)


def workers(cores: int, monkeypatch: pytest.MonkeyPatch, *asked_for: Path | str, **options: object) -> int:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(cores)), raising=False)
    config = SimpleNamespace(args=[str(each) for each in asked_for], getoption=options.get)
    return pytest_xdist_auto_num_workers(cast(Any, config))


@pytest.mark.parametrize(("cores", "expected"), [(1, 0), (2, 2), (8, 8), (16, 8)])
def test_a_folder_is_shared_by_as_many_as_there_are_cores_within_reason(
    cores: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert workers(cores, monkeypatch, HERE.parent) == expected


def test_files_named_one_by_one_start_at_once_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    assert workers(2, monkeypatch, HERE, f"{HERE}::test_that") == 0
    assert workers(2, monkeypatch, HERE, HERE.parent) == 2


@pytest.mark.parametrize("options", [{"capture": "no"}, {"trace": True}])
def test_who_wants_to_look_on_gets_one_process(options: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    assert workers(2, monkeypatch, HERE.parent, **options) == 0
