"""The month's workbook out and back: whatever stands in the form, a sheet that nobody touched changes nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.models import Contract, ServiceArea
from contracts.rules.months import Month
from contracts.workbook.files import open_workbook
from contracts.workbook.problems import Problems
from kpis.models import Kpi, Level
from kpis.queries.desk import Desk, Line
from kpis.queries.desk_past import Basis
from kpis.queries.desk_rows import nothing_stands
from kpis.rules.checks import CELLS, Typed
from kpis.rules.figures import Unit
from kpis.workbook.book import Book, Entry
from kpis.workbook.month import Preview, Said, preview, read_month, write_month
from kpis.workbook.month.spelling import fingerprint, fitting, spelled
from tests import sheets
from tests.hostile import tidied

BEGIN = date(2017, 1, 1)
FEBRUARY = Month(date(2018, 2, 1))
AREA = ServiceArea(pk=1, contract=Contract(pk=1, reference="TST"), code="CSC", name="Customer Service Centre & more")
MEANT = st.one_of(
    st.builds(lambda digits: f"{digits:f}", st.decimals(min_value=-99999, max_value=99999, places=3)),
    st.sampled_from(["93.1%", "£1,200", "9O", "=1+1", "1e5", "  5 ", ""]),
)
WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["=1+1", "'=1", "''", "＝1", "_x000D_", "_x0041_", "a\r\nb", "\ufffe", "x" * 32_767, "=" * 32_767]),
)
DAYS = st.sampled_from(["", "29/3/2018", "1 May 2019", "2018-03-29", "soon", "29/2/2019"])
MONTHS = st.sampled_from(["", "Mar-18", "March 2018", "2018-03", "soon", "=1"])


def entry(unit: Unit) -> Entry:
    kpi = Kpi(
        pk=7, service_area=AREA, code="CSC_KPI_07", name="=Calls", unit=unit, polarity="higher", decimals=2,
        in_force_from=BEGIN,
    )  # fmt: skip
    return Entry(kpi, {BEGIN: Level(effective_from=BEGIN, target=Decimal(9), minimum=Decimal(8))})


def line(of: Entry, typed: Typed) -> Line:
    stands = replace(nothing_stands(None), typed=typed)
    basis = Basis(
        pk=7, terms=of.terms(), target="at least 9", minimum="at least 8", earlier=(), relief=None, offer=None
    )
    return Line(basis, stands, {})


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data(), unit=st.sampled_from(list(Unit)))
def test_a_sheet_that_nobody_touched_changes_nothing(tmp_path: Path, data: st.DataObject, unit: Unit) -> None:
    draw = {
        "recovery_month": MONTHS,
        "explanation_awaited_on": DAYS,
        "value": MEANT,
        "not_measured_reason": st.just(""),
    }
    typed = Typed(
        **{cell: tidied(data.draw(draw.get(cell, WORDS))) for cell in CELLS if cell not in ("numerator", "denominator")}
    )
    kpi = entry(unit)
    row = line(kpi, typed)
    desk = Desk(AREA, FEBRUARY, None, (row,))
    problems = Problems()
    sheet = open_workbook(sheets.saved(tmp_path / "month.xlsx", write_month(desk)), problems)
    reading = read_month(sheet, Book({kpi.code: kpi}, frozenset(), frozenset()), AREA, FEBRUARY, problems, "month.xlsx")
    meant = spelled(typed, unit)
    bad = {problem.column for problem in reading.problems}
    assert bad <= {"value", "recovery_month", "explanation_awaited_on"}, [str(problem) for problem in reading.problems]
    if reading.problems:
        assert all(meant[cell] == fitting(getattr(typed, cell)) for cell in bad), "what means nothing stays as typed"
        return
    (said,) = reading.said
    assert {cell: words for cell, words in said.cells.items() if words} == {
        cell: words for cell, words in meant.items() if words
    }
    assert said.as_downloaded == f"{row.standing.version} {fingerprint(meant)}"
    unmarked = Said(said.kpi, said.cells)
    assert preview(desk, [said], FEBRUARY) == preview(desk, [unmarked], FEBRUARY) == Preview((), 1)


@pytest.mark.parametrize(
    ("one", "other", "unit"),
    [
        (Typed(value="93.10"), Typed(value="93.1 %"), Unit.PERCENT),
        (Typed(value="£1,200.50"), Typed(value="1200.5"), Unit.MONEY),
        (Typed(recovery_month="Mar-18"), Typed(recovery_month="March 2018"), Unit.COUNT),
        (Typed(explanation_awaited_on="29/3/2018"), Typed(explanation_awaited_on="2018-03-29"), Unit.DAYS),
    ],
)
def test_what_means_the_same_is_the_same(one: Typed, other: Typed, unit: Unit) -> None:
    assert spelled(one, unit) == spelled(other, unit)
    assert fingerprint(spelled(one, unit)) == fingerprint(spelled(other, unit))
    assert fingerprint(spelled(one, unit)) != fingerprint(spelled(Typed(), unit))
