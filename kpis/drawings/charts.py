"""From judged months to the charts of the pages: which points, what they are called, what the chart says in words."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString

from config.ui.charts import (
    NARROW,
    WIDE,
    Band,
    Layout,
    Point,
    Special,
    changed_levels,
    chart_key,
    control_chart,
    line_chart,
)
from config.ui.status import STATUSES, look
from contracts.rules.months import Month, month_long, month_of, month_short, span_long
from kpis.queries import KpiPage
from kpis.rules.figures import show
from kpis.rules.signal import Direction, Rule, Xmr
from kpis.rules.signal.words import RULES, Reach, flag_in_words, is_better, limit_decimals
from kpis.rules.status import Judgement, KpiTerms, is_disputed

SHAPES = {Rule.OUTSIDE: "outside", Rule.TREND: "trend", Rule.TWO_OF_THREE: "close", Rule.ONE_SIDE: "side"}
MOST_TOLD = 12
"""So many special causes are told one by one in a chart's description; the table below has them all."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One chart for a wide and for a narrow page, and the key that belongs to both."""

    wide: SafeString
    narrow: SafeString
    key: SafeString


def points_of(terms: KpiTerms, judgements: Iterable[Judgement], corrected: Container[Month] = ()) -> tuple[Point, ...]:
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
            is_corrected=each.month in corrected,
        )
        for each in judgements
    )


def history_charts(page: KpiPage) -> Drawn | None:
    """The large chart of a KPI's page: its figures against target and minimum; None without a month to draw."""
    if not page.shown:
        return None
    points = points_of(page.terms, page.shown, {row.month for row in page.corrections})
    desc = _described(page, points)
    wide, narrow = (_history(page.terms, points, desc, layout) for layout in (WIDE, NARROW))
    return Drawn(wide, narrow, _history_key(points))


def signal_charts(page: KpiPage) -> Drawn | None:
    """The same figures as an XmR chart: mean, limits and special causes; None without a month to draw."""
    if not page.shown:
        return None
    return signal_drawing(
        page.terms, page.shown, page.chart, page.reaches, page.standing_rebases, " ".join(page.verdict.sentences)
    )


def signal_drawing(
    terms: KpiTerms,
    judgements: Sequence[Judgement],
    chart: Xmr,
    reaches: Sequence[Reach | None],
    rebases: Sequence[Month],
    verdict: str,
) -> Drawn:
    """The XmR chart of these months, at least one, by the limits of the whole history."""
    points = points_of(terms, judgements)
    flags = {month: flag for month, flag in chart.flags.items() if points[0].month <= month <= points[-1].month}
    bands = [
        Band(segment.first, segment.last, segment.limits.mean, reach.lower, reach.upper)
        for segment, reach in zip(chart.segments, reaches, strict=True)
        if segment.limits and reach
    ]
    specials: dict[date, Special] = {
        month: Special(
            SHAPES[flag.rule],
            is_up=flag.direction is Direction.UP,
            is_better=is_better(flag, terms.polarity),
            words=flag_in_words(flag, terms.polarity),
        )
        for month, flag in flags.items()
    }
    values = {each.month: show(each.value, terms.unit, terms.decimals) for each in judgements}
    told = [f"{month_short(month)} {values[month]}, {specials[month].words}" for month in flags]
    desc = f"{span_long(judgements[0].month, judgements[-1].month)}. {verdict}"
    if told:
        more = f" and {len(told) - MOST_TOLD} earlier ones" if len(told) > MOST_TOLD else ""
        desc += f" Special causes: {'; '.join(told[-MOST_TOLD:])}{more}."

    def drawn(layout: Layout) -> SafeString:
        return control_chart(
            points,
            bands=bands,
            specials=specials,
            rebases=rebases,
            id=f"signal-{'narrow' if layout is NARROW else 'wide'}",
            title=f"{terms.code} {terms.name}: signal or noise",
            desc=f"{desc} Every figure is in the table below.",
            show=lambda value: show(value, terms.unit, terms.decimals),
            show_limit=lambda value: show(value, terms.unit, limit_decimals(terms.decimals)),
            decimals=terms.decimals,
            layout=layout,
        )

    return Drawn(drawn(WIDE), drawn(NARROW), _signal_key(points, bands, specials, rebases))


def _history(terms: KpiTerms, points: Sequence[Point], desc: str, layout: Layout) -> SafeString:
    return line_chart(
        points,
        id=f"history-{'narrow' if layout is NARROW else 'wide'}",
        title=f"{terms.code} {terms.name}",
        desc=desc,
        show=lambda value: show(value, terms.unit, terms.decimals),
        decimals=terms.decimals,
        layout=layout,
    )


def _history_key(points: Sequence[Point]) -> SafeString:
    found = {point.status for point in points}
    marks = [(status, look(status).word) for status in STATUSES if status in found]
    marks += _levels_key(points)
    for mark, words, is_there in (
        ("provisional", "Hollow: provisional", any(point.is_provisional for point in points)),
        ("relief", "Mitigation relief", any(point.is_relieved for point in points)),
        ("corrected", "Ringed: corrected after it was verified", any(point.is_corrected for point in points)),
        ("disputed", "Under a bar: disputed by the supplier", any(point.is_disputed for point in points)),
        ("change", "New levels from here", bool(changed_levels(points))),
    ):
        if is_there:
            marks.append((mark, words))
    return chart_key(marks)


def _signal_key(
    points: Sequence[Point], bands: Sequence[Band], specials: Mapping[date, Special], rebases: Sequence[Month]
) -> SafeString:
    marks = [("ordinary", "Ordinary month")]
    sides = {(rule, direction): SHAPES[rule] for rule, direction in RULES}
    for (rule, direction), shape in sides.items():
        is_up = direction is Direction.UP
        for special in specials.values():
            if (special.rule, special.is_up) == (shape, is_up):
                way = "better" if special.is_better else "worse"
                words = RULES[rule, direction]
                marks.append((f"{shape} {direction.value} {way}", f"{words[:1].upper()}{words[1:]}: {way}"))
                break
    if bands:
        marks.append(("mean", "Mean"))
    if any(band.lower is not None or band.upper is not None for band in bands):
        marks.append(("limit", "Limits of ordinary ups and downs"))
    marks += _levels_key(points)
    if any(points[0].month < month <= points[-1].month for month in rebases):
        marks.append(("rebase", "Limits restarted"))
    return chart_key(marks)


def _levels_key(points: Sequence[Point]) -> list[tuple[str, str]]:
    return [
        (name, name.capitalize())
        for name in ("target", "minimum")
        if any(getattr(point, name) is not None for point in points)
    ]


def _described(page: KpiPage, points: Sequence[Point]) -> str:
    first, last = page.shown[0], page.shown[-1]
    terms = page.terms
    said = [f"{span_long(first.month, last.month)}, {len(page.shown)} months."]
    measured = [each for each in page.shown if each.value is not None]
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
    for words, months in (
        ("Relief covers", [each.month for each in page.shown if each.relief is not None]),
        ("New levels from", [month_of(point.month) for point in changed_levels(points)]),
        ("Corrected after it was verified:", [month_of(point.month) for point in points if point.is_corrected]),
        ("Disputed by the supplier:", [month_of(point.month) for point in points if point.is_disputed]),
    ):
        if months:
            said.append(f"{words} {_listed(months)}.")
    said.append("Every figure is in the table below.")
    return " ".join(said)


def _listed(months: Sequence[Month]) -> str:
    names = [month_long(month) for month in months]
    if len(names) > MOST_TOLD:
        return f"{len(names)} months from {names[0]} to {names[-1]}"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
