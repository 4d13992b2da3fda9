"""The checks of a row: what stops a return, what asks for a word, and that nothing typed ever raises."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import add_months
from kpis.rules.checks import CELLS, Checked, Severity, Typed, check_row, tally
from kpis.rules.checks.doubts import claims
from kpis.rules.figures import Polarity, Unit
from kpis.rules.status import Contractual, Judgement, Level, Reading, judge
from tests.kpis.rules import builders

MONTH = builders.m("2018-02")
TODAY = date(2018, 3, 14)
SAID = {
    "cause": "A server failed.",
    "effect": "Calls waited.",
    "remedy": "Head of IT: a second server.",
    "recovery_month": "April 2018",
}


def past(figures: Sequence[str | None], **changes: Any) -> tuple[Judgement, ...]:
    """The KPI's months before February 2018, one a month, oldest first."""
    terms = builders.terms(**changes)
    begin = add_months(MONTH, -len(figures))
    return tuple(
        judge(terms, add_months(begin, place), Reading(Decimal(figure)) if figure is not None else None, None)
        for place, figure in enumerate(figures)
    )


def checked(*, before: Sequence[str | None] = (), relief: Any = None, **given: Any) -> Checked:
    cells = {cell: given.pop(cell) for cell in CELLS if cell in given}
    terms = builders.terms(**given)
    return check_row(terms, MONTH, Typed(**cells), earlier=past(before, **given), relief=relief, on=TODAY)


def errors(**given: Any) -> dict[str, str]:
    return {finding.field: finding.message for finding in checked(**given).errors}


def warned(**given: Any) -> list[str]:
    return [finding.warning for finding in checked(**given).warnings]


@pytest.mark.parametrize(
    ("cells", "figure"),
    [
        ({"value": "93.1"}, "93.1"),
        ({"value": " 93.1% "}, "93.1"),
        ({"numerator": "9", "denominator": "12"}, "75"),
        ({"numerator": "1,200", "denominator": "1,500"}, "80"),
        ({"value": "80", "numerator": "1200", "denominator": "1500"}, "80"),
        ({"value": "0"}, "0"),
        ({"value": "100"}, "100"),
    ],
)
def test_what_is_right_is_read(cells: dict[str, str], figure: str) -> None:
    row = checked(**cells, **SAID)
    assert row.figure == Decimal(figure)
    assert not row.errors


def test_pounds_are_read_where_the_unit_is_money() -> None:
    levels = (Level(builders.m("2015-04"), Decimal(1000), Decimal(500)),)
    assert checked(value="£1,200", unit=Unit.MONEY, levels=levels).figure == 1200


@pytest.mark.parametrize(
    ("cells", "field", "said"),
    [
        ({"value": "ninety"}, "value", "“ninety” is not a number"),
        ({"value": "9O.1"}, "value", "expected a plain number such as 93.1."),
        ({"value": "£93"}, "value", "is money, and here is none due"),
        ({"value": "1e9"}, "value", "is not a number"),
        ({"value": "93,1"}, "value", "is not a number"),
        ({"value": "0.1234567"}, "value", "expected at most 6"),
        ({"numerator": "50%", "denominator": "60"}, "numerator", "is a percentage"),
        ({"numerator": "61", "denominator": "60"}, "numerator", "is above the denominator 60"),
        ({"value": "931"}, "value", "expected a percentage up to 100"),
        ({"numerator": "9"}, "denominator", "give numerator and denominator, or neither"),
        ({"denominator": "9"}, "numerator", "give numerator and denominator, or neither"),
        ({"numerator": "0", "denominator": "0"}, "denominator", "with nothing to count, say why"),
        ({"value": "81", "numerator": "8", "denominator": "10"}, "value", "expected 80.00%, or nothing here"),
        ({"value": "-1"}, "value", "expected zero or more"),
        ({}, "value", "give it, or say why it was not measured"),
        ({"value": "93", "not_measured_reason": "No log."}, "not_measured_reason", "keep one of them"),
        ({"value": "93", "comment": "x" * 40_000}, "comment", "at most 32,767"),
        ({"value": "70"}, "cause", "misses the minimum of at least 80%"),
        ({"value": "85"}, "cause", "misses the target of at least 90%"),
        ({"value": "85", **SAID, "remedy": " "}, "remedy", "lacks the remedy and who owns it"),
        ({"value": "85", **SAID, "recovery_month": "soon"}, "recovery_month", "is not a month"),
        ({"value": "85", **SAID, "recovery_month": "February 2018"}, "recovery_month", "after February 2018"),
        ({"value": "85", "explanation_awaited_on": "13/3/2018"}, "explanation_awaited_on", "from 14 Mar 2018 on"),
        ({"value": "85", "explanation_awaited_on": "31/2/2018"}, "explanation_awaited_on", "is not a date"),
        ({"value": "93", "in_force_to": builders.m("2018-01")}, "value", "is not in force in February 2018"),
        ({"value": "93", "due_months": frozenset({3})}, "value", "is not in force in February 2018"),
        ({"value": "93", "levels": ()}, "value", "No target and minimum are in force"),
    ],
)
def test_an_error_names_the_field_and_says_what_would_be_right(cells: dict[str, Any], field: str, said: str) -> None:
    assert said in errors(**cells)[field]


