"""Agreeing another finish never makes a late project less late, or a red one green."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from projects.rules.confidence import Thresholds
from projects.rules.facts import ProjectFacts, RebaselineFacts
from projects.rules.rebaselining import rebaseline_effect, rebaselined
from tests.projects.rules.build import TODAY, project

MAY_25 = date(2018, 5, 25)
LATE = project(forecast_finish=MAY_25)
DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2022, 12, 31))


def agreed(finish: date = MAY_25) -> RebaselineFacts:
    return RebaselineFacts(finish, TODAY, "Programme Board", "The upgrade came late.")


def test_the_preview_says_what_moves_and_what_stays() -> None:
    once = rebaselined(LATE, agreed(date(2018, 5, 11)))
    effect = rebaseline_effect(once, agreed(), {}, Thresholds())
    assert effect.in_words == (
        "Against the agreed finish it becomes on time instead of 14 days late;"
        " against the original finish it stays 56 days late."
        " The rating by its dates stays red. This is re-baseline number 2."
    )


def test_without_a_forecast_nothing_is_measured() -> None:
    effect = rebaseline_effect(project(forecast_finish=None), agreed(), {}, Thresholds())
    assert effect.in_words == (
        "No finish is forecast, so nothing is measured against the new date yet. This is re-baseline number 1."
    )


def test_the_name_of_an_effect_changes_with_whatever_it_tells_of() -> None:
    again = rebaselined(LATE, agreed())
    names = [
        rebaseline_effect(facts, told, steps, Thresholds()).name
        for facts, told, steps in (
            (LATE, agreed(), {}),
            (LATE, agreed(date(2018, 5, 26)), {}),
            (LATE, agreed(), {"Pilot": TODAY}),
            (again, agreed(), {}),
            (project(forecast_finish=TODAY), agreed(), {}),
        )
    ]
    assert len(set(names)) == len(names)
    assert rebaseline_effect(LATE, agreed(), {}, Thresholds()).name == names[0]


@given(
    original=DAYS | st.none(), forecast=DAYS | st.none(), actual=DAYS | st.none(), finishes=st.lists(DAYS, max_size=4)
)
def test_however_often_it_is_done_slippage_against_original_and_the_rating_stay(
    original: date | None, forecast: date | None, actual: date | None, finishes: list[date]
) -> None:
    before = project(original_finish=original, agreed_finish=original, forecast_finish=forecast, actual_finish=actual)
    after: ProjectFacts = before
    for finish in finishes:
        effect = rebaseline_effect(after, agreed(finish), {}, Thresholds())
        after = rebaselined(after, agreed(finish))
        assert (effect.original, effect.computed) == (before.slippage_original, before.computed(Thresholds()))
        assert effect.agreed_after == after.slippage_agreed
    assert after.slippage_original == before.slippage_original
    assert after.computed(Thresholds()) is before.computed(Thresholds())
    assert len(after.rebaselines) == len(finishes)
