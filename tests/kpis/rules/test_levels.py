"""Target and minimum as promises, and what makes a pair of them impossible."""

from decimal import Decimal
from typing import Any

import pytest

from kpis.rules.figures import Polarity, Unit
from kpis.rules.levels import level_faults, promises
from kpis.rules.status import Level
from tests.kpis.rules.builders import BEGIN, terms

FEWER_DAYS = {"polarity": Polarity.LOWER, "unit": Unit.DAYS, "decimals": 0}
SHORTER = {"polarity": Polarity.LOWER, "unit": Unit.SECONDS, "decimals": 0}


@pytest.mark.parametrize(
    ("changes", "target", "minimum", "said"),
    [
        ({}, "90", "80", ("at least 90%", "at least 80%")),
        ({}, "93.1", "80", ("at least 93.10%", "at least 80%")),
        (FEWER_DAYS, "1", "3", ("at most 1 day", "at most 3 days")),
        (SHORTER, "45", "90", ("at most 45 seconds", "at most 1:30")),
    ],
)
def test_levels_are_said_as_promises(changes: dict[str, Any], target: str, minimum: str, said: tuple[str, str]) -> None:
    assert promises(terms(**changes), Level(BEGIN, Decimal(target), Decimal(minimum))) == said


def test_nothing_is_promised_while_no_level_is_in_force() -> None:
    assert promises(terms(), None) == ("", "")


@pytest.mark.parametrize(
    ("target", "minimum", "polarity", "wrong"),
    [
        ("90", "80", Polarity.HIGHER, []),
        ("90", "90", Polarity.HIGHER, []),
        ("80", "90", Polarity.HIGHER, ["minimum"]),
        ("7", "5", Polarity.LOWER, ["minimum"]),
        ("5", "7", Polarity.LOWER, []),
        ("90.123", "80.10", Polarity.HIGHER, ["target"]),
        ("90.10", "90.125", Polarity.HIGHER, ["minimum", "minimum"]),
    ],
)
def test_a_minimum_is_no_better_than_its_target_and_neither_is_too_fine(
    target: str, minimum: str, polarity: Polarity, wrong: list[str]
) -> None:
    assert [which for which, _ in level_faults(Decimal(target), Decimal(minimum), polarity, 2)] == wrong
