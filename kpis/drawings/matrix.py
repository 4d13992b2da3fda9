"""The rows of the status matrix, put together of markup that is ready for each status and figure."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.ui.charts import trace
from config.ui.status import look
from config.ui.travel import travel_look
from contracts.rows import KEPT
from contracts.rules.months import Month, month_key, month_short
from kpis.queries.matrix import Matrix, Row
from kpis.rules.figures import Unit, round_half_up, show
from kpis.rules.status import is_disputed
from kpis.rules.travel import Travel

SUMMED: Final = ("target_met", "below_target", "below_minimum", "relief_granted", "not_measured", "missing")
ROW_OPENS: Final = '<tr><th scope="row"><a class="govuk-link app-matrix__code" href="{code}/">{code}</a> {name}</th>'
NOT_DUE: Final = "<td></td>"
TREND: Final = '<td class="app-matrix__trend">{trace}{travelled}</td>'


@lru_cache(maxsize=KEPT)
def matrix_rows(matrix: Matrix, asked: str) -> dict[str, SafeString]:
    """
    By code, the row of each KPI in the matrix. ``asked`` is the query of the KPI's page its cells lead to.

    Put together here, of markup that is ready for each status and figure: a template would look a dozen names up for
    each of some six hundred cells.
    """
    places = [f"{{address}}#{month_key(month)}" for month in matrix.months]
    return {row.code: _matrix_row(row, places, asked) for row in matrix.rows}


def _matrix_row(row: Row, places: Sequence[str], asked: str) -> SafeString:
    pieces, unit, decimals = [ROW_OPENS], row.history.terms.unit, row.history.terms.decimals
    for place, judged in zip(places, row.cells, strict=True):
        if judged is None:
            pieces.append(NOT_DUE)
            continue
        opening, closing = _around(
            judged.contractual,
            # Rounded first: worked-out rates with all their digits would hardly ever be met again.
            None if judged.value is None else round_half_up(judged.value, decimals),
            unit,
            decimals,
            judged.is_provisional,
            judged.relief is not None,
            is_disputed(judged),
        )
        pieces += (opening, place, closing)
    pieces.append(TREND)
    pieces += [f"<td>{getattr(row.counts, status) or ''}</td>" for status in SUMMED]
    pieces.append(f"<td>{row.counts.in_force}</td></tr>")
    trend = row.trend
    return format_html(
        "".join(pieces),
        code=row.code,
        name=row.name,
        address=f"{row.code}/{asked}",
        trace=trace(
            [each.value if each else None for each in row.cells],
            trend.last.level.target if trend and trend.last.level else None,
        ),
        travelled=_travelled(trend.travel, trend.before.month) if trend and trend.before else "",
    )


@lru_cache(maxsize=128)
def _travelled(travel: Travel, since: Month) -> SafeString | str:
    """Which way the last figure went, where there is one to compare it with."""
    if travel is Travel.NO_COMPARISON:
        return ""
    return format_html(
        ' {}<span class="govuk-visually-hidden"> since {}</span>', travel_look(travel.value).tag, month_short(since)
    )


@lru_cache(maxsize=4096)
def _around(
    status: str,
    figure: Decimal | None,
    unit: Unit,
    decimals: int,
    is_provisional: bool,
    is_relieved: bool,
    is_disputed: bool,
) -> tuple[str, str]:
    """What stands before a cell's address and what after it, as pieces of a format string."""
    shown = look(status)
    marks = {"provisional": is_provisional, "relieved": is_relieved, "disputed": is_disputed}
    css = "".join(f" app-cell--{mark}" for mark, is_so in marks.items() if is_so)
    said = ", provisional" if is_provisional else ""
    said += ", under relief" if is_relieved and status != "relief_granted" else ""
    said += ", disputed" if is_disputed else ""
    opening = format_html('<td class="app-cell app-cell--{}{}"><a href="', shown.css, css)
    closing = format_html('"><span>{} {}{}</span></a></td>', shown.word, show(figure, unit, decimals), said)
    return _as_piece(opening), _as_piece(closing)


def _as_piece(markup: SafeString) -> str:
    return markup.replace("{", "{{").replace("}", "}}")
