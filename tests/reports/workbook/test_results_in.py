"""Importing monthly results: returns, provisional figures, closed months and corrections."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from contracts.rules.months import parse_month
from contracts.services import set_demonstration_day
from kpis.models import Correction, Result, Return
from kpis.queries import load_register
from kpis.rules.status import Measured
from reports.workbook import ImportOutcome
from tests.reports.workbook.conftest import Importer
from tests.workbooks import SMALL, places, results

pytestmark = pytest.mark.django_db

JANUARY = results(
    ["CSC_KPI_01", "2017-01", "93.1", ""],
    ["CSC_KPI_02", "2017-01", "2", ""],
    ["FA_KPI_01", "2017-01", "96", ""],
)


def states() -> dict[str, str]:
    rows = Return.objects.values_list("service_area__code", "month", "state")
    return {f"{area} {month:%Y-%m}": state for area, month, state in rows}


@pytest.fixture
def verified(imported: Importer) -> ImportOutcome:
    """January 2017, verified in both service areas."""
    return imported({**SMALL, "results": JANUARY})


def test_rows_without_a_state_are_verified_and_so_is_their_month(verified: ImportOutcome) -> None:
    assert states() == {"CSC 2017-01": "verified", "FA 2017-01": "verified"}
    assert Return.objects.filter(verified_at=None).count() == 0


def test_in_a_demonstration_an_import_happens_on_its_day(imported: Importer) -> None:
    set_demonstration_day(on=date(2018, 3, 14))
    imported({**SMALL, "results": JANUARY})
    verified_at = Return.objects.values_list("verified_at", flat=True)
    assert {timezone.localdate(at) for at in verified_at} == {date(2018, 3, 14)}
    assert {timezone.localdate(row.history_date) for row in Result.history.all()} == {date(2018, 3, 14)}


def test_a_month_is_verified_with_gaps(imported: Importer) -> None:
    imported({**SMALL, "results": results(["CSC_KPI_01", "2017-01", "93.1", "verified"])})
    assert states() == {"CSC 2017-01": "verified"}


def test_a_complete_provisional_month_is_submitted_and_an_incomplete_one_open_and_shown(imported: Importer) -> None:
    outcome = imported(
        {
            **SMALL,
            "results": results(
                ["CSC_KPI_01", "2017-01", "93.1", "provisional"],
                ["CSC_KPI_02", "2017-01", "2", "verified"],
                ["CSC_KPI_01", "2017-02", "70", "verified"],
                ["CSC_KPI_01", "2017-03", "70", "provisional"],
                ["FA_KPI_01", "2017-01", "96", "provisional"],
            ),
        }
    )
    assert not outcome.problems
    assert states() == {
        "CSC 2017-01": "submitted",
        "CSC 2017-02": "verified",
        "CSC 2017-03": "open",
        "FA 2017-01": "submitted",
    }
    contract = Result.objects.earliest("pk").kpi.contract
    register = load_register(contract, parse_month("2017-01"), parse_month("2017-03"))
    march = register.histories[0].at(parse_month("2017-03"))
    assert march is not None
    assert march.measured is Measured.BELOW_MINIMUM
    assert march.is_provisional


def test_completeness_counts_the_rows_already_on_record(imported: Importer) -> None:
    imported({**SMALL, "results": results(["CSC_KPI_01", "2017-01", "93.1", "provisional"])})
    assert states() == {"CSC 2017-01": "open"}
    imported({"results": results(["CSC_KPI_02", "2017-01", "2", "provisional"])}, contract_reference="TST")
    assert states() == {"CSC 2017-01": "submitted"}


def test_completeness_asks_only_for_kpis_in_force_and_due(imported: Importer) -> None:
    columns, *kpis = SMALL["kpis"]
    quarterly = [[*columns, "due_months"], [*kpis[0], ""], [*kpis[1], "3;6;9;12"], [*kpis[2], ""]]
    imported({**SMALL, "kpis": quarterly, "results": results(["CSC_KPI_01", "2017-01", "93.1", "provisional"])})
    assert states() == {"CSC 2017-01": "submitted"}


def test_verified_rows_do_not_verify_what_others_entered(imported: Importer) -> None:
    imported({**SMALL, "results": results(["CSC_KPI_01", "2017-01", "93.1", "provisional"])})
    again = {"results": results(["CSC_KPI_02", "2017-01", "2", "verified"])}
    imported(again, contract_reference="TST")
    assert states() == {"CSC 2017-01": "submitted"}
    assert not imported(again, contract_reference="TST").has_changes


def test_the_same_rows_verified_later_verify_the_month(imported: Importer) -> None:
    rows = [["CSC_KPI_01", "2017-01", "93.1"], ["CSC_KPI_02", "2017-01", "2"]]
    imported({**SMALL, "results": results(*([*row, "provisional"] for row in rows))})
    outcome = imported({"results": results(*([*row, "verified"] for row in rows))}, contract_reference="TST")
    assert states() == {"CSC 2017-01": "verified"}
    assert outcome.has_changes
    assert not Correction.objects.exists()


def test_the_same_file_twice_changes_nothing(imported: Importer) -> None:
    sheets = {
        **SMALL,
        "results": results(
            ["CSC_KPI_01", "2017-01", "93.10", "provisional"],
            ["CSC_KPI_02", "2017-01", "2", "verified"],
            ["CSC_KPI_01", "2017-02", "70", "provisional"],
        ),
    }
    assert imported(sheets).has_changes
    written = list(Result.history.values_list("history_id"))
    again = imported(sheets)
    assert not again.problems
    assert not again.has_changes
    assert list(Result.history.values_list("history_id")) == written


def test_a_return_that_an_officer_filled_and_did_not_submit_stays_open_when_its_rows_come_back(
    imported: Importer,
) -> None:
    sheets = {**SMALL, "results": results(["FA_KPI_01", "2017-01", "96", "provisional"])}
    imported(sheets)
    row = Return.objects.get()
    row.state = Return.State.OPEN
    row.save()
    assert not imported(sheets).has_changes
    assert states() == {"FA 2017-01": "open"}


def test_a_rate_keeps_its_numbers_and_no_value(imported: Importer) -> None:
    rate = results(["CSC_KPI_01", "2017-01", "651", "695"], columns="kpi month numerator denominator")
    assert not imported({**SMALL, "results": rate}).problems
    row = Result.objects.get()
    assert (row.value, row.numerator, row.denominator) == (None, 651, 695)


# --- Closed months ---------------------------------------------------------------------------------------------------


def test_a_change_to_a_verified_month_names_its_place_and_needs_a_reason(
    verified: ImportOutcome, imported: Importer
) -> None:
    outcome = imported({"results": results(["CSC_KPI_01", "2017-01", "92.5", ""])}, contract_reference="TST")
    assert [str(problem) for problem in outcome.problems] == [
        "results, row 2, value: 2017-01 is verified for CSC, this would change it,"
        " expected a reason for changing a verified month (--reason)"
    ]
    assert Result.objects.get(kpi__code="CSC_KPI_01").value == Decimal("93.1")


def test_with_a_reason_a_figure_becomes_a_correction_and_commentary_only_history(
    verified: ImportOutcome, imported: Importer
) -> None:
    changed = results(
        ["csc kpi 1", "Jan-17", "92.5", "", "verified"],
        ["CSC_KPI_02", "2017-01", "2", "Storage failed.", "verified"],
        columns="kpi month value cause state",
    )
    refused = imported({"results": changed}, contract_reference="TST")
    assert places(refused.problems) == [("results", 2, "value"), ("results", 3, "cause")]
    outcome = imported({"results": changed}, contract_reference="TST", reason="The supplier counted a day twice.")
    assert not outcome.problems
    correction = Correction.objects.get()
    assert (correction.value_before, correction.value_after) == (Decimal("93.1"), Decimal("92.5"))
    assert correction.reason == "The supplier counted a day twice."
    commented = Result.objects.get(kpi__code="CSC_KPI_02")
    assert commented.cause == "Storage failed."
    assert commented.history.latest().history_change_reason == "The supplier counted a day twice."
    assert states()["CSC 2017-01"] == "verified"
    assert not imported({"results": changed}, contract_reference="TST").has_changes


def test_a_figure_that_gives_way_to_a_reason_is_corrected_whole(verified: ImportOutcome, imported: Importer) -> None:
    gap = results(["FA_KPI_01", "2017-01", "The ledger was closed."], columns="kpi month not_measured_reason")
    imported({"results": gap}, contract_reference="TST", reason="Figures withdrawn.")
    correction = Correction.objects.get()
    assert (correction.value_before, correction.value_after) == (96, None)
    assert correction.not_measured_reason_before == ""
    assert correction.not_measured_reason_after == "The ledger was closed."


def test_a_new_row_in_a_verified_month_needs_a_reason_and_is_a_correction_from_nothing(imported: Importer) -> None:
    imported({**SMALL, "results": results(["CSC_KPI_01", "2017-01", "93.1", ""])})
    late = {"results": results(["CSC_KPI_02", "2017-01", "2", ""])}
    assert places(imported(late, contract_reference="TST").problems) == [("results", 2, "month")]
    assert not imported(late, contract_reference="TST", reason="Found later.").problems
    correction = Correction.objects.get()
    assert (correction.value_before, correction.value_after) == (None, 2)
    assert states() == {"CSC 2017-01": "verified"}


def test_making_a_verified_month_provisional_needs_a_reason_and_reopens_it(
    verified: ImportOutcome, imported: Importer
) -> None:
    reopened = {"results": results(["FA_KPI_01", "2017-01", "96", "provisional"])}
    assert places(imported(reopened, contract_reference="TST").problems) == [("results", 2, "state")]
    assert not imported(reopened, contract_reference="TST", reason="Under review.").problems
    assert states()["FA 2017-01"] == "submitted"
    row = Return.objects.get(service_area__code="FA")
    assert row.verified_at is not None, "that it was relied upon outlasts the reopening"
    assert row.reopened_reason == "Under review."
    assert row.history.latest().history_change_reason == "Under review."


def test_a_provisional_month_changes_without_a_reason_and_without_a_correction(imported: Importer) -> None:
    imported({**SMALL, "results": results(["FA_KPI_01", "2017-01", "96", "provisional"])})
    imported({"results": results(["FA_KPI_01", "2017-01", "95", "provisional"])}, contract_reference="TST")
    assert Result.objects.get().value == 95
    assert Result.objects.get().version == 2
    assert not Correction.objects.exists()
    assert [row.history_change_reason for row in Result.history.all()] == ["imported", "imported"]


@pytest.mark.parametrize(
    ("sheets", "place"),
    [
        ({"levels": [[*SMALL["levels"][0]], ["CSC_KPI_01", "2017-01", "91", "80"]]}, ("levels", 2, "effective_from")),
        ({"levels": [[*SMALL["levels"][0]], ["CSC_KPI_01", "2016-12", "91", "80"]]}, None),
        ({"levels": [[*SMALL["levels"][0]], ["CSC_KPI_01", "2017-02", "91", "80"]]}, None),
        ({"kpis": [[*SMALL["kpis"][0], "decimals"], [*SMALL["kpis"][1], "1"]]}, ("kpis", 2, "decimals")),
        ({"kpis": [[*SMALL["kpis"][0]], [*SMALL["kpis"][1][:2], "Another name", *SMALL["kpis"][1][3:]]]}, None),
        (
            {"kpis": [[*SMALL["kpis"][0]], ["CSC_KPI_09", "CSC", "New", "count", "lower", "2017-01"]]},
            ("kpis", 2, "in_force_from"),
        ),
        ({"kpis": [[*SMALL["kpis"][0]], ["CSC_KPI_09", "CSC", "New", "count", "lower", "2017-02"]]}, None),
    ],
)
def test_what_would_judge_a_verified_month_differently_needs_a_reason(
    verified: ImportOutcome, imported: Importer, sheets: dict[str, list[list[str]]], place: tuple[str, int, str] | None
) -> None:
    assert places(imported(sheets, contract_reference="TST").problems) == ([place] if place else [])
    assert not imported(sheets, contract_reference="TST", reason="As agreed on 3 May.").problems


# --- What is on record already ---------------------------------------------------------------------------------------


def test_results_on_record_stay_in_force_and_in_their_area(verified: ImportOutcome, imported: Importer) -> None:
    columns, kpi, *_ = SMALL["kpis"]
    moved = [columns, [kpi[0], "FA", *kpi[2:]]]
    ended = [[*columns, "in_force_to"], [*kpi[:5], "2016-01", "2016-12"]]
    later = [columns, [*kpi[:5], "2017-02"]]
    seldom = [[*columns, "due_months"], [*kpi, "6"]]
    for sheet, column in [
        (moved, "service_area"),
        (ended, "in_force_to"),
        (later, "in_force_from"),
        (seldom, "due_months"),
    ]:
        outcome = imported({"kpis": sheet}, contract_reference="TST", reason="A trial.")
        assert places(outcome.problems) == [("kpis", 2, column)]


def test_levels_on_record_still_stand_the_right_way_round(small: ImportOutcome, imported: Importer) -> None:
    columns, kpi, *_ = SMALL["kpis"]
    turned = [columns, [*kpi[:4], "lower", kpi[5]]]
    assert places(imported({"kpis": turned}, contract_reference="TST").problems) == [("kpis", 2, "polarity")]
