"""Figures to chart, written as short as they can be."""

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import strategies as st

from contracts.rules.months import Month, add_months
from kpis.rules.signal import Limits, Xmr, xmr
from tests.kpis.rules.builders import BEGIN

figures = st.lists(st.decimals(-1000, 1000, places=2), min_size=2, max_size=40)
# Figures that stay close, so that every rule comes to pass.
restless = st.lists(st.integers(0, 9).map(Decimal), min_size=2, max_size=40)


def decimals(*values: float | str) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def dated(values: Sequence[Decimal | None]) -> list[tuple[Month, Decimal | None]]:
    """One a month from January 2017 on."""
    return [(add_months(BEGIN, place), value) for place, value in enumerate(values)]


def chart(*values: float | str | None) -> Xmr:
    return xmr(dated([None if value is None else Decimal(str(value)) for value in values]))


def limits(mean: str = "0", reach: str = "3") -> Limits:
    """Limits so far on either side of the mean, whatever figures they come from."""
    middle, far = Decimal(mean), Decimal(reach)
    near = far * 2 / 3
    return Limits(middle, far / Decimal("2.66"), middle - far, middle + far, middle - near, middle + near, points=12)
