"""An import in several blocks is one import; and it counts anew no more than it moved."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from contracts.origin import Origin, coming_from
from kpis.checks import breaches
from kpis.models import AreaMonth, Correction, Result, Return
from kpis.workbook.results import _Results
from tests.people import Cast
from tests.reports.workbook.conftest import Importer
from tests.workbooks import SMALL, places, results

pytestmark = pytest.mark.django_db

MONTHS = [f"2017-{month:02}" for month in range(1, 9)]
CODES = ("CSC_KPI_01", "CSC_KPI_02", "FA_KPI_01")


@pytest.fixture
def in_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows are a block."""
    monkeypatch.setattr("kpis.workbook.results.BLOCK", 2)


def told(value: str, *months: str, state: str = "verified") -> Any:
    return results(*([code, month, value, state] for month in months for code in CODES))


def on_record() -> dict[tuple[str, str], Decimal | None]:
    rows = Result.objects.values_list("kpi__code", "month", "value")
    return {(code, f"{month:%Y-%m}"): value for code, month, value in rows}


def test_blocks_of_new_changed_and_unchanged_rows_are_one_import(
    in_pairs: None, imported: Importer, cast: Cast
) -> None:
    first = imported({**SMALL, "results": told("4", *MONTHS[:4])})
    assert not first.problems
    assert first.tallies["results"].created == 12
    mixed = told("4", *MONTHS)
    for number in (1, 5, 9, 13):
        mixed[number][2] = "3"
    with coming_from(Origin("203.0.113.7", "a1b2")):
        outcome = imported(
            {"results": mixed}, contract_reference="TST", reason="Counted again.", by=cast.contract_manager
        )
    assert not outcome.problems
    tally = outcome.tallies["results"]
    assert (tally.created, tally.changed, tally.left_alone) == (12, 3, 9)
    assert on_record() == {(code, month): Decimal(value) for code, month, value, _ in mixed[1:]}
    assert Correction.objects.count() == 3
    kept = Result.history.filter(history_user=cast.contract_manager)
    assert sorted(kept.values_list("history_type", flat=True)) == ["+"] * 12 + ["~"] * 3
    assert set(kept.values_list("history_change_reason", "history_address", "history_request", "entered_by")) == {
        ("Counted again.", "203.0.113.7", "a1b2", cast.contract_manager.pk)
    }
    assert Result.history.count() == 12 + 15
    contract = Result.objects.earliest("pk").kpi.contract
    assert list(breaches(contract)) == []
    assert not imported({"results": mixed}, contract_reference="TST").has_changes


def test_new_rows_of_verified_months_are_corrections_of_the_rows_that_were_written(
    in_pairs: None, imported: Importer
) -> None:
    imported({**SMALL, "results": results(*([CODES[0], month, "95", ""] for month in MONTHS))})
    late = {"results": results(*([CODES[1], month, str(number), ""] for number, month in enumerate(MONTHS)))}
    assert not imported(late, contract_reference="TST", reason="Found later.").problems
    corrected = Correction.objects.values_list("result__kpi__code", "result__month", "value_before", "value_after")
    assert {(code, f"{month:%Y-%m}", before, after) for code, month, before, after in corrected} == {
        (CODES[1], month, None, Decimal(number)) for number, month in enumerate(MONTHS)
    }


@pytest.mark.parametrize("bad", [1, 24])
def test_a_mistake_in_any_block_leaves_nothing_written_and_hides_no_other(
    in_pairs: None, imported: Importer, bad: int
) -> None:
    sheet = told("4", *MONTHS)
    sheet[bad][2] = "many"
    sheet[12][1] = "2016-12"
    outcome = imported({**SMALL, "results": sheet})
    assert sorted(places(outcome.problems)) == sorted([("results", bad + 1, "value"), ("results", 13, "month")])
    assert not Result.objects.exists()
    assert not Result.history.exists()


def test_a_check_tries_every_block_and_writes_nothing(in_pairs: None, imported: Importer) -> None:
    outcome = imported({**SMALL, "results": told("4", *MONTHS)}, check=True)
    assert not outcome.problems
    assert outcome.tallies["results"].created == 24
    assert not Result.objects.exists()
    assert not Result.history.exists()


def test_what_somebody_else_wrote_at_the_same_moment_is_not_written_twice(
    in_pairs: None, imported: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = {**SMALL, "results": told("4", *MONTHS)}
    imported(sheets)
    monkeypatch.setattr(_Results, "_on_record", lambda *_: {})  # as if it had not been there yet
    outcome = imported(sheets, reason="Once more.")
    assert [str(problem).rpartition(", ")[2] for problem in outcome.problems] == [
        "expected nobody else to write it at the same moment: import it again"
    ]
    assert Result.objects.count() == Result.history.count() == 24


# --- Counting anew ----------------------------------------------------------------------------------------------------


def counts() -> dict[tuple[str, str], int]:
    rows = AreaMonth.objects.values_list("service_area__code", "month", "not_measured", "missing")
    return {(area, f"{month:%Y-%m}"): not_measured for area, month, not_measured, _ in rows if not_measured}


def plant() -> None:
    """Counts that are wrong wherever a result is on record: whoever counts anew puts them right."""
    for row in AreaMonth.objects.all():
        AreaMonth.objects.filter(pk=row.pk).delete()
        rest = {"in_force": row.in_force, "not_measured": row.in_force, "is_handed_in": row.is_handed_in}
        zeros = dict.fromkeys(
            ("target_met", "below_target", "below_minimum", "relief_granted", "missing", "provisional"), 0
        )
        AreaMonth.objects.create(
            service_area=row.service_area, month=row.month, is_verified=row.is_verified, **rest, **zeros
        )


def test_only_the_months_and_areas_that_moved_are_counted_anew(imported: Importer) -> None:
    imported({**SMALL, "results": told("4", *MONTHS)})
    plant()
    assert len(counts()) == 16
    changed = results(["CSC_KPI_01", "2017-03", "95", ""], ["CSC_KPI_01", "2017-05", "4", ""])
    assert not imported({"results": changed}, contract_reference="TST", reason="Counted again.").problems
    still = counts()
    assert ("CSC", "2017-03") not in still
    assert len(still) == 15


def test_a_return_that_moves_is_counted_anew_though_its_results_do_not(imported: Importer) -> None:
    imported({**SMALL, "results": told("4", *MONTHS[:2], state="provisional")})
    plant()
    assert not imported({"results": told("4", MONTHS[1])}, contract_reference="TST").problems
    assert Return.objects.get(service_area__code="FA", month="2017-02-01").state == "verified"
    assert counts().keys() == {("CSC", "2017-01"), ("FA", "2017-01")}


def test_new_levels_have_every_month_counted_anew(imported: Importer) -> None:
    imported({**SMALL, "results": told("4", *MONTHS, state="provisional")})
    plant()
    levels = [SMALL["levels"][0], ["FA_KPI_01", "2017-05", "96", "90"]]
    assert not imported({"levels": levels}, contract_reference="TST").problems
    assert counts() == defaultdict(int)
