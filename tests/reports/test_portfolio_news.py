"""What is news in the two papers about the portfolio: told once, with its reason, in the paper of the right time."""

from datetime import date

import pytest

from contracts.models import Contract
from contracts.rules.months import parse_month
from projects.models import Project
from reports.build import load_front
from reports.build.periods import earlier_meetings, last_told
from reports.models import Meeting
from tests import builders
from tests.reports.portfolio_built import DECEMBER, MAY_25, TODAY, paper_of, report_of, written

FEBRUARY_7, MARCH_7 = date(2018, 2, 7), date(2018, 3, 7)


@pytest.fixture
def meeting(contract: Contract) -> Meeting:
    """29 March 2018; the one before was on 21 December 2017, its papers due on 13 December."""
    board = builders.board(contract)
    builders.review_period(contract, builders.meeting(board, DECEMBER, "held"), "2017-09", "2017-10")
    return builders.meeting(board, date(2018, 3, 29))


def test_what_enters_and_leaves_the_key_list_is_told_once_with_reasons(contract: Contract, meeting: Meeting) -> None:
    stays, leaves, enters = (builders.project(contract, reference) for reference in ("P1", "P2", "P3"))
    builders.key_list(contract, leaves, stays, decided_on=date(2017, 10, 26))
    decided = builders.key_list(contract, stays, enters, rationale="It touches every school.")
    builders.key_exit(decided, leaves, "It is finished.")
    builders.key_near_miss(decided, builders.project(contract, "P4"), "It has only begun.")
    decided.decided_on = date(2018, 3, 1)
    decided.save()
    paper = paper_of(contract, meeting)
    assert paper.portfolio is not None
    assert [(each.reference, each.change, each.rank, each.rank_before) for each in paper.portfolio.key_changes] == [
        ("P3", "entered", 2, None),
        ("P2", "left", None, 1),
        ("P1", "moved", 1, 2),
    ]
    assert [each.reason for each in paper.portfolio.key_changes] == ["It touches every school.", "It is finished.", ""]
    rules = {(line.rule, line.reference) for line in paper.projects.exceptions}
    assert {("entered key list", "P3"), ("left key list", "P2")} <= rules
    assert [(each.reference, each.reason) for each in paper.projects.near_misses] == [("P4", "It has only begun.")]

    written(contract, meeting, date(2018, 3, 20), "projects")
    later = builders.meeting(meeting.board, date(2018, 4, 26))
    again = paper_of(contract, later, date(2018, 4, 11))
    assert again.portfolio is not None
    assert again.portfolio.key_changes == ()
    assert not {line.rule for line in again.projects.exceptions} & {"entered key list", "left key list"}


def test_the_projects_paper_tells_the_board_as_the_report_does(contract: Contract, meeting: Meeting) -> None:
    late = builders.project(contract)
    builders.rebaseline(late, MAY_25, date(2018, 3, 10))
    later = builders.meeting(meeting.board, date(2018, 4, 26))
    first = paper_of(contract, later, date(2018, 4, 11)).portfolio
    assert first is not None
    assert [news.kind for news in first.news] == ["re-baselined"], "told on 13 December, agreed in March"
    written(contract, meeting, TODAY, "projects")
    told = last_told(contract, earlier_meetings(contract, later.meeting_on), later.meeting_on)
    assert told is not None
    assert (told.at, told.on) == (meeting.meeting_on, TODAY)
    paper = paper_of(contract, later, date(2018, 4, 11))
    assert paper.portfolio is not None
    assert paper.portfolio.news == ()
    assert paper.since_last.last_meeting_on == meeting.meeting_on
    page = load_front(contract, (parse_month("2018-03"), parse_month("2018-03")), on=date(2018, 4, 11)).paper
    assert page.projects.exceptions == paper.projects.exceptions


