"""Row and file stay together whatever dies; strays alone are swept; what was changed is not handed out."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from kpis.models import Evidence, Kpi
from kpis.queries.evidence import damaged_files
from kpis.services.evidence import EvidenceDamaged, changes, open_stored, storage, sweep
from tests.kpis.services.evidence.acts import add, files_in, remove
from tests.people import Cast

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


class Killed(BaseException):
    """The process ends here, and nothing of it runs any more."""


def die(*_: object) -> None:
    raise Killed


def killed_before_the_commit(act: Callable[[], object]) -> None:
    with transaction.atomic():
        act()
        die()


@pytest.fixture
def nobody_tidies_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is killed removes nothing."""
    monkeypatch.setattr(changes, "drop", lambda _: None)


def age(path: Path, days: float) -> None:
    seconds = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (seconds, seconds))


def test_a_writer_killed_before_the_row_leaves_a_file_that_nobody_sees_and_the_sweep_takes(
    kpi: Kpi, cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch, nobody_tidies_up: None
) -> None:
    monkeypatch.setattr(changes, "judge_upload", die)
    with pytest.raises(Killed):
        add(kpi, cast.officer)
    (stray,) = files_in(folder)
    assert stray.parent.name == ".unfinished"
    assert sweep(NOW) == 0
    age(stray, 1.01)
    assert sweep(NOW) == 1
    assert files_in(folder) == []


def test_a_writer_killed_while_the_file_appears_leaves_no_row(
    kpi: Kpi, cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch, nobody_tidies_up: None
) -> None:
    monkeypatch.setattr(storage, "_sync", die)
    with pytest.raises(Killed):
        add(kpi, cast.officer)
    assert not Evidence.objects.exists()
    (stray,) = files_in(folder)
    assert stray.parent.parent == folder
    age(stray, 1.01)
    assert sweep(NOW) == 1


@pytest.mark.django_db(transaction=True)
def test_a_writer_killed_before_the_commit_leaves_no_row_and_a_stray(
    kpi: Kpi, cast: Cast, folder: Path, nobody_tidies_up: None
) -> None:
    with pytest.raises(Killed):
        killed_before_the_commit(lambda: add(kpi, cast.officer))
    assert not Evidence.objects.exists()
    assert len(files_in(folder)) == 1
    assert add(kpi, cast.officer).pk
    assert sweep(NOW + 2 * DAY) == 1
    assert [path.read_bytes() for path in files_in(folder)] == [b"Calls.\n"]


@pytest.mark.django_db(transaction=True)
def test_a_remover_killed_after_the_commit_leaves_a_stray_and_no_row(
    kpi: Kpi, cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = add(kpi, cast.officer)
    monkeypatch.setattr(changes, "take_away", die)
    with pytest.raises(Killed):
        remove(kept, cast.officer)
    assert not Evidence.objects.exists()
    assert len(files_in(folder)) == 1
    assert sweep(NOW + 2 * DAY) == 1
    assert files_in(folder) == []


@pytest.mark.django_db(transaction=True)
def test_a_remover_killed_before_the_commit_loses_nothing(kpi: Kpi, cast: Cast, folder: Path) -> None:
    kept = add(kpi, cast.officer)
    with pytest.raises(Killed):
        killed_before_the_commit(lambda: remove(kept, cast.officer))
    with open_stored(Evidence.objects.get()) as stored:
        assert stored.read() == b"Calls.\n"


def test_the_sweep_leaves_what_has_a_row_and_what_is_not_ours(kpi: Kpi, cast: Cast, folder: Path) -> None:
    kept = add(kpi, cast.officer)
    foreign = folder / "lost+found" / "readme"
    foreign.parent.mkdir()
    foreign.write_text("not ours")
    for path in files_in(folder):
        age(path, 400)
    assert sweep(NOW) == 0
    assert files_in(folder) == sorted([folder / kept.path, foreign])


def test_without_a_folder_there_is_nothing_to_sweep(db: None) -> None:
    assert sweep(NOW) == 0


def test_a_file_that_was_changed_or_lost_is_not_handed_out(kpi: Kpi, cast: Cast, folder: Path) -> None:
    kept = add(kpi, cast.officer)
    (folder / kept.path).write_bytes(b"Balls.\n")
    with pytest.raises(EvidenceDamaged, match="was changed"):
        open_stored(kept)
    (folder / kept.path).unlink()
    with pytest.raises(EvidenceDamaged, match="cannot be opened"):
        open_stored(kept)


def test_damage_is_found_by_size_and_by_hash_only_when_asked_to_read(kpi: Kpi, cast: Cast, folder: Path) -> None:
    kept = add(kpi, cast.officer)
    contract = kpi.contract
    assert list(damaged_files(contract, reads=True)) == []
    (folder / kept.path).write_bytes(b"Balls.\n")
    assert list(damaged_files(contract, reads=False)) == []
    named = f"the evidence “log.txt” of CSC_KPI_01 2018-02, kept as {kept.path}, "
    assert list(damaged_files(contract, reads=True)) == [f"{named}was changed after it was added"]
    (folder / kept.path).write_bytes(b"more than there was")
    assert list(damaged_files(contract, reads=False)) == [f"{named}has another size than when it was added"]
    (folder / kept.path).unlink()
    assert list(damaged_files(contract, reads=False)) == [f"{named}is missing"]
