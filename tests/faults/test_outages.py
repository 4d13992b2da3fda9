"""What a paper needs and does not get: memory, the database, a broker that remembers."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from reports.models import Paper
from reports.services import claims
from tests.faults.company import Company
from tests.faults.test_papers import (
    expect_one_paper,
    fall_due,
    files_in_the_folder,
    is_in,
    the_run,
    wait_for_paper,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_paper_that_wants_more_memory_than_there_is_fails_is_shown_and_others_go_on(staff: Company) -> None:
    fall_due("GREEDY")
    fall_due("IMT")
    wait_for_paper(staff, "IMT")
    staff.wait_until(lambda: is_in("failed", "GREEDY"), "the run is given up")
    run = the_run("GREEDY")
    assert run.attempts == settings.PAPER_ATTEMPTS
    assert "MemoryError" in run.error
    assert [paper.contract.reference for paper in Paper.objects.all()] == ["IMT"]


@pytest.mark.postgresql  # a SQLite could not say that it failed: it lies on the disk that is full
def test_on_a_full_disk_nothing_half_written_is_left_and_the_paper_is_written_once_there_is_room(
    staff: Company,
) -> None:
    staff.hold_at("rendering")
    fall_due()
    staff.wait_for_held()
    with staff.no_file_may_grow():
        staff.let_go()
        staff.wait_until(lambda: bool(the_run().error), "it is said that it does not fit")
        assert "File too large" in the_run().error
        assert not Paper.objects.exists()
        staff.wait_until(lambda: not files_in_the_folder(), "what was begun is removed")
    staff.wait_until(lambda: is_in("finished") or is_in("failed"), "it is written, or given up")
    if is_in("failed"):
        assert claims.try_again(the_run().pk, now=timezone.now())
    wait_for_paper(staff)
    expect_one_paper(staff, attempts=the_run().attempts)


def test_a_broker_that_is_killed_and_reads_its_file_again_loses_nothing(staff: Company, tmp_path: Path) -> None:
    kept_in = tmp_path / "aof"
    kept_in.mkdir()
    staff.stop_broker()
    staff.start_broker(kept_in)
    staff.hold_at("rendering")
    fall_due()
    staff.wait_for_held()
    staff.stop_broker()
    staff.let_go()
    wait_for_paper(staff)
    staff.start_broker(kept_in)
    fall_due("IMT")
    wait_for_paper(staff, "IMT")
    assert Paper.objects.count() == 2
    assert the_run("CSS").attempts == 1


@pytest.mark.postgresql
@pytest.mark.parametrize("point", ["reading", "set aside", "revealed"])
def test_a_database_that_ends_every_connection_under_load_still_has_one_paper(point: str, staff: Company) -> None:
    staff.hold_at(point)
    fall_due()
    staff.wait_for_held()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    staff.let_go()
    wait_for_paper(staff)
    expect_one_paper(staff, attempts=the_run().attempts)
