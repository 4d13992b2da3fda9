"""What councillors ask of a red or amber project, and what it leaves unanswered."""

from datetime import date

import pytest

from projects.rules.attention import answers, unanswered
from tests.projects.rules.build import project

MARCH_30 = date(2018, 3, 30)
MAY_25 = date(2018, 5, 25)


def test_a_project_that_says_nothing_leaves_every_question_unanswered() -> None:
    assert unanswered(project(forecast_finish=None, delay_cause="  ")) == (
        "how far behind",
        "why",
        "who caused it",
        "what it costs",
        "what it holds up",
        "when it returns to green",
    )


@pytest.mark.parametrize(
    ("answer", "question"),
    [
        ({"delay_cause": "A vendor's resource came late"}, "why"),
        ({"delay_party": "Third party"}, "who caused it"),
        ({"cost_effect": "None"}, "what it costs"),
        ({"knock_on": "The payroll link, by three weeks"}, "what it holds up"),
        ({"returns_to_green_on": MAY_25}, "when it returns to green"),
        ({"forecast_finish": MARCH_30}, "how far behind"),
    ],
)
def test_an_answer_settles_its_own_question_only(answer: dict[str, object], question: str) -> None:
    silent = project(forecast_finish=None)
    answered = project(**{"forecast_finish": None, **answer})
    assert set(unanswered(silent)) - set(unanswered(answered)) == {question}


@pytest.mark.parametrize(
    ("finish", "said"),
    [
        (MAY_25, "56 days behind its original finish (8.0 weeks, 31.3% of the time first planned)"),
        (date(2018, 3, 31), "1 day behind its original finish (0.1 weeks, 0.6% of the time first planned)"),
        (MARCH_30, "not behind its original finish"),
        (date(2018, 3, 29), "not behind its original finish"),
    ],
)
def test_how_far_behind_is_said_in_days_weeks_and_percent(finish: date, said: str) -> None:
    assert answers(project(forecast_finish=finish))[0] == ("how far behind", said)


def test_an_answer_is_what_the_project_says() -> None:
    told = project(delay_cause=" A vendor's resource came late ", returns_to_green_on=MAY_25)
    assert dict(answers(told)) == {
        "how far behind": "not behind its original finish",
        "why": "A vendor's resource came late",
        "who caused it": "",
        "what it costs": "",
        "what it holds up": "",
        "when it returns to green": "25 May 2018",
    }
