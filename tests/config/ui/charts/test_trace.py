"""The smallest drawing goes where the figures went."""

import re
from decimal import Decimal

from config.ui.charts import trace


def places(*values: str | None, level: str | None = None) -> list[str]:
    """The `d` of the figures' path, after that of the level where there is one."""
    drawn = trace([None if value is None else Decimal(value) for value in values], (level and Decimal(level)) or None)
    return re.findall(r' d="([^"]*)"', drawn)


def test_it_rises_with_the_figures_and_shows_their_level() -> None:
    assert places("0", "10", "20", level="10") == ["M0 10H72", "M2 18L36 10L70 2"]


def test_a_month_without_a_figure_breaks_the_line_and_a_lonely_figure_is_a_point() -> None:
    assert places("0", None, "20", None) == ["M2 18h0M47 2h0"]


def test_figures_that_never_move_lie_in_the_middle() -> None:
    assert places("5", "5") == ["M2 10L70 10"]


def test_nothing_is_drawn_of_nothing() -> None:
    assert trace([None, None], None) == ""
