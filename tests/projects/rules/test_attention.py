"""Which projects need attention, under which rule, in which order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.attention import AttentionLine, AttentionRule, needs_attention, unanswered_under
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.facts import ForecastFacts, MilestoneFacts, ProjectFacts, RebaselineFacts, Stage
from tests.projects.rules.build import LAST_PAPER, TODAY, project

RED, AMBER, GREEN = Confidence.RED, Confidence.AMBER, Confidence.GREEN
MARCH_30 = date(2018, 3, 30)
APRIL_12 = date(2018, 4, 12)
MAY_25 = date(2018, 5, 25)
RATINGS = st.none() | st.sampled_from(Confidence)


def ask(
    *projects: ProjectFacts, last_paper_on: date | None = LAST_PAPER, previous_key: frozenset[str] | None = None
) -> tuple[AttentionLine, ...]:
    return needs_attention(projects, TODAY, last_paper_on, previous_key, Thresholds())


def rules(*projects: ProjectFacts, last_paper_on: date | None = LAST_PAPER) -> list[str]:
    return [line.rule.value for line in ask(*projects, last_paper_on=last_paper_on)]


def test_a_project_on_course_needs_no_attention() -> None:
    assert ask(project()) == ()


def test_the_rules_bear_the_names_that_the_papers_json_promises() -> None:
    assert [rule.value for rule in AttentionRule] == [
        "red",
        "amber",
        "slipped",
        "overdue milestone",
        "silent",
        "rebaselined",
        "completed",
        "entered key list",
        "left key list",
    ]


# Red and amber


@pytest.mark.parametrize(
    ("declared", "forecast", "rule", "detail"),
    [
        (RED, MARCH_30, "red", "declared red, green by its dates"),
        (GREEN, MAY_25, "red", "declared green, red by its dates"),
        (AMBER, MAY_25, "red", "declared amber, red by its dates"),
        (None, MAY_25, "red", "not rated by its manager, red by its dates"),
        (RED, MAY_25, "red", "declared red, and red by its dates"),
        (RED, None, "red", "declared red, its dates give no rating"),
        (AMBER, MARCH_30, "amber", "declared amber, green by its dates"),
        (GREEN, APRIL_12, "amber", "declared green, amber by its dates"),
    ],
)
def test_red_and_amber_go_by_the_worse_rating_and_say_whose_it_is(
    declared: Confidence | None, forecast: date | None, rule: str, detail: str
) -> None:
    rated = project(declared=declared, forecast_finish=forecast, forecasts=(ForecastFacts(forecast, LAST_PAPER),))
    lines = [line for line in ask(rated) if line.rule is not AttentionRule.SLIPPED]
    assert [(line.rule.value, line.detail) for line in lines] == [(rule, detail)]


def test_a_line_carries_both_slippages_and_both_ratings() -> None:
    late = project(declared=AMBER, forecast_finish=MAY_25, agreed_finish=date(2018, 5, 11))
    line = ask(late)[0]
    assert line.slippage_original is not None
    assert line.slippage_agreed is not None
    assert (line.slippage_original.days, line.slippage_agreed.days) == (56, 14)
    assert (line.computed, line.declared) == (RED, AMBER)


def test_the_thresholds_decide_what_is_late() -> None:
    late = project(forecast_finish=APRIL_12, agreed_finish=APRIL_12)
    assert needs_attention([late], TODAY, LAST_PAPER, None, Thresholds(green_days=13)) == ()
    assert [line.rule for line in ask(late)] == [AttentionRule.AMBER]


# Slipped


@pytest.mark.parametrize(
    ("last_paper_on", "forecasts", "is_slipped"),
    [
        # told the Board 30 March, says 5 April now
        (LAST_PAPER, [(MARCH_30, date(2017, 12, 1))], True),
        # the update on the day of the paper was in it
        (LAST_PAPER, [(MARCH_30, date(2017, 12, 1)), (date(2018, 4, 5), LAST_PAPER)], False),
        (LAST_PAPER, [(MARCH_30, LAST_PAPER), (date(2018, 4, 5), LAST_PAPER + timedelta(days=1))], True),
        # told 12 April, better since
        (LAST_PAPER, [(APRIL_12, date(2017, 12, 1))], False),
        # no forecast then: held against what is agreed
        (LAST_PAPER, [(date(2018, 4, 5), date(2018, 1, 10))], True),
        # no paper yet: the same
        (None, [(date(2018, 4, 5), date(2017, 12, 1))], True),
    ],
)
def test_slipped_is_a_forecast_later_than_what_the_last_paper_told(
    last_paper_on: date | None, forecasts: list[tuple[date, date]], is_slipped: bool
) -> None:
    moved = project(
        forecast_finish=date(2018, 4, 5), forecasts=tuple(ForecastFacts(finish, on) for finish, on in forecasts)
    )
    assert rules(moved, last_paper_on=last_paper_on) == (["slipped"] if is_slipped else [])


def test_slipped_says_from_when_to_when() -> None:
    moved = project(forecast_finish=date(2018, 4, 5), forecasts=(ForecastFacts(MARCH_30, date(2017, 12, 1)),))
    assert ask(moved)[0].detail == "forecast finish moved from 30 Mar 2018 to 5 Apr 2018"
    assert ask(moved, last_paper_on=None)[0].detail == "forecast finish 5 Apr 2018, agreed 30 Mar 2018"


def test_without_a_last_paper_a_forecast_as_agreed_has_not_slipped() -> None:
    agreed_later = project(forecast_finish=date(2018, 4, 5), agreed_finish=date(2018, 4, 5))
    assert rules(agreed_later, last_paper_on=None) == []


def test_a_finish_agreed_later_does_not_hide_that_the_forecast_moved() -> None:
    moved = project(
        forecast_finish=date(2018, 4, 5),
        agreed_finish=date(2018, 4, 5),
        forecasts=(ForecastFacts(MARCH_30, date(2017, 12, 1)),),
        rebaselines=(RebaselineFacts(date(2018, 4, 5), date(2018, 2, 1), "Programme board", "Scope grew"),),
    )
    assert rules(moved) == ["slipped", "rebaselined"]


# Overdue and silent


def test_overdue_milestones_stand_on_one_line_that_names_them() -> None:
    milestones = (
        MilestoneFacts("Design", original_on=date(2018, 3, 1)),
        MilestoneFacts("Build", original_on=date(2018, 3, 13)),
        MilestoneFacts("Test", original_on=TODAY),
        MilestoneFacts("Plan", original_on=date(2018, 1, 1), actual_on=date(2018, 1, 5)),
    )
    (line,) = ask(project(milestones=milestones))
    assert (line.rule.value, line.detail) == ("overdue milestone", "Design, due 1 Mar 2018; Build, due 13 Mar 2018")


@pytest.mark.parametrize(
    ("updated_on", "detail"),
    [
        (TODAY - timedelta(days=34), None),
        (TODAY - timedelta(days=35), "no update for 35 days"),
        (TODAY - timedelta(days=60), "no update for 60 days"),
        (None, "no update yet"),
    ],
)
def test_a_project_is_silent_from_the_thirty_fifth_day_on(updated_on: date | None, detail: str | None) -> None:
    assert [(line.rule.value, line.detail) for line in ask(project(updated_on=updated_on))] == (
        [("silent", detail)] if detail else []
    )


def test_the_days_that_make_silence_are_a_setting() -> None:
    quiet = project(updated_on=TODAY - timedelta(days=10))
    assert needs_attention([quiet], TODAY, LAST_PAPER, None, Thresholds(), silent_days=11) == ()
    (line,) = needs_attention([quiet], TODAY, LAST_PAPER, None, Thresholds(), silent_days=10)
    assert line.rule is AttentionRule.SILENT


@pytest.mark.parametrize("stage", [Stage.PIPELINE, Stage.COMPLETE, Stage.CANCELLED])
def test_what_is_not_in_flight_or_on_hold_is_not_asked_how_it_goes(stage: Stage) -> None:
    troubled = {
        "declared": RED,
        "forecast_finish": MAY_25,
        "updated_on": None,
        "milestones": (MilestoneFacts("Design", original_on=date(2018, 3, 1)),),
    }
    assert rules(project(stage=stage, **troubled)) == []
    for active in (Stage.IN_FLIGHT, Stage.ON_HOLD):
        assert rules(project(stage=active, **troubled)) == ["red", "slipped", "overdue milestone", "silent"]


# Since the last paper


@pytest.mark.parametrize(
    ("day", "last_paper_on", "is_news"),
    [
        (LAST_PAPER, LAST_PAPER, False),
        (LAST_PAPER + timedelta(days=1), LAST_PAPER, True),
        (TODAY, LAST_PAPER, True),
        (TODAY + timedelta(days=1), LAST_PAPER, False),
        (None, LAST_PAPER, False),
        (date(2016, 1, 1), None, True),
        (None, None, True),
        (TODAY + timedelta(days=1), None, False),
    ],
)
def test_agreements_and_completions_are_news_from_the_day_after_the_last_paper(
    day: date | None, last_paper_on: date | None, is_news: bool
) -> None:
    rebaselined = project(rebaselines=(RebaselineFacts(MARCH_30, day),))
    completed = project(stage=Stage.COMPLETE, actual_finish=day)
    assert rules(rebaselined, last_paper_on=last_paper_on) == (["rebaselined"] if is_news else [])
    assert rules(completed, last_paper_on=last_paper_on) == (["completed"] if is_news else [])


def test_a_rebaseline_says_what_was_agreed_by_whom_and_why() -> None:
    agreed = RebaselineFacts(MAY_25, date(2018, 2, 1), "Programme board", "The upgrade came late")
    (line,) = ask(project(rebaselines=(agreed,)))
    assert line.detail == "finish agreed as 25 May 2018 by Programme board: The upgrade came late"


def test_a_finish_in_flight_is_not_a_completion() -> None:
    assert rules(project(stage=Stage.IN_FLIGHT, actual_finish=TODAY)) == []


# The key list


def test_entries_and_exits_are_told_against_the_list_decided_before() -> None:
    key = [project("T-001", key_rank=2), project("T-002", key_rank=1), project("T-003"), project("T-004")]
    lines = ask(*key, previous_key=frozenset({"T-002", "T-003"}))
    assert [(line.rule.value, line.project.reference, line.detail) for line in lines] == [
        ("entered key list", "T-001", "rank 2"),
        ("left key list", "T-003", "no longer on the key list"),
    ]


def test_an_exit_says_why() -> None:
    (line,) = ask(project("T-003", left_key_because="It is complete. "), previous_key=frozenset({"T-003"}))
    assert line.detail == "no longer on the key list: It is complete."


def test_without_a_list_decided_before_nothing_enters_or_leaves() -> None:
    assert ask(project(key_rank=1), previous_key=None) == ()
    assert [line.rule.value for line in ask(project(key_rank=1), previous_key=frozenset())] == ["entered key list"]


# Order


def test_lines_stand_by_gravity_then_by_slippage_the_latest_first() -> None:
    def late(reference: str, days: int) -> ProjectFacts:
        finish = MARCH_30 + timedelta(days=days)
        return project(reference, declared=RED, forecast_finish=finish, agreed_finish=finish)

    undated = project("T-001", declared=RED, forecast_finish=None)
    amber = project("T-002", declared=AMBER)
    lines = ask(undated, amber, late("T-003", -4), late("T-004", 60), late("T-006", 90), late("T-005", 60))
    assert [line.project.reference for line in lines] == ["T-006", "T-004", "T-005", "T-003", "T-001", "T-002"]


@given(st.lists(st.builds(project, stage=st.sampled_from(Stage), declared=RATINGS), max_size=40))
def test_a_project_stands_at_most_once_under_each_rule(projects: list[ProjectFacts]) -> None:
    numbered = [project(f"T-{n:03}", stage=one.stage, declared=one.declared) for n, one in enumerate(projects)]
    lines = ask(*numbered)
    assert len(lines) == len({(line.project.reference, line.rule) for line in lines})
    rated = [line.project.reference for line in lines if line.rule in (AttentionRule.RED, AttentionRule.AMBER)]
    assert len(rated) == len(set(rated))


# What each line leaves unanswered


def test_a_red_or_amber_line_is_asked_everything_and_other_lines_of_the_project_nothing_more() -> None:
    late = project(declared=AMBER, forecast_finish=MAY_25, agreed_finish=MARCH_30, delay_party="the vendor")
    red, slipped = ask(late, last_paper_on=None)
    assert (red.rule.value, slipped.rule.value) == ("red", "slipped")
    assert unanswered_under(red) == ("why", "what it costs", "what it holds up", "when it returns to green")
    assert unanswered_under(slipped) == ()


def test_any_other_delay_is_asked_at_least_why() -> None:
    slipped = project(forecast_finish=date(2018, 4, 2), agreed_finish=MARCH_30)
    overdue = project("T-002", milestones=(MilestoneFacts("Go live", date(2018, 3, 1)),))
    explained = overdue._replace(reference="T-003", delay_cause="Snow.")
    silent = project("T-004", updated_on=date(2018, 1, 1))
    lines = {line.project.reference: line for line in ask(slipped, overdue, explained, silent, last_paper_on=None)}
    assert {reference: unanswered_under(line) for reference, line in lines.items()} == {
        "T-001": ("why",),
        "T-002": ("why",),
        "T-003": (),
        "T-004": (),
    }


def test_not_knowing_yet_when_it_is_green_again_is_an_answer() -> None:
    (line, *_) = ask(project(declared=RED, is_green_unknown=True))
    assert "when it returns to green" not in unanswered_under(line)
