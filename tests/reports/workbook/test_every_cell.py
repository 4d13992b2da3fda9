"""One look mends the whole file: a mistake in a KPI's own row hides none in the rows that name it."""

import pytest

from tests import workbooks
from tests.reports.workbook.conftest import Importer
from tests.workbooks import SMALL, places

pytestmark = pytest.mark.django_db

COLUMNS, *KPIS = SMALL["kpis"]
LEVELS, *_ = SMALL["levels"]
RESULTS = ["kpi", "month", "value", "numerator", "denominator", "not_measured_reason", "state", "recovery_month"]
BAD_KPIS = [
    pytest.param(["CSC_KPI_01", "CSV", "Calls", "percent", "higher", "2017-01"], "service_area", id="area"),
    pytest.param(["CSC_KPI_01", "CSC", "Calls", "percant", "higher", "2017-01"], "unit", id="unit"),
    pytest.param(["CSC_KPI_01", "CSC", "Calls", "percent", "higher", "soon"], "in_force_from", id="month"),
]
BAD_RESULTS = [
    (["CSC_KPI_01", "2017-01", "abc"], ["value"]),
    (["CSC_KPI_01", "2017-02", "1e400"], ["value"]),
    (["CSC_KPI_01", "2017-03", "", "9", "0"], ["denominator"]),
    (["CSC_KPI_01", "2017-04", "", "9", ""], ["denominator"]),
    (["CSC_KPI_01", "2017-05"], ["value"]),
    (["CSC_KPI_01", "2017-06", "93", "", "", "It was lost."], ["not_measured_reason"]),
    (["CSC_KPI_01", "2017-13", "x", "", "", "", "perhaps", "later"], ["month", "state", "recovery_month", "value"]),
    (["CSC_KPI_01", "2017-07", "", "9%", "10"], ["numerator"]),
    (["CSC_KPI_01", "2017-08", "93.1%"], []),
    (["csc kpi 1", "Aug-17", "93.1"], ["kpi"]),
]


@pytest.mark.parametrize(("kpi", "column"), BAD_KPIS)
def test_the_cells_of_a_row_are_read_though_its_kpi_is_wrong(imported: Importer, kpi: list[str], column: str) -> None:
    levels = [
        LEVELS,
        ["CSC_KPI_01", "2017-01", "abc", "80"],
        ["CSC_KPI_01", "2017-13", "90", "1e400"],
        ["CSC_KPI_01", "2017-02", "90%", "80%"],
        ["CSC_KPI_01", "2017-02", "90", "80"],
    ]
    told = [[*row, *[""] * (len(RESULTS) - len(row))] for row, _ in BAD_RESULTS]
    outcome = imported({**SMALL, "kpis": [COLUMNS, kpi], "levels": levels, "results": [RESULTS, *told]})
    assert sorted(places(outcome.problems)) == sorted(
        [
            ("kpis", 2, column),
            ("levels", 2, "target"),
            ("levels", 3, "effective_from"),
            ("levels", 3, "minimum"),
            ("levels", 5, "effective_from"),
            *(("results", number, name) for number, (_, names) in enumerate(BAD_RESULTS, 2) for name in names),
        ]
    )


@pytest.mark.parametrize("unit", ["percant", ""])
@pytest.mark.parametrize("figure", ["£1,200", "12.5%", "12.5"])
def test_where_the_unit_is_not_known_either_mark_may_be_right(imported: Importer, unit: str, figure: str) -> None:
    kpi = ["CSC_KPI_01", "CSC", "Calls", unit, "higher", "2017-01"]
    told = workbooks.results(["CSC_KPI_01", "2017-01", figure, ""], ["CSC_KPI_99", "2017-01", figure, ""])
    levels = [LEVELS, ["CSC_KPI_01", "2017-01", figure, figure]]
    outcome = imported({**SMALL, "kpis": [COLUMNS, kpi], "levels": levels, "results": told})
    assert places(outcome.problems) == [("kpis", 2, "unit"), ("results", 3, "kpi")]


def test_where_the_row_of_the_kpi_still_says_its_unit_only_its_mark_is_right(imported: Importer) -> None:
    kpi = ["CSC_KPI_01", "CSV", "Incidents", "count", "lower", "2017-01"]
    told = workbooks.results(["CSC_KPI_01", "2017-01", "12.5%", ""])
    outcome = imported({**SMALL, "kpis": [COLUMNS, kpi], "levels": [LEVELS], "results": told})
    assert places(outcome.problems) == [("kpis", 2, "service_area"), ("results", 2, "value")]


def test_a_row_of_an_unknown_kpi_is_checked_as_far_as_it_goes(imported: Importer) -> None:
    told = [RESULTS, ["CSC_KPI_99", "2017-01", "", "9", "0", "", "", ""], ["CSC_KPI_99", "2017-01", *[""] * 6]]
    outcome = imported({**SMALL, "results": told})
    assert places(outcome.problems) == [
        ("results", 2, "kpi"),
        ("results", 2, "denominator"),
        ("results", 3, "kpi"),
        ("results", 3, "value"),
        ("results", 3, "kpi"),
    ]


def test_a_row_for_a_month_out_of_force_or_given_twice_is_checked_as_far_as_it_goes(imported: Importer) -> None:
    told = [
        RESULTS,
        ["CSC_KPI_01", "2016-12", "50", "9", "10", "", "", ""],
        ["FA_KPI_01", "2017-01", "96", "", "", "", "", ""],
        ["FA_KPI_01", "2017-01", "", "9", "0", "", "", ""],
    ]
    outcome = imported({**SMALL, "results": told})
    assert sorted(places(outcome.problems)) == [
        ("results", 2, "month"),
        ("results", 2, "value"),
        ("results", 4, "denominator"),
        ("results", 4, "kpi"),
    ]
