"""Handing over freezes: the snapshot, every file with its hash, both halves, the act and the status together."""

import hashlib
from datetime import date

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import Settings

from contracts.models import Message
from reports.build.halves import Mark, split
from reports.models import Edition, FrozenPaper, Meeting, Narrative, Paper, PaperRun
from reports.models.paper import Audience
from reports.queries.due import due_papers
from reports.queries.integrity import damaged_papers
from reports.queries.lateness import DEFAULT_FOR_ADDENDUM, lateness_of
from reports.queries.lives import life_of
from reports.services import editions, papers, sign_off
from reports.services.acts import NotAsItStands, NotYours
from reports.services.freezing import free_address
from reports.services.papers import AttemptFailed, PaperRefused
from reports.services.sign_off import ReasonForLateness
from reports.snapshot import fingerprint, from_json, to_json
from tests.fixtures.cast import TODAY
from tests.people import Cast
from tests.reports.life.conftest import AT, hand_over

pytestmark = pytest.mark.django_db

LATE = date(2018, 3, 22)


def test_it_is_frozen_as_it_will_be_published(signed: Paper, cast: Cast) -> None:
    run = hand_over(signed, cast.contract_manager)
    half = FrozenPaper.objects.get()
    text = half.snapshot.text
    assert half.sha256 == fingerprint(text)
    assert from_json(text).status == "published"
    assert half.address.endswith("-report-r1-public")
    assert (half.audience, half.frozen_by) == (Audience.PUBLIC, cast.contract_manager)
    for file in half.files.all():
        content = (settings.PAPERS_DIR / file.path).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)
        assert content.startswith(b"published public")
    assert half.files.count() == 2
    run.refresh_from_db()
    assert (signed.status, run.state) == ("with the clerk", "finished")
    handed_over = life_of(signed).handed_over
    assert handed_over
    assert (handed_over.by_pk, handed_over.on) == (cast.contract_manager.pk, TODAY)
    assert list(damaged_papers()) == []


def test_the_draft_keeps_its_own_figures_and_files(signed: Paper, cast: Cast) -> None:
    before = (signed.snapshot, sorted(signed.files.values_list("path", flat=True)))
    hand_over(signed, cast.contract_manager)
    assert (signed.snapshot, sorted(signed.files.values_list("path", flat=True))) == before


def test_clerks_and_managers_are_told_once_and_never_the_board(signed: Paper, cast: Cast) -> None:
    hand_over(signed, cast.contract_manager)
    told = Message.objects.filter(kind=Message.Kind.PAPER_HANDED_OVER)
    assert [message.person for message in told] == [cast.clerk]
    assert f"/papers/{signed.pk}/" in told[0].body or not settings.SITE_URL


def test_asked_twice_it_is_one_run_and_one_paper(signed: Paper, cast: Cast) -> None:
    first, again = (sign_off.hand_over(signed, by=cast.contract_manager, on=TODAY, now=AT) for _ in range(2))
    assert first == again
    assert papers.write_paper(first.pk, on=TODAY)
    assert not papers.write_paper(first.pk, on=TODAY)
    assert FrozenPaper.objects.count() == 1
    assert signed.acts.filter(kind="handed over").count() == 1
    signed.refresh_from_db()
    with pytest.raises(NotAsItStands, match="with the clerk now"):
        sign_off.hand_over(signed, by=cast.contract_manager, on=TODAY, now=AT)


def test_only_the_contract_manager_hands_over(signed: Paper, cast: Cast) -> None:
    for who in (cast.officer, cast.clerk, cast.board_member, cast.supplier, cast.outsider):
        with pytest.raises(NotYours):
            sign_off.hand_over(signed, by=who, on=TODAY, now=AT)


def test_a_draft_is_not_handed_over(draft: Paper, cast: Cast) -> None:
    with pytest.raises(NotAsItStands, match="draft now"):
        sign_off.hand_over(draft, by=cast.contract_manager, on=TODAY, now=AT)


@pytest.mark.parametrize(("on", "is_late"), [(date(2018, 3, 21), False), (LATE, True)])
def test_what_goes_out_late_gives_the_reason_and_prints_it(on: date, is_late: bool, signed: Paper, cast: Cast) -> None:
    assert lateness_of(signed, on).is_needed == is_late
    if is_late:
        with pytest.raises(ReasonForLateness, match="Wednesday 21 March 2018"):
            sign_off.hand_over(signed, by=cast.contract_manager, on=on, now=AT, lateness=" ")
        assert not PaperRun.objects.filter(edition=Edition.FINAL).exists()
    hand_over(signed, cast.contract_manager, on, "The figures came late.")
    words = from_json(FrozenPaper.objects.get().snapshot.text).words
    assert words
    assert words.lateness == ("The figures came late." if is_late else "")
    assert Narrative.objects.filter(lateness="The figures came late.").exists() == is_late
    printed = (settings.PAPERS_DIR / FrozenPaper.objects.get().files.all()[0].path).read_text()
    assert ("The figures came late." in printed) == is_late


