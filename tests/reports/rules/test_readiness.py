"""The phrases that give a contradiction away, and those that only look as if they did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import Month, parse_month
from reports.rules.readiness import (
    KINDS,
    Finding,
    headline_contradictions,
    in_order,
    lacking_answers,
    says_met,
    says_missed,
)
from reports.rules.sentences import number_in_words

JANUARY: frozenset[Month] = frozenset({parse_month("2018-01")})


def contradictions(text: str, failed: int, *, all_met: bool = False) -> list[str]:
    return list(headline_contradictions(text, failed, all_met=all_met))


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("No KPI failed between November and January.", 1),
        ("Two KPIs failed in January 2018: calls and invoices.", 3),
        ("There were no failed KPIs.", 1),
        ("There were 4 KPI failures in the period.", 3),
        ("3 of the 41 KPIs failed.", 2),
        ("Of 41, twelve KPIs were below minimum.", 11),
        ("One KPI fell below its minimum.", 0),
    ],
)
def test_another_number_of_failed_kpis_than_was_counted_is_found(text: str, failed: int) -> None:
    (what,) = contradictions(text, failed)
    assert what.startswith("It says “")
    assert what.endswith(f"counted in the review period: {number_in_words(failed)}.")


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("No KPI failed between November and January.", 0),
        ("Two KPIs failed in January 2018.", 2),
        ("3 of the 41 KPIs failed.", 3),
        ("The winter was hard on the telephony platform.", 2),
        ("In the autumn, before this review period, two KPIs failed.", 0),
        ("The aim is that no KPI failed for longer than a month.", 1),
        ("39 of 41 KPIs met their target.", 1),
        ("We expect that next time no KPIs failed their minimum.", 1),
    ],
)
def test_the_counted_number_and_what_is_said_of_other_times_is_left_alone(text: str, failed: int) -> None:
    assert contradictions(text, failed) == []


@given(st.integers(0, 60))
def test_the_number_as_the_generated_headline_writes_it_never_contradicts_itself(failed: int) -> None:
    kpis = "KPI" if failed < 2 else "KPIs"
    assert contradictions(f"{number_in_words(failed)} {kpis} failed between November and January.", failed) == []


def test_that_all_met_their_target_is_found_where_not_all_did() -> None:
    assert len(contradictions("All KPIs met their target.", 0)) == 1
    assert len(contradictions("Every KPI has met its target.", 0)) == 1
    assert contradictions("All KPIs met their target.", 0, all_met=True) == []
    assert contradictions("Not all KPIs met their target.", 0) == []


@pytest.mark.parametrize(
    "text",
    [
        "The team met its target.",
        "Volumes rose, and the target was met in January.",
        "Performance is above target.",
        "The service exceeded the target by two points",
    ],
)
def test_words_about_a_miss_that_say_the_target_was_met_are_found(text: str) -> None:
    assert says_met(text, JANUARY)


@pytest.mark.parametrize(
    "text",
    [
        "The team did not meet its target.",
        "The team has never met its target.",
        "Once the array is replaced the service meets its target.",
        "The target was met in October.",
        "We expect that the target is met by April.",
        "It would have met its target but for the flood.",
        "The service had met its target for a year.",
        "Staff targeted the oldest cases.",
        "",
    ],
)
def test_what_is_denied_hoped_for_or_said_of_another_month_is_no_contradiction(text: str) -> None:
    assert says_met(text, JANUARY) == ""


@pytest.mark.parametrize(
    "text",
    [
        "The service missed its target for want of staff.",
        "It fell below the minimum.",
        "The team did not meet its target.",
        "The system failed to meet demand.",
        "It is still below target.",
    ],
)
def test_words_about_a_kpi_that_met_its_target_that_speak_of_a_miss_are_found(text: str) -> None:
    assert says_missed(text, JANUARY)


@pytest.mark.parametrize(
    "text",
    [
        "It never fell below its minimum.",
        "Extra staff ensured that nothing was below target.",
        "In October it missed its target; that is over.",
        "No call was missed.",
        "Without them it would have missed its target.",
    ],
)
def test_a_good_months_words_that_only_sound_like_a_miss_are_left_alone(text: str) -> None:
    assert says_missed(text, JANUARY) == ""


@given(st.text(max_size=200), st.integers(0, 50))
def test_any_text_can_be_read(text: str, failed: int) -> None:
    for what in contradictions(text, failed):
        assert "counted in the review period" in what
    assert all(said in text for said in (says_met(text, JANUARY), says_missed(text, JANUARY)))


def test_the_answers_that_are_lacking_are_named_in_order() -> None:
    assert lacking_answers(("It rained.", "", "", None)) == ("effect on services", "remedy", "expected recovery")
    assert lacking_answers(("a", "b", "c", "d")) == ()


def test_what_blocks_comes_first_and_the_rest_by_kind() -> None:
    kinds = list(KINDS)
    findings = [Finding(kind, "", "", "") for kind in reversed(kinds)]
    blocking = Finding(kinds[-1], "", "", "", blocks=True)
    assert [each.kind for each in in_order([*findings, blocking])] == [kinds[-1], *kinds]
