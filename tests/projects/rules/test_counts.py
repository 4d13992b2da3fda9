"""The portfolio's counts."""

from hypothesis import given
from hypothesis import strategies as st

from projects.rules.confidence import Confidence
from projects.rules.counts import portfolio_counts
from projects.rules.facts import ProjectFacts, Stage
from tests.projects.rules.build import project

PORTFOLIOS = st.lists(
    st.builds(project, stage=st.sampled_from(Stage), declared=st.none() | st.sampled_from(Confidence)), max_size=40
)


def test_counts_name_every_stage_and_rating() -> None:
    counts = portfolio_counts([project(), project("T-002", declared=None, stage=Stage.PIPELINE)])
    assert counts.in_register == 2
    assert dict(counts.by_stage) == {"pipeline": 1, "in flight": 1, "on hold": 0, "complete": 0, "cancelled": 0}
    assert dict(counts.by_confidence) == {"red": 0, "amber": 0, "green": 1, "unrated": 1}


@given(PORTFOLIOS)
def test_counts_always_reconcile_to_the_register(projects: list[ProjectFacts]) -> None:
    counts = portfolio_counts(projects)
    assert sum(counts.by_stage.values()) == counts.in_register == len(projects)
    assert sum(counts.by_confidence.values()) == counts.in_register
