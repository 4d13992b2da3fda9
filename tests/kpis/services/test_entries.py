"""Saving a draft row by row, and submitting it whole: nothing stale is written, nothing half."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from unittest.mock import patch

import pytest

from contracts.models import Message, Person, ServiceArea
from contracts.rules.months import parse_month
from kpis.models import Correction, Entry, Kpi, Result, Return, WarningAnswer
from kpis.queries.desk import load_desk
from kpis.rules.checks import CELLS, Typed
from kpis.services.entries import NotYoursToEnter, ReturnClosed, Row, Saved, save_entries, tidied
from kpis.services.submission import ChangedMeanwhile, NotReady, NotYoursToSubmit, submit_return
from tests import builders
from tests.people import Cast

MONTH = parse_month("2018-02")
NOW = datetime(2018, 3, 14, 10, 42, tzinfo=UTC)
TODAY = date(2018, 3, 14)
NEVER_READ = "of another page"


@pytest.fixture
def kpis(area: ServiceArea) -> tuple[Kpi, Kpi]:
    return builders.kpi(area, "CSC_KPI_01"), builders.kpi(area, "CSC_KPI_02")


def row(kpi: Kpi, version: str = "1.0.0", **cells: str) -> Row:
    return Row(kpi.pk, Typed(**cells), version, NEVER_READ)


def save(area: ServiceArea, by: Person, *rows: Row) -> Saved:
    return save_entries(area=area, month=MONTH, rows=rows, by=by, at=NOW)


def submit(area: ServiceArea, by: Person, **changes: Any) -> Return:
    given = {"version": load_desk(area, MONTH).version, "answers": {}, **changes}
    return submit_return(area=area, month=MONTH, by=by, at=NOW, on=TODAY, **given)


# --- Saving -----------------------------------------------------------------------------------------------------------


def test_a_save_names_the_next_version_of_each_row(area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    first = save(area, cast.officer, row(kpis[0], value="92"))
    assert first.standing[kpis[0].pk].version == "1.0.1"
    second = save(area, cast.supplier, row(kpis[0], "1.0.1", value="93"))
    assert second.standing[kpis[0].pk].version == "1.0.2"
    entry = Entry.objects.get()
    assert (entry.value, entry.edited_by, entry.edited_at) == ("93", cast.supplier, NOW)


def test_the_history_of_a_save_repeats_each_row_whole(area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    save(area, cast.supplier, row(kpis[0], value="5", comment="A “quiet” month\nof 5%."))
    Entry.objects.update(answers={"few cases": "All five."})
    save(area, cast.officer, row(kpis[0], "1.0.1", value="6", remedy="None; it’s fine."), row(kpis[1], value="92"))
    for entry in Entry.objects.all():
        last = entry.history.order_by("history_id").last()
        assert last is not None
        names = [field.attname for field in Entry._meta.concrete_fields]
        assert [getattr(last, name) for name in names] == [getattr(entry, name) for name in names]
        assert (last.history_user, last.history_date, last.history_change_reason) == (cast.officer, NOW, "typed")
    kinds = Entry.history.order_by("history_id").values_list("kpi__code", "history_type")
    assert list(kinds) == [("CSC_KPI_01", "+"), ("CSC_KPI_02", "+"), ("CSC_KPI_01", "~")]


@pytest.mark.parametrize(
    "words",
    [
        "\\ and \\u0041 and \\n",
        "“Quoted”, \"quoted\" and 'quoted'; -- and /* so */",
        '[1, {"kpi": null}], 100 %s %(value)s %',
        "two\nlines\u2028and\ta third",
        "Caffè 😀 العربية \u202e",
        "NaN",
    ],
)
def test_whatever_is_typed_is_kept_sign_by_sign(
    words: str, area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]
) -> None:
    typed = Typed(**dict.fromkeys(CELLS, words))
    for version in ("1.0.0", "1.0.1"):
        save(area, cast.officer, Row(kpis[0].pk, Typed(value=version), version, NEVER_READ))
    save(area, cast.officer, Row(kpis[0].pk, typed, "1.0.2", NEVER_READ))
    assert [getattr(Entry.objects.get(), cell) for cell in CELLS] == [words] * len(CELLS)


def test_a_save_leaves_the_rows_of_other_months_alone(area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    before = parse_month("2018-01")
    save_entries(area=area, month=before, rows=[row(kpis[0], value="1")], by=cast.officer, at=NOW)
    save(area, cast.officer, row(kpis[0], value="2"))
    assert list(Entry.objects.order_by("area_return__month").values_list("value", "version")) == [("1", 1), ("2", 1)]


def test_a_stale_row_is_refused_with_both_sides_and_the_others_are_saved(
    area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]
) -> None:
    save(area, cast.supplier, row(kpis[0], value="94"))
    saved = save(area, cast.officer, row(kpis[0], value="91"), row(kpis[1], value="92"))
    stale = saved.stale[kpis[0].pk]
    assert (stale.typed.value, stale.standing.typed.value, stale.standing.by) == ("91", "94", "Supplier")
    assert dict(Entry.objects.values_list("kpi__code", "value")) == {"CSC_KPI_01": "94", "CSC_KPI_02": "92"}


def test_the_same_words_from_two_people_are_no_conflict(area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    save(area, cast.supplier, row(kpis[0], value="94"))
    saved = save(area, cast.officer, row(kpis[0], value="94"))
    assert (saved.stale, Entry.objects.get().version) == ({}, 1)


def test_a_page_from_before_the_return_came_back_is_stale(area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    save(area, cast.officer, row(kpis[0], value="92"), row(kpis[1], value="93"))
    submit(area, cast.officer)
    Return.objects.update(state="returned", returned_reason="Look again.")
    saved = save(area, cast.supplier, row(kpis[0], "1.0.1", value="99"))
    assert saved.stale[kpis[0].pk].standing.typed.value == "92"
    assert not Entry.objects.exists()


@pytest.mark.parametrize("state", ["submitted", "verified"])
def test_a_closed_return_takes_nothing(state: str, area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    builders.returns(area, "2018-02", "2018-02", state)
    with pytest.raises(ReturnClosed):
        save(area, cast.officer, row(kpis[0], value="92"))
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "who", ["contract_manager", "clerk", "board_member", "administrator", "other_officer", "leaver"]
)
def test_only_the_area_and_the_supplier_enter(who: str, area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    stranger: Person = getattr(cast, who)
    if who != "leaver":  # who left cannot sign in; what they held is still on record
        with pytest.raises(NotYoursToEnter):
            save(area, stranger, row(kpis[0], value="92"))
        with pytest.raises(NotYoursToSubmit):
            submit(area, stranger)
    assert not Entry.objects.exists()


def test_what_cannot_be_kept_is_taken_off_what_is_typed() -> None:
    assert tidied({"comment": " a\x00b\r\nc \ud800"}) == Typed(comment="ab\nc")


# --- Submitting -------------------------------------------------------------------------------------------------------


def test_submitting_turns_what_was_typed_into_results_with_history(
    area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]
) -> None:
    save(area, cast.supplier, row(kpis[0], numerator="92", denominator="100", comment="A quiet month."))
    save(area, cast.officer, row(kpis[1], not_measured_reason="The log was lost."))
    submitted = submit(area, cast.officer)
    assert (submitted.state, submitted.submitted_by, submitted.submitted_at, submitted.version) == (
        "submitted", cast.officer, NOW, 2,
    )  # fmt: skip
    rate, gap = Result.objects.order_by("kpi__code")
    assert (rate.value, rate.numerator, rate.denominator, rate.comment) == (None, 92, 100, "A quiet month.")
    assert (rate.entered_by, gap.entered_by, gap.not_measured_reason) == (
        cast.supplier, cast.officer, "The log was lost.",
    )  # fmt: skip
    assert [(each.history_user, each.history_date, each.history_change_reason) for each in rate.history.all()] == [
        (cast.officer, NOW, "submitted")
    ]
    assert not Entry.objects.exists()


def test_errors_stop_the_submission_and_nothing_is_written(
    area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]
) -> None:
    save(area, cast.officer, row(kpis[0], value="92"))
    with pytest.raises(NotReady) as refused:
        submit(area, cast.officer)
    assert [(error.code, error.field) for error in refused.value.errors] == [("CSC_KPI_02", "value")]
    assert not Result.objects.exists()
    assert Return.objects.get().state == "open"


def test_a_failure_halfway_leaves_everything_as_it_was(area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    save(area, cast.officer, row(kpis[0], value="92"), row(kpis[1], value="93"))
    with (
        patch("kpis.services.submission._write_answers", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        submit(area, cast.officer)
    assert not Result.objects.exists()
    assert not Result.history.exists()
    assert Entry.objects.count() == 2
    assert Return.objects.get().state == "open"


def test_a_warning_needs_an_answer_that_says_something(area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    save(area, cast.officer, row(kpis[0], numerator="5", denominator="5"), row(kpis[1], value="93"))
    for answers in ({}, {("CSC_KPI_01", "few cases"): " \x00 "}):
        with pytest.raises(NotReady):
            submit(area, cast.officer, answers=answers)
    submit(area, cast.officer, answers={("CSC_KPI_01", "few cases"): "All five."})
    answer = WarningAnswer.objects.get()
    assert (answer.answer, answer.answered_by, answer.result.kpi) == ("All five.", cast.officer, kpis[0])
    assert "only 5" in answer.said


def test_what_changed_since_it_was_looked_at_is_not_submitted(
    area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]
) -> None:
    save(area, cast.officer, row(kpis[0], value="92"), row(kpis[1], value="93"))
    looked_at = load_desk(area, MONTH).version
    save(area, cast.supplier, row(kpis[0], "1.0.1", value="99"))
    with pytest.raises(ChangedMeanwhile):
        submit(area, cast.officer, version=looked_at)


def test_twice_is_refused(area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    save(area, cast.officer, row(kpis[0], value="92"), row(kpis[1], value="93"))
    submit(area, cast.officer)
    with pytest.raises(ReturnClosed):
        submit(area, cast.officer)


def test_after_a_return_only_what_differs_is_written_again(
    area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]
) -> None:
    save(area, cast.officer, row(kpis[0], value="92"), row(kpis[1], value="93"))
    submit(area, cast.officer)
    Return.objects.update(state="returned", returned_reason="Look again.")
    read = load_desk(area, MONTH).lines[0].standing
    changed = Row(kpis[0].pk, replace(read.typed, value="94"), read.version, NEVER_READ)
    save(area, cast.supplier, changed)
    submit(area, cast.officer)
    first, second = Result.objects.order_by("kpi__code")
    assert (first.value, first.version, first.history.count(), first.entered_by) == (94, 2, 2, cast.supplier)
    assert (second.value, second.version, second.history.count(), second.entered_by) == (93, 1, 1, cast.officer)
    assert not Correction.objects.exists(), "it was never verified"


def test_a_figure_that_changes_after_a_reopening_leaves_a_correction(
    area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]
) -> None:
    for kpi in kpis:
        builders.result(kpi, "2018-02", "92", is_shared=True, source="published")
    builders.returns(
        area, "2018-02", "2018-02", "open", verified_at=NOW, reopened_at=NOW, reopened_reason="Miscounted."
    )
    read = load_desk(area, MONTH).lines
    rows = (
        Row(kpis[0].pk, Typed(value="94"), read[0].standing.version, NEVER_READ),
        Row(kpis[1].pk, Typed(value="92", comment="Looked at again."), read[1].standing.version, NEVER_READ),
    )
    save(area, cast.officer, *rows)
    submit(area, cast.officer)
    correction = Correction.objects.get()
    assert (correction.result.kpi, correction.value_before, correction.value_after, correction.reason) == (
        kpis[0], 92, 94, "Miscounted.",
    )  # fmt: skip
    assert correction.corrected_by == cast.officer
    assert Message.objects.filter(kind=Message.Kind.CORRECTED, person=cast.supplier).count() == 1
    assert dict(Result.objects.values_list("kpi__code", "source")) == {"CSC_KPI_01": "", "CSC_KPI_02": "published"}


def test_a_kpi_that_ended_is_no_longer_submitted(area: ServiceArea, cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    save(area, cast.officer, row(kpis[0], value="92"), row(kpis[1], value="93"))
    kpis[1].in_force_to = date(2018, 1, 1)
    kpis[1].save(update_fields=["in_force_to"])
    with pytest.raises(NotReady) as refused:
        submit(area, cast.officer)
    assert "is not in force in February 2018" in refused.value.errors[0].message
    save(area, cast.officer, row(kpis[1], "1.0.1"))
    submit(area, cast.officer)
    assert Result.objects.get().kpi == kpis[0]
