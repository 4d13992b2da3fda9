"""The forward plan: what the database knows of what is to come, as a page and as files."""

import csv
import random
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from contracts.models import Contract
from projects.queries import RegisterQuestion
from projects.queries.plan import load_plan
from projects.queries.plan_page import load_plan_page
from projects.queries.portfolio import load_portfolio
from projects.rules.plan import PlanItem, forward_plan, plan_headline
from tests import builders
from tests.reading import sections_of, text_of

MAY_11, MAY_25 = date(2018, 5, 11), date(2018, 5, 25)


@pytest.fixture
def plan(contract: Contract) -> str:
    contract.ends_on = date(2018, 12, 31)
    contract.save()
    return reverse("projects:plan", args=[contract.reference])


@pytest.fixture
def portfolio(contract: Contract, today: date) -> None:
    late = builders.project(contract, "P01", title="=Telephone system", scrutiny_area="Schools")
    builders.update(late, date(2018, 3, 1), "amber", forecast_finish=MAY_25)
    builders.rebaseline(late, MAY_11, date(2018, 2, 1))
    builders.milestone(late, "Tender out", original_on=date(2018, 3, 1))
    moved = builders.milestone(late, "Design agreed", original_on=date(2018, 4, 4))
    builders.milestone_forecast(moved, date(2018, 5, 1), None)
    builders.milestone_forecast(moved, date(2018, 5, 2), date(2018, 3, 1))
    builders.milestone_forecast(moved, date(2018, 6, 6), date(2018, 12, 1))
    builders.milestone(late, "Done", original_on=date(2018, 4, 4), actual_on=date(2018, 3, 2))
    nothing = {"stage": "pipeline", "original_start": None, "original_finish": None}
    builders.project(contract, "P02", expected_commission_on=date(2019, 1, 1), **nothing)
    builders.project(contract, "P03", scrutiny_area="Adults", **nothing)
    builders.project(contract, "P04", stage="cancelled")
    gone = builders.project(contract, "P05", archived_on=today, archived_reason="Entered twice")
    builders.milestone(gone, "Gone", original_on=MAY_11)


@pytest.mark.usefixtures("portfolio")
def test_the_page_goes_month_by_month(member: Client, plan: str) -> None:
    response = member.get(plan)
    assert sections_of(response) == [
        "Overdue (1)",
        "May 2018 (2)",
        "After the contract has ended (1)",
        "No date given (1)",
    ]
    said = text_of(response)
    assert "Up to the contract’s end in December 2018: 1 milestone, 1 completion and no projects" in said
    assert "March to April 2018: nothing is planned." in said
    assert "June to December 2018: nothing is planned." in said
    assert "2 May Milestone Design agreed · P01 =Telephone system · 28 days later than first planned" in said
    assert "11 May Completion P01 =Telephone system · forecast 25 May 2018, 14 days later than agreed" in said
    assert "Gone" not in said


@pytest.mark.usefixtures("portfolio")
def test_it_is_asked_for_by_area(member: Client, plan: str) -> None:
    response = member.get(plan, {"scrutiny_area": "Adults"})
    assert sections_of(response) == ["No date given (1)"]


@pytest.mark.usefixtures("portfolio", "plan")
def test_the_plan_is_that_of_the_whole_portfolio(contract: Contract, today: date) -> None:
    contract.refresh_from_db()
    whole = forward_plan(load_portfolio(contract, today).projects, today, contract.ends_on)
    light = load_plan(contract, today, RegisterQuestion())
    told = [
        [(item.kind, item.project.reference, item.on, item.title, item.said) for item in part]
        for found in (whole, light)
        for part in (found.overdue, found.planned, found.beyond, found.undated)
    ]
    assert told[:4] == told[4:]
    assert light.number == 5


@pytest.mark.usefixtures("portfolio")
def test_the_files_hold_all_of_it_and_no_formula(member: Client, plan: str, contract: Contract) -> None:
    member.get(plan)
    response = member.get(reverse("projects:plan_csv", args=[contract.reference]))
    rows = list(csv.reader(b"".join(response.streaming_content).decode().splitlines()))  # type: ignore[attr-defined]
    assert [row[0] for row in rows] == ["Part", "Overdue", "Planned", "Planned", "After the end", "No date"]
    assert rows[2][1:8] == [
        "2018-05",
        "2018-05-02",
        "Milestone",
        "Design agreed",
        "P01",
        "'=Telephone system",
        "in flight",
    ]
    assert rows[2][9:] == ["2018-05-02", "28"]
    response = member.get(reverse("projects:plan_xlsx", args=[contract.reference]))
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(sheet) == len(rows)
    assert sheet[2][2] == date(2018, 5, 2)
    assert sheet[2][6] == "'=Telephone system"


