"""The review period goes from the last paper to the last verified month, whatever happened to the meetings between."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import Month, add_months, month_end, month_range, months_between
from reports.rules.review import EarlierMeeting, NothingVerified, Review, default_review
from tests.kpis.rules.builders import BEGIN, m, months

MARCH = date(2018, 3, 29)
OCTOBER = EarlierMeeting(date(2017, 10, 26), False, m("2017-06"), m("2017-08"))
DECEMBER = EarlierMeeting(date(2017, 12, 21), False, m("2017-09"), m("2017-10"))
CANCELLED = EarlierMeeting(date(2018, 3, 1), True, m("2017-11"), m("2017-12"))
WITHOUT_PAPER = EarlierMeeting(date(2018, 3, 8), False, None, None)


def until(last: str, first: str = "2016-12") -> tuple[Month, ...]:
    return month_range(m(first), m(last))


def test_the_period_goes_on_after_the_latest_paper_and_past_a_cancelled_meeting() -> None:
    review = default_review([DECEMBER, OCTOBER, CANCELLED, WITHOUT_PAPER], MARCH, until("2018-01"), 6)
    assert review == Review(m("2017-11"), m("2018-01"), is_repeat=False, history_from=m("2017-08"))


def test_a_later_meeting_and_this_one_are_not_earlier() -> None:
    later = EarlierMeeting(date(2018, 4, 26), False, m("2018-02"), m("2018-03"))
    itself = EarlierMeeting(MARCH, False, m("2017-11"), m("2018-01"))
    review = default_review([OCTOBER, DECEMBER, later, itself], MARCH, until("2018-01"), 6)
    assert (review.first, review.last) == (m("2017-11"), m("2018-01"))


def test_the_latest_meeting_counts_and_not_the_latest_month() -> None:
    corrected = EarlierMeeting(date(2018, 1, 25), False, m("2017-09"), m("2017-09"))
    assert default_review([DECEMBER, corrected], MARCH, until("2018-01"), 6).first == m("2017-10")


def test_a_first_paper_takes_the_last_history_months_verified_months() -> None:
    assert default_review([CANCELLED, WITHOUT_PAPER], MARCH, until("2018-01"), 6) == Review(
        m("2017-08"), m("2018-01"), is_repeat=False, history_from=m("2017-08")
    )


def test_a_first_paper_with_little_verified_judges_that_little_in_a_full_history() -> None:
    assert default_review([], MARCH, until("2018-01", "2017-12"), 6) == Review(
        m("2017-12"), m("2018-01"), is_repeat=False, history_from=m("2017-08")
    )


def test_a_first_paper_counts_verified_months_and_steps_over_gaps() -> None:
    verified = [m("2018-01"), m("2017-09"), m("2017-11")]
    assert default_review([], MARCH, verified, 2) == Review(
        m("2017-11"), m("2018-01"), is_repeat=False, history_from=m("2017-11")
    )


@pytest.mark.parametrize("last", ["2017-10", "2017-09"])
def test_with_nothing_newer_verified_the_last_verified_month_is_judged_again(last: str) -> None:
    review = default_review([OCTOBER, DECEMBER], MARCH, until(last), 6)
    assert review == Review(m(last), m(last), is_repeat=True, history_from=add_months(m(last), -5))


def test_one_newer_month_is_a_period_of_its_own_and_no_repeat() -> None:
    review = default_review([DECEMBER], MARCH, until("2017-11"), 6)
    assert review == Review(m("2017-11"), m("2017-11"), is_repeat=False, history_from=m("2017-06"))


def test_a_month_counts_only_when_it_ends_before_the_meeting() -> None:
    assert default_review([DECEMBER], MARCH, until("2018-05"), 6).last == m("2018-02")
    assert default_review([DECEMBER], date(2018, 3, 31), until("2018-05"), 6).last == m("2018-02")
    assert default_review([DECEMBER], date(2018, 4, 1), until("2018-05"), 6).last == m("2018-03")


def test_the_history_is_never_shorter_than_the_review_period() -> None:
    review = default_review([OCTOBER], MARCH, until("2018-01"), 3)
    assert (review.first, review.history_from) == (m("2017-09"), m("2017-09"))


@pytest.mark.parametrize("verified", [(), (m("2018-03"),)])
def test_without_any_verified_month_there_is_nothing_to_report(verified: tuple[Month, ...]) -> None:
    with pytest.raises(NothingVerified, match="2018-03-29"):
        default_review([DECEMBER], MARCH, verified, 6)


meetings = st.builds(
    EarlierMeeting,
    meeting_on=st.dates(date(2017, 1, 1), date(2020, 12, 31)),
    is_cancelled=st.booleans(),
    review_from=st.none(),
    review_to=st.none() | months,
)


@given(
    st.lists(meetings, max_size=5), st.dates(date(2017, 1, 1), date(2020, 12, 31)), st.sets(months), st.integers(1, 12)
)
def test_a_period_ends_with_a_verified_month_and_lies_in_its_history(
    earlier: list[EarlierMeeting], meeting_on: date, verified: set[Month], history_months: int
) -> None:
    ended = [month for month in verified if month_end(month) < meeting_on]
    if not ended:
        with pytest.raises(NothingVerified):
            default_review(earlier, meeting_on, list(verified), history_months)
        return
    review = default_review(earlier, meeting_on, list(verified), history_months)
    assert review.last == max(ended)
    assert review.history_from <= review.first <= review.last
    assert months_between(review.history_from, review.last) + 1 >= history_months
    if review.is_repeat:
        assert review.first == review.last
    assert review.last >= BEGIN
