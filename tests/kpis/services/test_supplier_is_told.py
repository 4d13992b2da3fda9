"""The supplier is told, once, when relief is decided, a verified figure corrected, or a month reopened."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contracts.models import Message, ServiceArea
from contracts.rules.months import parse_month
from kpis.models import Kpi, Return
from kpis.queries.desk import digest, load_desk
from kpis.services.entries import Row, save_entries
from kpis.services.submission import submit_return
from kpis.services.verification import reopen_return
from reports.workbook import import_workbook
from tests import builders, workbooks
from tests.kpis.services.reliefs.acts import ask, decide
from tests.people import Cast

AT = datetime(2018, 3, 14, 10, 30, tzinfo=UTC)
JANUARY = parse_month("2018-01")


@pytest.fixture
def kpi(area: ServiceArea) -> Kpi:
    made = builders.kpi(area)
    builders.result(made, "2018-01", "93")
    builders.returns(area, "2018-01", "2018-01", verified_at=AT)
    return made


@contextmanager
def told(cast: Cast, kind: str, words: str) -> Iterator[None]:
    """The supplier gets exactly one message more, of this kind and with these words in it."""
    before = Message.objects.filter(person=cast.supplier).count()
    yield
    (message, *earlier) = Message.objects.filter(person=cast.supplier).order_by("-pk")
    assert len(earlier) == before
    assert message.kind == kind
    assert words in message.body


def test_of_a_relief_that_is_decided(kpi: Kpi, cast: Cast) -> None:
    asked = ask(cast.officer, kpi)
    with told(cast, "relief decided", "It was not their fault."):
        decide(asked, cast.contract_manager)


def test_of_a_month_that_is_reopened_and_of_a_figure_corrected_in_it(kpi: Kpi, area: ServiceArea, cast: Cast) -> None:
    found = Return.objects.get()
    with told(cast, "reopened", "Reason: Counted twice."):
        reopen_return(pk=found.pk, version=found.version, reason="Counted twice.", by=cast.contract_manager, at=AT)
    (line,) = load_desk(area, JANUARY).lines
    stands = line.standing
    row = Row(line.pk, replace(stands.typed, value="92"), stands.version, digest(stands.typed))
    save_entries(area=area, month=JANUARY, rows=[row], by=cast.officer, at=AT)
    with told(cast, "corrected", "CSC_KPI_01: 92.00% instead of 93.00%"):
        submit_return(
            area=area, month=JANUARY, version=load_desk(area, JANUARY).version, answers={}, by=cast.officer, at=AT,
            on=date(2018, 3, 14),
        )  # fmt: skip


def imported(folder: Path, state: str, *values: str) -> None:
    codes = ("CSC_KPI_01", "CSC_KPI_02")
    rows = [[code, "2018-01", value, state] for code, value in zip(codes, values, strict=False)]
    workbooks.folder(folder, {"results": workbooks.results(*rows)})
    outcome = import_workbook(folder, contract_reference="TST", reason="From the ledger.")
    assert not outcome.problems


def test_of_figures_that_an_import_corrects_once_for_the_month(kpi: Kpi, cast: Cast, tmp_path: Path) -> None:
    builders.result(builders.kpi(kpi.service_area, "CSC_KPI_02"), "2018-01", "95")
    with told(cast, "corrected", "CSC_KPI_01: 92.00% instead of 93.00%\nCSC_KPI_02: 94.00% instead of 95.00%"):
        imported(tmp_path, "verified", "92", "94")
    imported(tmp_path, "verified", "92", "94")
    assert Message.objects.filter(person=cast.supplier).count() == 1


def test_of_a_month_that_an_import_reopens(kpi: Kpi, cast: Cast, tmp_path: Path) -> None:
    with told(cast, "reopened", "Reason: From the ledger."):
        imported(tmp_path, "provisional", "93")


def test_of_nothing_where_an_import_is_only_tried(kpi: Kpi, cast: Cast, tmp_path: Path) -> None:
    workbooks.folder(tmp_path, {"results": workbooks.results(["CSC_KPI_01", "2018-01", "92", "verified"])})
    import_workbook(tmp_path, contract_reference="TST", reason="From the ledger.", check=True)
    assert not Message.objects.exists()
