"""Who signs a paper off, when one signature is not enough, and what takes it back."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from contracts.models import Contract, Message
from kpis.models import Result, Return
from reports.models import Edition, Meeting, Paper, PaperFile, PaperRun
from reports.models.paper import Kind
from reports.queries.lives import life_of
from reports.rules.readiness import Finding
from reports.rules.signatures import Share, key_of, why_second
from reports.services import sign_off as services
from reports.services.acts import ActRefused, NotAsItStands, NotForTheBoard, NotYours
from reports.services.runs import PaperSettled, edition_run, next_draft, refuse_frozen
from reports.services.storage import folder_of
from tests import builders
from tests.fixtures.cast import TODAY
from tests.people import Cast
from tests.reports.life.conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sent")]

LATER = AT + timedelta(hours=1)
WORD = Finding("provisional", "February is provisional.", "CSC_KPI_01", "/")
GRAVE = Finding("stale", "It is not what would be built now.", "Draft", "/", blocks=True)


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """What there is to look at before signing: nothing, unless a test says so."""
    findings: list[Finding] = []
    monkeypatch.setattr(services, "load_findings", lambda paper, on: tuple(findings))
    return findings


@pytest.fixture
def verified_by_manager(cast: Cast, meeting: Meeting) -> None:
    Return.objects.filter(month="2018-01-01").update(verified_by=cast.contract_manager)


def sign(paper: Paper, cast: Cast, **accepted: str) -> services.Signed:
    words = {key.replace("_", "-"): word for key, word in accepted.items()}
    return services.sign_off(paper, by=cast.contract_manager, at=AT, on=TODAY, accepted=words)


def state(paper: Paper) -> str:
    paper.refresh_from_db()
    return paper.status


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Share(), ""),
        (Share(results_entered=1), "entered 1 result of the months that it judges"),
        (Share(returns_verified=2), "verified 2 returns of the months that it judges"),
        (
            Share(results_entered=3, returns_submitted=1, returns_verified=1),
            "entered 3 results, submitted 1 return and verified 1 return of the months that it judges",
        ),
    ],
)
def test_who_answers_for_figures_alone_needs_somebody_beside(share: Share, words: str) -> None:
    assert why_second(share) == words


def test_one_signature_is_enough_where_others_made_the_figures(draft: Paper, cast: Cast, sent: list[int]) -> None:
    assert sign(draft, cast).awaits == ""
    assert state(draft) == "signed off"
    run = PaperRun.objects.get(edition=Edition.SIGNED_OFF)
    assert (run.state, run.revision, run.asked_by) == ("queued", draft.revision, cast.contract_manager)
    assert life_of(draft).signed is not None


def test_the_news_goes_out_once_it_is_committed(
    draft: Paper, cast: Cast, sent: list[int], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sign(draft, cast)
        assert sent == []
    assert sent == [PaperRun.objects.get(edition=Edition.SIGNED_OFF).pk]


@pytest.mark.usefixtures("verified_by_manager")
def test_who_verified_a_return_waits_for_a_second_signature(draft: Paper, cast: Cast) -> None:
    awaits = sign(draft, cast).awaits
    assert awaits == f"{cast.contract_manager} verified 1 return of the months that it judges"
    assert state(draft) == "draft"
    assert services.awaits_second(draft, life_of(draft)) == awaits
    assert not PaperRun.objects.filter(edition=Edition.SIGNED_OFF).exists()
    told = Message.objects.filter(kind=Message.Kind.PAPER_TO_SIGN)
    assert [message.person for message in told] == [cast.officer]
    assert "verified 1 return" in told[0].body


@pytest.mark.parametrize("what", ["entered", "submitted"])
def test_so_does_who_entered_or_submitted_any(what: str, draft: Paper, cast: Cast) -> None:
    if what == "entered":
        Result.objects.filter(month="2017-11-01").update(entered_by=cast.contract_manager)
    else:
        Return.objects.filter(month="2017-11-01").update(submitted_by=cast.contract_manager)
    assert what in sign(draft, cast).awaits


def test_what_was_entered_for_other_months_does_not_matter(draft: Paper, cast: Cast) -> None:
    result = Result.objects.get(month="2017-11-01")
    Result.objects.create(kpi=result.kpi, month="2018-02-01", value=90, entered_by=cast.contract_manager)
    assert sign(draft, cast).awaits == ""


@pytest.mark.usefixtures("verified_by_manager")
def test_the_second_signature_is_somebody_elses_and_the_last_one_signs_it_off(draft: Paper, cast: Cast) -> None:
    with pytest.raises(NotAsItStands, match="signs it off first"):
        services.countersign(draft, by=cast.officer, at=AT, on=TODAY)
    sign(draft, cast)
    with pytest.raises(ActRefused, match="You signed it off yourself"):
        services.countersign(draft, by=cast.contract_manager, at=LATER, on=TODAY)
    with pytest.raises(NotYours):
        services.countersign(draft, by=cast.clerk, at=LATER, on=TODAY)
    with pytest.raises(NotAsItStands, match="already"):
        sign(draft, cast)
    services.countersign(draft, by=cast.officer, at=LATER, on=TODAY)
    assert state(draft) == "signed off"
    life = life_of(draft)
    assert life.signed
    assert life.countersigned
    assert (life.signed.by_pk, life.countersigned.by_pk) == (cast.contract_manager.pk, cast.officer.pk)
    assert PaperRun.objects.filter(edition=Edition.SIGNED_OFF).count() == 1


def test_everybody_else_is_turned_away(draft: Paper, cast: Cast) -> None:
    for name, who in cast.everybody():
        if name not in ("contract_manager", "administrator"):  # the administrator of the cast is a superuser
            with pytest.raises(NotYours):
                services.sign_off(draft, by=who, at=AT, on=TODAY, accepted={})
    assert state(draft) == "draft"


def test_what_blocks_refuses_and_everything_else_needs_a_word(draft: Paper, cast: Cast, found: list[Finding]) -> None:
    found += [GRAVE, WORD]
    with pytest.raises(services.NotReady, match="not what would be built now") as refusal:
        sign(draft, cast)
    assert refusal.value.findings == (GRAVE,)
    found.remove(GRAVE)
    for word in ("", "  "):
        with pytest.raises(services.WordsMissing) as missing:
            services.sign_off(draft, by=cast.contract_manager, at=AT, on=TODAY, accepted={key_of(WORD): word})
        assert missing.value.findings == (WORD,)
    assert not draft.acts.exists()
    services.sign_off(draft, by=cast.contract_manager, at=AT, on=TODAY, accepted={key_of(WORD): "The Board knows."})
    assert draft.acts.get().words == "CSC_KPI_01: February is provisional. The Board knows."


@pytest.mark.usefixtures("verified_by_manager")
def test_what_blocks_by_now_stops_the_second_signature_too(draft: Paper, cast: Cast, found: list[Finding]) -> None:
    sign(draft, cast)
    found.append(GRAVE)
    with pytest.raises(services.NotReady):
        services.countersign(draft, by=cast.officer, at=LATER, on=TODAY)


def test_only_the_newest_revision_is_signed(draft: Paper, cast: Cast, meeting: Meeting) -> None:
    newer = builders.paper(draft.contract, meeting, TODAY, revision=2)
    with pytest.raises(NotAsItStands, match="newer draft was built"):
        sign(draft, cast)
    sign(newer, cast)
    assert state(newer) == "signed off"


def test_a_draft_under_way_is_waited_for(draft: Paper, cast: Cast, meeting: Meeting) -> None:
    next_draft(draft.contract, meeting, draft.kind, on=TODAY, now=timezone.now())
    with pytest.raises(NotAsItStands, match="being built"):
        sign(draft, cast)


@pytest.mark.parametrize(
    ("change", "words"), [({"status": "cancelled"}, "cancelled"), ({"meeting_on": "2018-04-05"}, "moved")]
)
def test_a_meeting_that_does_not_stand_where_the_paper_says_stops_it(
    change: dict[str, str], words: str, draft: Paper, cast: Cast, meeting: Meeting
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(**change)
    with pytest.raises(NotAsItStands, match=words):
        sign(draft, cast)


def test_an_operational_report_is_nobodys_to_sign(contract: Contract, meeting: Meeting, cast: Cast) -> None:
    report = builders.operational_report(contract, "2018-02", TODAY)
    with pytest.raises(NotForTheBoard):
        sign(report, cast)


def test_what_is_signed_off_is_not_built_again_until_it_is_taken_back(
    draft: Paper, cast: Cast, meeting: Meeting
) -> None:
    refuse_frozen(draft.contract, draft.meeting, draft.kind)
    sign(draft, cast)
    with pytest.raises(PaperSettled, match="take its sign-off back first"):
        next_draft(draft.contract, meeting, draft.kind, on=TODAY, now=LATER)
    services.take_back(draft, by=cast.contract_manager, at=LATER, reason="A month is missing.")
    assert state(draft) == "draft"
    assert next_draft(draft.contract, meeting, draft.kind, on=TODAY, now=LATER).revision == 2


def test_taking_back_needs_a_reason_and_takes_the_printed_edition_along(
    draft: Paper, cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sign(draft, cast)
    run = PaperRun.objects.get(edition=Edition.SIGNED_OFF)
    place = settings.PAPERS_DIR / folder_of(run)
    place.mkdir(parents=True)
    PaperFile.objects.create(
        paper=draft, edition="signed off", format="pdf", name="a.pdf", path=f"{folder_of(run)}/a.pdf", size=0, sha256=""
    )
    with pytest.raises(ActRefused, match="why"):
        services.take_back(draft, by=cast.contract_manager, at=LATER, reason=" ")
    with pytest.raises(NotYours):
        services.take_back(draft, by=cast.officer, at=LATER, reason="Mine.")
    with django_capture_on_commit_callbacks(execute=True):
        services.take_back(draft, by=cast.contract_manager, at=LATER, reason="A month is missing.")
    assert not PaperRun.objects.filter(edition=Edition.SIGNED_OFF).exists()
    assert not draft.files.filter(edition="signed off").exists()
    assert not place.exists()
    assert life_of(draft).signed is None
    with pytest.raises(NotAsItStands, match="Nobody has signed"):
        services.take_back(draft, by=cast.contract_manager, at=LATER, reason="Again.")


@pytest.mark.usefixtures("verified_by_manager")
def test_a_first_signature_is_taken_back_before_the_second(draft: Paper, cast: Cast) -> None:
    sign(draft, cast)
    services.take_back(draft, by=cast.contract_manager, at=LATER, reason="A month is missing.")
    with pytest.raises(NotAsItStands, match="signs it off first"):
        services.countersign(draft, by=cast.officer, at=LATER, on=TODAY)


def test_what_is_being_handed_over_is_not_taken_back(draft: Paper, cast: Cast) -> None:
    sign(draft, cast)
    edition_run(draft, Edition.FINAL, by=cast.contract_manager, on=TODAY, now=LATER)
    with pytest.raises(NotAsItStands, match="being handed"):
        services.take_back(draft, by=cast.contract_manager, at=LATER, reason="Too late.")


def test_a_projects_paper_judges_no_months(contract: Contract, meeting: Meeting, cast: Cast) -> None:
    Result.objects.update(entered_by=cast.contract_manager)
    builders.project(contract)
    paper = builders.projects_paper(contract, meeting, TODAY)
    assert paper.kind == Kind.PROJECTS
    assert sign(paper, cast).awaits == ""
