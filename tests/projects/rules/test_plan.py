"""The forward plan: everything still to happen stands in it once, in the month it is planned for."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import month_of
from projects.rules.facts import MilestoneFacts, ProjectFacts, Stage
from projects.rules.plan import ForwardPlan, PlanItem, PlanKind, PlanSpan, forward_plan, plan_headline
from tests.projects.rules.build import TODAY, project

ENDS = date(2019, 3, 31)
MAY_11 = date(2018, 5, 11)
MAY_25 = date(2018, 5, 25)


def plan(*projects: ProjectFacts, on: date = TODAY, ends_on: date | None = ENDS) -> ForwardPlan:
    return forward_plan(projects, on, ends_on)


def pipeline(reference: str, on: date | None) -> ProjectFacts:
    return project(
        reference,
        stage=Stage.PIPELINE,
        original_start=None,
        original_finish=None,
        agreed_finish=None,
        forecast_finish=None,
        expected_commission_on=on,
    )


def told(items: tuple[PlanItem, ...]) -> list[tuple[str, str, str]]:
    return [(item.kind.value, item.on.isoformat() if item.on else "", item.title) for item in items]


def spans(shown: ForwardPlan) -> list[tuple[str, int]]:
    return [(span.name, len(span.items)) for span in shown.spans]


def test_a_finish_stands_on_the_day_agreed_whatever_is_forecast() -> None:
    shown = plan(project(agreed_finish=MAY_11, forecast_finish=MAY_25))
    assert told(shown.planned) == [("completion", "2018-05-11", "")]
    assert shown.planned[0].said == "forecast 25 May 2018, 14 days later than agreed"


def test_moving_the_forecast_takes_no_finish_out_of_what_is_overdue() -> None:
    shown = plan(project(agreed_finish=date(2018, 3, 13), forecast_finish=MAY_25))
    assert told(shown.overdue) == [("completion", "2018-03-13", "")]
    assert shown.planned == ()


@pytest.mark.parametrize(
    ("agreed", "forecast", "on", "said"),
    [
        (MAY_11, MAY_11, MAY_11, ""),
        (MAY_11, date(2018, 5, 10), MAY_11, "forecast 10 May 2018, 1 day earlier than agreed"),
        (MAY_11, None, MAY_11, "nobody has forecast it"),
        (None, MAY_25, MAY_25, "forecast; no finish is agreed"),
        (None, None, None, "no finish is agreed or forecast"),
    ],
)
def test_a_finish_says_how_the_forecast_lies(
    agreed: date | None, forecast: date | None, on: date | None, said: str
) -> None:
    shown = plan(project(original_finish=None, agreed_finish=agreed, forecast_finish=forecast))
    (item,) = (*shown.planned, *shown.undated)
    assert (item.on, item.said) == (on, said)


def test_a_milestone_stands_where_it_was_last_forecast_and_says_how_late_that_is() -> None:
    moved = MilestoneFacts("Design agreed", original_on=MAY_11, agreed_on=MAY_11, forecast_on=MAY_25)
    shown = plan(project(milestones=(moved,), actual_finish=TODAY))
    assert told(shown.planned) == [("milestone", "2018-05-25", "Design agreed")]
    assert shown.planned[0].said == "14 days later than first planned"


def test_what_is_done_is_not_to_come() -> None:
    done = MilestoneFacts("Design agreed", original_on=MAY_11, actual_on=TODAY)
    assert plan(project(milestones=(done,), actual_finish=TODAY)).number == 0
    assert plan(project(stage=Stage.COMPLETE), project(stage=Stage.CANCELLED)).number == 0


def test_today_is_not_overdue_and_yesterday_is() -> None:
    shown = plan(project(agreed_finish=TODAY), project(agreed_finish=TODAY - timedelta(days=1)))
    assert told(shown.planned) == [("completion", "2018-03-14", "")]
    assert told(shown.overdue) == [("completion", "2018-03-13", "")]


def test_the_plan_ends_with_the_contract_and_says_what_comes_after() -> None:
    shown = plan(project(agreed_finish=ENDS), project(agreed_finish=ENDS + timedelta(days=1)))
    assert (shown.first, shown.last) == (month_of(TODAY), month_of(ENDS))
    assert len(shown.planned) == len(shown.beyond) == 1
    assert plan_headline(shown).endswith("1 is planned for after the contract has ended.")


@pytest.mark.parametrize("ends_on", [None, TODAY - timedelta(days=1)])
def test_without_an_end_before_it_the_plan_reaches_two_years(ends_on: date | None) -> None:
    shown = plan(ends_on=ends_on)
    assert (shown.first, shown.last) == (date(2018, 3, 1), date(2020, 2, 1))
    assert plan_headline(shown) == "From March 2018 to February 2020 nothing is planned."


def test_months_of_nothing_stand_together() -> None:
    shown = plan(project(agreed_finish=date(2018, 4, 3)), pipeline("T-2", date(2018, 8, 1)))
    assert spans(shown) == [
        ("March 2018", 0),
        ("April 2018", 1),
        ("May to July 2018", 0),
        ("August 2018", 1),
        ("September 2018 to March 2019", 0),
    ]


def test_the_pipeline_brings_the_days_of_commissioning_and_those_without_one_stand_last() -> None:
    shown = plan(pipeline("T-1", MAY_11), pipeline("T-2", None))
    assert told(shown.planned) == [("commissioning", "2018-05-11", "")]
    assert told(shown.undated) == [("commissioning", "", "")]


def test_the_headline_counts() -> None:
    milestones = tuple(MilestoneFacts(name, original_on=MAY_11) for name in ("Design", "Build"))
    overdue = MilestoneFacts("Tender", original_on=date(2018, 3, 1))
    shown = plan(project(milestones=(*milestones, overdue)), pipeline("T-2", MAY_25))
    assert plan_headline(shown) == (
        "Up to the contract’s end in March 2019: 2 milestones, 1 completion and 1 project to be commissioned."
        " 1 is overdue."
    )


DAYS = st.none() | st.dates(date(2017, 1, 1), date(2021, 1, 1))
MILESTONES = st.builds(MilestoneFacts, st.just("Step"), DAYS, DAYS, DAYS, DAYS)
PROJECTS = st.builds(
    lambda stage, days, milestones: project(
        stage=stage,
        original_finish=days[0],
        agreed_finish=days[1],
        forecast_finish=days[2],
        actual_finish=days[3],
        expected_commission_on=days[4],
        milestones=tuple(milestones),
    ),
    st.sampled_from(Stage),
    st.tuples(DAYS, DAYS, DAYS, DAYS, DAYS),
    st.lists(MILESTONES, max_size=4),
)


@given(st.lists(PROJECTS, max_size=6), DAYS)
def test_whatever_is_still_to_happen_stands_in_the_plan_once(
    projects: list[ProjectFacts], ends_on: date | None
) -> None:
    shown = forward_plan(projects, TODAY, ends_on)
    active = [each for each in projects if each.is_active]
    assert Counter(
        item.kind for part in (shown.overdue, shown.planned, shown.beyond, shown.undated) for item in part
    ) == +Counter(
        {
            PlanKind.MILESTONE: sum(step.actual_on is None for each in active for step in each.milestones),
            PlanKind.COMPLETION: sum(each.actual_finish is None for each in active),
            PlanKind.COMMISSIONING: sum(each.stage is Stage.PIPELINE for each in projects),
        }
    )


@given(st.lists(PROJECTS, max_size=6), DAYS)
def test_every_month_of_the_plan_stands_in_one_span_and_holds_its_own_days(
    projects: list[ProjectFacts], ends_on: date | None
) -> None:
    shown = forward_plan(projects, TODAY, ends_on)
    assert shown.spans[0].first == shown.first
    assert shown.spans[-1].last == shown.last
    for span, after in zip(shown.spans, shown.spans[1:], strict=False):
        assert month_of(span.last + timedelta(days=31)) == after.first
        assert span.items or after.items
    assert all(_holds_its_own(span) for span in shown.spans)
    assert all(item.on and item.on < TODAY for item in shown.overdue)


def _holds_its_own(span: PlanSpan) -> bool:
    days = [item.on for item in span.items]
    return all(day is not None and month_of(day) == span.first == span.last for day in days) and days == sorted(
        day for day in days if day
    )
