"""Board papers to render: judged by the real rules from rows as short as a status matrix, portfolio and all.

A row is a KPI and one letter per month of the history: `g` target met, `a` below target, `r` below minimum,
`n` not measured, `-` missing; a capital letter is provisional. `paper()` makes a snapshot of such rows; the functions
below it are the papers that the renderers' tests look at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from contracts.rules.months import Month, add_months, contract_month, parse_month
from kpis.rules.codes import code_order
from kpis.rules.counts import count_months
from kpis.rules.figures import Polarity, Unit, plain
from kpis.rules.relief import Cause, Decision, Relief, age_months
from kpis.rules.status import Explanation, Judgement, KpiHistory, KpiTerms, Level, Reading, judge_history
from reports import snapshot
from reports.rules.exceptions import ExceptionLine, earlier_failures, find_exceptions, since_last
from reports.rules.headline import headline
from reports.rules.sentences import earlier_in_words, run_in_words
from tests.reports.portfolio import NO_PROJECTS

COMMENCES_ON: Final = date(2015, 4, 1)
MEETING_ON: Final = date(2018, 3, 29)
MADE_ON: Final = date(2018, 3, 14)
AREAS: Final = {
    "ACF": "Adult Care Finance",
    "CSC": "Customer Service Centre",
    "FA": "Financial Administration",
    "IMT": "Information Management Technology",
    "PM": "People Management",
}
NAMES: Final = {
    "ACF": "Non-residential financial assessments completed within 15 working days of referral",
    "CSC": "Calls abandoned, of all calls",
    "FA": "Undisputed invoices paid within 30 days",
    "IMT": "Priority 1 incidents reported to the service desk",
    "PM": "Payroll payments made accurately and on time",
}
# unit, polarity, decimals, target, minimum, and figures for g, a and r
MEASURES: Final[dict[str, tuple[Unit, Polarity, int, str, str, dict[str, str]]]] = {
    "ACF": (Unit.PERCENT, Polarity.HIGHER, 2, "75", "65", {"g": "81.4", "a": "70.705", "r": "58.53"}),
    "CSC": (Unit.PERCENT, Polarity.LOWER, 2, "7", "12", {"g": "2.79", "a": "9.4", "r": "14.2"}),
    "FA": (Unit.MONEY, Polarity.LOWER, 2, "1500", "2500.5", {"g": "1234.5", "a": "1999.99", "r": "3000"}),
    "IMT": (Unit.COUNT, Polarity.LOWER, 0, "2", "4", {"g": "1", "a": "3", "r": "6"}),
    "PM": (Unit.SECONDS, Polarity.LOWER, 0, "60", "90", {"g": "45", "a": "65", "r": "125"}),
}
REASON: Final = "The telephone system kept no log that month."
EXPLANATION: Final = Explanation(
    cause="A failed storage array took the telephony platform down on four working days.",
    effect="About 1,400 residents could not get through; adult social care referrals were taken by e-mail instead.",
    remedy="Array replaced and fail-over tested. Owner: the supplier's Head of Infrastructure.",
    recovery_month=parse_month("2018-04"),
)


def month(text: str) -> Month:
    return parse_month(text)


def kpi(row: str, begin: Month, *reliefs: Relief, is_explained: bool = True, **changes: Any) -> KpiHistory:
    """A KPI from its row: `CSC_KPI_04 ggrggg`. The area decides what it measures."""
    code, letters = row.split()
    area = code.split("_")[0]
    unit, polarity, decimals, target, minimum, figures = MEASURES[area]
    given: dict[str, Any] = {
        "code": code,
        "area": area,
        "name": NAMES[area],
        "unit": unit,
        "polarity": polarity,
        "decimals": decimals,
        "in_force_from": month("2015-04"),
        "in_force_to": None,
        "due_months": frozenset(range(1, 13)),
        "levels": (Level(month("2015-04"), Decimal(target), Decimal(minimum)),),
    }
    readings = {
        add_months(begin, place): reading
        for place, letter in enumerate(letters)
        if (reading := _reading(letter, figures, is_explained)) is not None
    }
    return judge_history(KpiTerms(**(given | changes)), readings, reliefs, begin, add_months(begin, len(letters) - 1))


def relief(reference: str, from_month: str, to_month: str | None = None, *codes: str, **changes: Any) -> Relief:
    """Granted; blanket when no KPI is named."""
    given: dict[str, Any] = {
        "reference": reference,
        "kpis": frozenset(codes),
        "is_blanket": not codes,
        "from_month": month(from_month),
        "to_month": month(to_month) if to_month else None,
        "cause": Cause.SYSTEM_IMPLEMENTATION,
        "narrative": "The new social-care system was rolled out by the authority; process issues are left to settle.",
        "decision": Decision.GRANTED,
        "decided_by": "Contract manager",
        "decided_on": date(2017, 11, 20),
    }
    return Relief(**(given | changes))


def paper(
    histories: Sequence[KpiHistory],
    *reliefs: Relief,
    history: tuple[str, str] = ("2017-08", "2018-01"),
    review: tuple[str, str] = ("2017-11", "2018-01"),
    **changes: Any,
) -> snapshot.BoardPaper:
    """The snapshot of judged histories, as the builder makes it from the database."""
    first, last, since, until = (month(text) for text in (*history, *review))
    found = find_exceptions(histories, since, until, below_target_counts=True)
    shown = [_cut(each, first) for each in histories]
    counts = _counts(shown, first, last)
    told = since_last(found, since, until)
    papers = {add_months(since, -2): date(2017, 12, 21), add_months(since, -1): date(2017, 12, 21)}
    given: dict[str, Any] = {
        "schema": snapshot.SCHEMA,
        "kind": "report",
        "status": "draft",
        "revision": 1,
        "made_on": MADE_ON,
        "contract": snapshot.ContractHead(
            "CSS", "Corporate Support Services Contract", "Exampleshire County Council", "Example Services plc"
        ),
        "meeting": snapshot.MeetingHead(
            board="Overview and Scrutiny Management Board",
            meeting_on=MEETING_ON,
            publish_by=date(2018, 3, 21),
            data_due_on=date(2018, 2, 14),
            draft_on=date(2018, 3, 14),
            sign_off_on=date(2018, 3, 19),
            with_clerk_on=date(2018, 3, 20),
            addendum_cut_off_on=date(2018, 3, 28),
        ),
        "review": snapshot.Review(
            since, until, contract_month(since, COMMENCES_ON), contract_month(until, COMMENCES_ON), is_repeat=False
        ),
        "history": snapshot.History(first, last, counts),
        "headline": headline(histories, since, until, AREAS),
        "since_last": snapshot.SinceLast(
            date(2017, 12, 21),
            *(told.recovered, told.new, told.worsening, told.continuing),
            *(told.reliefs_continuing, told.reliefs_begun, told.reliefs_ended),
            *(0, 0),
        ),
        "months": tuple(line for line in counts if line.month >= since),
        "exceptions": tuple(_exception(line, first) for line in found),
        "reliefs": tuple(_relief(each, histories, until) for each in reliefs),
        "kpi_changes": (),
        "earlier_failures": tuple(
            snapshot.EarlierFailure(each.month, len(each.below_minimum), each.reported_on, earlier_in_words(each))
            for each in earlier_failures(histories, first, since, papers)
        ),
        "projects": NO_PROJECTS,
        "requests": (),
        "errata": (),
        "areas": _areas(shown),
        "provisional_areas": tuple(
            sorted({each.terms.area for each in shown if any(line.is_provisional for line in each.judgements)})
        ),
        "has_illustrative": False,
    }
    return snapshot.BoardPaper(**(given | changes))


def _reading(letter: str, figures: dict[str, str], is_explained: bool) -> Reading | None:
    kind, is_provisional = letter.lower(), letter.isupper()
    if kind == "-":
        return None
    if kind == "n":
        return Reading(not_measured_reason=REASON, is_provisional=is_provisional)
    explanation = EXPLANATION if is_explained and kind in "ar" else None
    return Reading(Decimal(figures[kind]), is_provisional=is_provisional, explanation=explanation)


def _cut(history: KpiHistory, first: Month) -> KpiHistory:
    return replace(history, judgements=tuple(each for each in history.judgements if each.month >= first))


def _counts(histories: Iterable[KpiHistory], first: Month, last: Month) -> tuple[snapshot.MonthCounts, ...]:
    return tuple(
        snapshot.MonthCounts(
            line.month,
            contract_month(line.month, COMMENCES_ON),
            *(line.in_force, line.target_met, line.below_target, line.below_minimum),
            *(line.relief_granted, line.not_measured, line.missing, line.provisional),
        )
        for line in count_months(histories, first, last)
        if line.month
    )


def _result(terms: KpiTerms, judgement: Judgement) -> snapshot.ResultLine:
    value, level, reading = judgement.value, judgement.level, judgement.reading
    return snapshot.ResultLine(
        month=judgement.month,
        contract_month=contract_month(judgement.month, COMMENCES_ON),
        value=None if value is None else plain(value, terms.decimals),
        target=plain(level.target, terms.decimals) if level else None,
        minimum=plain(level.minimum, terms.decimals) if level else None,
        measured=judgement.measured.value,
        contractual=judgement.contractual.value,
        provisional=judgement.is_provisional,
        relief=judgement.relief.reference if judgement.relief else None,
        numerator=None,
        denominator=None,
        not_measured_reason=reading.not_measured_reason if reading else "",
        illustrative=reading is not None and reading.source == "illustrative",
    )


def _exception(line: ExceptionLine, first: Month) -> snapshot.ExceptionLine:
    terms, last = line.history.terms, line.history.at(line.months[-1])
    reading = last.reading if last else None
    said = (reading.explanation if reading else None) or Explanation(reading.not_measured_reason if reading else "", "")
    return snapshot.ExceptionLine(
        **{name: getattr(terms, name) for name in ("name", "decimals")},
        kpi=terms.code,
        service_area=terms.area,
        unit=terms.unit.value,
        polarity=terms.polarity.value,
        rule=line.rule.value,
        state=line.state.value,
        run_length=line.run_length,
        run=run_in_words(line),
        months=line.months,
        results=tuple(_result(terms, each) for each in line.history.judgements if each.month >= first),
        cause=said.cause,
        effect=said.effect,
        remedy=said.remedy,
        recovery_month=said.recovery_month,
        relief=last.relief.reference if last and last.relief else None,
    )


def _relief(granted: Relief, histories: Iterable[KpiHistory], until: Month) -> snapshot.ReliefLine:
    codes = {each.terms.code for each in histories} if granted.is_blanket else granted.kpis
    return snapshot.ReliefLine(
        reference=granted.reference,
        kpis=tuple(sorted(codes)),
        is_blanket=granted.is_blanket,
        from_month=granted.from_month,
        to_month=granted.to_month,
        age_months=age_months(granted, until),
        is_stale=granted.is_long_open_ended(until),
        cause=granted.cause.value,
        narrative=granted.narrative,
        decided_by=granted.decided_by,
        decided_on=granted.decided_on,
    )


def _areas(histories: Iterable[KpiHistory]) -> tuple[snapshot.AreaLine, ...]:
    lines: dict[str, list[snapshot.KpiLine]] = {}
    for each in sorted(histories, key=lambda each: code_order(each.terms.code)):
        terms = each.terms
        results = tuple(_result(terms, judgement) for judgement in each.judgements)
        line = snapshot.KpiLine(
            terms.code,
            terms.area,
            terms.name,
            terms.definition,
            terms.unit.value,
            terms.polarity.value,
            terms.decimals,
            results,
        )
        lines.setdefault(terms.area, []).append(line)
    return tuple(snapshot.AreaLine(area, AREAS[area], tuple(own)) for area, own in sorted(lines.items()))
