"""A contract made by chance from a seed: every kind of KPI, result, return, relief, correction, project and meeting."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from simple_history.utils import bulk_create_with_history

from contracts.models import Contract
from contracts.rules.months import Month, add_months, month_key, month_range, parse_month
from kpis.models import Correction, Kpi, Result, Return
from tests import builders

FIRST, LAST = parse_month("2016-07"), parse_month("2018-02")
MASKS = (0b1111_1111_1111, 0b1111_1111_1111, 0b1111_1111_1111, 0b100_100_100_100, 0b1000_0000_0000)
STAGES = ("pipeline", "in flight", "in flight", "on hold", "complete", "cancelled")


def chance_contract(seed: int, today: date) -> Contract:
    """Small, and unlike any other seed's."""
    dice = Random(seed)
    contract = builders.contract(
        f"C{seed}",
        commences_on=FIRST,
        below_target_is_exception=dice.random() < 0.7,
        history_months=dice.choice((1, 3, 6, 12)),
    )
    kpis = [kpi for code in ("CSC", "IMT", "FA") for kpi in _area(dice, contract, code)]
    for _ in range(dice.randrange(5)):
        _relief(dice, contract, dice.sample(kpis, dice.randrange(3)))
    board = builders.board(contract, name=f"Board {seed}")
    for number in range(dice.randrange(12)):
        _project(dice, contract, f"P{number:02}", today)
    _meetings(dice, contract, board)
    for number in range(dice.randrange(3)):
        builders.request(contract, f"B{number}", raised_on=today - timedelta(days=dice.randrange(-5, 90)))
    return contract


def _area(dice: Random, contract: Contract, code: str) -> list[Kpi]:
    area = builders.area(contract, code, f"Area {code}")
    kpis = [_kpi(dice, area, f"{code}_KPI_{number:02}") for number in range(1, dice.randrange(2, 5))]
    states = ["verified"] * 6 + ["submitted", "open", "returned"]
    rows = [
        Return(service_area=area, month=month, state=state, returned_reason="No source." if state == "returned" else "")
        for month in month_range(FIRST, LAST)
        if (state := dice.choice(states)) and dice.random() < 0.95
    ]
    bulk_create_with_history(rows, Return)
    return kpis


def _kpi(dice: Random, area: object, code: str) -> Kpi:
    polarity = dice.choice(("higher", "lower"))
    target, minimum = ("90", "80") if polarity == "higher" else ("7", "12.5")
    begins = add_months(FIRST, dice.choice((0, 0, 0, 5)))
    ends = dice.choice((None, None, None, add_months(FIRST, dice.randrange(8, 19))))
    kpi = builders.kpi(
        area,  # type: ignore[arg-type]
        code,
        target,
        minimum,
        polarity=polarity,
        decimals=dice.choice((0, 1, 2)),
        unit=dice.choice(("percent", "count", "seconds")),
        due_mask=dice.choice(MASKS),
        in_force_from=begins,
        in_force_to=ends,
    )
    if dice.random() < 0.4:
        since = month_key(add_months(begins, dice.randrange(3, 15)))
        builders.level(kpi, since, *(("91", "84") if polarity == "higher" else ("6", "11")), reason="Agreed.")
    near = 90 if polarity == "higher" else 8
    rows, mood = [], 0
    for month in month_range(begins, LAST):
        mood = dice.choice((mood, mood, mood, 0, -6, 14))
        if dice.random() < 0.9 and (ends is None or month <= ends):
            rows.append(_result(dice, kpi, month, near + mood))
    bulk_create_with_history(rows, Result)
    for row in kpi.results.all():
        if dice.random() < 0.05:
            at = datetime(2018, 1, 1, 23, 30, tzinfo=UTC) + timedelta(days=dice.randrange(60))
            Correction.objects.create(result=row, reason="Miscounted.", corrected_at=at)
    return kpi


def _result(dice: Random, kpi: Kpi, month: Month, about: int) -> Result:
    said = {"cause": f"Cause of {month_key(month)}", "effect": "Waits.", "remedy": "Head of it."}
    row = Result(kpi=kpi, month=month, is_shared=dice.random() < 0.2, **(said if dice.random() < 0.5 else {}))
    kind = dice.random()
    if kind < 0.08:
        row.not_measured_reason = "The survey was not sent."
    elif kind < 0.3:
        row.numerator, row.denominator = about * 10, dice.choice((1000, 999, 7))
    else:
        row.value = f"{about + dice.random() * 4:.{dice.choice((0, 2, 6))}f}"
    if dice.random() < 0.2:
        row.recovery_month = add_months(month, 2)
    return row


def _relief(dice: Random, contract: Contract, kpis: list[Kpi]) -> None:
    first = add_months(FIRST, dice.randrange(19))
    last = add_months(first, dice.randrange(6)) if dice.random() < 0.6 else None
    decision = dice.choice(("granted", "granted", "granted", "refused", "requested"))
    builders.relief(contract, *kpis, first=month_key(first), last=month_key(last) if last else None, decision=decision)


def _project(dice: Random, contract: Contract, reference: str, today: date) -> None:
    stage = dice.choice(STAGES)
    finish = today + timedelta(days=dice.randrange(-200, 200))
    project = builders.project(
        contract,
        reference,
        stage=stage,
        original_start=finish - timedelta(days=dice.randrange(1, 400)),
        original_finish=finish if dice.random() < 0.9 else None,
        actual_finish=today - timedelta(days=dice.randrange(120)) if stage == "complete" else None,
        source=dice.choice(("", "illustrative")),
    )
    for day in sorted({today - timedelta(days=dice.randrange(-10, 200)) for _ in range(dice.randrange(5))}):
        forecast = finish + timedelta(days=dice.randrange(-20, 90)) if dice.random() < 0.7 else None
        rating = dice.choice(("", "red", "amber", "green", "green"))
        builders.update(project, day, rating, forecast_finish=forecast, delay_cause=dice.choice(("", "Late parts.")))
    if dice.random() < 0.2:
        builders.update(project, None, dice.choice(("", "amber")), forecast_finish=finish)
    for number in range(dice.randrange(3)):
        dates = {
            name: today + timedelta(days=dice.randrange(-60, 60))
            for name in ("original_on", "agreed_on", "forecast_on", "actual_on")
            if dice.random() < 0.6
        }
        builders.milestone(project, f"Step {number}", **dates)
    if dice.random() < 0.3:
        on = today - timedelta(days=dice.randrange(-5, 150)) if dice.random() < 0.8 else None
        builders.rebaseline(project, finish + timedelta(days=30), on)


def _meetings(dice: Random, contract: Contract, board: object) -> None:
    for day, first, last in (
        (date(2017, 5, 18), "2017-01", "2017-03"),
        (date(2017, 10, 26), "2017-04", "2017-08"),
        (date(2017, 12, 21), "2017-09", "2017-10"),
    ):
        if dice.random() < 0.6:
            meeting = builders.meeting(board, day, dice.choice(("held", "held", "cancelled")))  # type: ignore[arg-type]
            builders.review_period(contract, meeting, first, last)
    if dice.random() < 0.7:
        coming = builders.meeting(board, date(2018, 3, 29))  # type: ignore[arg-type]
        if dice.random() < 0.3:
            builders.review_period(contract, coming, "2017-11", "2018-01")
    lists = [contract.projects.order_by("reference")[:3], contract.projects.order_by("-reference")[:3]]
    for chosen, decided_on in zip(lists, (date(2017, 12, 1), None), strict=True):
        if dice.random() < 0.5:
            builders.key_list(contract, *chosen, decided_on=decided_on)
