"""The KPI half of the paper: judged histories become printed lines."""

from collections.abc import Mapping, Sequence
from datetime import date

from contracts.rules.months import Month, contract_month
from kpis.queries import Area, Register
from kpis.queries.how_checked import HowChecked
from kpis.rules import status
from kpis.rules.changes import kpi_changes
from kpis.rules.counts import count_months
from kpis.rules.disputes import Dispute
from kpis.rules.figures import plain
from kpis.rules.relief import Relief, age_months
from kpis.rules.status import Explanation, Judgement, KpiHistory, KpiTerms
from reports import snapshot
from reports.rules import exceptions
from reports.rules.review import Review
from reports.rules.sentences import earlier_in_words, run_in_words


def month_lines(register: Register, first: Month, last: Month, commences_on: date) -> tuple[snapshot.MonthCounts, ...]:
    """The counts of each month, recounted from the judgements."""
    return tuple(
        snapshot.MonthCounts(
            month=month,
            contract_month=contract_month(month, commences_on),
            in_force=counts.in_force,
            target_met=counts.target_met,
            below_target=counts.below_target,
            below_minimum=counts.below_minimum,
            relief_granted=counts.relief_granted,
            not_measured=counts.not_measured,
            missing=counts.missing,
            provisional=counts.provisional,
        )
        for counts in count_months(register.histories, first, last)
        if (month := counts.month) is not None
    )


def exception_lines(
    found: Sequence[exceptions.ExceptionLine], review: Review, commences_on: date
) -> tuple[snapshot.ExceptionLine, ...]:
    return tuple(_exception(line, review, commences_on) for line in found)


def area_lines(
    register: Register, review: Review, commences_on: date, checked: Mapping[str, Sequence[HowChecked]]
) -> tuple[snapshot.AreaLine, ...]:
    """Every area with the results of its KPIs over the history; areas with no KPI in force are left out."""
    lines = (_area(area, register, review, commences_on, checked.get(area.code, ())) for area in register.areas)
    return tuple(line for line in lines if line.kpis)


def relief_lines(register: Register, review: Review, stale_months: int) -> tuple[snapshot.ReliefLine, ...]:
    """The granted reliefs that cover part of the review period, oldest first."""
    return tuple(
        _relief(relief, review, stale_months, _relieved(register, review, relief))
        for relief in register.granted
        if relief.from_month <= review.last and (relief.to_month is None or relief.to_month >= review.first)
    )


def change_lines(register: Register, first: Month, last: Month) -> tuple[snapshot.KpiChange, ...]:
    terms = [history.terms for history in register.histories]
    return tuple(
        snapshot.KpiChange(
            change.terms.code, change.terms.name, change.change.value, change.month, change.detail, change.reason
        )
        for change in kpi_changes(terms, first, last)
    )


def earlier_failure_lines(
    register: Register, review: Review, reported: dict[Month, date | None], corrected: Mapping[Month, date]
) -> tuple[snapshot.EarlierFailure, ...]:
    """The notes under the history. ``corrected``: the day of each month's latest correction."""
    failures = exceptions.earlier_failures(register.histories, review.history_from, review.first, reported)
    return tuple(
        snapshot.EarlierFailure(
            each.month,
            len(each.below_minimum),
            each.reported_on,
            earlier_in_words(each, is_corrected=_is_later(corrected.get(each.month), each.reported_on)),
        )
        for each in failures
    )


def provisional_areas(register: Register, review: Review) -> tuple[str, ...]:
    """The areas of which some figure shown is provisional, by code."""
    provisional = {
        history.terms.area
        for history in register.histories
        for judgement in _shown(history, review)
        if judgement.is_provisional
    }
    return tuple(area.code for area in register.areas if area.code in provisional)


def has_illustrative(register: Register, review: Review) -> bool:
    return status.has_illustrative(each for history in register.histories for each in _shown(history, review))


def result_line(terms: KpiTerms, judgement: Judgement, commences_on: date) -> snapshot.ResultLine:
    """One month of one KPI, every figure at the KPI's decimals."""
    level, reading = judgement.level, judgement.reading
    return snapshot.ResultLine(
        month=judgement.month,
        contract_month=contract_month(judgement.month, commences_on),
        value=None if judgement.value is None else plain(judgement.value, terms.decimals),
        target=None if level is None else plain(level.target, terms.decimals),
        minimum=None if level is None else plain(level.minimum, terms.decimals),
        measured=judgement.measured.value,
        contractual=judgement.contractual.value,
        provisional=judgement.is_provisional,
        relief=judgement.relief.reference if judgement.relief else None,
        numerator=None if reading is None or reading.numerator is None else format(reading.numerator.normalize(), "f"),
        denominator=(
            None if reading is None or reading.denominator is None else format(reading.denominator.normalize(), "f")
        ),
        not_measured_reason=reading.not_measured_reason if reading else "",
        illustrative=reading is not None and reading.source == status.ILLUSTRATIVE,
        dispute=_dispute(reading.dispute) if reading is not None and reading.dispute is not None else None,
    )


