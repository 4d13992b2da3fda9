"""A draft is built again on request: the next revision, once, and never once it is signed."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.models import Person
from contracts.rules.roles import Role
from kpis.models import Result
from reports.models import Meeting, Paper, PaperRun
from reports.services import papers
from reports.services.drafts import MeetingCancelled
from reports.services.rebuilding import NotADraft, NotBuiltAgain, NotYours, rebuild
from reports.snapshot import from_json
from tests.reports.cases import DRAFT_ON, LAST, a_month_run, a_paper
from tests.reports.drafts.conftest import paper_of

pytestmark = pytest.mark.django_db


def again(paper: Paper, by: Person, reason: str = "") -> PaperRun:
    return rebuild(paper=paper, by=by, on=DRAFT_ON, now=timezone.now(), reason=reason)


def test_it_is_the_next_revision_of_the_figures_as_they_stand_now(
    draft: Paper, officer: Person, sent: list[int], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    Result.objects.filter(month=LAST).update(value="71")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        run = again(draft, officer, "A late correction.")
    assert sent == [run.pk]
    assert (run.revision, run.asked_by, run.reason, run.state) == (2, officer, "A late correction.", "queued")
    papers.write_paper(run.pk, on=DRAFT_ON)
    built = from_json(paper_of(run).snapshot)
    assert [month.below_target for month in built.months] == [0, 0, 1]
    assert from_json(draft.snapshot).months[-1].below_target == 0
    assert (built.review.from_, built.review.to) == (draft.review_from, draft.review_to)


def test_asked_twice_of_one_revision_it_is_built_once(draft: Paper, officer: Person) -> None:
    first = again(draft, officer)
    assert again(draft, officer) == first
    papers.write_paper(first.pk, on=DRAFT_ON)
    assert again(draft, officer) == first
    assert PaperRun.objects.count() == 2
    assert again(paper_of(first), officer).revision == 3


def test_one_that_failed_is_tried_again(draft: Paper, officer: Person) -> None:
    run = again(draft, officer)
    PaperRun.objects.filter(pk=run.pk).update(state="failed", attempts=9, error="No space left.")
    assert (again(draft, officer).pk, PaperRun.objects.get(pk=run.pk).state) == (run.pk, "queued")


@pytest.mark.parametrize("status", ["signed off", "with the clerk", "published"])
def test_once_signed_off_it_is_not_built_again(draft: Paper, officer: Person, status: str) -> None:
    Paper.objects.filter(pk=draft.pk).update(status=status)
    with pytest.raises(NotADraft):
        again(draft, officer)
    assert PaperRun.objects.count() == 1


def test_what_cannot_be_built_is_refused_before_anything_is_begun(draft: Paper, officer: Person) -> None:
    Meeting.objects.update(status="cancelled")
    draft.refresh_from_db()
    with pytest.raises(MeetingCancelled):
        again(draft, officer)
    assert PaperRun.objects.count() == 1


def test_only_those_who_write_papers_have_them_built_again(draft: Paper, person: Callable[[Role], Person]) -> None:
    for role in (Role.CLERK, Role.BOARD_MEMBER, Role.SUPPLIER):
        with pytest.raises(NotYours):
            again(draft, person(role))


def test_an_operational_report_is_not_built_again(draft: Paper, officer: Person) -> None:
    with pytest.raises(NotBuiltAgain):
        again(a_paper(a_month_run(draft.contract)), officer)


def test_the_button_leads_to_where_its_progress_is_seen(draft: Paper, officer_page: Client) -> None:
    address = reverse("reports:rebuild", args=["CSS", draft.pk])
    answer = officer_page.post(address, {"reason": "The figures moved."}, follow=True)
    assert answer.redirect_chain == [(reverse("reports:meeting", args=["CSS", draft.meeting_id]), 302)]
    assert "Revision 2 is being built" in answer.content.decode()
    assert PaperRun.objects.get(revision=2).reason == "The figures moved."
    assert officer_page.get(address).status_code == 405
