"""Six projects, a list decided in December, and a member who chairs an area."""

from collections.abc import Sequence

import pytest

from contracts.models import Contract
from projects.models import KeyList, Project
from projects.services.nominations import set_chairs
from tests import builders
from tests.people import Cast
from tests.projects.services.test_key_lists.acts import DECEMBER


@pytest.fixture
def projects(contract: Contract, cast: Cast) -> Sequence[Project]:
    return [
        builders.project(contract, f"P{number}", scrutiny_area="Adults" if number < 4 else "Children")
        for number in range(1, 7)
    ]


@pytest.fixture
def decided(contract: Contract, projects: Sequence[Project]) -> KeyList:
    """P1, P2 and P3, decided in December."""
    return builders.key_list(contract, *projects[:3], decided_on=DECEMBER)


@pytest.fixture
def chair(contract: Contract, cast: Cast, projects: Sequence[Project]) -> None:
    """The member chairs Children: P4, P5 and P6."""
    set_chairs(contract=contract, by=cast.administrator, chairs={"Children": cast.board_member})
