"""The forward plan and the money of the projects paper: what the portfolio's rules say, as printed lines."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from projects.rules import money as rules
from projects.rules.plan import ForwardPlan, PlanItem, plan_headline
from reports import snapshot


def plan_part(plan: ForwardPlan) -> snapshot.Plan:
    return snapshot.Plan(
        headline=plan_headline(plan),
        first=plan.first,
        last=plan.last,
        ends_with_contract=plan.ends_with_contract,
        overdue=_items(plan.overdue),
        months=tuple(snapshot.PlanMonths(span.first, span.last, _items(span.items)) for span in plan.spans),
        beyond=_items(plan.beyond),
        undated=_items(plan.undated),
    )


def money_part(money: rules.Money, on: date) -> snapshot.Money:
    return snapshot.Money(
        headline=rules.money_headline(money, on),
        stages=tuple(_stage(each) for each in money.stages),
        whole=snapshot.StageMoney(
            "all", money.projects, _sum(money.budget), _sum(money.forecast_cost), _sum(money.spent_to_date)
        ),
        funds=tuple(_fund(fund) for year in money.years for fund in year.funds),
        years=tuple(
            snapshot.YearMoney(
                year=year.name,
                begins_on=year.begins_on,
                funding=_plain(year.funding),
                projects=year.projects,
                forecast_cost=_sum(year.forecast_cost),
                left=_plain(year.left),
            )
            for year in money.years
        ),
        no_year=money.no_year,
        no_year_cost=_sum(money.no_year_cost),
        cancelled=money.cancelled,
        cancelled_cost=_sum(money.cancelled_cost),
        overspends=tuple(_overspend(each) for each in money.overspends),
    )


def _items(items: Iterable[PlanItem]) -> tuple[snapshot.PlanLine, ...]:
    return tuple(
        snapshot.PlanLine(
            kind=item.kind.value,
            on=item.on,
            reference=item.project.reference,
            project=item.project.title,
            stage=item.project.stage.value,
            key_rank=item.project.key_rank,
            scrutiny_area=item.project.scrutiny_area,
            title=item.title,
            forecast_on=item.forecast_on,
            days_late=item.days_late,
            said=item.said,
        )
        for item in items
    )


def _stage(each: rules.StageMoney) -> snapshot.StageMoney:
    return snapshot.StageMoney(
        each.stage.value, each.projects, _sum(each.budget), _sum(each.forecast_cost), _sum(each.spent_to_date)
    )


def _fund(fund: rules.FundingFacts) -> snapshot.Fund:
    return snapshot.Fund(
        year=rules.year_name(fund.begins_on),
        amount=format(fund.amount, "f"),
        purpose=fund.purpose,
        agreed_on=fund.agreed_on,
        agreed_by=fund.agreed_by,
        illustrative=fund.is_illustrative,
    )


def _overspend(each: rules.Overspend) -> snapshot.Overspend:
    project = each.project
    return snapshot.Overspend(
        reference=project.reference,
        title=project.title,
        budget=format(project.budget or Decimal(0), "f"),
        forecast_cost=_plain(project.forecast_cost),
        spent_to_date=_plain(project.spent_to_date),
        forecast_over=_plain(each.forecast_over),
        forecast_percent=_plain(each.forecast_percent),
        spent_over=_plain(each.spent_over),
    )


def _sum(total: rules.Total) -> snapshot.Sum:
    return snapshot.Sum(format(total.amount, "f"), total.without)


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, "f")
