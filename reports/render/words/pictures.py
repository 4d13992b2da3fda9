"""The small drawing of a KPI's history that stands beside its results, with the same history in words."""

from decimal import Decimal
from typing import Final

from config.ui.charts import Point, describe, sparkline
from reports.render.document import Picture
from reports.render.words.phrases import Measure, figure, levels
from reports.rules.sentences import capitalised
from reports.snapshot import ResultLine

WIDTH: Final = 176
HEIGHT: Final = 52


def history_picture(measure: Measure, code: str, id: str) -> Picture | None:
    """The sparkline of the months shown; none without a month. `id` must be the paper's only one."""
    if not measure.results:
        return None
    points = [_point(measure, result) for result in measure.results]
    alt = f"{code}: {describe(points)} {_levels_sentence(measure)}"
    svg = sparkline(points, id=id, title=f"{code}: results of the months shown", desc=alt, width=WIDTH, height=HEIGHT)
    return Picture(svg, alt, WIDTH, HEIGHT)


def _point(measure: Measure, result: ResultLine) -> Point:
    return Point(
        month=result.month,
        value=_decimal(result.value),
        status=result.contractual,
        target=_decimal(result.target),
        minimum=_decimal(result.minimum),
        label=figure(measure, result.value),
        is_provisional=result.provisional,
        is_relieved=result.relief is not None,
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _levels_sentence(measure: Measure) -> str:
    return f"{capitalised(', '.join(levels(measure)))}."
