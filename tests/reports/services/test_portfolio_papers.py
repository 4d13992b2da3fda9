"""The papers about projects are written by the same machinery, and refused where there is nothing they could say."""

from datetime import date

import pytest
from django.utils import timezone

from contracts.rules.months import Month
from reports.models import Paper, PaperRun, ReviewPeriod
from reports.services import papers
from reports.services.papers import PaperRefused
from reports.snapshot import from_json
from tests.reports.cases import (
    DRAFT_ON,
    FEBRUARY_DUE_ON,
    MEETING_ON,
    a_contract,
    a_meeting,
    a_month_run,
    a_project,
    a_run,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.mark.parametrize("kind", ["projects", "operational"])
def test_a_paper_about_projects_judges_no_months(kind: str) -> None:
    contract = a_contract()
    a_project(contract)
    run = a_month_run(contract) if kind == "operational" else a_run(contract, a_meeting(contract), kind=kind)
    assert papers.write_paper(run.pk, on=DRAFT_ON)
    assert not ReviewPeriod.objects.exists()


def test_a_projects_paper_is_written_although_nothing_is_verified() -> None:
    contract = a_contract(verified=())
    a_project(contract)
    assert papers.write_paper(a_run(contract, a_meeting(contract), kind="projects").pk, on=DRAFT_ON)
    paper = Paper.objects.get()
    assert paper.headline
    assert paper.review_from <= paper.review_to < MEETING_ON


def test_a_projects_paper_of_a_meeting_that_was_cancelled_is_taken_back() -> None:
    contract = a_contract()
    a_project(contract)
    run = a_run(contract, a_meeting(contract, status="cancelled"), kind="projects")
    with pytest.raises(PaperRefused, match="The meeting of 2018-03-29 was cancelled"):
        papers.write_paper(run.pk, on=DRAFT_ON)
    assert not PaperRun.objects.exists()


@pytest.mark.parametrize("kind", ["projects", "operational"])
def test_without_a_project_there_is_nothing_to_write_until_there_is_one(kind: str) -> None:
    contract = a_contract()
    run = a_month_run(contract) if kind == "operational" else a_run(contract, a_meeting(contract), kind=kind)
    with pytest.raises(PaperRefused, match="No project is in the register of CSS"):
        papers.write_paper(run.pk, on=DRAFT_ON)
    assert not PaperRun.objects.exists()
    a_project(contract)
    started = papers.start_due(on=DRAFT_ON, now=timezone.now()).run_ids
    assert kind in PaperRun.objects.filter(pk__in=started).values_list("kind", flat=True)


@pytest.mark.parametrize(
    ("on", "known_on"),
    [
        (date(2018, 3, 2), date(2018, 3, 2)),
        (FEBRUARY_DUE_ON, FEBRUARY_DUE_ON),
        (DRAFT_ON, FEBRUARY_DUE_ON),
        (date(2018, 9, 3), FEBRUARY_DUE_ON),
    ],
    ids=["asked for early", "in time", "late", "months late"],
)
def test_a_months_report_knows_nothing_that_came_after_its_day(on: date, known_on: date) -> None:
    contract = a_contract()
    a_project(contract)
    papers.write_paper(a_month_run(contract).pk, on=on)
    assert from_json(Paper.objects.get().snapshot).made_on == known_on


@pytest.mark.parametrize(
    ("month", "refusal"),
    [
        (date(2018, 3, 1), "March 2018 has not ended yet"),
        (date(2015, 3, 1), "The months of CSS lie between 2015-04 and 2018-02: 2015-03 does not"),
    ],
)
def test_a_month_that_has_not_ended_or_is_none_of_the_contract_has_no_report(month: Month, refusal: str) -> None:
    contract = a_contract()
    a_project(contract)
    run = a_month_run(contract, month)
    with pytest.raises(PaperRefused, match=refusal):
        papers.write_paper(run.pk, on=DRAFT_ON)
    assert not PaperRun.objects.exists()
