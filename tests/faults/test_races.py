"""Pairs of people at the same moment: the same races as the bench runs, fewer of each."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.faults.pairs import Pairs
from tests.faults.races import RACES

PAIRS = {
    "returns": 40,
    "reliefs": 12,
    "sign-off": 6,
    "hand-over": 6,
    "hand-over or taking back": 6,
    "publication": 12,
    "withdrawal": 3,
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("name", "race"), RACES.items(), ids=RACES)
def test_of_each_pair_one_does_it_and_the_other_is_told(
    name: str, race: Callable[[int], Pairs], settings: Settings, tmp_path: Path
) -> None:
    settings.PAPERS_DIR = tmp_path / "papers"
    found = race(PAIRS[name])
    assert found.wrong == []
    assert (found.done, found.told) == (found.pairs, found.pairs)
