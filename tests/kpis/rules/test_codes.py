"""Every printed spelling of a KPI code means the same KPI."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.rules.codes import CodeNotUnderstood, code_order, normalise_code


@pytest.mark.parametrize(
    "printed",
    [
        "CSC_KPI_04",
        "CSC KPI04",
        "CSC_KPI04",
        "csc kpi 4",
        "CSC-KPI-4",
        "csc_kpi_4",
        "CscKpi004",
        "  CSC  KPI  04\n",
        "CSC\u00a0KPI\u00a004",
        "CSC\u2013KPI\u201304",
        "CSC.KPI.4",
    ],
)
def test_every_printed_spelling_is_the_same_code(printed: str) -> None:
    assert normalise_code(printed) == "CSC_KPI_04"


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("imt kpi 14", "IMT_KPI_14"),
        ("FA_KPI_100", "FA_KPI_100"),
        ("hr2 kpi 7", "HR2_KPI_07"),
        ("KPI KPI 1", "KPI_KPI_01"),
    ],
)
def test_area_and_number_survive(printed: str, code: str) -> None:
    assert normalise_code(printed) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CSC",
        "KPI 04",
        "CSC_KPI_",
        "CSC_04",
        "CSC_KPI_04a",
        "4_KPI_CSC",
        "CSC_KPI_٤",
        "=CSC_KPI_04",
        "CSC_KPI_0 4",
        "CSC_KPI_12345",
    ],
)
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(CodeNotUnderstood, match="CSC_KPI_04"):
        normalise_code(text)


@given(st.text())
def test_any_text_is_understood_or_refused_and_a_code_stays_what_it_is(text: str) -> None:
    try:
        code = normalise_code(text)
    except CodeNotUnderstood:
        return
    assert normalise_code(code) == code


@given(st.from_regex(r"[A-Z]{1,4}", fullmatch=True), st.integers(0, 9999), st.sampled_from(["", " ", "_", "-", " - "]))
def test_separators_and_case_never_matter(area: str, number: int, gap: str) -> None:
    code = normalise_code(f"{area}_KPI_{number:02}")
    assert normalise_code(f"{area.lower()}{gap}kpi{gap}{number}") == code


def test_codes_sort_by_their_number_and_not_by_their_letters() -> None:
    codes = ["IMT_KPI_02", "CSC_KPI_100", "CSC_KPI_9", "CSC_KPI_10", "CSC_KPI_99"]
    assert sorted(codes, key=code_order) == ["CSC_KPI_9", "CSC_KPI_10", "CSC_KPI_99", "CSC_KPI_100", "IMT_KPI_02"]
