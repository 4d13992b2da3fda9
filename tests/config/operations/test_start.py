"""What a web worker carries: every page, and nothing that only writes papers."""

import json
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings

from config.processes.postgresql import Cluster

WRITE_PAPERS = ("docx", "fontTools", "lxml", "pikepdf", "typst", "xlsxwriter")
READ_PAPERS = ("cattrs",)
"""Loaded by the first paper that is opened."""
TESTS_ALONE = ("hypothesis", "pytest")
SPEAK_WITH_THE_BROKER = {"celery", "kombu", "packaging", "redis"}
"""Loaded by who first asks whether it answers, or tells it of work."""
AFTER_THE_FORK = 20
"""As many modules may still be read by the pages. Each worker keeps its own copy of them: the rest is shared."""
PAGES = ("/", "/account/", "/papers/", "/people/", "/audit/", "/accounts/login/", "/health/ready")


@pytest.fixture
def start(migrated: Cluster, surroundings: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.config.operations.starting", *PAGES]
    with migrated.running():
        ended = subprocess.run(command, cwd=settings.BASE_DIR, env=surroundings, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    said: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return said


def test_a_worker_starts_with_every_page_and_answers_without_what_writes_papers(start: dict[str, Any]) -> None:
    assert {"contracts.urls", "kpis.urls", "projects.urls", "reports.urls"} <= set(start["loaded"])
    assert set(start["answers"].values()) <= {200, 302}
    loaded = {name.partition(".")[0] for name in start["loaded in the end"]}
    assert not loaded & {*WRITE_PAPERS, *READ_PAPERS, *TESTS_ALONE}


def test_pages_read_next_to_nothing_that_workers_could_share(start: dict[str, Any]) -> None:
    late = set(start["loaded in the end"]) - set(start["loaded"])
    late = {name for name in late if name.partition(".")[0] not in SPEAK_WITH_THE_BROKER}
    assert len(late) <= AFTER_THE_FORK, sorted(late)


def test_a_worker_knows_the_holidays_of_no_other_country(start: dict[str, Any]) -> None:
    assert "holidays" in start["loaded"]
    assert not [name for name in start["loaded in the end"] if name.startswith("holidays.countries")]


def test_no_connection_to_the_database_is_handed_down_to_workers(start: dict[str, Any]) -> None:
    assert start["is connected"] is False
