"""Who adds and removes evidence, when, and what stays of it."""

import hashlib
import stat
from pathlib import Path

import pytest
from django.conf import LazySettings

from contracts.models import Person
from contracts.uploads import UploadRefused
from kpis.models import Evidence, Kpi, Relief, Return
from kpis.services.entries import ReturnClosed
from kpis.services.evidence import (
    AlreadyThere,
    GoneAlready,
    NotYoursToAdd,
    NotYoursToRemove,
    ReliefDecided,
    SaysNoReason,
    TooMany,
)
from tests.kpis.services.evidence.acts import (
    AT,
    add,
    add_to,
    files_in,
    of_february,
    remove,
    reopen,
    send_it_back,
    submit,
    verify,
)
from tests.people import Cast


def test_a_file_is_kept_with_all_that_is_known_of_it(kpi: Kpi, cast: Cast, folder: Path) -> None:
    content = b"%PDF-1.7\nstartxref\n0\n%%EOF\n"
    kept = add(kpi, cast.officer, content, "C:\\logs\\Call log.PDF")
    assert (kept.name, kept.kind, kept.size) == ("Call log.PDF", "pdf", len(content))
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert (kept.added_by, kept.added_at) == (cast.officer, AT)
    (stored,) = files_in(folder)
    assert stored == folder / kept.path
    assert stored.read_bytes() == content
    assert stored.suffix == ""
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (stored, stored.parent)]
    assert modes == [0o640, 0o750], "the group reads it for the backup, and nobody else does"
    first = kept.history.get()
    assert (first.history_user, first.history_change_reason) == (cast.officer, "added")


def test_a_month_that_nobody_has_touched_takes_evidence_before_there_is_a_result(kpi: Kpi, cast: Cast) -> None:
    add(kpi, cast.supplier)
    assert of_february(kpi).state == Return.State.OPEN
    assert not kpi.results.filter(month="2018-02-01").exists()


def test_only_who_enters_the_area_adds(kpi: Kpi, cast: Cast, folder: Path) -> None:
    for name in ("contract_manager", "board_member", "administrator", "clerk", "other_officer", "outsider"):
        with pytest.raises(NotYoursToAdd):
            add(kpi, getattr(cast, name))
    assert files_in(folder) == []
    assert not Return.objects.filter(month="2018-02-01").exists()


def test_a_month_that_is_closed_takes_none_until_it_is_open_again(kpi: Kpi, cast: Cast, folder: Path) -> None:
    add(kpi, cast.officer, b"one")
    submit(kpi)
    with pytest.raises(ReturnClosed):
        add(kpi, cast.officer, b"two")
    send_it_back(kpi, cast.contract_manager)
    add(kpi, cast.officer, b"three")
    submit(kpi)
    verify(kpi, cast.contract_manager)
    with pytest.raises(ReturnClosed):
        add(kpi, cast.officer, b"four")
    with pytest.raises(ReturnClosed):
        add(kpi, cast.officer, b"five", month="2018-01")
    reopen(kpi, cast.contract_manager)
    add(kpi, cast.officer, b"six")
    assert [(folder / path).read_bytes() for path in Evidence.objects.values_list("path", flat=True)] == [
        b"one",
        b"three",
        b"six",
    ]
    assert len(files_in(folder)) == 3


