"""From judged months to the charts of the pages: which points, what they are called, what the chart says in words."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.safestring import SafeString

from config.ui.charts import NARROW, WIDE, Layout, Point, line_chart
from config.ui.status import look
from contracts.rules.months import month_long, span_long
from kpis.queries import KpiPage
from kpis.rules.figures import show
from kpis.rules.status import Judgement, KpiTerms, is_disputed


def points_of(terms: KpiTerms, judgements: Iterable[Judgement]) -> tuple[Point, ...]:
    """One point per month in force, by contractual status."""
    return tuple(
        Point(
            month=each.month,
            value=each.value,
            status=each.contractual.value,
            target=each.level.target if each.level else None,
            minimum=each.level.minimum if each.level else None,
            label=show(each.value, terms.unit, terms.decimals),
            is_provisional=each.is_provisional,
            is_relieved=each.relief is not None,
            is_disputed=is_disputed(each),
        )
        for each in judgements
    )


def history_chart(page: KpiPage, layout: Layout) -> SafeString:
    """The large chart of a KPI's page; its description says what the line does and where the table is."""
    terms = page.terms

    def in_unit(value: Decimal) -> str:
        return show(value, terms.unit, terms.decimals)

    return line_chart(
        points_of(terms, page.judgements),
        id=f"history-{'narrow' if layout is NARROW else 'wide'}",
        title=f"{terms.code} {terms.name}",
        desc=_described(page),
        show=in_unit,
        decimals=terms.decimals,
        layout=layout,
    )


def history_charts(page: KpiPage) -> tuple[SafeString, SafeString] | None:
    """The chart for a wide and for a narrow page, or ``None`` without a month to draw."""
    if not page.judgements:
        return None
    return history_chart(page, WIDE), history_chart(page, NARROW)


def _described(page: KpiPage) -> str:
    first, last = page.judgements[0], page.judgements[-1]
    terms = page.terms
    said = [f"{span_long(first.month, last.month)}, {len(page.judgements)} months."]
    measured = [each for each in page.judgements if each.value is not None]
    if measured:
        low = min(measured, key=lambda each: each.value or Decimal(0))
        high = max(measured, key=lambda each: each.value or Decimal(0))
        said.append(
            f"Lowest {show(low.value, terms.unit, terms.decimals)} in {month_long(low.month)},"
            f" highest {show(high.value, terms.unit, terms.decimals)} in {month_long(high.month)}."
        )
    said.append(
        f"In {month_long(last.month)} {show(last.value, terms.unit, terms.decimals)}:"
        f" {look(last.contractual.value).word.lower()}."
    )
    disputed = sum(map(is_disputed, page.judgements))
    if disputed:
        said.append(f"{disputed} {'figure is' if disputed == 1 else 'figures are'} ringed: disputed by the supplier.")
    said.append("Every figure is in the table below.")
    return " ".join(said)