def test_parts_that_are_the_wrong_way_round_are_one_error_and_no_percentage_above_100_is_asked_for() -> None:
    assert errors(value="99", numerator="90", denominator="3").keys() == {"numerator"}


def test_a_negative_count_is_an_error_and_a_negative_sum_of_money_is_none() -> None:
    levels = (Level(builders.m("2015-04"), Decimal(-50), Decimal(-80)),)
    assert "below zero" in errors(value="-1", unit=Unit.COUNT, levels=levels)["value"]
    assert not errors(value="-1", unit=Unit.MONEY, levels=levels)


def test_a_percentage_that_was_above_100_before_may_be_again() -> None:
    assert not errors(value="120", before=["105"])


@pytest.mark.parametrize("how", [SAID, {"explanation_awaited_on": "14 March 2018"}])
def test_a_miss_goes_with_an_explanation_or_the_day_it_is_awaited(how: dict[str, str]) -> None:
    row = checked(value="70", **how)
    assert (row.is_missed, row.is_explained, row.errors) == (True, True, ())


def test_a_relieved_miss_needs_no_words_and_stays_measured_as_it_is() -> None:
    row = checked(value="70", relief=builders.relief("2018-01"))
    assert row.judgement is not None
    assert row.judgement.contractual is Contractual.RELIEF_GRANTED
    assert (row.is_missed, row.errors) == (False, ())


def test_a_gap_with_a_reason_is_not_measured() -> None:
    row = checked(not_measured_reason="The log was lost.")
    assert row.judgement is not None
    assert (row.judgement.contractual, row.findings) == (Contractual.NOT_MEASURED, ())


# Mean 92, moving ranges 1, 1, 2, 1, 1: on average 1.2, so that 3 of them reach from 88.4 to 95.6.
STEADY = ["91", "92", "93", "91", "92", "93"]


@pytest.mark.parametrize(
    ("value", "expected"), [("95.6", []), ("95.61", ["unusual"]), ("88.4", []), ("88.39", ["unusual"])]
)
def test_a_figure_beyond_three_average_moving_ranges_is_unusual(value: str, expected: list[str]) -> None:
    assert warned(value=value, before=STEADY, **SAID) == expected


@pytest.mark.parametrize(
    ("value", "before", "suggested"),
    [
        ("60", ["99", "98", "100", "99", "98", "100"], "94.80% to 100.00%"),
        ("40", ["1", "2", "0", "1", "2", "0"], "0.00% to 5.20%"),
        ("60", ["101", "102", "100", "101", "102", "100"], "96.80% to 105.20%"),
    ],
)
def test_nobody_is_told_of_usual_figures_that_never_were(value: str, before: list[str], suggested: str) -> None:
    said = [finding.message for finding in checked(value=value, before=before, **SAID).warnings]
    assert any(suggested in each for each in said), said


