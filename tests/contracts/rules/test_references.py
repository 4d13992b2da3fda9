"""References count up, and only those of their own form count."""

import pytest

from contracts.rules.references import next_reference


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], "R001"),
        (["R001", "R007", "R002"], "R008"),
        (["R999"], "R1000"),
        (["SNOW", "R", "R-4", "RX9", "REL5"], "R001"),
        (["Q050", "050", "R003"], "R004"),
    ],
)
def test_the_next_reference_follows_the_highest_of_its_form(taken: list[str], expected: str) -> None:
    assert next_reference(taken, "R") == expected
