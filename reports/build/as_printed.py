"""
A frozen paper read back: its KPIs judged as it judged them, from what it prints.

Every figure stands in it with the levels and the relief it was judged by, so nothing that has changed since can get in.
Only what lies before the months it shows, and decides no more than how long a run is, comes from the register.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from contracts.rules.months import Month, add_months
from kpis.queries.corrected import Past
from kpis.rules.figures import Polarity, Unit, plain, worked_out
from kpis.rules.relief import Cause, Decision, Relief
from kpis.rules.status import Explanation, KpiHistory, KpiTerms, Level, Reading, judge, judge_history
from reports import snapshot
from reports.rules.errata import Place
from reports.rules.review import Review

ILLUSTRATIVE: Final = "illustrative"
EVERY_MONTH: Final = frozenset(range(1, 13))
NOTHING_SAID: Final = Explanation("", "")


@dataclass(frozen=True)
class Printed:
    """A frozen paper, and what else decides its figures: whether below target counts, and which papers told what."""

    paper: snapshot.BoardPaper
    past: Past
    below_target_counts: bool
    reported: Mapping[Month, date | None]

    @cached_property
    def cells(self) -> dict[Place, snapshot.ResultLine]:
        """Every result that the paper prints, by KPI and month."""
        exceptions = {(each.kpi, line.month): line for each in self.paper.exceptions for line in each.results}
        return exceptions | {(kpi.kpi, line.month): line for kpi in self._kpis.values() for line in kpi.results}

    @cached_property
    def told_from(self) -> Month:
        """From this month on the paper prints every result; of the months before it may show counts alone."""
        of_all = [line.month for kpi in self._kpis.values() for line in kpi.results]
        return min(of_all, default=self.paper.review.from_)

    @cached_property
    def review(self) -> Review:
        of = self.paper.review
        return Review(of.from_, of.to, of.is_repeat, self.paper.history.from_)

    @cached_property
    def commences_on(self) -> date:
        return add_months(self.paper.review.from_, 1 - self.paper.review.from_contract_month)

    def explanation(self, code: str, month: Month) -> Explanation | None:
        """What was said of a result: as printed, where the paper prints it, else as it stands in the register."""
        if (code, month) in self._explained:
            return self._explained[code, month]
        known = self.past.readings.get(code, {}).get(month)
        return known.explanation if known else None

    @cached_property
    def _explained(self) -> dict[Place, Explanation | None]:
        """The paper explains the last month of each exception; the reason why there is no figure is not among it."""
        found: dict[Place, Explanation | None] = {}
        for line in self.paper.exceptions:
            said = Explanation(line.cause, line.effect, line.remedy, line.recovery_month)
            result = self.cells.get((line.kpi, line.months[-1]))
            reason = result.not_measured_reason if result else ""
            is_bare = said in (NOTHING_SAID, replace(NOTHING_SAID, cause=reason))
            found[line.kpi, line.months[-1]] = None if is_bare else said
        return found

    @cached_property
    def _kpis(self) -> dict[str, snapshot.KpiLine]:
        return {kpi.kpi: kpi for area in self.paper.areas for kpi in area.kpis}

    @cached_property
    def _terms(self) -> dict[str, KpiTerms]:
        """Of the KPIs that the paper prints, and of those that the months before still counted."""
        printed = {code: self._terms_of(kpi) for code, kpi in self._kpis.items()}
        if self.told_from <= self.paper.history.from_:
            return printed
        return self.past.terms | printed

    def prints(self, place: Place, reading: Reading) -> bool | None:
        """Whether the paper prints this figure there; ``None`` where it prints none at all."""
        line = self.cells.get(place)
        if line is None:
            return None
        return _as_printed(reading, self._terms[place[0]]) == (
            line.value, line.numerator, line.denominator, line.not_measured_reason,
        )  # fmt: skip

    def histories(self, before: Mapping[Place, Reading]) -> dict[str, KpiHistory]:
        """
        Every KPI judged as the paper judged it; what the paper does not print, as the register does.

        ``before`` are the readings that the paper does not print and that were corrected since, as they stood.
        """
        return {code: self._history(terms, before) for code, terms in self._terms.items()}

    def _history(self, terms: KpiTerms, before: Mapping[Place, Reading]) -> KpiHistory:
        readings = dict(self.past.readings.get(terms.code, {}))
        readings |= {month: reading for (code, month), reading in before.items() if code == terms.code}
        known = {month: reading for month, reading in readings.items() if reading != Reading()}
        until = add_months(self.told_from, -1)
        judged = judge_history(terms, known, self.past.reliefs, terms.in_force_from, until).judgements
        judgements = {each.month: each for each in judged}
        for (code, month), line in self.cells.items():
            if code == terms.code:
                judgements[month] = judge(terms, month, self._reading(terms, line), self._relief(code, line))
        return KpiHistory(terms, tuple(judgements[month] for month in sorted(judgements)))

    def _terms_of(self, kpi: snapshot.KpiLine) -> KpiTerms:
        """What the contract said of the KPI then; when it began and which months it owes, as it says now."""
        now, lines = self.past.terms.get(kpi.kpi), [line for (code, _), line in self.cells.items() if code == kpi.kpi]
        lines.sort(key=lambda line: line.month)
        first, last = lines[0].month, lines[-1].month
        known = () if now is None else now.levels
        return KpiTerms(
            code=kpi.kpi,
            area=kpi.service_area,
            name=kpi.name,
            unit=Unit(kpi.unit),
            polarity=Polarity(kpi.polarity),
            decimals=kpi.decimals,
            in_force_from=first if now is None else min(now.in_force_from, first),
            in_force_to=now.in_force_to if now and now.in_force_to and now.in_force_to >= last else None,
            due_months=(EVERY_MONTH if now is None else now.due_months) | {line.month.month for line in lines},
            levels=(*(level for level in known if level.effective_from < first), *_levels(lines, now)),
            definition=kpi.definition,
        )

    def _reading(self, terms: KpiTerms, line: snapshot.ResultLine) -> Reading | None:
        if line.value is None and not line.not_measured_reason:
            return None
        return Reading(
            value=_decimal(line.value),
            numerator=_decimal(line.numerator),
            denominator=_decimal(line.denominator),
            not_measured_reason=line.not_measured_reason,
            is_provisional=line.provisional,
            source=ILLUSTRATIVE if line.illustrative else "",
            explanation=self.explanation(terms.code, line.month),
        )

    def _relief(self, code: str, line: snapshot.ResultLine) -> Relief | None:
        """The relief that the paper names for the month, with the span that it had then."""
        if line.relief is None:
            return None
        printed = next((each for each in self.paper.reliefs if each.reference == line.relief), None)
        now = next((each for each in self.past.reliefs if each.reference == line.relief), None)
        spans = printed or now
        return Relief(
            reference=line.relief,
            kpis=frozenset({code}),
            is_blanket=False,
            from_month=min(spans.from_month, line.month) if spans else line.month,
            to_month=None if spans is None or spans.to_month is None else max(spans.to_month, line.month),
            cause=Cause(spans.cause) if spans else Cause.OTHER,
            narrative=spans.narrative if spans else "",
            decision=Decision.GRANTED,
        )


def counts_below_target(paper: snapshot.BoardPaper, default: bool) -> bool:
    """Whether the paper lists KPIs below target: as its own lines show, else as the contract says."""
    if any(line.rule == "below_target" for line in paper.exceptions):
        return True
    is_there = any(
        line.contractual == "below_target" and line.month >= paper.review.from_
        for area in paper.areas
        for kpi in area.kpis
        for line in kpi.results
    )
    return default and not is_there


def _levels(lines: Iterable[snapshot.ResultLine], now: KpiTerms | None) -> tuple[Level, ...]:
    """A level for each month that the paper shows: the printed one, or the register's where it prints none."""
    levels = []
    for line in lines:
        if line.target is not None and line.minimum is not None:
            levels.append(Level(line.month, Decimal(line.target), Decimal(line.minimum)))
        elif now is not None and (known := now.level_at(line.month)) is not None:
            levels.append(replace(known, effective_from=line.month))
    return tuple(levels)


def _as_printed(reading: Reading, terms: KpiTerms) -> tuple[str | None, str | None, str | None, str]:
    value = worked_out(reading.value, reading.numerator, reading.denominator, terms.unit)
    numerator, denominator = (
        None if each is None else format(each.normalize(), "f") for each in (reading.numerator, reading.denominator)
    )
    return (
        None if value is None else plain(value, terms.decimals), numerator, denominator, reading.not_measured_reason,
    )  # fmt: skip


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
