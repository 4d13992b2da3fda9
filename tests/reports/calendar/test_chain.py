"""What is done, late or next before a meeting, in the words of its page."""

from datetime import date

import pytest

from contracts.calendars import england
from contracts.rules.calendar import Offsets, meeting_dates
from contracts.rules.months import Month
from reports.rules.chain import Done, Link, Standing, Step, chain_of, what_matters

CALENDAR = england()
MARCH_29 = date(2018, 3, 29)
JANUARY = Month(date(2018, 1, 1))
DATES = meeting_dates(MARCH_29, JANUARY, CALENDAR, Offsets())
DATA_DONE = {Step.DATA: date(2018, 2, 20)}
WRITTEN = DATA_DONE | {Step.DRAFT: date(2018, 3, 14)}
PUBLISHED = WRITTEN | {
    Step.SIGN_OFF: date(2018, 3, 19),
    Step.WITH_CLERK: date(2018, 3, 20),
    Step.PUBLISH: date(2018, 3, 21),
}


def chain(days: dict[Step, date], on: date, *, needs_addendum: bool = False) -> tuple[Link, ...]:
    return chain_of(DATES, Done(days, needs_addendum), on, CALENDAR, month=JANUARY, details=["IMT: verified"])


def matters(days: dict[Step, date], on: date) -> str:
    link = what_matters(chain(days, on))
    return link.words if link else ""


def test_the_chain_of_29_march_has_the_dates_of_the_rule() -> None:
    assert [(link.step, link.due_on.isoformat()) for link in chain({}, date(2018, 2, 1))] == [
        (Step.DATA, "2018-02-14"),
        (Step.DRAFT, "2018-03-14"),
        (Step.SIGN_OFF, "2018-03-19"),
        (Step.WITH_CLERK, "2018-03-20"),
        (Step.PUBLISH, "2018-03-21"),
        (Step.ADDENDUM, "2018-03-28"),
        (Step.MEETING, "2018-03-29"),
    ]


@pytest.mark.parametrize(
    ("days", "on", "words"),
    [
        (DATA_DONE, date(2018, 3, 13), "The draft is written on Wednesday 14 March 2018 (1 working day left)"),
        (DATA_DONE, date(2018, 3, 14), "The draft is written on Wednesday 14 March 2018 (today)"),
        (WRITTEN, date(2018, 3, 14), "Sign off by Monday 19 March 2018 (3 working days left)"),
        (WRITTEN, date(2018, 3, 17), "Sign off by Monday 19 March 2018 (1 working day left)"),
        (WRITTEN, date(2018, 3, 21), "Sign-off was due by Monday 19 March 2018 (2 working days late)"),
        (
            {**PUBLISHED, Step.PUBLISH: date(2018, 3, 22)},
            date(2018, 3, 22),
            "The Board meets on Thursday 29 March 2018 (5 working days left)",
        ),
        (PUBLISHED, MARCH_29, "The Board meets on Thursday 29 March 2018 (today)"),
        (
            PUBLISHED,
            date(2018, 4, 3),
            "The meeting of Thursday 29 March 2018 has passed: mark it as held, or cancel it",
        ),
        (
            {},
            date(2018, 2, 12),
            "The figures of January 2018 fall due on Wednesday 14 February 2018 (2 working days left)",
        ),
    ],
)
def test_the_one_line_that_matters_says_what_and_how_many_working_days(
    days: dict[Step, date], on: date, words: str
) -> None:
    assert matters(days, on) == words


def test_publication_says_publish_by_and_the_days_left() -> None:
    days = PUBLISHED.copy()
    del days[Step.PUBLISH]
    assert matters(days, date(2018, 3, 19)) == "Publish by Wednesday 21 March 2018 (2 working days left)"


def test_what_was_done_late_stays_late_and_is_no_longer_next() -> None:
    late = chain({**PUBLISHED, Step.PUBLISH: date(2018, 3, 23)}, date(2018, 3, 26))
    publish = next(link for link in late if link.step is Step.PUBLISH)
    assert (publish.standing, publish.was_late, publish.remark) == (
        Standing.DONE,
        True,
        "done 23 March 2018, 2 working days late",
    )


def test_figures_verified_after_they_fell_due_are_not_called_late() -> None:
    data = chain(DATA_DONE, date(2018, 3, 13))[0]
    assert (data.name, data.was_late, data.remark) == ("Figures of January 2018", False, "verified 20 February 2018")


def test_only_one_step_is_next_and_those_after_it_are_to_come() -> None:
    standings = [link.standing for link in chain(WRITTEN, date(2018, 3, 14))]
    assert standings == [
        Standing.DONE, Standing.DONE, Standing.NEXT, Standing.TO_COME, Standing.TO_COME, Standing.NOT_NEEDED,
        Standing.TO_COME,
    ]  # fmt: skip


def test_of_a_meeting_that_was_held_nothing_is_late_any_more() -> None:
    held = chain_of(DATES, Done({Step.MEETING: MARCH_29}, is_over=True), date(2018, 6, 1), CALENDAR, month=JANUARY)
    assert {link.standing for link in held} == {Standing.DONE, Standing.NOT_RECORDED, Standing.NOT_NEEDED}
    assert what_matters(held) is None


def test_a_day_beyond_the_calendar_has_its_date_and_no_count() -> None:
    link = what_matters(chain({}, date(2029, 1, 2)))
    assert link is not None
    assert link.words == "The figures of January 2018 fell due on Wednesday 14 February 2018 and are not all verified"


def test_an_addendum_that_is_called_for_is_a_step_like_the_others() -> None:
    link = what_matters(chain(PUBLISHED, date(2018, 3, 26), needs_addendum=True))
    assert link is not None
    assert link.words == "Publish the addendum by Wednesday 28 March 2018 (2 working days left)"
