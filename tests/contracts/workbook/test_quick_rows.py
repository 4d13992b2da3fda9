"""A row whose cells are all sound is read quickly; what it says is what reading cell by cell says."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.workbook import cells, numbers
from contracts.workbook.cells import Broken, Percent
from contracts.workbook.problems import Problems
from contracts.workbook.sheets import Column, SheetSpec, Table, _Columns, as_it_is, one_of, read_rows, required

SPEC = SheetSpec(
    "results",
    (
        required("kpi", cells.text, "a KPI"),
        required("month", cells.month, "a month"),
        Column("value", as_it_is),
        Column("decimals", lambda cell: numbers.whole(cell, 0, 6), default=2),
        Column("is_open", cells.yes_no, default=False),
        one_of("state", ("provisional", "verified"), default="verified"),
    ),
)
SAID = (
    "", "  ", "A", "A ", "1", "1.0", "0", "-0", "yes", "TRUE", "2018-03", "Mar-18", "verified", "Verified", "'=A", "=A",
    "#DIV/0!", "93.1", "x\x00", "later", "\n",
)  # fmt: skip
DAY = date(2018, 3, 1)
cell = st.one_of(
    st.sampled_from(SAID),
    st.sampled_from([None, 1, 1.0, 0.0, -0.0, True, False, 93.1, float("nan"), DAY, datetime.combine(DAY, time(9))]),
    st.sampled_from([Percent(1.0), Percent(0.931), Broken("1"), Broken("A"), Broken(""), Broken("#DIV/0!")]),
)
header = st.permutations([*SPEC.names, "", "Kpi", "kind"]).flatmap(
    lambda names: st.integers(3, len(names)).map(lambda number: names[:number])
) | st.just([*SPEC.names])


def read(rows: Sequence[Sequence[Any]]) -> tuple[list[Any], list[str]]:
    problems = Problems()
    table = Table("results", lambda: enumerate(rows, start=1))
    found = [(row.number, row.given, row.refused, repr(row.values)) for row in read_rows(table, SPEC, problems)]
    return found, [str(problem) for problem in problems]


@settings(max_examples=400, deadline=None)
@given(header=header, rows=st.lists(st.lists(cell, max_size=9), max_size=12))
def test_quick_or_careful_the_rows_and_the_mistakes_are_the_same(header: list[Any], rows: list[list[Any]]) -> None:
    quick = read([header, *rows])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Columns, "quickly", lambda *_: None)
        careful = read([header, *rows])
    assert quick == careful


def test_a_row_of_sound_cells_is_not_read_cell_by_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    monkeypatch.setattr(_Columns, "carefully", lambda _, number, cells: looked_at.append(number))
    read([[*SPEC.names, ""], ["A", "2018-03", 93.1, "2", "no", "verified", ""], ["A", "soon"], ["A", "Mar-18"]])
    assert looked_at == [3]


def test_only_so_many_meanings_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contracts.workbook.sheets.KEPT_MEANINGS", 3)
    rows = [[f"A{number}", "2018-03"] for number in range(9)] * 2
    found, problems = read([["kpi", "month"], *rows])
    assert [row[3] for row in found[:9]] == [row[3] for row in found[9:]]
    assert len(found) == 18
    assert not problems