def test_what_is_refused_leaves_nothing_behind(
    kpi: Kpi, cast: Cast, folder: Path, tmp_path: Path, settings: LazySettings
) -> None:
    for content, name in ((b"", "a.txt"), (b"<html>", "a.pdf"), (b"MZ\x90\0", "a.exe")):
        with pytest.raises(UploadRefused):
            add(kpi, cast.officer, content, name)
    settings.UPLOAD_SCANNER = ["false"]
    with pytest.raises(UploadRefused, match="check for malware"):
        add(kpi, cast.officer)
    assert files_in(folder) == []
    assert not Evidence.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_written(
    kpi: Kpi, cast: Cast, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.UPLOAD_MAX_MB = 1
    monkeypatch.setattr("kpis.services.evidence.changes.set_aside", lambda _: pytest.fail("nothing is to be written"))
    with pytest.raises(UploadRefused, match="larger than 1 MB"):
        add(kpi, cast.officer, b"a" * (1024 * 1024 + 1))


def test_the_same_file_is_kept_once_per_month_and_again_after_it_was_removed(kpi: Kpi, cast: Cast) -> None:
    kept = add(kpi, cast.officer)
    with pytest.raises(AlreadyThere, match=r"“other.txt” is there already, as “log.txt”\."):
        add(kpi, cast.officer, name="other.txt")
    submit(kpi)
    send_it_back(kpi, cast.contract_manager)
    remove(kept, cast.officer, "It was of another month.")
    assert add(kpi, cast.officer).pk != kept.pk


def test_a_month_has_at_most_so_many_files_not_counting_those_removed(
    kpi: Kpi, cast: Cast, settings: LazySettings
) -> None:
    settings.EVIDENCE_MAX_FILES = 2
    first = add(kpi, cast.officer, b"one")
    add(kpi, cast.officer, b"two")
    with pytest.raises(TooMany, match=r"“log\.txt” would be one more than the 2 files"):
        add(kpi, cast.officer, b"three")
    remove(first, cast.officer)
    add(kpi, cast.officer, b"three")


def test_what_was_never_submitted_is_taken_back_entirely(
    kpi: Kpi, cast: Cast, folder: Path, django_capture_on_commit_callbacks: object
) -> None:
    kept = add(kpi, cast.officer)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert remove(kept, cast.supplier) is True
    assert not Evidence.objects.exists()
    assert files_in(folder) == []
    gone = Evidence.history.first()
    assert (gone.history_type, gone.history_user) == ("-", cast.supplier)


def test_what_was_submitted_once_is_only_marked_removed_and_its_file_stays(kpi: Kpi, cast: Cast, folder: Path) -> None:
    kept = add(kpi, cast.officer)
    submit(kpi)
    send_it_back(kpi, cast.contract_manager)
    with pytest.raises(SaysNoReason):
        remove(kept, cast.officer, "  ")
    assert remove(kept, cast.officer, "It is of January.") is False
    kept.refresh_from_db()
    assert (kept.removed_by, kept.removed_at, kept.removed_reason) == (cast.officer, AT, "It is of January.")
    assert (folder / kept.path).read_bytes() == b"Calls.\n"
    assert kept.history.first().history_change_reason == "removed: It is of January."
    with pytest.raises(GoneAlready):
        remove(kept, cast.officer, "Again.")


def test_a_closed_month_keeps_its_evidence(kpi: Kpi, cast: Cast) -> None:
    kept = add(kpi, cast.officer)
    submit(kpi)
    with pytest.raises(ReturnClosed):
        remove(kept, cast.officer, "Wrong.")
    verify(kpi, cast.contract_manager)
    with pytest.raises(ReturnClosed):
        remove(kept, cast.officer, "Wrong.")
    reopen(kpi, cast.contract_manager)
    assert remove(kept, cast.officer, "Wrong.") is False


def test_only_who_enters_the_area_removes(kpi: Kpi, cast: Cast) -> None:
    kept = add(kpi, cast.officer)
    for name in ("contract_manager", "administrator", "board_member", "other_officer"):
        with pytest.raises(NotYoursToRemove):
            remove(kept, getattr(cast, name), "Wrong.")
    assert Evidence.objects.get().removed_at is None


@pytest.mark.parametrize("name", ["officer", "supplier", "contract_manager"])
def test_who_may_ask_for_relief_adds_to_one_that_waits(name: str, relief: Relief, cast: Cast) -> None:
    by: Person = getattr(cast, name)
    kept = add_to(relief, by)
    assert (kept.relief, kept.kpi, kept.month, kept.added_by) == (relief, None, None, by)


def test_nobody_else_adds_to_a_relief(relief: Relief, cast: Cast) -> None:
    for name in ("administrator", "board_member", "clerk", "project_manager", "other_officer", "outsider"):
        with pytest.raises(NotYoursToAdd):
            add_to(relief, getattr(cast, name))


@pytest.mark.parametrize("decision", ["granted", "refused", "withdrawn"])
def test_a_relief_that_is_decided_keeps_its_evidence_as_it_is(decision: str, relief: Relief, cast: Cast) -> None:
    kept = add_to(relief, cast.supplier)
    relief.decision, relief.decided_by = decision, "Contract Manager"
    relief.save()
    with pytest.raises(ReliefDecided, match=f"R001 is {decision}"):
        add_to(relief, cast.supplier, b"more")
    with pytest.raises(ReliefDecided):
        remove(kept, cast.supplier, "Wrong.")


def test_of_a_relief_everybody_removes_their_own_and_says_why(relief: Relief, cast: Cast, folder: Path) -> None:
    kept = add_to(relief, cast.supplier)
    with pytest.raises(NotYoursToRemove):
        remove(kept, cast.contract_manager, "Wrong.")
    with pytest.raises(SaysNoReason):
        remove(kept, cast.supplier)
    assert remove(kept, cast.supplier, "An older letter.") is False
    assert len(files_in(folder)) == 1
