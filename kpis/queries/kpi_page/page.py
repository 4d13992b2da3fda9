"""From the record of one KPI to the rows and words of its page."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile

from contracts.rules.months import Month, contract_month, month_long, span_long
from kpis.models import Kpi
from kpis.queries.kpi_page.record import Record, load_record
from kpis.queries.kpi_page.values import KpiPage, LevelRow, MonthRow, PooledRow, ReliefRow, Verdict
from kpis.rules.figures import round_half_up, show
from kpis.rules.levels import promises
from kpis.rules.pooling import PooledSpan, pooled_spans
from kpis.rules.relief import age_months
from kpis.rules.sentences import rate_in_words
from kpis.rules.signal import Flag, Xmr, assured, variation, xmr
from kpis.rules.signal.words import (
    Reach,
    flag_in_words,
    limit_decimals,
    range_in_words,
    reach_of,
    trial_in_words,
    verdict_in_words,
)
from kpis.rules.status import Judgement, KpiTerms, has_illustrative, is_disputed, judge_history, measure
from kpis.rules.travel import Travels, travels


def load_kpi_page(kpi: Kpi, last: Month, *, shown_from: Month | None = None, shown_to: Month | None = None) -> KpiPage:
    """
    The page's values, in one query however long the history, of a KPI that came with its contract and area.

    Without a window every month since the first reported one is shown.
    """
    record = load_record(kpi, last)
    terms = record.terms
    judged = judge_history(terms, record.readings, record.reliefs, terms.in_force_from, last).judgements
    judgements = tuple(dropwhile(lambda each: each.reading is None, judged))
    shown = tuple(
        each
        for each in judgements
        if (shown_from is None or shown_from <= each.month) and (shown_to is None or each.month <= shown_to)
    )
    rebased = tuple(row.from_month for row in record.rebases if row.stands)
    chart = signal_chart(terms, judgements, rebased)
    rows = _months(record, judgements, chart, kpi)
    levels = tuple(_level(terms, place) for place in reversed(range(len(terms.levels))))
    return KpiPage(
        terms=terms,
        area_code=kpi.service_area.code,
        area_name=kpi.service_area.name,
        judgements=judgements,
        shown=shown,
        unreported=len(judged) - len(judgements),
        latest=rows[judgements[-1].month] if judgements else None,
        months=tuple(rows[each.month] for each in reversed(shown)),
        level=next((level for level in levels if level.effective_from <= last), None),
        levels=levels,
        reliefs=tuple(
            ReliefRow(relief, age_months(relief, min(last, relief.to_month or last))) for relief in record.reliefs
        ),
        rebases=record.rebases,
        standing_rebases=rebased,
        events=record.events,
        corrections=record.corrections,
        disputes=record.disputes,
        pooled=tuple(_pooled(terms, span) for span in pooled_spans(judgements, terms.unit)),
        chart=chart,
        reaches=reaches(terms, chart),
        verdict=verdict_on(terms, chart, last),
        is_illustrative=has_illustrative(judgements),
    )


def signal_chart(terms: KpiTerms, judgements: Sequence[Judgement], rebases: Sequence[Month]) -> Xmr:
    """
    The XmR chart of the figures as they are judged and printed: rounded to the KPI's decimals.

    Who works the limits out again from the page's table comes to the same ones, and a tie is a tie that one can see.
    """
    return xmr(
        (
            (each.month, None if each.value is None else round_half_up(each.value, terms.decimals))
            for each in judgements
        ),
        rebases,
    )


def reaches(terms: KpiTerms, chart: Xmr) -> tuple[Reach | None, ...]:
    """For each segment, its limits as far as a figure can reach them."""
    return tuple(
        reach_of(segment.limits, [point.value for point in segment.points], terms.unit) if segment.limits else None
        for segment in chart.segments
    )


def verdict_on(terms: KpiTerms, chart: Xmr, month: Month) -> Verdict:
    """The verdict against the levels in force in this month."""
    level = terms.level_at(month)
    signal = variation(chart, terms.polarity)
    target = assured(chart, level.target if level else None, terms.polarity)
    minimum = assured(chart, level.minimum if level else None, terms.polarity)
    sentences = verdict_in_words(chart, signal, level, terms.polarity, terms.decimals)
    segment = chart.latest
    if segment is None or segment.limits is None:
        return Verdict(signal, target, minimum, None, sentences, trial="", range="", basis="")
    limits, reach = segment.limits, reach_of(segment.limits, [point.value for point in segment.points], terms.unit)
    return Verdict(
        signal=signal,
        target=target,
        minimum=minimum,
        limits=limits,
        sentences=sentences,
        trial=trial_in_words(limits),
        range=range_in_words(limits, reach, terms.unit, limit_decimals(terms.decimals)),
        basis=f"{limits.points} figures, {span_long(segment.first, segment.last)}",
    )


def _months(record: Record, judgements: Sequence[Judgement], chart: Xmr, kpi: Kpi) -> dict[Month, MonthRow]:
    terms = record.terms
    flags = chart.flags
    corrected = {row.month for row in record.corrections}
    went = travels(judgements, terms.polarity, terms.decimals)
    return {
        each.month: _month(terms, each, way, flags.get(each.month), each.month in corrected, kpi)
        for each, way in zip(judgements, went, strict=True)
    }


def _month(
    terms: KpiTerms, judgement: Judgement, way: Travels, flag: Flag | None, is_corrected: bool, kpi: Kpi
) -> MonthRow:
    level, reading = judgement.level, judgement.reading
    return MonthRow(
        month=judgement.month,
        contract_month=contract_month(judgement.month, kpi.contract.commences_on),
        figure=show(judgement.value, terms.unit, terms.decimals),
        rate=rate_in_words(reading.numerator, reading.denominator) if reading else "",
        target=show(level.target if level else None, terms.unit, terms.decimals),
        minimum=show(level.minimum if level else None, terms.unit, terms.decimals),
        measured=judgement.measured.value,
        contractual=judgement.contractual.value,
        is_provisional=judgement.is_provisional,
        is_corrected=is_corrected,
        relief=judgement.relief.reference if judgement.relief else "",
        not_measured_reason=reading.not_measured_reason if reading else "",
        explanation=reading.explanation if reading else None,
        is_disputed=is_disputed(judgement),
        last_month=way.last_month.value,
        last_year=way.last_year.value,
        signal=flag_in_words(flag, terms.polarity) if flag else "",
    )


def _level(terms: KpiTerms, place: int) -> LevelRow:
    level = terms.levels[place]
    target, minimum = promises(terms, level)
    return LevelRow(
        effective_from=level.effective_from,
        target=target,
        minimum=minimum,
        reason=level.reason,
        agreed_by=level.agreed_by,
    )


def _pooled(terms: KpiTerms, span: PooledSpan) -> PooledRow:
    """A pooled rate is held against the levels only where they were the same throughout the span."""
    if span.pooled is None:
        months = ", ".join(month_long(month) for month in span.without[:2])
        more = f" and {len(span.without) - 2} more" if len(span.without) > 2 else ""
        return PooledRow(span, "Not averaged", f"numerator and denominator not known for {months}{more}", "")
    level = terms.level_at(span.last)
    is_one = level is not None and level == terms.level_at(span.first)
    value = span.pooled.value
    return PooledRow(
        span,
        show(value, terms.unit, terms.decimals),
        rate_in_words(span.pooled.numerator, span.pooled.denominator),
        measure(value, level, terms.polarity, terms.decimals).value if level is not None and is_one else "",
    )


def with_rebase(page: KpiPage, month: Month) -> KpiPage:
    """The page as it would be if the limits restarted in this month as well."""
    terms = page.terms
    months = (*page.standing_rebases, month)
    chart = signal_chart(terms, page.judgements, months)
    return replace(
        page,
        standing_rebases=months,
        chart=chart,
        reaches=reaches(terms, chart),
        verdict=verdict_on(terms, chart, page.judgements[-1].month) if page.judgements else page.verdict,
    )
