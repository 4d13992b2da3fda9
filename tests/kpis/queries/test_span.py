"""How far back a span reads before its first month: to the last one that ends every run, and no further."""

from decimal import Decimal

import pytest

from contracts.models import Contract, ServiceArea
from contracts.rows import read
from contracts.rules.months import Month, month_key, parse_month
from kpis.models import Kpi, Result, Return
from kpis.queries.span import JudgedSpan, Span, judge_span, wanted_terms
from kpis.rules.status import is_plain
from tests import builders

FIRST = LAST = parse_month("2019-12")
YEARS = ["95"] * 33
"""January 2017 to September 2019: each beyond its target."""
FAILED = ["70", "70", "70"]


def judged(contract: Contract, *kpis: Kpi) -> JudgedSpan:
    span = Span(contract.pk, tuple(kpi.pk for kpi in kpis), FIRST, LAST, FIRST)
    return judge_span(span, read(*wanted_terms(span)))


def months_read(span: JudgedSpan) -> list[str]:
    (rows,) = read(span.wanted_before()).tables
    return sorted(row[1][:7] for row in rows)


def run_begins(span: JudgedSpan) -> Month:
    (rows,) = read(span.wanted_before()).tables
    (history,) = span.register(rows).histories
    return history.judgements[1].month if is_plain(history.judgements[0]) else history.judgements[0].month


@pytest.fixture
def failing(contract: Contract, area: ServiceArea) -> Kpi:
    """Below its minimum from October 2019 on; December is judged."""
    kpi = builders.kpi(area)
    builders.results(kpi, "2017-01", [*YEARS, *FAILED])
    builders.returns(area, "2017-01", "2019-12")
    return kpi


def test_it_reads_to_the_month_that_ended_the_run_before_and_no_further(contract: Contract, failing: Kpi) -> None:
    span = judged(contract, failing)
    assert months_read(span) == ["2019-09", "2019-10", "2019-11"]
    assert run_begins(span) == parse_month("2019-10")


def change(kpi: Kpi, month: str, **changes: object) -> None:
    result = Result.objects.get(kpi=kpi, month=parse_month(month))
    for name, value in changes.items():
        setattr(result, name, value)
    result.save()


@pytest.mark.parametrize(
    ("changes", "ends"),
    [
        ({"value": Decimal("89.994")}, "2019-08"),
        ({"value": Decimal("89.995")}, "2019-08"),
        ({"value": Decimal(90)}, "2019-09"),
        ({"value": None, "not_measured_reason": "No system."}, "2019-08"),
        ({"value": None, "numerator": Decimal(899), "denominator": Decimal(1000)}, "2019-08"),
        ({"value": None, "numerator": Decimal(900), "denominator": Decimal(1000)}, "2019-09"),
    ],
)
def test_a_month_in_doubt_is_read_past(contract: Contract, failing: Kpi, changes: dict[str, object], ends: str) -> None:
    change(failing, "2019-09", **changes)
    assert months_read(judged(contract, failing))[0] == ends


def test_of_two_levels_the_severer_decides_how_far_is_read(contract: Contract, failing: Kpi) -> None:
    builders.level(failing, "2019-11", "96", "80")
    assert len(months_read(judged(contract, failing))) == 35
    assert run_begins(judged(contract, failing)) == parse_month("2019-10"), "and the rules go no further than before"


def test_where_less_is_better_it_is_less_that_ends_a_run(contract: Contract, area: ServiceArea) -> None:
    kpi = builders.kpi(area, target="7", minimum="12", polarity="lower", unit="days")
    builders.results(kpi, "2017-01", [*["6"] * 30, "8", "7", "7.01", "13", "13", "13"])
    builders.returns(area, "2017-01", "2019-12")
    assert months_read(judged(contract, kpi))[0] == "2019-08"


def test_a_relieved_month_ends_no_run_whatever_was_measured(contract: Contract, failing: Kpi) -> None:
    builders.relief(contract, failing, first="2019-05", last="2019-09")
    assert months_read(judged(contract, failing))[0] == "2019-04"
    builders.relief(contract, first="2019-02", last="2019-04")
    assert months_read(judged(contract, failing))[0] == "2019-01"
    builders.relief(contract, failing, first="2018-11", last="2019-01", decision="refused")
    assert months_read(judged(contract, failing))[0] == "2019-01"


def test_what_is_private_to_its_area_ends_no_run(contract: Contract, failing: Kpi) -> None:
    row = Return.objects.get(service_area=failing.service_area, month=parse_month("2019-09"))
    row.state = Return.State.OPEN
    row.save()
    assert months_read(judged(contract, failing))[0] == "2019-08"
    change(failing, "2019-09", is_shared=True)
    assert months_read(judged(contract, failing))[0] == "2019-09"


def test_of_a_kpi_that_is_not_due_every_month_everything_is_read(contract: Contract, failing: Kpi) -> None:
    failing.due_mask = 0b1111_1111_1110
    failing.save()
    assert months_read(judged(contract, failing))[0] == month_key(failing.in_force_from)


def test_of_a_kpi_that_ended_its_run_within_the_span_nothing_is_read(contract: Contract, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    builders.results(kpi, "2017-01", [*YEARS, "70", "95", "70"])
    builders.returns(area, "2017-01", "2019-12")
    span = Span(contract.pk, (kpi.pk,), parse_month("2019-11"), LAST, FIRST)
    assert months_read(judge_span(span, read(*wanted_terms(span)))) == []
