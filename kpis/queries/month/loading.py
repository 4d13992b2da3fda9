"""Reads a month of the whole contract, in a fixed number of queries whatever the number of KPIs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from contracts.models import Contract
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.months import Month, add_months, month_short
from kpis.models import Correction, Result, Return, WarningAnswer
from kpis.queries.month.values import Answered, AreaMonth, Changed, KpiRow, MonthPage
from kpis.queries.registers import Area, read_register
from kpis.rules.counts import count
from kpis.rules.differences import Direction, difference, difference_in_words
from kpis.rules.figures import show
from kpis.rules.levels import promises
from kpis.rules.sentences import figure_in_words, rate_in_words
from kpis.rules.status import Judgement, KpiHistory, KpiTerms, has_illustrative

STATES = (Return.State.SUBMITTED, Return.State.RETURNED, Return.State.OPEN, Return.State.VERIFIED)


def load_month(contract: Contract, month: Month, *, is_internal: bool = True) -> MonthPage:
    """
    The month's values, in a fixed number of queries whatever the number of KPIs.

    Without ``is_internal`` it tells neither comments nor the answers to warnings, which are not the supplier's to see.
    """
    return read_now(read_month(contract, month, is_internal=is_internal))


def read_month(contract: Contract, month: Month, *, is_internal: bool = True) -> Reading[MonthPage]:
    """The same beside whatever else is read, in two steps."""
    register, (reported, answered, recorded, corrected, begun) = yield from beside(
        read_register(contract, add_months(month, -1), month),
        ask(
            Result.objects.of_contract(contract).filter(month=month).select_related("kpi", "entered_by"),
            _answers(contract, month) if is_internal else WarningAnswer.objects.none(),
            _recorded(contract, month),
            _corrections(contract, month),
            Return.objects.of_contract(contract)
            .filter(month=month)
            .select_related("submitted_by", "verified_by", "reopened_by"),
        ),
    )
    histories = [history for history in register.histories if history.at(month) is not None]
    results = {row.kpi.code: row for row in reported}
    answers = _answers_of(answered)
    earlier = _earlier_figures(recorded, corrected, {history.terms.code: history.terms for history in histories})
    returns = {row.service_area_id: row for row in begun}
    areas = []
    for area in register.areas:
        own = [history for history in histories if history.terms.area == area.code]
        if own:
            rows = [_row(each, month, results, answers, earlier, is_internal=is_internal) for each in own]
            areas.append(_area(area, own, month, tuple(rows), returns.get(area.pk), results))
    areas.sort(key=lambda each: STATES.index(Return.State(each.state)))
    judged = [judgement for history in histories if (judgement := history.at(month)) is not None]
    return MonthPage(
        month=month,
        areas=tuple(areas),
        checks=_checks(areas),
        is_illustrative=has_illustrative(judged),
    )


def _answers(contract: Contract, month: Month) -> QuerySet[WarningAnswer]:
    rows = WarningAnswer.objects.filter(result__kpi__contract=contract, result__month=month)
    return rows.select_related("result__kpi", "answered_by").order_by("pk")


def _recorded(contract: Contract, month: Month) -> QuerySet[Any, Any]:
    """Each figure that was ever on record, with when, as it was recorded."""
    history = Result.history.filter(kpi__contract=contract, month=month).order_by("history_id")
    figures: QuerySet[Any, Any] = history.values_list(
        "kpi__code", "history_date", "value", "numerator", "denominator", "not_measured_reason"
    )
    return figures


def _corrections(contract: Contract, month: Month) -> QuerySet[Correction]:
    rows = Correction.objects.filter(result__kpi__contract=contract, result__month=month)
    return rows.select_related("result__kpi").order_by("pk")


def _answers_of(rows: Iterable[WarningAnswer]) -> dict[str, tuple[Answered, ...]]:
    found: defaultdict[str, tuple[Answered, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.result.kpi.code] += (Answered(row.said, row.answer, str(row.answered_by or "")),)
    return found


def _earlier_figures(
    recorded: Iterable[Any], corrections: Iterable[Correction], terms: Mapping[str, KpiTerms]
) -> dict[str, Changed]:
    """By code the figure before the present one: from the corrections, else from the history of the results."""
    found: dict[str, Changed] = {}
    standing: dict[str, tuple[Any, ...]] = {}
    for code, at, *figure in recorded:
        before = standing.get(code)
        if before is not None and before != tuple(figure) and code in terms:
            found[code] = Changed(
                figure_in_words(terms[code].unit, terms[code].decimals, *before), at, is_correction=False
            )
        standing[code] = tuple(figure)
    for row in corrections:
        code = row.result.kpi.code
        if code in terms:
            before = (row.value_before, row.numerator_before, row.denominator_before, row.not_measured_reason_before)
            found[code] = Changed(
                figure_in_words(terms[code].unit, terms[code].decimals, *before), row.corrected_at, is_correction=True
            )
    return found


def _row(
    history: KpiHistory,
    month: Month,
    results: Mapping[str, Result],
    answers: Mapping[str, tuple[Answered, ...]],
    earlier: Mapping[str, Changed],
    *,
    is_internal: bool,
) -> KpiRow:
    terms = history.terms
    judgement = next(each for each in history.judgements if each.month == month)
    reading, (target, minimum) = judgement.reading, promises(terms, judgement.level)
    shown = results.get(terms.code) if reading is not None else None
    moved, is_worse = _difference(history, judgement)
    return KpiRow(
        code=terms.code,
        name=terms.name,
        figure=show(judgement.value, terms.unit, terms.decimals),
        rate=rate_in_words(reading.numerator, reading.denominator) if reading else "",
        target=target,
        minimum=minimum,
        contractual=judgement.contractual,
        measured=judgement.measured.value,
        is_provisional=judgement.is_provisional,
        difference=moved,
        is_worse=is_worse,
        changed=earlier.get(terms.code) if shown else None,
        answers=answers.get(terms.code, ()) if shown else (),
        explanation=reading.explanation if reading else None,
        explanation_awaited_on=shown.explanation_awaited_on if shown else None,
        not_measured_reason=reading.not_measured_reason if reading else "",
        comment=shown.comment if shown and is_internal else "",
        entered_by=str(shown.entered_by or "") if shown else "",
        dispute=reading.dispute if reading else None,
    )


def _difference(history: KpiHistory, judgement: Judgement) -> tuple[str, bool]:
    """Against the month due before it: `1.20 points better than Jan 2018`; nothing where one of them has no figure."""
    terms = history.terms
    before = next((each for each in reversed(history.judgements) if each.month < judgement.month), None)
    if before is None or before.value is None or judgement.value is None:
        return "", False
    found = difference(judgement.value, before.value, terms.polarity, terms.decimals)
    words = difference_in_words(found, terms.unit, terms.decimals)
    joined = "as" if found.direction is Direction.SAME else "than"
    return f"{words} {joined} {month_short(before.month)}", found.direction is Direction.WORSE


def _area(
    area: Area,
    histories: list[KpiHistory],
    month: Month,
    rows: tuple[KpiRow, ...],
    row: Return | None,
    results: Mapping[str, Result],
) -> AreaMonth:
    row = row or Return(pk=0, version=0)
    own = [results[each.code] for each in rows if each.code in results]
    return AreaMonth(
        area=area,
        pk=row.pk,
        version=row.version,
        state=row.state,
        rows=tuple(sorted(rows, key=lambda each: each.gravity)),
        counts=count((each for history in histories for each in history.judgements), month),
        submitted_at=row.submitted_at,
        submitted_by=str(row.submitted_by or ""),
        verified_at=row.verified_at,
        verified_by=str(row.verified_by or ""),
        checked_how=row.checked_how,
        sample_size=row.sample_size,
        returned_reason=row.returned_reason,
        reopened_at=row.reopened_at,
        reopened_by=str(row.reopened_by or ""),
        reopened_reason=row.reopened_reason,
        entered_by=tuple(sorted({each.entered_by for each in rows if each.entered_by})),
        own_by=frozenset(filter(None, (row.submitted_by_id, *(each.entered_by_id for each in own)))),
    )


def _checks(areas: list[AreaMonth]) -> tuple[tuple[str, int], ...]:
    """How the verified areas were checked, counted in the order of the choices; imported ones do not say how."""
    found = Counter(area.checked_how for area in areas if area.is_verified)
    return tuple((how, found[how]) for how in ("", *Return.Check.values) if how or found[how])