def test_only_the_last_twelve_months_and_no_gap_count_for_what_is_usual() -> None:
    assert warned(value="92", before=["10", *["91", None, "92", "93"] * 3]) == []
    assert warned(value="50", before=["91", "92", "93"], **SAID) == [], "three figures say nothing"


@pytest.mark.parametrize(
    ("value", "before", "expected"),
    [
        ("92", ["92", "92"], ["unchanging"]),
        ("92.004", ["92", "92.001"], ["unchanging"]),
        ("92", ["92", "93"], []),
        ("92", ["92"], []),
        ("92", ["92", None], []),
        ("0", ["0", "0"], []),
        ("100", ["100", "100"], []),
    ],
)
def test_the_same_figure_three_times_asks_for_a_word(value: str, before: list[str | None], expected: list[str]) -> None:
    assert warned(value=value, before=before, **SAID) == expected


@pytest.mark.parametrize(
    ("value", "comment", "expected"),
    [
        ("95", "We missed the target because of snow.", ["contradicted"]),
        ("85", "The target was met.", ["contradicted"]),
        ("85", "The target was not met.", []),
        ("85", "We didn't meet our target.", []),
        ("85", "Failed its minimum.", ["contradicted"]),
        ("70", "Failed its minimum.", []),
        ("95", "Performance is above target.", []),
        ("85", "Above target in January; expected to meet the target next month.", []),
        ("85", "Snow.", []),
    ],
)
def test_a_claim_on_the_other_side_of_a_level_asks_for_a_word(value: str, comment: str, expected: list[str]) -> None:
    assert warned(value=value, comment=comment, **SAID) == expected


def test_above_and_below_claim_nothing_where_lower_is_better() -> None:
    assert claims("Calls are below target.", Polarity.LOWER) == ()
    assert len(claims("Calls are below target.", Polarity.HIGHER)) == 1


@pytest.mark.parametrize(("denominator", "expected"), [("9", ["few cases"]), ("10", [])])
def test_a_small_denominator_asks_for_a_word(denominator: str, expected: list[str]) -> None:
    assert warned(numerator="9", denominator=denominator) == expected


def test_the_tally_counts_what_is_entered_unexplained_and_wrong() -> None:
    rows = [{"value": "95"}, {"value": "70"}, {"value": "7O"}, {"not_measured_reason": "Lost."}, {}]
    counted = tally((Typed(**cells), checked(**cells)) for cells in rows)
    assert counted.words == "4 of 5 entered · 1 miss unexplained · 1 figure to mend"


texts = st.text(max_size=70) | st.sampled_from(
    ["", " ", "93.1", "12.5%", "£1,200", "-0", "1e309", "NaN", "Infinity", "9" * 15, "9" * 16, "٣", "²", "March 2018",
     "2018-02-30", "0000-01", "9999-12", "29/2/2018", "\x00", "target met", "not target"]
)  # fmt: skip


@given(
    cells=st.fixed_dictionaries({}, optional=dict.fromkeys(CELLS, texts)),
    unit=st.sampled_from(Unit),
    polarity=st.sampled_from(Polarity),
    decimals=st.integers(0, 6),
    before=st.lists(st.none() | st.decimals(-(10**6), 10**6, places=6).map(str), max_size=14),
)
def test_whatever_is_typed_gives_findings_and_never_an_exception(
    cells: dict[str, str], unit: Unit, polarity: Polarity, decimals: int, before: list[str | None]
) -> None:
    row = checked(**cells, unit=unit, polarity=polarity, decimals=decimals, before=before)
    assert all(finding.message.strip() and finding.field in CELLS for finding in row.findings)
    assert all((finding.severity is Severity.WARNING) == bool(finding.warning) for finding in row.findings)
    if row.judgement is None:
        assert row.errors, "what cannot be judged says why"


@given(value=st.decimals(0, 100, places=6), before=st.lists(st.decimals(0, 100, places=2).map(str), max_size=12))
def test_every_plain_figure_of_a_share_is_taken_as_it_is(value: Decimal, before: list[str]) -> None:
    row = checked(value=f"{value:f}", before=before, **SAID)
    assert row.figure == value
    assert not row.errors