@pytest.mark.usefixtures("portfolio")
def test_a_long_plan_shows_the_beginning_of_each_month_and_counts_the_rest(
    member: Client, plan: str, contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projects.views.timeline.MOST_IN_A_PLAN", 4)
    monkeypatch.setattr("projects.views.timeline.MOST_IN_A_MONTH", 1)
    said = text_of(member.get(plan))
    assert "May 2018 (2) 2 May Milestone Design agreed" in said
    assert "And 1 more: see all of: May 2018, choose an area, or take the whole plan as a file." in said
    assert "11 May" not in said


@pytest.mark.usefixtures("portfolio")
def test_what_a_long_plan_leaves_out_stands_on_the_pages_of_its_month(
    member: Client, plan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projects.queries.plan_page.MOST_ON_A_PAGE", 1)
    first = member.get(plan, {"part": "2018-05"})
    assert sections_of(first) == ["May 2018 (2)"]
    assert "2 May Milestone" in text_of(first)
    assert "11 May" not in text_of(first)
    assert "?part=2018-05&amp;page=2" in first.content.decode()
    for number in ("2", "7"):  # there is no seventh: the last one is shown
        second = text_of(member.get(plan, {"part": "2018-05", "page": number}))
        assert "11 May Completion" in second
        assert "2 May" not in second


@pytest.mark.usefixtures("portfolio")
@pytest.mark.parametrize("part", ["2018-07", "never", "2018-05'", "2018-05\0"])
def test_a_part_of_which_there_is_nothing_is_the_whole_plan(part: str, member: Client, plan: str) -> None:
    assert len(sections_of(member.get(plan, {"part": part, "page": "x"}))) == 4


@pytest.mark.usefixtures("portfolio")
@pytest.mark.parametrize("page", ["0", "-1", "x", "٢", "9" * 7, "9" * 5_000])
def test_a_page_number_that_no_plan_has_is_the_first_page(
    page: str, member: Client, plan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projects.queries.plan_page.MOST_ON_A_PAGE", 1)
    assert "2 May Milestone" in text_of(member.get(plan, {"part": "2018-05", "page": page}))


@pytest.mark.usefixtures("plan")
def test_the_page_shows_what_the_rules_plan_in_their_order(contract: Contract, today: date) -> None:
    contract.refresh_from_db()
    chance = random.Random(5)

    def day() -> date | None:
        return today + timedelta(days=chance.randrange(-60, 400)) if chance.random() < 0.8 else None

    for number in range(40):
        reference = chance.choice(("P{}", "p-{}", "Ä{}")).format(number)
        stage = chance.choice(("pipeline", "in flight", "on hold", "complete"))
        finish = day()
        project = builders.project(
            contract, reference, stage=stage, original_start=None, original_finish=finish, expected_commission_on=day()
        )
        if finish and chance.random() < 0.3:
            builders.rebaseline(project, finish + timedelta(days=30), today - timedelta(days=chance.randrange(-3, 9)))
        if chance.random() < 0.6:
            builders.update(project, today - timedelta(days=chance.randrange(-3, 9)), "green", forecast_finish=day())
        for step in range(chance.randrange(4)):
            made = builders.milestone(
                project, f"step {step}", original_on=day(), actual_on=chance.choice((None, today))
            )
            for said_on in chance.sample((None, today, today + timedelta(days=1)), 2):
                builders.milestone_forecast(made, day() or today, said_on)
    whole = forward_plan(load_portfolio(contract, today).projects, today, contract.ends_on)
    of_rules = [(item, item.said) for item in (*whole.overdue, *whole.planned, *whole.beyond, *whole.undated)]
    shown = load_plan_page(contract, today, RegisterQuestion(), whole=1000, most=1)
    of_page = [(item, item.said) for part in shown.parts for item in part.items]
    assert list(map(told, of_page)) == list(map(told, of_rules))
    assert shown.headline == plan_headline(whole)
    assert shown.number == whole.number == len(of_rules) > 40
    short = load_plan_page(contract, today, RegisterQuestion(), whole=10, most=2)
    assert [told((item, item.said)) for part in short.parts for item in part.items] == [
        told((item, item.said)) for part in shown.parts for item in part.items[:2]
    ]


def told(shown: tuple[PlanItem, str]) -> tuple[object, ...]:
    item, said = shown
    return (item.kind, item.project.reference, item.project.stage, item.on, item.title, said)


def test_a_contract_without_projects_has_a_plan_that_says_so(member: Client, plan: str) -> None:
    assert "No project is in the register yet." in text_of(member.get(plan))


def test_projects_of_which_nothing_is_to_come_make_no_plan(member: Client, plan: str, contract: Contract) -> None:
    builders.project(contract, "P01", stage="cancelled")
    assert "Nothing is planned." in text_of(member.get(plan))
