"""The Board's pages say what the JSON says, to the digit, and open the papers that were written."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import LazySettings
from django.test import Client

from contracts.models import Contract, ServiceArea
from contracts.rules.months import month_short, parse_month
from contracts.services import set_demonstration_day
from kpis.rules.figures import Polarity, Unit, level_in_words, show
from reports.build import judge_period
from reports.snapshot import BoardPaper, ExceptionLine, to_dict
from tests import builders
from tests.people import Cast, make_cast
from tests.reading import links_of, rows_of, text_of

TODAY = date(2018, 3, 14)
PERIODS = [
    ("2017-11", "2018-01"),
    ("2017-06", "2017-08"),
    ("2017-09", "2017-10"),
    ("2016-12", "2016-12"),
    ("2018-02", "2018-02"),
]
STATUSES = {
    "Target met": "target_met",
    "Below target": "below_target",
    "Below minimum": "below_minimum",
    "Relief granted": "relief_granted",
    "Not measured": "not_measured",
    "Missing": "missing",
    "KPIs in force": "in_force",
}


@pytest.fixture
def reader(demonstration: Contract) -> Client:
    set_demonstration_day(on=TODAY)
    area = demonstration.service_areas.get(code="PM")
    client = Client()
    client.force_login(make_cast(demonstration, area, builders.contract("OTH")).board_member)
    return client


def judged(contract: Contract, first: str, last: str) -> BoardPaper:
    return judge_period(contract, parse_month(first), parse_month(last), on=TODAY)


def said(line: ExceptionLine, value: str | None) -> str:
    return show(None if value is None else Decimal(value), Unit(line.unit), line.decimals)


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_the_exceptions_page_counts_what_the_json_counts(
    first: str, last: str, demonstration: Contract, reader: Client
) -> None:
    page = reader.get("/contracts/CSS/", {"from": first, "to": last})
    months = to_dict(judged(demonstration, first, last))["history"]["months"]
    printed = {row[0]: [cell.split(" ")[0] for cell in row[1:]] for row in rows_of(page) if row[0] in STATUSES}
    assert printed == {word: [str(month[key]) for month in months] for word, key in STATUSES.items()}


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_every_exception_stands_on_the_page_with_its_figures(
    first: str, last: str, demonstration: Contract, reader: Client
) -> None:
    page = reader.get("/contracts/CSS/", {"from": first, "to": last})
    text, paper = text_of(page), judged(demonstration, first, last)
    assert paper.headline in text
    missed = [line for line in paper.exceptions if line.rule in ("below_minimum", "below_target")]
    gravest = {line.kpi: line for line in reversed(missed)}
    for line in gravest.values():
        for result in line.results:
            if result.month in line.months:
                assert f"{said(line, result.value)} in {month_short(result.month)}" in text
        for answer in (line.cause, line.effect, line.remedy):
            assert " ".join(answer.split()) in text
    for line in paper.exceptions:
        assert line.kpi in text


def test_a_card_holds_the_figure_against_target_and_minimum(demonstration: Contract, reader: Client) -> None:
    text = text_of(reader.get("/contracts/CSS/", {"from": "2017-09", "to": "2017-10"}))
    (line,) = [
        each
        for each in judged(demonstration, "2017-09", "2017-10").exceptions
        if (each.kpi, each.rule) == ("CSC_KPI_04", "below_minimum")
    ]
    september = next(result for result in line.results if result.month == line.months[0])
    assert september.target is not None
    assert september.minimum is not None
    levels = [
        level_in_words(Decimal(each), Polarity.LOWER, Unit.PERCENT, 2) for each in (september.target, september.minimum)
    ]
    assert f"{said(line, september.value)} in Sep 2017 and 7.96% in Oct 2017" in text
    assert f"target {levels[0]}, minimum {levels[1]}" in text


def test_without_a_question_it_shows_the_months_of_the_coming_meeting(reader: Client) -> None:
    text = text_of(reader.get("/contracts/CSS/"))
    assert "November 2017 to January 2018" in text
    assert "Overview and Scrutiny Management Board, Thursday 29 March 2018" in text
    assert "published by 21 March 2018 (5 working days left)" in text


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"from": "soon"}, "'soon' is not a month"),
        ({"from": "2018-01", "to": "2017-11"}, "November 2017 is before January 2018"),
        ({"from": "2018-03"}, "Choose months from April 2015 to February 2018"),
    ],
)
def test_a_period_that_cannot_be_shown_says_what_would_be_right(
    query: dict[str, str], problem: str, reader: Client
) -> None:
    page = reader.get("/contracts/CSS/", query)
    assert page.status_code == 400
    assert problem in text_of(page)


def test_nothing_verified_yet_is_said_and_not_an_error(member: Client, contract: Contract) -> None:
    page = member.get(f"/contracts/{contract.reference}/")
    assert page.status_code == 200
    assert "No month has been verified yet." in text_of(page)


class TestAMeetingWithADraft:
    @pytest.fixture
    def clerk(self, cast: Cast, contract: Contract, area: ServiceArea, settings: LazySettings, tmp_path: str) -> Client:
        settings.PAPERS_DIR = tmp_path
        builders.results(builders.kpi(area), "2017-11", ["95", "70", "95"])
        builders.returns(area, "2017-11", "2018-01")
        meeting = builders.meeting(builders.board(contract), date(2018, 3, 29))
        builders.paper(contract, meeting, TODAY)
        client = Client()
        client.force_login(cast.clerk)
        return client

    def test_its_paper_opens_as_a_page_and_as_files(self, clerk: Client, contract: Contract) -> None:
        (row,) = [
            href
            for text, href in links_of(clerk.get(f"/contracts/{contract.reference}/meetings/")).items()
            if "29 March" in text
        ]
        meeting = clerk.get(row)
        assert "Wednesday 21 March 2018" in text_of(meeting)
        paper = clerk.get(links_of(meeting)["Exception report, draft, revision 1"])
        assert "One KPI failed" in text_of(paper)
        (csv,) = {href for href in links_of(meeting).values() if href.endswith(".csv")}
        download = clerk.get(csv)
        assert b"".join(download.streaming_content) == b"month,status\n"  # type: ignore[attr-defined]
        assert "attachment" in download["Content-Disposition"]

    def test_a_board_member_sees_the_meeting_and_not_the_draft(
        self, clerk: Client, member: Client, contract: Contract
    ) -> None:
        meetings = links_of(member.get(f"/contracts/{contract.reference}/meetings/"))
        (row,) = [href for text, href in meetings.items() if "29 March" in text]
        assert "No paper has been published for this meeting." in text_of(member.get(row))