def _dispute(dispute: Dispute) -> snapshot.DisputeLine:
    return snapshot.DisputeLine(
        state=dispute.state.value,
        note=dispute.note,
        claimed=dispute.claimed,
        answer=dispute.answer,
        raised_on=dispute.raised_on,
        settled_on=dispute.settled_on,
    )


def _exception(line: exceptions.ExceptionLine, review: Review, commences_on: date) -> snapshot.ExceptionLine:
    terms = line.history.terms
    last = line.history.at(line.months[-1])
    explained = _explanation(line)
    return snapshot.ExceptionLine(
        kpi=terms.code,
        service_area=terms.area,
        name=terms.name,
        unit=terms.unit.value,
        polarity=terms.polarity.value,
        decimals=terms.decimals,
        rule=line.rule.value,
        state=line.state.value,
        run_length=line.run_length,
        run=run_in_words(line),
        months=line.months,
        results=tuple(result_line(terms, judgement, commences_on) for judgement in _shown(line.history, review)),
        cause=explained.cause,
        effect=explained.effect,
        remedy=explained.remedy,
        recovery_month=explained.recovery_month,
        relief=last.relief.reference if last is not None and last.relief is not None else None,
    )


def _explanation(line: exceptions.ExceptionLine) -> Explanation:
    """What was said about the last month that tripped the rule, never what was said of an earlier one.

    Without a figure, it is the reason there is none.
    """
    judgement = line.history.at(line.months[-1])
    reading = judgement.reading if judgement else None
    if reading is None:
        return Explanation(cause="", effect="")
    return reading.explanation or Explanation(cause=reading.not_measured_reason, effect="")


def _area(
    area: Area, register: Register, review: Review, commences_on: date, checked: Sequence[HowChecked]
) -> snapshot.AreaLine:
    own = (history for history in register.histories if history.terms.area == area.code)
    lines = (_kpi(history, review, commences_on) for history in own)
    checks = tuple(snapshot.CheckLine(each.month, each.how, each.sample) for each in checked)
    return snapshot.AreaLine(area.code, area.name, tuple(line for line in lines if line.results), checks)


def _kpi(history: KpiHistory, review: Review, commences_on: date) -> snapshot.KpiLine:
    terms = history.terms
    return snapshot.KpiLine(
        kpi=terms.code,
        service_area=terms.area,
        name=terms.name,
        definition=terms.definition,
        unit=terms.unit.value,
        polarity=terms.polarity.value,
        decimals=terms.decimals,
        results=tuple(result_line(terms, judgement, commences_on) for judgement in _shown(history, review)),
    )


def _relief(relief: Relief, review: Review, stale_months: int, relieved: set[str]) -> snapshot.ReliefLine:
    return snapshot.ReliefLine(
        reference=relief.reference,
        kpis=tuple(sorted(relieved if relief.is_blanket else relief.kpis)),
        is_blanket=relief.is_blanket,
        from_month=relief.from_month,
        to_month=relief.to_month,
        age_months=age_months(relief, review.last),
        is_stale=relief.is_long_open_ended(review.last, stale_months),
        cause=relief.cause.value,
        narrative=relief.narrative,
        decided_by=relief.decided_by,
        decided_on=relief.decided_on,
    )


def _is_later(corrected_on: date | None, reported_on: date | None) -> bool:
    return corrected_on is not None and reported_on is not None and corrected_on > reported_on


def _relieved(register: Register, review: Review, relief: Relief) -> set[str]:
    """The KPIs that this relief covers in the review period; a blanket one skips those with their own."""
    return {
        history.terms.code
        for history in register.histories
        for judgement in history.judgements
        if judgement.relief is not None
        and judgement.relief.reference == relief.reference
        and review.first <= judgement.month <= review.last
    }


def _shown(history: KpiHistory, review: Review) -> tuple[Judgement, ...]:
    return tuple(each for each in history.judgements if review.history_from <= each.month <= review.last)