def test_an_addendum_is_always_late_and_offered_a_reason(with_clerk: Paper) -> None:
    addendum = Paper(contract=with_clerk.contract, meeting=with_clerk.meeting, kind="addendum", number=1, of=with_clerk)
    late = lateness_of(addendum, TODAY)
    assert (late.is_needed, late.reason) == (True, DEFAULT_FOR_ADDENDUM)


def test_both_halves_are_frozen_each_at_its_own_address(signed: Paper, cast: Cast) -> None:
    parted = split(from_json(signed.snapshot), [Mark("requests", 3, "A tender is at stake.")])
    assert parted.exempt
    public, exempt = to_json(parted.public), to_json(parted.exempt)
    Paper.objects.filter(pk=signed.pk).update(
        snapshot=public, sha256=fingerprint(public), exempt_snapshot=exempt, exempt_sha256=fingerprint(exempt)
    )
    hand_over(signed, cast.contract_manager)
    halves = {half.audience: half for half in FrozenPaper.objects.all()}
    assert set(halves) == {"public", "exempt"}
    assert halves["exempt"].address.endswith("-exempt")
    assert all(b" exempt: " in (settings.PAPERS_DIR / file.path).read_bytes() for file in halves["exempt"].files.all())


def test_an_address_that_is_taken_gets_a_number(signed: Paper, cast: Cast) -> None:
    """A meeting that was moved leaves its old day to another one, and the papers of both may be called the same."""
    hand_over(signed, cast.contract_manager)
    taken = FrozenPaper.objects.get().address
    assert free_address(taken) == f"{taken}-2"
    assert free_address(taken[:-1]) == taken[:-1]


def test_a_sign_off_that_was_taken_back_meanwhile_freezes_nothing(signed: Paper, cast: Cast) -> None:
    run = sign_off.hand_over(signed, by=cast.contract_manager, on=TODAY, now=AT)
    Paper.objects.filter(pk=signed.pk).update(status="draft")
    with pytest.raises(PaperRefused, match="does not stand any more"):
        papers.write_paper(run.pk, on=TODAY)
    assert not PaperRun.objects.filter(pk=run.pk).exists()
    assert not FrozenPaper.objects.exists()


def test_a_meeting_that_was_cancelled_meanwhile_freezes_nothing(signed: Paper, cast: Cast) -> None:
    run = sign_off.hand_over(signed, by=cast.contract_manager, on=TODAY, now=AT)
    Meeting.objects.update(status="cancelled")
    with pytest.raises(PaperRefused, match="cancelled"):
        papers.write_paper(run.pk, on=TODAY)
    assert not FrozenPaper.objects.exists()


def test_one_that_has_failed_is_due_again_on_the_next_day(
    signed: Paper, cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.PAPER_ATTEMPTS = 1

    def full(*args: object, **options: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(editions, "freeze", full)
        run = hand_over(signed, cast.contract_manager)
    run.refresh_from_db()
    assert (run.state, signed.status) == ("failed", "signed off")
    assert not FrozenPaper.objects.exists()
    tomorrow = date(2018, 3, 15)
    assert [each.run_id for each in due_papers(TODAY)] == []
    assert [each.run_id for each in due_papers(tomorrow)] == [run.pk]
    assert papers.start_due(on=tomorrow, now=timezone.now()).run_ids == (run.pk,)
    assert papers.start_due(on=tomorrow, now=timezone.now()).run_ids == ()
    assert papers.write_paper(run.pk, on=tomorrow)
    signed.refresh_from_db()
    assert signed.status == "with the clerk"


def test_a_later_revision_that_has_failed_is_due_again_and_dropped_once_the_paper_is_signed(
    meeting: Meeting, draft: Paper, cast: Cast, quick_print: None, sent: list[int]
) -> None:
    run = papers.next_draft(draft.contract, meeting, "report", on=TODAY, now=AT)
    PaperRun.objects.filter(pk=run.pk).update(state="failed", due_on=date(2018, 3, 15), attempts=3)
    assert [each.run_id for each in due_papers(date(2018, 3, 15))] == [run.pk]
    Paper.objects.filter(pk=draft.pk).update(status="signed off")
    papers.start_due(on=date(2018, 3, 15), now=timezone.now())
    with pytest.raises(PaperRefused, match="signed off"):
        papers.write_paper(run.pk, on=date(2018, 3, 15))
    assert Paper.objects.count() == 1


def test_the_signed_off_edition_is_printed_though_it_was_handed_over_before(signed: Paper, cast: Cast) -> None:
    hand_over(signed, cast.contract_manager)
    run = PaperRun.objects.get(edition=Edition.SIGNED_OFF)
    assert papers.write_paper(run.pk, on=TODAY)
    assert signed.files.filter(edition="signed off").count() == 2


def test_what_fails_while_it_freezes_leaves_nothing_behind(
    signed: Paper, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **options: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("reports.services.storage.reveal", full)
    with pytest.raises(AttemptFailed):
        hand_over(signed, cast.contract_manager)
    signed.refresh_from_db()
    assert signed.status == "signed off"
    assert not FrozenPaper.objects.exists()
    assert not signed.acts.filter(kind="handed over").exists()
    assert not Message.objects.filter(kind=Message.Kind.PAPER_HANDED_OVER).exists()
