"""Two people remove what a paper says; its title, the hashes, the reason and who did it stay."""

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from pytest_django import DjangoCaptureOnCommitCallbacks

from reports.models import FrozenFile, FrozenPaper, FrozenSnapshot, Paper, PaperFile, UploadedEdition
from reports.queries.integrity import damaged_papers
from reports.queries.lives import life_of
from reports.services import publication, removal, storage
from reports.services.acts import ActRefused, NotAsItStands, NotYours
from reports.services.removal import Ground, SecondPerson, StillKept
from tests import builders
from tests.builders import words
from tests.fixtures.cast import TODAY
from tests.people import Cast
from tests.reports.life.conftest import AT

pytestmark = pytest.mark.django_db

ERROR = "A name stands in a commentary."
AFTER_SIX_YEARS = date(2024, 3, 30)


@pytest.fixture
def withdrawn(with_clerk: Paper, cast: Cast) -> Paper:
    words.uploaded(with_clerk, cast.clerk)
    publication.withdraw(with_clerk, by=cast.clerk, reason="A name.", at=AT)
    with_clerk.refresh_from_db()
    return with_clerk


def ask(paper: Paper, cast: Cast, ground: Ground = Ground.IN_ERROR, on: date = TODAY) -> None:
    removal.ask_removal(paper, by=cast.clerk, ground=ground, reason=ERROR, at=AT, on=on)


def files() -> list[str]:
    return sorted(path.name for path in settings.PAPERS_DIR.rglob("*") if path.is_file())


def test_its_contents_go_and_what_it_was_stays(
    withdrawn: Paper, cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    half = FrozenPaper.objects.get()
    hashes = sorted(FrozenFile.objects.values_list("name", "sha256"))
    ask(withdrawn, cast)
    assert files()
    with django_capture_on_commit_callbacks(execute=True):
        removal.confirm_removal(withdrawn, by=cast.contract_manager, at=AT)
        assert files()
    assert files() == []
    withdrawn.refresh_from_db()
    assert (withdrawn.status, withdrawn.snapshot, withdrawn.headline) == ("removed", "", "")
    assert withdrawn.sha256
    assert not FrozenSnapshot.objects.exists()
    assert not PaperFile.objects.exists()
    uploaded = UploadedEdition.objects.get()
    assert (bytes(uploaded.content), uploaded.sha256) == (b"", "e" * 64)
    assert FrozenPaper.objects.get() == half
    assert sorted(FrozenFile.objects.values_list("name", "sha256")) == hashes
    life = life_of(withdrawn)
    assert life.removal_asked
    assert life.removed
    assert (life.removal_asked.by_pk, life.removed.by_pk) == (cast.clerk.pk, cast.contract_manager.pk)
    assert ERROR in life.removed.words
    assert list(damaged_papers()) == []


def test_a_process_that_dies_after_the_commit_leaves_the_files_to_the_sweep(withdrawn: Paper, cast: Cast) -> None:
    ask(withdrawn, cast)
    removal.confirm_removal(withdrawn, by=cast.contract_manager, at=AT)
    assert files()
    assert [line for line in damaged_papers() if "still there" in line]
    assert storage.sweep() == 2  # the draft's and the final files
    assert files() == []
    assert list(damaged_papers()) == []


def test_the_drafts_that_led_to_it_go_too_and_later_ones_stay(
    withdrawn: Paper, cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    meeting = withdrawn.meeting
    assert meeting
    later = builders.paper(withdrawn.contract, meeting, TODAY, revision=2)
    ask(withdrawn, cast)
    with django_capture_on_commit_callbacks(execute=True):
        removal.confirm_removal(withdrawn, by=cast.contract_manager, at=AT)
    later.refresh_from_db()
    assert (later.status, bool(later.snapshot), later.files.count()) == ("draft", True, 1)


def test_nobody_does_it_alone(withdrawn: Paper, cast: Cast) -> None:
    with pytest.raises(NotAsItStands, match="Nobody has asked"):
        removal.confirm_removal(withdrawn, by=cast.contract_manager, at=AT)
    ask(withdrawn, cast)
    with pytest.raises(SecondPerson):
        removal.confirm_removal(withdrawn, by=cast.clerk, at=AT)
    with pytest.raises(NotAsItStands, match="already"):
        ask(withdrawn, cast)
    assert FrozenSnapshot.objects.exists()


def test_a_refusal_leaves_the_paper_and_it_can_be_asked_for_anew(withdrawn: Paper, cast: Cast) -> None:
    ask(withdrawn, cast)
    with pytest.raises(ActRefused, match="why"):
        removal.refuse_removal(withdrawn, by=cast.contract_manager, reason="", at=AT)
    removal.refuse_removal(withdrawn, by=cast.contract_manager, reason="It names nobody.", at=AT)
    with pytest.raises(NotAsItStands):
        removal.confirm_removal(withdrawn, by=cast.contract_manager, at=AT)
    ask(withdrawn, cast)
    removal.confirm_removal(withdrawn, by=cast.contract_manager, at=AT)


@pytest.mark.parametrize(("on", "is_kept"), [(date(2024, 3, 29), True), (AFTER_SIX_YEARS, False)])
def test_retention_ends_so_many_years_after_the_meeting(on: date, is_kept: bool, withdrawn: Paper, cast: Cast) -> None:
    if not is_kept:
        ask(withdrawn, cast, Ground.PAST_RETENTION, on)
        return
    with pytest.raises(StillKept, match="29 March 2024"):
        ask(withdrawn, cast, Ground.PAST_RETENTION, on)


@pytest.mark.parametrize(
    "act",
    [
        lambda paper, by: removal.ask_removal(paper, by=by, ground="published in error", reason="A", at=AT, on=TODAY),
        lambda paper, by: removal.confirm_removal(paper, by=by, at=AT),
        lambda paper, by: removal.refuse_removal(paper, by=by, reason="A", at=AT),
    ],
)
def test_others_are_turned_away(act: Callable[..., object], withdrawn: Paper, cast: Cast) -> None:
    for who in (cast.officer, cast.board_member, cast.project_manager, cast.supplier, cast.outsider, cast.leaver):
        with pytest.raises(NotYours):
            act(withdrawn, who)


def test_what_is_not_published_yet_is_withdrawn_first(with_clerk: Paper, cast: Cast) -> None:
    with pytest.raises(NotAsItStands):
        ask(with_clerk, cast)
