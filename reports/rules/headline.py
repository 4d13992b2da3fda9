"""The headline: one or two sentences that answer "is it all right?", worked out from the judgements alone.

The first sentence says what failed, or that nothing did. The second says how many met their target and accounts for the
others: below target, under relief, missing, not measured, provisional. A KPI counts in each of these that it was in at
least once, but as below target only when it never failed, so the clauses need not add up to the KPIs in force.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from contracts.rules.months import Month, month_long, month_range, span_long
from kpis.rules.codes import code_order
from kpis.rules.counts import count_months
from kpis.rules.status import Contractual, Judgement, KpiHistory
from reports.rules.sentences import capitalised, listed, number_in_words

MOST_NAMED: Final = 3
"""So many failed KPIs, or service areas, are named one by one; more are counted."""


SHORTFALLS: Final = {
    Contractual.BELOW_TARGET: ("was", "were", "below target"),
    Contractual.MISSING: ("is", "are", "missing"),
    Contractual.NOT_MEASURED: ("was", "were", "not measured"),
}


@dataclass(frozen=True, slots=True)
class _Kpi:
    """A KPI in the months of the review period in which it was in force."""

    history: KpiHistory
    judgements: tuple[Judgement, ...]
    statuses: tuple[Contractual, ...]

    def was_ever(self, status: Contractual) -> bool:
        return status in self.statuses

    def was_always(self, status: Contractual) -> bool:
        return self.statuses.count(status) == len(self.statuses)

    @property
    def has_failed(self) -> bool:
        return self.was_ever(Contractual.BELOW_MINIMUM)

    @property
    def had_relief(self) -> bool:
        return any(judgement.relief is not None for judgement in self.judgements)


@dataclass(frozen=True, slots=True)
class _Period:
    """The review period with the KPIs in force in it."""

    first: Month
    last: Month
    kpis: tuple[_Kpi, ...]
    area_names: Mapping[str, str]

    @property
    def is_one_month(self) -> bool:
        return self.first == self.last

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        return tuple(judgement for kpi in self.kpis for judgement in kpi.judgements)

    def ever(self, status: Contractual) -> list[_Kpi]:
        return [kpi for kpi in self.kpis if kpi.was_ever(status)]


def headline(
    histories: Iterable[KpiHistory],
    review_from: Month,
    review_to: Month,
    area_names: Mapping[str, str],
    *,
    is_repeat: bool = False,
    begins_with_months: bool = False,
) -> str:
    """The headline of a review period; `area_names` gives the name of every service area by its code.

    `is_repeat`: the period was judged by the last paper already, because nothing newer was verified since.
    `begins_with_months`: `February 2018: no KPI failed.` rather than `No KPI failed in February 2018.`
    """
    period = _period(histories, review_from, review_to, area_names)
    opening = "nothing newer has been verified since the last paper: " if is_repeat else ""
    if begins_with_months:
        opening = f"{span_long(review_from, review_to)}: "
    sentences = [opening + _failures(period, is_named=begins_with_months), "; ".join(_accounts(period))]
    return " ".join(f"{capitalised(sentence)}." for sentence in sentences if sentence)


def _period(histories: Iterable[KpiHistory], first: Month, last: Month, area_names: Mapping[str, str]) -> _Period:
    in_force = []
    for history in histories:
        own = tuple([judgement for judgement in history.judgements if first <= judgement.month <= last])
        if own:
            in_force.append(_Kpi(history, own, tuple([judgement.contractual for judgement in own])))
    in_force.sort(key=lambda kpi: (kpi.history.terms.area, code_order(kpi.history.terms.code)))
    return _Period(first, last, tuple(in_force), area_names)


def _failures(period: _Period, *, is_named: bool) -> str:
    """`is_named`: the months stand before it already."""
    when = "" if is_named else f" {_when(period)}"
    if not period.kpis:
        return f"no KPI was in force{when}"
    if not _has_figures(period):
        return "no KPI has a figure" + ("" if is_named else f" for {span_long(period.first, period.last)}")
    failed = [kpi for kpi in period.kpis if kpi.has_failed]
    kpis = f"{number_in_words(len(failed))} {'KPI' if len(failed) < 2 else 'KPIs'}"
    return f"{_reservation(period, failed)}{kpis} failed{when}{_named(period, failed)}"


def _reservation(period: _Period, failed: Sequence[_Kpi]) -> str:
    """What is not known cannot be said to be well."""
    if period.ever(Contractual.MISSING):
        return "on the figures reported so far, "
    if period.ever(Contractual.NOT_MEASURED) and not failed:
        return "on the figures there are, "
    return ""


def _named(period: _Period, failed: Sequence[_Kpi]) -> str:
    if not failed:
        return ""
    if len(failed) <= MOST_NAMED:
        return ": " + listed([f"{kpi.history.terms.name} ({kpi.history.terms.code})" for kpi in failed])
    areas = _by_area(period, failed)
    if len(areas) == 1:
        return f", all in {areas[0][0]}"
    return ": " + _counted(areas)


def _accounts(period: _Period) -> list[str]:
    if not period.kpis:
        return []
    clauses = [
        _met(period),
        _fell_short(period, Contractual.BELOW_TARGET),
        _relief(period),
        _fell_short(period, Contractual.MISSING),
        _fell_short(period, Contractual.NOT_MEASURED),
        _provisional(period),
    ]
    return [clause for clause in clauses if clause]


def _met(period: _Period) -> str:
    if not _has_figures(period):
        return ""
    total = len(period.kpis)
    met = sum(kpi.was_always(Contractual.TARGET_MET) for kpi in period.kpis)
    every = _every_month(period)
    if total == 1:
        return f"the one KPI in force {'met' if met else 'did not meet'} its target{every}"
    if met == total:
        return f"{_all(total)} met their target{every}"
    varying = _met_by_month(period)
    if varying:
        return f"between {min(varying)} and {max(varying)} of {total} met their target, depending on the month"
    if met == 0:
        return f"none of the {number_in_words(total)} met its target{every}"
    return f"{met} of {total} met {'its' if met == 1 else 'their'} target{every}"


def _every_month(period: _Period) -> str:
    if period.is_one_month:
        return ""
    months = len(month_range(period.first, period.last))
    is_steady = all(len(kpi.judgements) == months for kpi in period.kpis)
    return " in every month" if is_steady else " in every month they were in force"


def _met_by_month(period: _Period) -> frozenset[int]:
    """The different counts of KPIs that met their target, when they differ while those in force stay the same."""
    counts = count_months((kpi.history for kpi in period.kpis), period.first, period.last)
    met = frozenset(month.target_met for month in counts)
    is_steady = all(month.in_force == len(period.kpis) for month in counts)
    return met if is_steady and len(met) > 1 else frozenset()


def _relief(period: _Period) -> str:
    relieved = [kpi for kpi in period.kpis if kpi.had_relief]
    if not relieved:
        return ""
    met = sum(kpi.was_always(Contractual.TARGET_MET) for kpi in relieved)
    its = "its" if met == 1 else "their"
    ending = ""
    if met == len(relieved):
        ending = f" but met {its} target all the same"
    elif met:
        ending = f", {number_in_words(met)} of which met {its} target all the same"
    return f"{_who(period, relieved)} had mitigation relief{ending}"


def _fell_short(period: _Period, status: Contractual) -> str:
    kpis = [kpi for kpi in period.ever(status) if status is not Contractual.BELOW_TARGET or not kpi.has_failed]
    if not kpis:
        return ""
    has_graver = status is Contractual.BELOW_TARGET and any(kpi.has_failed for kpi in period.kpis)
    one, many, words = SHORTFALLS[status]
    who = _who(period, kpis, "more" if has_graver else "")
    return f"{who} {one if len(kpis) == 1 else many} {words}{_how_long(period, kpis, status)}"


def _provisional(period: _Period) -> str:
    figures = [judgement for judgement in period.judgements if judgement.value is not None]
    months = sorted({judgement.month for judgement in figures if judgement.is_provisional})
    if not months:
        return ""
    is_whole = all(judgement.is_provisional for judgement in figures if judgement.month in months)
    if len(months) < len({judgement.month for judgement in figures}):
        named = listed([month_long(month) for month in months])
        return f"{'the' if is_whole else 'some'} figures for {named} are provisional"
    if is_whole:
        return "all figures are provisional"
    return "some figures are provisional" if period.is_one_month else "some figures of every month are provisional"


def _has_figures(period: _Period) -> bool:
    return any(judgement.value is not None for judgement in period.judgements)


def _when(period: _Period) -> str:
    if period.is_one_month:
        return f"in {month_long(period.first)}"
    return f"between {month_long(period.first)} and {month_long(period.last)}"


def _how_long(period: _Period, kpis: Sequence[_Kpi], status: Contractual) -> str:
    if period.is_one_month:
        return ""
    return " in every month" if all(kpi.was_always(status) for kpi in kpis) else " in at least one month"


def _who(period: _Period, kpis: Sequence[_Kpi], more: str = "") -> str:
    """The KPIs as the subject of a clause: `two, both in Adult Care Finance,`."""
    if len(kpis) == len(period.kpis):
        return "it" if len(kpis) == 1 else _all(len(kpis))
    number = f"{number_in_words(len(kpis))} {more}".strip()
    return f"{number}, {_where(period, kpis)},"


def _all(total: int) -> str:
    return "both" if total == 2 else f"all {number_in_words(total)}"


def _where(period: _Period, kpis: Sequence[_Kpi]) -> str:
    areas = _by_area(period, kpis)
    if len(areas) > MOST_NAMED:
        return f"across {number_in_words(len(areas))} service areas"
    if len(areas) > 1:
        return _counted(areas)
    together = {1: "", 2: "both "}.get(len(kpis), "all ")
    return f"{together}in {areas[0][0]}"


def _counted(areas: Sequence[tuple[str, int]]) -> str:
    return listed([f"{number_in_words(count)} in {name}" for name, count in areas])


def _by_area(period: _Period, kpis: Iterable[_Kpi]) -> list[tuple[str, int]]:
    """Service areas by name with their count, the most first."""
    counts = Counter(period.area_names[kpi.history.terms.area] for kpi in kpis)
    return sorted(counts.items(), key=lambda area: (-area[1], area[0]))
