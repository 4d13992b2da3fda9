"""What the querysets select is what the rules say of each row."""

import pytest

from contracts.models import ServiceArea
from contracts.rows import read
from kpis.models import Evidence, Kpi, Relief, Result, Return
from kpis.queries.desk_rows import wanted_in_force
from kpis.rules.returns import may_count
from tests import builders
from tests.kpis.rules.builders import m
from tests.people import Cast


@pytest.fixture
def kpi(area: ServiceArea) -> Kpi:
    return builders.kpi(area, in_force_from=m("2017-03"), in_force_to=m("2017-08"))


def months(rows: object) -> list[str]:
    return [f"{month:%Y-%m}" for month in rows.order_by("month").values_list("month", flat=True)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("is_shared", [False, True])
@pytest.mark.parametrize("state", [None, *Return.State.values])
def test_a_result_is_counted_by_the_rule_that_judges_one(state: str | None, is_shared: bool, kpi: Kpi) -> None:
    builders.result(kpi, "2017-05", "95", is_shared=is_shared)
    if state is not None:
        builders.returns(kpi.service_area, "2017-05", "2017-05", state)
    builders.returns(kpi.service_area, "2017-06", "2017-06", "verified")
    assert Result.objects.counted().exists() is may_count(state, is_shared)


def test_results_of_its_life_are_those_between_its_first_and_its_last_month(kpi: Kpi) -> None:
    builders.results(kpi, "2017-01", ["95"] * 12)
    assert months(Result.objects.of_its_life()) == [f"2017-{number:02}" for number in range(3, 9)]
    kpi.in_force_to = None
    kpi.save()
    assert months(Result.objects.of_its_life())[-1] == "2017-12"


def test_reliefs_touch_a_span_they_share_a_month_with(kpi: Kpi) -> None:
    for first, last in (("2017-01", "2017-03"), ("2017-04", "2017-04"), ("2017-06", None), ("2017-01", "2017-02")):
        builders.relief(kpi.contract, kpi, first=first, last=last)
    touching = Relief.objects.touching(m("2017-03"), m("2017-05"))
    assert sorted(touching.values_list("reference", flat=True)) == ["R001", "R002"]


@pytest.mark.parametrize(
    ("state", "version", "is_draft"),
    [("open", 1, True), ("returned", 1, True), ("open", 2, False), ("submitted", 1, False), ("verified", 1, False)],
)
def test_evidence_is_a_draft_until_its_return_moves_on(
    state: str, version: int, is_draft: bool, kpi: Kpi, cast: Cast
) -> None:
    builders.returns(kpi.service_area, "2017-05", "2017-05", state, version=version)
    relief = builders.relief(kpi.contract, kpi, first="2017-05", decision="requested")
    own = builders.evidence(kpi, cast.officer, "2017-05", added_in=1)
    builders.evidence(relief, cast.officer)
    assert list(Evidence.objects.never_submitted()) == ([own] if is_draft else [])


@pytest.mark.parametrize("month", ["2017-02", "2017-03", "2017-05", "2017-06", "2017-08", "2017-09"])
def test_the_return_form_reads_the_kpis_that_owe_a_result(month: str, kpi: Kpi) -> None:
    area, at = kpi.service_area, m(month)
    builders.kpi(area, "CSC_KPI_02", in_force_from=m("2017-01"), due_mask=1 << 4)
    builders.kpi(area, "CSC_KPI_03", in_force_from=m("2017-06"))
    found = read(wanted_in_force(area, at)).tables[0]
    owing = Kpi.objects.filter(service_area=area).in_force(at)
    assert sorted(map(tuple, found)) == sorted(owing.values_list("pk", "code"))
