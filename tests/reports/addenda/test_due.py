"""When an addendum is drafted by itself: once, with every month that is new, until the cut-off day."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from contracts.models import Contract
from reports.models import FrozenPaper, Meeting, Paper, PaperRun
from reports.queries.addenda import DueAddendum, due_addenda
from reports.services import addenda, papers
from reports.services.editions import prepare
from reports.snapshot import ExemptLine, from_json, to_json
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
    area_of,
    declared,
    frozen,
    told,
    verified,
)

pytestmark = pytest.mark.usefixtures("sent", "quick_print")

NOW = timezone.now()
DAY = timedelta(days=1)
BEATS = 4


@pytest.fixture
def report(db: None) -> FrozenPaper:
    """With the clerk; no further month is verified."""
    contract = a_contract()
    return a_frozen_report(contract, a_meeting(contract), a_person(contract))


def write(on: date = VERIFIED_ON) -> None:
    """As beat and a worker do."""
    for run_id in addenda.start_due_addenda(on=on, now=NOW).run_ids:
        assert papers.write_paper(run_id, on=on)


def newest() -> Paper:
    found: Paper | None = Paper.objects.filter(kind="addendum").order_by("number", "revision").last()
    assert found
    return found


def test_nothing_is_due_before_a_further_month_is_verified(report: FrozenPaper) -> None:
    assert due_addenda(VERIFIED_ON) == ()
    told(area_of(report), "2018-02")
    assert due_addenda(VERIFIED_ON) == ()


@pytest.mark.parametrize(
    ("on", "is_due"), [(VERIFIED_ON, True), (CUT_OFF_ON, True), (CUT_OFF_ON + DAY, False), (MEETING_ON + DAY, False)]
)
def test_it_is_due_through_the_cut_off_day(report: FrozenPaper, on: date, is_due: bool) -> None:
    verified(area_of(report), "2018-02")
    assert [(due.number, due.revision, due.of_id) for due in due_addenda(on)] == (
        [(1, 1, report.paper_id)] if is_due else []
    )


def test_every_area_has_to_be_verified(db: None) -> None:
    contract = a_contract(areas=("CSC", "IMT"))
    a_frozen_report(contract, a_meeting(contract), a_person(contract))
    first, second = contract.service_areas.all()
    verified(first, "2018-02")
    assert due_addenda(VERIFIED_ON) == ()
    verified(second, "2018-02")
    assert len(due_addenda(VERIFIED_ON)) == 1


def test_a_month_declared_publishable_is_due_as_well(report: FrozenPaper) -> None:
    contract = report.paper.contract
    told(area_of(report), "2018-02")
    declared(contract, "2018-02", report.frozen_by)
    write()
    assert newest().number == 1
    assert "provisional" in from_json(newest().snapshot).why


def test_a_declaration_that_was_withdrawn_makes_nothing_due(report: FrozenPaper) -> None:
    told(area_of(report), "2018-02")
    declared(report.paper.contract, "2018-02", report.frozen_by, withdrawn_at=NOW, withdrawn_by=report.frozen_by)
    assert due_addenda(VERIFIED_ON) == ()


@pytest.mark.parametrize("status", ["withdrawn", "removed"])
def test_a_report_that_was_taken_back_has_no_addendum(report: FrozenPaper, status: str) -> None:
    verified(area_of(report), "2018-02")
    Paper.objects.filter(pk=report.paper_id).update(status=status)
    assert due_addenda(VERIFIED_ON) == ()


@pytest.mark.parametrize("status", ["draft", "signed off"])
def test_a_report_that_has_not_gone_out_has_none_either(db: None, status: str) -> None:
    contract = a_contract()
    builders.paper(contract, a_meeting(contract), DRAFTED_ON, status)
    verified(contract.service_areas.get(), "2018-02")
    assert due_addenda(VERIFIED_ON) == ()


def test_where_the_report_keeps_its_kpis_from_the_public_its_addendum_keeps_them_too(db: None) -> None:
    contract = a_contract()
    paper = builders.paper(contract, a_meeting(contract), DRAFTED_ON)
    withheld = ExemptLine("exceptions", "Exceptions", 3, "It would tell bidders what the contract costs.")
    paper.exempt_sha256 = paper.sha256
    paper.snapshot = to_json(replace(from_json(paper.snapshot), exempt=(withheld,)))
    paper.save(update_fields=["exempt_sha256", "snapshot"])
    frozen(paper, a_person(contract))
    verified(contract.service_areas.get(), "2018-02")
    (due,) = due_addenda(VERIFIED_ON)
    assert due.hindrance == ""
    (run_id,) = addenda.start_due_addenda(on=VERIFIED_ON, now=NOW).run_ids
    halves = prepare(PaperRun.objects.get(pk=run_id), on=VERIFIED_ON)
    assert (halves.public.months, halves.public.areas) == ((), ())
    assert {line.public_interest for line in halves.public.exempt} == {withheld.public_interest}
    assert halves.exempt is not None
    assert [str(line.month)[:7] for line in halves.exempt.months] == ["2018-02"]


@pytest.mark.parametrize("status", ["held", "cancelled"])
def test_a_meeting_that_is_over_or_cancelled_has_none(report: FrozenPaper, status: str) -> None:
    verified(area_of(report), "2018-02")
    Meeting.objects.filter(meeting_on=MEETING_ON).update(status=status)
    assert due_addenda(VERIFIED_ON) == ()


def test_it_writes_itself_once_and_is_bound_to_its_report(
    report: FrozenPaper, sent: list[int], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    verified(area_of(report), "2018-02")
    with django_capture_on_commit_callbacks(execute=True):
        started = papers.start_due(on=VERIFIED_ON, now=NOW)
    run = PaperRun.objects.get(kind="addendum")
    assert run.pk in started.run_ids
    assert run.pk in sent
    assert (run.of_id, run.number, run.revision, run.due_on) == (report.paper_id, 1, 1, VERIFIED_ON)
    assert run.pk not in papers.start_due(on=VERIFIED_ON, now=NOW).run_ids
    assert papers.write_paper(run.pk, on=VERIFIED_ON)
    assert due_addenda(VERIFIED_ON) == ()
    assert addendum_runs() == [(1, 1, "finished")]
    assert newest().review_from == newest().review_to == date(2018, 2, 1)


@pytest.mark.django_db(transaction=True)
def test_beats_that_ask_at_once_start_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    contract = a_contract()
    # What is frozen cannot be deleted at the end of such a test; that the report is, was found before.
    meeting = a_meeting(contract)
    report = builders.paper(contract, meeting, DRAFTED_ON)
    due = DueAddendum("", contract.pk, meeting.pk, report.pk, number=1, revision=1, due_on=VERIFIED_ON)
    together = Barrier(BEATS)

    def all_find_it_due(on: date) -> tuple[DueAddendum, ...]:
        together.wait()
        return (due,)

    def ask(_: int) -> int:
        try:
            return len(addenda.start_due_addenda(on=VERIFIED_ON, now=NOW).run_ids)
        finally:
            connection.close()

    monkeypatch.setattr(addenda, "due_addenda", all_find_it_due)
    with ThreadPoolExecutor(BEATS) as beats:
        assert sum(beats.map(ask, range(BEATS))) == 1
    assert addendum_runs() == [(1, 1, "queued")]


def later_meeting(contract: Contract) -> FrozenPaper:
    """A report for a meeting on 31 May, which two further months can still be told to."""
    meeting = a_meeting(contract, on=date(2018, 5, 31))
    return a_frozen_report(contract, meeting, a_person(contract))


def test_months_verified_together_stand_in_one_addendum(db: None) -> None:
    report = later_meeting(a_contract())
    verified(area_of(report), "2018-02")
    verified(area_of(report), "2018-03", on=date(2018, 4, 18))
    write(date(2018, 4, 18))
    assert (newest().review_from, newest().review_to) == (date(2018, 2, 1), date(2018, 3, 1))
    assert addendum_runs() == [(1, 1, "finished")]


def test_a_month_that_follows_is_taken_into_the_draft(db: None) -> None:
    report = later_meeting(a_contract())
    verified(area_of(report), "2018-02")
    write()
    verified(area_of(report), "2018-03", on=date(2018, 4, 18))
    write(date(2018, 4, 18))
    assert addendum_runs() == [(1, 1, "finished"), (1, 2, "finished")]
    assert (newest().review_from, newest().review_to) == (date(2018, 2, 1), date(2018, 3, 1))


def test_once_one_went_out_the_next_month_has_a_number_of_its_own(db: None) -> None:
    report = later_meeting(a_contract())
    verified(area_of(report), "2018-02")
    write()
    frozen(newest(), report.frozen_by, on=date(2018, 3, 26))
    assert due_addenda(date(2018, 3, 26)) == ()
    verified(area_of(report), "2018-03", on=date(2018, 4, 18))
    write(date(2018, 4, 18))
    assert addendum_runs() == [(1, 1, "finished"), (2, 1, "finished")]
    assert newest().review_from == newest().review_to == date(2018, 3, 1)


def test_what_is_signed_off_is_left_alone(db: None) -> None:
    report = later_meeting(a_contract())
    verified(area_of(report), "2018-02")
    write()
    Paper.objects.filter(kind="addendum").update(status="signed off")
    verified(area_of(report), "2018-03", on=date(2018, 4, 18))
    assert due_addenda(date(2018, 4, 18)) == ()
    Paper.objects.filter(kind="addendum").update(status="draft")
    assert [(due.number, due.revision) for due in due_addenda(date(2018, 4, 18))] == [(1, 2)]


def test_the_months_of_one_that_was_withdrawn_are_told_by_another(report: FrozenPaper) -> None:
    verified(area_of(report), "2018-02")
    write()
    frozen(newest(), report.frozen_by, status="withdrawn")
    assert [(due.number, due.revision) for due in due_addenda(VERIFIED_ON)] == [(2, 1)]


@pytest.mark.parametrize(("days", "is_due"), [(0, False), (1, True)])
def test_one_that_failed_is_due_again_on_the_next_day(report: FrozenPaper, days: int, is_due: bool) -> None:
    verified(area_of(report), "2018-02")
    addenda.start_due_addenda(on=VERIFIED_ON, now=NOW)
    PaperRun.objects.filter(kind="addendum").update(state="failed", due_on=VERIFIED_ON + DAY)
    assert bool(due_addenda(VERIFIED_ON + days * DAY)) == is_due
    addenda.start_due_addenda(on=VERIFIED_ON + days * DAY, now=NOW)
    assert addendum_runs() == [(1, 1, "queued" if is_due else "failed")]


def test_each_contract_of_the_board_has_its_own(db: None) -> None:
    contracts = (a_contract("ONE"), a_contract("TWO"))
    meeting = a_meeting(*contracts)
    for contract in contracts:
        verified(area_of(a_frozen_report(contract, meeting, a_person(contract))), "2018-02")
    write()
    assert addendum_runs() == [(1, 1, "finished"), (1, 1, "finished")]


def test_a_month_reopened_before_it_is_written_takes_the_run_back(report: FrozenPaper) -> None:
    verified(area_of(report), "2018-02")
    (run_id,) = addenda.start_due_addenda(on=VERIFIED_ON, now=NOW).run_ids
    area_of(report).returns.filter(month=date(2018, 2, 1)).update(state="open")
    with pytest.raises(papers.PaperRefused, match="Nothing is new since the report"):
        papers.write_paper(run_id, on=VERIFIED_ON)
    assert addendum_runs() == []


def test_asking_what_is_due_costs_one_query_where_no_report_is_out(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_meeting(a_contract())
    with django_assert_num_queries(1):
        due_addenda(VERIFIED_ON)
