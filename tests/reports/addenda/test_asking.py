"""Asking for an addendum: by those who may, with a reason, and not where there is nothing to tell."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from contracts.models import Access, Person
from contracts.rules.roles import Role
from reports.models import FrozenPaper, Paper, PaperRun
from reports.queries.addendum_page import SignedOff
from reports.queries.new_months import meeting_of
from reports.rules.addenda import MeetingOver, NothingNew, ReportNotFrozen
from reports.services import papers
from reports.services.addenda import NotYours, ReasonMissing, ask_for_addendum, run_now, start_due_addenda
from tests import builders
from tests.reports.addenda.cases import (
    CUT_OFF_ON,
    DRAFTED_ON,
    MEETING_ON,
    VERIFIED_ON,
    a_contract,
    a_frozen_report,
    a_meeting,
    a_person,
    addendum_runs,
    verified,
)

pytestmark = pytest.mark.usefixtures("sent", "quick_print")

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def report(db: None) -> FrozenPaper:
    """With the clerk; February is verified since."""
    contract = a_contract()
    report = a_frozen_report(contract, a_meeting(contract), a_person(contract))
    verified(contract.service_areas.get(), "2018-02")
    return report


def ask(
    report: FrozenPaper, by: Person | None = None, on: date = VERIFIED_ON, reason: str = "It is short."
) -> PaperRun:
    paper = report.paper
    return ask_for_addendum(
        contract=paper.contract, meeting=meeting_of(paper), by=by or report.frozen_by, on=on, now=NOW, reason=reason
    )


def test_asked_for_twice_it_is_one_run_that_the_workers_are_told_of(
    report: FrozenPaper, sent: list[int], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first, second = ask(report), ask(report, reason="Again.")
    assert first.pk == second.pk
    assert set(sent) == {first.pk}
    run = PaperRun.objects.get(pk=first.pk)
    assert (run.asked_by, run.reason, run.of, run.due_on) == (
        report.frozen_by,
        "It is short.",
        report.paper,
        VERIFIED_ON,
    )
    assert start_due_addenda(on=VERIFIED_ON, now=NOW).run_ids == ()


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.SUPPLIER, Role.PROJECT_MANAGER])
def test_others_do_not_ask(report: FrozenPaper, role: Role) -> None:
    with pytest.raises(NotYours):
        ask(report, a_person(report.paper.contract, role))
    assert addendum_runs() == []


def test_an_officer_asks_too(report: FrozenPaper) -> None:
    assert ask(report, a_person(report.paper.contract, Role.OFFICER)).number == 1


def test_without_a_reason_nothing_is_begun(report: FrozenPaper) -> None:
    with pytest.raises(ReasonMissing):
        ask(report, reason="  ")
    assert addendum_runs() == []


def test_with_nothing_new_there_is_nothing_to_write(db: None) -> None:
    contract = a_contract()
    report = a_frozen_report(contract, a_meeting(contract), a_person(contract))
    with pytest.raises(NothingNew, match="Nothing is new since the report"):
        ask(report)


def test_as_long_as_the_report_is_a_draft_it_belongs_there(db: None) -> None:
    contract = a_contract()
    paper = builders.paper(contract, a_meeting(contract), DRAFTED_ON)
    verified(contract.service_areas.get(), "2018-02")
    with pytest.raises(ReportNotFrozen, match="belongs in the report itself"):
        ask_for_addendum(
            contract=contract,
            meeting=meeting_of(paper),
            by=a_person(contract),
            on=VERIFIED_ON,
            now=NOW,
            reason="Why not.",
        )


@pytest.mark.parametrize("on", [CUT_OFF_ON + DAY, MEETING_ON])
def test_after_the_cut_off_it_is_still_written_when_somebody_asks(report: FrozenPaper, on: date) -> None:
    assert start_due_addenda(on=on, now=NOW).run_ids == ()
    run = ask(report, on=on)
    assert papers.write_paper(run.pk, on=on)
    assert "It was asked for on 29 March 2018, after the cut-off day" in Paper.objects.get(run=run).snapshot


@pytest.mark.parametrize(
    ("status", "on"), [("held", MEETING_ON), ("planned", MEETING_ON + DAY), ("cancelled", VERIFIED_ON)]
)
def test_once_the_meeting_is_over_its_next_report_tells_it(report: FrozenPaper, status: str, on: date) -> None:
    meeting_of(report.paper).status = status
    with pytest.raises(MeetingOver, match="next meeting"):
        ask(report, on=on)


def test_a_draft_that_tells_it_already_is_not_written_beside(report: FrozenPaper) -> None:
    papers.write_paper(ask(report).pk, on=VERIFIED_ON)
    with pytest.raises(NothingNew, match="Addendum 1 is a draft already, and tells February 2018"):
        ask(report)


def test_one_that_is_signed_off_takes_in_nothing_more(report: FrozenPaper) -> None:
    papers.write_paper(ask(report).pk, on=VERIFIED_ON)
    Paper.objects.filter(kind="addendum").update(status="signed off")
    with pytest.raises(SignedOff):
        ask(report)


def test_one_that_failed_gets_all_its_attempts_anew(report: FrozenPaper) -> None:
    run = ask(report)
    PaperRun.objects.filter(pk=run.pk).update(state="failed", attempts=3, error="The disk was full.")
    again = ask(report)
    assert (again.pk, again.state, again.attempts, again.error) == (run.pk, "queued", 0, "")


def asked() -> list[tuple[Person | None, str]]:
    """Who had something written, and what: as the audit lists it."""
    rows = Access.objects.filter(kind=Access.Kind.ASKED).select_related("person").order_by("pk")
    return [(row.person, row.subject) for row in rows]


def test_who_has_one_that_failed_begun_again_stands_in_the_audit_and_gives_the_reason(report: FrozenPaper) -> None:
    run = ask(report)
    PaperRun.objects.filter(pk=run.pk).update(state="failed", attempts=3)
    colleague = a_person(report.paper.contract, Role.OFFICER)
    again = ask(report, colleague, reason="The disk is mended.")
    assert (again.asked_by, again.reason) == (colleague, "The disk is mended.")
    first, second = asked()
    assert (first[0], second[0]) == (report.frozen_by, colleague)
    assert first[1].endswith(": It is short.")
    assert second[1].endswith(": The disk is mended.")


def test_the_machines_that_failed_is_that_of_who_has_it_begun_again(report: FrozenPaper) -> None:
    (run_id,) = start_due_addenda(on=VERIFIED_ON, now=NOW).run_ids
    PaperRun.objects.filter(pk=run_id).update(state="failed", attempts=3)
    again = ask(report)
    assert (again.pk, again.asked_by, again.reason) == (run_id, report.frozen_by, "It is short.")
    assert len(asked()) == 1


def test_who_asks_while_it_is_being_written_has_nothing_done(report: FrozenPaper) -> None:
    ask(report)
    ask(report, a_person(report.paper.contract, Role.OFFICER), reason="Again.")
    assert len(asked()) == 1


def test_begun_again_by_the_machine_it_is_nobodys_asking(report: FrozenPaper) -> None:
    run = ask(report)
    PaperRun.objects.filter(pk=run.pk).update(state="failed", attempts=3)
    paper = report.paper
    again = run_now(paper.contract, meeting_of(paper), on=VERIFIED_ON, now=NOW)
    assert (again.state, again.asked_by, again.reason) == ("queued", report.frozen_by, "It is short.")
    assert len(asked()) == 1