def test_newly_red_is_what_was_not_red_when_the_board_was_last_told(contract: Contract, meeting: Meeting) -> None:
    was_red, is_red, recovered = (builders.project(contract, reference) for reference in ("P1", "P2", "P3"))
    for each, before, now in ((was_red, "red", "red"), (is_red, "green", "red"), (recovered, "red", "green")):
        builders.update(each, date(2017, 12, 1), before, forecast_finish=date(2018, 3, 30))
        builders.update(each, date(2018, 3, 7), now, forecast_finish=date(2018, 3, 30))
    part = paper_of(contract, meeting).portfolio
    assert part is not None
    assert [(each.reference, each.kind, each.said) for each in part.news] == [
        ("P2", "newly red", "red, green before"),
        ("P3", "no longer red", "green, red before"),
    ]


def test_another_stage_is_known_from_the_history(contract: Contract, meeting: Meeting) -> None:
    held = builders.project(contract)
    Project.history.filter(id=held.pk).update(history_date="2017-11-01T12:00:00Z")
    held.stage = "cancelled"
    held._history_date = "2018-02-20T12:00:00Z"  # type: ignore[attr-defined]
    held.save()
    part = paper_of(contract, meeting).portfolio
    assert part is not None
    assert [(each.kind, each.said) for each in part.news] == [
        ("stage", "cancelled since 20 Feb 2018, in flight before")
    ]
    report = report_of(contract).portfolio
    assert report is not None
    assert [each.kind for each in report.news] == ["stage"]
    assert report_of(contract, "2018-01", FEBRUARY_7).portfolio.news == ()  # type: ignore[union-attr]


def test_each_month_goes_on_where_the_report_before_ended(contract: Contract) -> None:
    late = builders.project(contract)
    builders.update(late, MARCH_7, "amber", forecast_finish=MAY_25, done="Design", next="Build")
    builders.update(late, date(2018, 3, 8), "red", forecast_finish=date(2018, 6, 1), done="Nothing")
    february, march = report_of(contract, on=MARCH_7).portfolio, report_of(contract, "2018-03").portfolio
    assert february is not None
    assert march is not None
    assert [(each.since, each.as_of) for each in (february, march)] == [(FEBRUARY_7, MARCH_7), (MARCH_7, TODAY)]
    assert (february.reports[0].done, february.reports[0].next) == ("Design", "Build")
    assert march.reports[0].done == "Nothing"
    moved = [each.days for each in march.reports[0].news if each.kind == "forecast"]
    assert moved == [7]


def test_a_report_that_was_asked_for_before_its_day_leaves_the_rest_to_the_next_one(contract: Contract) -> None:
    late = builders.project(contract)
    builders.operational_report(contract, "2018-02", date(2018, 3, 2))
    builders.update(late, date(2018, 3, 5), "red", forecast_finish=MAY_25)
    march = report_of(contract, "2018-03").portfolio
    assert march is not None
    assert march.since == date(2018, 3, 2)
    assert "update" in [each.kind for each in march.reports[0].news]


def test_a_project_under_way_is_reported_with_everything_that_is_known(contract: Contract) -> None:
    late = builders.project(contract)
    builders.milestone(late, "Go live", original_on=date(2018, 2, 1))
    builders.rebaseline(late, MAY_25, date(2018, 2, 14))
    builders.update(late, date(2018, 1, 10), "red", forecast_finish=MAY_25, delay_cause="Late parts.")
    (report,) = report_of(contract).portfolio.reports  # type: ignore[union-attr]
    assert (report.rating, report.overdue) == ("red", 1)
    assert dict(report.answers)["why"] == "Late parts."
    assert dict(report.answers)["what it costs"] == ""
    assert report.silent == "No update for 63 days: the latest is of 10 January 2018."
    assert [(each.agreed_finish, each.agreed_by) for each in report.rebaselines] == [(MAY_25, "Programme Board")]
    assert [(each.title, each.is_overdue) for each in report.milestones] == [("Go live", True)]
