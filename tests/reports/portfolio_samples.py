"""The two papers about the portfolio, made without a database from projects of the tests, by the builders' rules."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Final

from contracts.rules.months import parse_month
from projects.queries.portfolio import Portfolio
from projects.rules.attention import needs_attention
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.facts import (
    ForecastFacts,
    MilestoneFacts,
    MilestoneForecastFacts,
    ProjectFacts,
    RebaselineFacts,
    Stage,
)
from projects.rules.money import FundingFacts, money_of
from projects.rules.news import StageMove
from projects.rules.paper_headlines import board_headline, operational_headline
from projects.rules.plan import forward_plan
from reports import snapshot
from reports.build.assembly import NO_MEETING
from reports.build.plan_and_money import money_part, plan_part
from reports.build.project_news import board_news, key_changes, month_news, project_report
from tests.reports.papers import AREAS, paper
from tests.reports.portfolio import LAST_PAPER_ON, ON, late_project, project, section

ENDS_ON: Final = date(2020, 3, 31)
FEBRUARY: Final = parse_month("2018-02")
FUNDS: Final = (
    FundingFacts(date(2017, 4, 1), Decimal("3000000"), "Addition to the IT budget", date(2017, 2, 24), "Full Council"),
    FundingFacts(date(2018, 4, 1), Decimal("250000.50"), "Capital programme", is_illustrative=True),
)


def few() -> list[ProjectFacts]:
    """One of each: late, on time, silent, on hold, in the pipeline, finished, cancelled, off the key list."""
    late = late_project(
        "P01",
        key_rank=1,
        rationale="Everything that waits for the payroll link waits for this.",
        scrutiny_area="Value for money",
        budget=Decimal("150000"),
        forecast_cost=Decimal("168000.50"),
        spent_to_date=Decimal("90000"),
        done="Interfaces tested with two payrolls.",
        next="Parallel run.\nTraining.",
        milestones=(
            MilestoneFacts("Design agreed", date(2017, 11, 1), date(2017, 11, 1), None, date(2017, 11, 8)),
            MilestoneFacts(
                "Parallel run",
                date(2018, 2, 1),
                date(2018, 3, 1),
                date(2018, 3, 5),
                None,
                (
                    MilestoneForecastFacts(date(2018, 3, 1), date(2017, 12, 1)),
                    MilestoneForecastFacts(date(2018, 3, 5), date(2018, 2, 12)),
                ),
            ),
        ),
        forecasts=(
            ForecastFacts(date(2018, 3, 30), date(2017, 12, 1), Confidence.GREEN),
            ForecastFacts(date(2018, 5, 25), date(2018, 2, 12), Confidence.AMBER),
        ),
        updated_on=date(2018, 2, 12),
    )
    unanswered = project(
        "P02", title="Second site", declared=Confidence.RED, is_green_unknown=True, service_area="", key_rank=2,
        rationale="The council waits for it.", updated_on=date(2018, 2, 20),
        forecasts=(ForecastFacts(date(2018, 3, 30), date(2018, 2, 20), Confidence.RED),),
    )  # fmt: skip
    return [
        late,
        unanswered,
        project(
            "P03", title="Silent", updated_on=date(2018, 1, 2), service_area="CSC", near_miss_because="It is small.",
            milestones=(MilestoneFacts("Survey", date(2018, 2, 22), date(2018, 2, 22)),),
        ),
        project("P04", title="On hold", stage=Stage.ON_HOLD, declared=None, forecast_finish=date(2018, 4, 20)),
        project(
            "P05", title="To come", stage=Stage.PIPELINE, declared=None, original_finish=None, agreed_finish=None,
            forecast_finish=None, expected_commission_on=date(2018, 9, 3), budget=Decimal("40000"), updated_on=None,
        ),
        project(
            "P06", title="Done", stage=Stage.COMPLETE, actual_finish=date(2018, 2, 14), forecast_finish=None,
            budget=Decimal("1000"), forecast_cost=Decimal("1000"), spent_to_date=Decimal("1200"),
            left_key_because="It is finished.", rebaselines=(RebaselineFacts(date(2018, 2, 1), date(2018, 1, 5)),),
        ),
        project("P07", title="Cancelled", stage=Stage.CANCELLED, declared=None, forecast_finish=None),
        project(
            "P08", title="Done long ago", stage=Stage.COMPLETE, actual_finish=date(2017, 6, 1), source="illustrative"
        ),
    ]  # fmt: skip


def many(count: int = 150) -> list[ProjectFacts]:
    """A portfolio of full size: every project with five milestones, an update of some length and an answer or two."""
    chance = Random(5)
    made = []
    for number in range(1, count + 1):
        stage = chance.choices(list(Stage), weights=[20, 64, 7, 8, 1])[0]
        base = late_project(
            f"P{number:03}",
            title=f"Replacement of the records system of service number {number}",
            stage=stage,
            service_area=chance.choice([*AREAS, ""]),
            scrutiny_area=chance.choice(["Adults", "Children", "Value for money"]),
            declared=chance.choice([None, *Confidence]),
            key_rank=number if number <= 20 else None,
            rationale="It touches every member of staff and everything else waits for it. " * 2 if number <= 20 else "",
            actual_finish=date(2018, 2, 9) if stage is Stage.COMPLETE else None,
            expected_commission_on=date(2018, 6, 1) if stage is Stage.PIPELINE else None,
            budget=Decimal(100000),
            forecast_cost=Decimal(chance.choice([90000, 120000])),
            spent_to_date=Decimal(5000),
            done="Moved the first two teams and loaded their records, with three faults found and put right.",
            next="Move the next four teams once the interface to the case management system is tested.",
            updated_on=date(2018, 2, 12),
            milestones=tuple(
                MilestoneFacts(f"Step {step} of the replacement", date(2018, step, 5), date(2018, step, 9))
                for step in range(1, 6)
            ),
        )
        before = ForecastFacts(date(2018, 3, 30), date(2017, 12, 1), Confidence.GREEN)
        latest = ForecastFacts(date(2018, 5, 25), date(2018, 2, 12), base.declared)
        made.append(base._replace(forecasts=(before, latest)))
    return made


def projects_paper(
    projects: Sequence[ProjectFacts] | None = None, funds: Sequence[FundingFacts] = FUNDS, *, is_first: bool = False
) -> snapshot.BoardPaper:
    """The Board's paper of 29 March 2018, as known on 14 March."""
    found = few() if projects is None else list(projects)
    since = None if is_first else LAST_PAPER_ON
    portfolio = Portfolio(tuple(found), None, None if is_first else {"P02": 1, "P06": 2})
    lines = needs_attention(found, ON, since, portfolio.previous_key, Thresholds())
    moves = {"P07": StageMove(Stage.IN_FLIGHT, Stage.CANCELLED, date(2018, 1, 9))}
    part = snapshot.PortfolioPart(
        as_of=ON,
        since=since,
        service_areas=tuple(AREAS.items()),
        news=board_news(found, since, ON, Thresholds(), moves),
        key_changes=key_changes(portfolio),
        plan=plan_part(forward_plan(found, ON, ENDS_ON)),
        money=money_part(money_of(found, funds), ON),
        reports=(),
    )
    active = sum(each.is_active for each in found)
    tripped = [(line.rule.value, line.project.reference) for line in lines]
    return _paper("projects", found, part, board_headline(active, tripped, has_told=not is_first), since)


