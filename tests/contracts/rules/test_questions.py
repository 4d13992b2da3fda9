"""Questions in words: what they are about, in which order they stand, what is said of those since the last meeting."""

from datetime import date

import pytest

from contracts.rules.months import Month
from contracts.rules.questions import About, QuestionLine, Standing, Subject, asked_in_words, open_first

MEETING = date(2017, 12, 21)
BEFORE, AT, SINCE = date(2017, 12, 20), MEETING, date(2018, 1, 5)


def line(asked_on: date, standing: Standing = Standing.ASKED, reference: str = "Q001") -> QuestionLine:
    return QuestionLine(
        reference, Subject(About.FIGURE, kpi="CSC_KPI_04"), "Why?", "Member", asked_on, 0, "Manager", standing,
        "", "", None, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (Subject(About.FIGURE, kpi="CSC_KPI_04"), "CSC_KPI_04"),
        (Subject(About.FIGURE, kpi="CSC_KPI_04", month=Month(date(2018, 1, 1))), "CSC_KPI_04, January 2018"),
        (
            Subject(About.EXCEPTION, kpi="CSC_KPI_04", month=Month(date(2018, 1, 1)), rule="below minimum"),
            "CSC_KPI_04, January 2018 (below minimum)",
        ),
        (Subject(About.PROJECT, project="P001"), "project P001"),
    ],
)
def test_what_a_question_is_about_is_said_in_words(subject: Subject, words: str) -> None:
    assert subject.words == words


def test_open_questions_come_first_the_longest_waiting_before_all() -> None:
    answered = [line(BEFORE, Standing.ANSWERED, "Q1"), line(SINCE, Standing.WITHDRAWN, "Q2")]
    waiting = [line(SINCE, reference="Q3"), line(AT, reference="Q4")]
    assert [each.reference for each in open_first(answered + waiting)] == ["Q4", "Q3", "Q2", "Q1"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "Asked since the Board last met: no question."),
        ([line(SINCE)], "Asked since the Board last met: 1 question, not answered."),
        ([line(AT, Standing.ANSWERED)], "Asked since the Board last met: 1 question, answered."),
        (
            [line(AT), line(SINCE, Standing.ANSWERED), line(SINCE, Standing.ANSWERED)],
            "Asked since the Board last met: 3 questions, 1 not answered.",
        ),
        (
            [line(SINCE, Standing.ANSWERED), line(SINCE, Standing.ANSWERED), line(SINCE, Standing.WITHDRAWN)],
            "Asked since the Board last met: 2 questions, all answered.",
        ),
        (
            [line(BEFORE), line(SINCE)],
            "Asked since the Board last met: 1 question, not answered. 1 asked before that is not answered either.",
        ),
        (
            [line(BEFORE), line(BEFORE)],
            "Asked since the Board last met: no question. 2 asked before that are not answered.",
        ),
    ],
)
def test_what_was_asked_since_the_last_meeting_is_counted(lines: list[QuestionLine], said: str) -> None:
    assert asked_in_words(lines, MEETING) == said


def test_without_a_meeting_before_every_question_counts() -> None:
    assert asked_in_words([line(BEFORE)], None) == "Asked by members of the Board: 1 question, not answered."
