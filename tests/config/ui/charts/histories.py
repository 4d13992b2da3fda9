"""Histories to draw: a KPI's months with figures, statuses and levels."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from config.ui.charts import Point

START = date(2016, 12, 1)


def month(number: int) -> date:
    """December 2016 is 0."""
    years, index = divmod(START.month - 1 + number, 12)
    return date(START.year + years, index + 1, 1)


def history(
    values: Sequence[str | None],
    *,
    target: str | None = "7",
    minimum: str | None = "12",
    statuses: dict[int, str] | None = None,
    provisional: frozenset[int] = frozenset(),
    relieved: frozenset[int] = frozenset(),
) -> list[Point]:
    """One point a month; every figure meets its target unless `statuses` says otherwise."""
    return [
        Point(
            month=month(number),
            value=None if value is None else Decimal(value),
            status=(statuses or {}).get(number, "missing" if value is None else "target_met"),
            target=None if target is None else Decimal(target),
            minimum=None if minimum is None else Decimal(minimum),
            label="" if value is None else f"{value}%",
            is_provisional=number in provisional,
            is_relieved=number in relieved,
        )
        for number, value in enumerate(values)
    ]


def percent(value: Decimal) -> str:
    return f"{value.normalize():f}%"


def money(value: Decimal) -> str:
    return f"£{value * 10000:,.2f}"
