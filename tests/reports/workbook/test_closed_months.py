"""A month that was once verified stays on the record: reopening it opens no way round its reasons and corrections."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from kpis.models import Correction, Result, Return
from reports.workbook import ImportOutcome
from tests.reports.workbook.conftest import Importer
from tests.workbooks import SMALL, places, results

pytestmark = pytest.mark.django_db

COLUMNS = "kpi month value numerator denominator not_measured_reason state"


def told(imported: Importer, value: str, state: str, reason: str = "", code: str = "FA_KPI_01") -> ImportOutcome:
    return imported({"results": results([code, "2017-01", value, state])}, contract_reference="TST", reason=reason)


def values() -> list[tuple[Decimal | None, Decimal | None]]:
    return list(Correction.objects.order_by("pk").values_list("value_before", "value_after"))


@pytest.fixture
def reopened(imported: Importer) -> Return:
    """January 2017 of FA, verified and then reopened with the same figure."""
    imported({**SMALL, "results": results(["FA_KPI_01", "2017-01", "96.004", "verified"])})
    assert not told(imported, "96.004", "provisional", "Month reopened.").problems
    return Return.objects.get()


def test_reopening_keeps_when_the_month_was_verified_and_corrects_nothing(reopened: Return) -> None:
    assert (reopened.state, reopened.verified_at is None) == ("submitted", False)
    assert not Correction.objects.exists()


@pytest.mark.parametrize("state", ["provisional", "verified"])
def test_a_figure_of_a_reopened_month_changes_with_a_reason_alone(
    reopened: Return, imported: Importer, state: str
) -> None:
    assert [str(problem) for problem in told(imported, "9.5", state).problems] == [
        "results, row 2, value: 2017-01 was verified for FA, this would change it,"
        " expected a reason for changing a verified month (--reason)"
    ]
    assert Result.objects.get().value == Decimal("96.004")
    assert not told(imported, "9.5", state, "The ledger was wrong.").problems
    assert values() == [(Decimal("96.004"), Decimal("9.5"))]
    assert Correction.objects.get().reason == "The ledger was wrong."


def test_each_later_change_is_a_correction_and_the_register_holds_together(
    reopened: Return, imported: Importer
) -> None:
    for value, state in [("9.5", "provisional"), ("9.6", "provisional"), ("9.7", "verified"), ("9.8", "verified")]:
        assert not told(imported, value, state, "Once more.").problems
    assert values() == [
        (Decimal("96.004"), Decimal("9.5")),
        (Decimal("9.5"), Decimal("9.6")),
        (Decimal("9.6"), Decimal("9.7")),
        (Decimal("9.7"), Decimal("9.8")),
    ]
    out = StringIO()
    call_command("check_register", stdout=out)
    assert out.getvalue() == "The register holds together.\n"


def test_a_figure_that_gives_way_to_a_rate_and_then_to_a_reason_leaves_whole_corrections(
    reopened: Return, imported: Importer
) -> None:
    for row in (["", "9", "10", "", ""], ["", "", "", "The ledger was lost.", "provisional"]):
        sheet = {"results": results(["FA_KPI_01", "2017-01", *row], columns=COLUMNS)}
        assert imported(sheet, contract_reference="TST").problems
        assert not imported(sheet, contract_reference="TST", reason="Counted again.").problems
    first, last = Correction.objects.order_by("pk")
    assert (first.value_before, first.numerator_after, first.denominator_after) == (Decimal("96.004"), 9, 10)
    assert (last.denominator_before, last.not_measured_reason_after) == (10, "The ledger was lost.")
    call_command("check_register", stdout=StringIO())


def test_a_new_row_in_a_reopened_month_needs_a_reason(imported: Importer) -> None:
    imported({**SMALL, "results": results(["CSC_KPI_01", "2017-01", "93.1", ""])})
    told(imported, "93.1", "provisional", "Month reopened.", "CSC_KPI_01")
    assert places(told(imported, "2", "provisional", code="CSC_KPI_02").problems) == [("results", 2, "month")]
    assert not told(imported, "2", "provisional", "Found later.", "CSC_KPI_02").problems
    assert values() == [(None, Decimal(2))]


def test_a_reopened_month_may_be_verified_as_it_stands_and_explained_without_a_reason(
    reopened: Return, imported: Importer
) -> None:
    first = reopened.verified_at
    explained = results(
        ["FA_KPI_01", "2017-01", "96.004", "Two clerks were ill.", "verified"], columns="kpi month value cause state"
    )
    assert not imported({"results": explained}, contract_reference="TST").problems
    again = Return.objects.get()
    assert again.state == "verified"
    assert first is not None
    assert again.verified_at is not None
    assert again.verified_at > first
    assert not Correction.objects.exists()


def test_a_level_that_would_judge_a_reopened_month_differently_needs_a_reason(
    reopened: Return, imported: Importer
) -> None:
    sheets = {"levels": [SMALL["levels"][0], ["FA_KPI_01", "2017-01", "97", "90"]]}
    assert places(imported(sheets, contract_reference="TST").problems) == [("levels", 2, "effective_from")]
    assert not imported(sheets, contract_reference="TST", reason="As agreed on 3 May.").problems


@pytest.mark.parametrize("before", [None, *Return.State])
def test_whatever_a_return_was_it_is_never_verified_without_an_instant(
    imported: Importer, before: Return.State | None
) -> None:
    imported({**SMALL, "results": results(["FA_KPI_01", "2017-01", "96", "provisional" if before else "verified"])})
    if before:
        instant = Result.history.latest("history_date").history_date
        row = Return.objects.get()
        row.state, row.returned_reason = before, "A figure lacks its source."
        row.verified_at = instant if before == "verified" else None
        row.save()
    assert not told(imported, "96", "verified").problems
    row = Return.objects.get()
    assert (row.state, row.verified_at is None) == ("verified", False)
