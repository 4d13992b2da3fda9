"""Numbers, lists and runs read as a person would write them."""

from datetime import date

import pytest

from contracts.rules.months import Month
from kpis.rules.status import KpiHistory
from reports.rules.exceptions import EarlierFailures, ExceptionLine, Rule, State, find_exceptions
from reports.rules.sentences import (
    capitalised,
    day_in_words,
    earlier_in_words,
    listed,
    number_in_words,
    ordinal_in_words,
    run_in_words,
)
from tests.kpis.rules.builders import history, m, relief


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no"), (1, "one"), (9, "nine"), (10, "10"), (41, "41"), (1500, "1,500"), (-1, "-1")]
)
def test_numbers_are_words_to_nine_and_then_digits(number: int, words: str) -> None:
    assert number_in_words(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "first"),
        (3, "third"),
        (12, "twelfth"),
        (13, "13th"),
        (20, "20th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (24, "24th"),
        (101, "101st"),
        (111, "111th"),
        (112, "112th"),
        (113, "113th"),
        (122, "122nd"),
    ],
)
def test_ordinals_are_words_to_twelfth_and_then_digits(number: int, words: str) -> None:
    assert ordinal_in_words(number) == words


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_ends_with_and(items: list[str], text: str) -> None:
    assert listed(items) == text


def test_capitals_are_added_and_never_taken() -> None:
    assert capitalised("no KPI failed in CSC") == "No KPI failed in CSC"
    assert capitalised("") == ""


def test_a_day_reads_without_its_weekday() -> None:
    assert day_in_words(date(2017, 12, 1)) == "1 December 2017"


@pytest.mark.parametrize(
    ("rule", "state", "run_length", "words"),
    [
        (Rule.BELOW_MINIMUM, State.NEW, 1, "new"),
        (Rule.BELOW_MINIMUM, State.NEW, 2, "new, second month running"),
        (Rule.BELOW_MINIMUM, State.CONTINUING, 3, "third month running"),
        (Rule.BELOW_TARGET, State.CONTINUING, 13, "13th month running"),
        (Rule.BELOW_TARGET, State.CONTINUING, 1, "continuing"),
        (Rule.BELOW_MINIMUM, State.WORSENING, 1, "worsening"),
        (Rule.BELOW_MINIMUM, State.WORSENING, 2, "worsening, second month running"),
        (Rule.BELOW_MINIMUM, State.RECOVERED, 2, "recovered"),
        (Rule.MISSING, State.CONTINUING, 2, "second month running"),
        (Rule.NOT_MEASURED, State.NEW, 1, "new"),
        (Rule.RELIEF, State.NEW, 1, "new"),
        (Rule.RELIEF, State.NEW, 2, "new, second month"),
        (Rule.RELIEF, State.CONTINUING, 4, "fourth month"),
        (Rule.RELIEF, State.RECOVERED, 4, "ended, target met"),
        (Rule.RECOVERED, State.RECOVERED, 1, "recovered after one month"),
        (Rule.RECOVERED, State.RECOVERED, 12, "recovered after 12 months"),
    ],
)
def test_a_run_reads_in_words(rule: Rule, state: State, run_length: int, words: str) -> None:
    line = ExceptionLine(history("r"), rule, state, (m("2017-01"),), run_length)
    assert run_in_words(line) == words


@pytest.mark.parametrize(
    ("kpi", "review_from", "words"),
    [
        (history("ggrggrggr", due_months=frozenset({3, 6, 9, 12})), m("2017-09"), "third due month running"),
        (history("ggrggrggg", due_months=frozenset({3, 6, 9, 12})), m("2017-09"), "recovered after two due months"),
        (history("gggggrrrr", relief("2017-06")), m("2017-09"), "fourth month"),
    ],
)
def test_a_kpi_not_due_every_month_counts_its_due_months(kpi: KpiHistory, review_from: Month, words: str) -> None:
    (line,) = find_exceptions([kpi], review_from, m("2017-09"), below_target_counts=True)
    assert run_in_words(line) == words


@pytest.mark.parametrize(
    ("failed", "reported_on", "words"),
    [
        (2, date(2017, 12, 21), "September 2017: two below minimum, reported on 21 December 2017"),
        (1, None, "September 2017: one below minimum, never reported"),
        (12, None, "September 2017: 12 below minimum, never reported"),
    ],
)
def test_the_note_under_the_table_says_when_it_was_reported(failed: int, reported_on: date | None, words: str) -> None:
    assert earlier_in_words(EarlierFailures(m("2017-09"), (history("r"),) * failed, reported_on)) == words
