"""What is done to a month, a KPI or a workbook is counted at once, at the same cost for a month and for a year."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from contracts.rules.months import ALL_MONTHS, Month
from kpis.checks import breaches
from kpis.models import AreaMonth, Return
from kpis.queries.desk import digest, load_desk
from kpis.services import definitions as service
from kpis.services.entries import Row, save_entries
from kpis.services.submission import submit_return
from kpis.services.summary import recount
from kpis.services.verification import reopen_return, send_back, verify_return
from reports.workbook import import_workbook
from tests import builders, workbooks
from tests.kpis.services.reliefs.acts import TODAY, m
from tests.kpis.services.test_corrections import EXPLAINED, Anything
from tests.people import Cast

AT = datetime(2018, 3, 14, 10, 30, tzinfo=UTC)
MONTHS = ("2018-01", "2018-02")
AGREED = service.Agreement("The service was widened.", "Contract Manager")


def kept(area: ServiceArea, month: str) -> dict[str, Any]:
    rows: Any = AreaMonth.objects.filter(service_area=area, month=m(month)).values()
    row = rows.first() or {}
    return {name: value for name, value in row.items() if value and name not in ("id", "service_area_id", "month")}


def hand_in(area: ServiceArea, month: Month, values: list[str], by: Any) -> None:
    lines = load_desk(area, month).lines
    rows = [
        Row(line.pk, replace(stands.typed, value=value, **EXPLAINED), stands.version, digest(stands.typed))
        for line, value in zip(lines, values, strict=False)
        for stands in [line.standing]
    ]
    save_entries(area=area, month=month, rows=rows, by=by, at=AT)
    version = load_desk(area, month).version
    submit_return(area=area, month=month, version=version, answers=Anything(), by=by, at=AT, on=TODAY)


def test_a_month_is_counted_as_it_goes_from_hand_to_hand(area: ServiceArea, cast: Cast) -> None:
    builders.kpi(area)
    builders.kpi(area, "CSC_KPI_02")
    month = m("2018-02")
    assert kept(area, "2018-02") == {}
    hand_in(area, month, ["95", "85"], cast.officer)
    provisional = {"in_force": 2, "target_met": 1, "below_target": 1, "provisional": 2}
    assert kept(area, "2018-02") == provisional | {"is_handed_in": True}
    row = Return.objects.get()
    send_back(pk=row.pk, version=row.version, reason="Look again.", by=cast.contract_manager, at=AT)
    assert kept(area, "2018-02") == {}
    hand_in(area, month, ["95", "70"], cast.officer)
    row.refresh_from_db()
    verify_return(pk=row.pk, version=row.version, how="source seen", by=cast.contract_manager, at=AT)
    stands = {"in_force": 2, "target_met": 1, "below_minimum": 1}
    assert kept(area, "2018-02") == stands | {"is_handed_in": True, "is_verified": True}
    row.refresh_from_db()
    reopen_return(pk=row.pk, version=row.version, reason="Miscounted.", by=cast.contract_manager, at=AT)
    assert kept(area, "2018-02") == stands | {"provisional": 2}


def test_an_administrators_change_of_a_kpi_is_counted(area: ServiceArea, cast: Cast) -> None:
    kpi, other = builders.kpi(area), builders.kpi(area, "CSC_KPI_02", in_force_from=date(2018, 3, 1))
    builders.result(kpi, "2018-02", "85")
    builders.returns(area, "2018-02", "2018-02", "submitted")
    recount(area.contract)
    assert kept(area, "2018-02")["in_force"] == 1
    client = Client()
    client.force_login(cast.administrator)
    level = other.levels.get()
    form = {
        "contract": area.contract_id, "service_area": area.pk, "code": other.code, "name": other.name,
        "unit": "percent", "polarity": "higher", "decimals": "2", "due_months": [str(n) for n in ALL_MONTHS],
        "in_force_from": "2018-01-01", "levels-TOTAL_FORMS": "1", "levels-INITIAL_FORMS": "1",
        "levels-0-id": level.pk, "levels-0-kpi": other.pk, "levels-0-effective_from": "2018-01-01",
        "levels-0-target": "90", "levels-0-minimum": "80",
    }  # fmt: skip
    response = client.post(reverse("admin:kpis_kpi_change", args=[other.pk]), form)
    assert response.status_code == 302, response.content.decode()
    assert kept(area, "2018-02")["missing"] == 1
    assert list(breaches(area.contract)) == []


def test_counting_costs_the_same_for_one_month_and_for_a_year(
    area: ServiceArea, django_assert_num_queries: Any
) -> None:
    for number in range(1, 4):
        builders.results(builders.kpi(area, f"CSC_KPI_0{number}"), "2017-01", ["95"] * 12)
    builders.returns(area, "2017-01", "2017-12")
    with django_assert_num_queries(8):
        assert recount(area.contract) == 12
    with django_assert_num_queries(7):
        assert recount(area.contract, areas=[area.pk], first=m("2017-03"), last=m("2017-03")) == 0


def test_an_import_counts_what_it_wrote(contract: Contract, tmp_path: Path) -> None:
    sheets = {**workbooks.SMALL, "results": workbooks.results(["CSC_KPI_01", "2018-02", "85", "verified"])}
    assert not import_workbook(workbooks.folder(tmp_path, sheets)).problems
    area = ServiceArea.objects.get(contract=contract, code="CSC")
    verified = {"in_force": 2, "below_target": 1, "missing": 1, "is_handed_in": True, "is_verified": True}
    assert kept(area, "2018-02") == verified
    assert list(breaches(contract)) == []