def operational_report(projects: Sequence[ProjectFacts] | None = None) -> snapshot.BoardPaper:
    """February 2018, as known on 7 March."""
    found = few() if projects is None else list(projects)
    since, on = date(2018, 2, 7), date(2018, 3, 7)
    lines = needs_attention(found, on, since, None, Thresholds())
    news = {each.reference: month_news(each, since, on, Thresholds(), {}) for each in found}
    part = snapshot.PortfolioPart(
        as_of=on,
        since=since,
        service_areas=tuple(AREAS.items()),
        news=tuple(line for each in found if not each.is_active for line in news[each.reference]),
        key_changes=(),
        plan=None,
        money=None,
        reports=tuple(
            project_report(
                each,
                [line for line in lines if line.project is each],
                on,
                Thresholds(),
                news[each.reference],
            )
            for each in found
            if each.is_active
        ),
    )
    active = sum(each.is_active for each in found)
    tripped = [(line.rule.value, line.project.reference) for line in lines]
    told = [(line.kind, line.reference, line.days) for own in news.values() for line in own]
    made = _paper("operational", found, part, operational_headline(on, since, active, tripped, told), None)
    review = replace(made.review, from_=FEBRUARY, to=FEBRUARY, from_contract_month=35, to_contract_month=35)
    return replace(made, meeting=NO_MEETING, review=review, made_on=on, requests=())


def first_projects() -> snapshot.BoardPaper:
    """Of which the Board was never told before, and for which nothing was set aside."""
    return projects_paper(funds=(), is_first=True)


def no_projects() -> snapshot.BoardPaper:
    return projects_paper([], funds=())


def many_projects() -> snapshot.BoardPaper:
    return projects_paper(many())


def month_of_projects() -> snapshot.BoardPaper:
    """The operational report with one project of each kind: for golden files."""
    return operational_report()


def month_of_none() -> snapshot.BoardPaper:
    return operational_report([])


def month_of_many() -> snapshot.BoardPaper:
    return operational_report(many())


def _paper(
    kind: str, projects: Sequence[ProjectFacts], part: snapshot.PortfolioPart, headline: str, since: date | None
) -> snapshot.BoardPaper:
    base = paper([], projects=section(projects))
    near = tuple(
        snapshot.NearMiss(each.reference, each.title, each.near_miss_because)
        for each in projects
        if each.near_miss_because
    )
    return replace(
        base,
        kind=kind,
        headline=headline,
        months=(),
        areas=(),
        history=replace(base.history, months=()),
        since_last=replace(
            base.since_last,
            last_meeting_on=since,
            projects_needing_attention=len({line.reference for line in base.projects.exceptions}),
        ),
        projects=replace(base.projects, near_misses=near),
        has_illustrative=any(line.illustrative for line in base.projects.register),
        portfolio=part,
    )
