"""Reading and checking one row: what was typed becomes figures, and findings by severity."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from contracts.rules.months import Month, day_short, month_long
from contracts.rules.typed import CellRefused, Mark, day_typed, month_typed, number_typed
from kpis.rules.checks.doubts import WARNINGS, Doubt
from kpis.rules.checks.rows import ASKED, CELLS, EXPLANATION, FIGURES, Checked, Finding, Severity, Typed
from kpis.rules.figures import Unit, level_in_words, round_half_up, show, worked_out
from kpis.rules.relief import Relief
from kpis.rules.status import Contractual, Judgement, KpiTerms, Measured, Reading, judge

Read = TypeVar("Read")

MOST_CHARACTERS: Final = 32_767
"""What one cell of a spreadsheet holds: a longer text could not leave with the workbook."""
MARKS: Final = {Unit.PERCENT: Mark.PERCENT, Unit.MONEY: Mark.POUNDS}
MISSED: Final = frozenset({Contractual.BELOW_TARGET, Contractual.BELOW_MINIMUM})
NEVER_NEGATIVE: Final = frozenset({Unit.COUNT, Unit.PERCENT, Unit.SECONDS})
FULL: Final = Decimal(100)


def check_row(
    terms: KpiTerms, month: Month, typed: Typed, *, earlier: Sequence[Judgement], relief: Relief | None, on: date
) -> Checked:
    """
    Reads and checks what was typed for one KPI and month.

    ``earlier`` are the KPI's judgements before this month, oldest first; ``relief`` is the granted one that covers the
    month; ``on`` the business day, before which no explanation can be awaited.
    """
    return _Row(terms, month, typed, earlier, relief, on).checked()


class _Row:
    """One row while it is checked."""

    def __init__(
        self,
        terms: KpiTerms,
        month: Month,
        typed: Typed,
        earlier: Sequence[Judgement],
        relief: Relief | None,
        on: date,
    ) -> None:
        self.terms, self.month, self.typed, self.on = terms, month, typed, on
        self.earlier = tuple(each for each in earlier if each.month < month)
        self.relief = relief
        self.level = terms.level_at(month)
        self.errors: list[Finding] = []

    def checked(self) -> Checked:
        mark = MARKS.get(self.terms.unit)
        of_parts = None if mark is Mark.PERCENT else mark
        value = self._read("value", lambda typed: number_typed(typed, mark))
        numerator = self._read("numerator", lambda typed: number_typed(typed, of_parts))
        denominator = self._read("denominator", lambda typed: number_typed(typed, of_parts))
        recovery = self._read("recovery_month", month_typed)
        awaited = self._read("explanation_awaited_on", day_typed)
        self._check_lengths()
        judgement = self._judge(value, numerator, denominator)
        is_missed = judgement is not None and judgement.contractual in MISSED
        is_explained = self._is_explained(recovery, awaited)
        if is_missed and judgement is not None and not is_explained:
            self._ask_why(judgement)
        self._check_dates(recovery, awaited)
        return Checked(
            code=self.terms.code,
            value=value,
            numerator=numerator,
            denominator=denominator,
            recovery_month=recovery,
            explanation_awaited_on=awaited,
            judgement=judgement,
            is_missed=is_missed,
            is_explained=is_explained,
            findings=(*self.errors, *self._warnings(judgement, denominator)),
        )

    def _error(self, field: str, message: str) -> None:
        self.errors.append(Finding(self.terms.code, field, Severity.ERROR, message))

    def _read(self, field: str, read: Callable[[str], Read]) -> Read | None:
        typed = getattr(self.typed, field)
        if not typed.strip():
            return None
        try:
            return read(typed)
        except CellRefused as refused:
            self._error(field, f"{refused.what}, {refused.right}.")
            return None

    def _check_lengths(self) -> None:
        for field in CELLS:
            if len(getattr(self.typed, field)) > MOST_CHARACTERS:
                self._error(field, f"The text is too long, expected at most {MOST_CHARACTERS:,} characters.")

    # --- The figure --------------------------------------------------------------------------------------------------

    def _judge(self, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None) -> Judgement | None:
        """The statuses of what was typed, or ``None`` where that is no figure, no reason and not nothing either."""
        if not self.terms.is_in_force(self.month):
            if not self.typed.is_blank:
                what = f"{self.terms.code} is not in force in {month_long(self.month)}"
                self._error("value", f"{what}: leave its boxes empty.")
            return None
        reason = self.typed.not_measured_reason.strip()
        is_sound = not self._has_errors(FIGURES) and self._is_whole(value, numerator, denominator, reason)
        if not is_sound:
            return None
        reading = Reading(value, numerator, denominator, reason, is_provisional=True)
        figure = worked_out(value, numerator, denominator, self.terms.unit)
        if figure is not None and self.level is None:
            what = f"No target and minimum are in force in {month_long(self.month)}"
            self._error("value", f"{what}: ask the contract manager to add them.")
            return None
        if figure is not None and not self._is_possible(figure, value, numerator, denominator):
            return None
        return judge(self.terms, self.month, reading if figure is not None or reason else None, self.relief)

    def _has_errors(self, among: Sequence[str]) -> bool:
        return any(error.field in among for error in self.errors)

    def _is_whole(
        self, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None, reason: str
    ) -> bool:
        """A value, or a rate with both its parts, or a reason; one of them."""
        before = len(self.errors)
        has_figure = not (value is None and numerator is None and denominator is None)
        if (numerator is None) != (denominator is None):
            lacking = "numerator" if numerator is None else "denominator"
            self._error(lacking, "The rate lacks this part: give numerator and denominator, or neither.")
        if denominator is not None and denominator <= 0:
            right = "with nothing to count, say why it was not measured"
            self._error("denominator", f"The denominator is {denominator:f}: give a number above zero, or {right}.")
        if has_figure and reason:
            self._error(
                "not_measured_reason",
                "There is a figure and a reason why there is none: keep one of them, empty the other.",
            )
        if not has_figure and not reason:
            self._error("value", "There is no figure: give it, or say why it was not measured.")
            return True  # nothing is wrong with it but that it is missing
        return len(self.errors) == before

    def _is_possible(
        self, figure: Decimal, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
    ) -> bool:
        before = len(self.errors)
        field = "value" if numerator is None else "numerator"
        if figure < 0 and self.terms.unit in NEVER_NEGATIVE and not self._has_been(lambda past: past < 0):
            self._error(field, f"The figure is below zero: expected zero or more for a {self.terms.unit.value} figure.")
        if self._is_share and figure > FULL:
            if numerator is not None and denominator is not None:
                what = f"The numerator {numerator:f} is above the denominator {denominator:f}"
                self._error(
                    "numerator", f"{what}: a share of the whole cannot exceed 100%. Are they the wrong way round?"
                )
            else:
                self._error("value", f"{figure:f}% is more than the whole: expected a percentage up to 100.")
        if value is not None and numerator is not None and len(self.errors) == before:
            follows = worked_out(None, numerator, denominator, self.terms.unit)
            decimals = self.terms.decimals
            if follows is not None and round_half_up(value, decimals) != round_half_up(follows, decimals):
                shown = show(follows, self.terms.unit, decimals)
                self._error("value", f"This does not follow from its parts: expected {shown}, or nothing here.")
        return len(self.errors) == before

    @property
    def _is_share(self) -> bool:
        """A percentage that cannot exceed 100: no level and no figure of this KPI ever did."""
        return self.terms.unit is Unit.PERCENT and not self._has_been(lambda past: past > FULL)

    def _has_been(self, so: Callable[[Decimal], bool]) -> bool:
        if self.terms.unit is Unit.COUNT:
            return False
        levels = (each for level in self.terms.levels for each in (level.target, level.minimum))
        figures = (each.value for each in self.earlier if each.value is not None)
        return any(so(past) for past in (*levels, *figures))

    # --- The explanation ---------------------------------------------------------------------------------------------

    def _is_explained(self, recovery: Month | None, awaited: date | None) -> bool:
        said = all(getattr(self.typed, field).strip() for field in EXPLANATION[:3])
        return awaited is not None or (said and recovery is not None)

    def _ask_why(self, judgement: Judgement) -> None:
        empty = [field for field in EXPLANATION if not getattr(self.typed, field).strip()]
        promise = "or give the date by which the supplier will explain"
        if len(empty) == len(EXPLANATION):
            missed = self._missed_in_words(judgement)
            self._error("cause", f"{missed}: say {_listed([ASKED[field] for field in EXPLANATION])}, {promise}.")
            return
        for field in empty:
            self._error(field, f"The explanation lacks {ASKED[field]}: say it, {promise}.")

    def _missed_in_words(self, judgement: Judgement) -> str:
        terms = self.terms
        figure = show(judgement.value, terms.unit, terms.decimals)
        if judgement.level is None:
            return figure
        is_minimum = judgement.measured is Measured.BELOW_MINIMUM
        level = judgement.level.minimum if is_minimum else judgement.level.target
        missed = level_in_words(level, terms.polarity, terms.unit, terms.decimals)
        return f"{figure} misses the {'minimum' if is_minimum else 'target'} of {missed}"

    def _check_dates(self, recovery: Month | None, awaited: date | None) -> None:
        if recovery is not None and recovery <= self.month:
            self._error("recovery_month", f"Recovery is expected later: give a month after {month_long(self.month)}.")
        if awaited is not None and awaited < self.on:
            self._error(
                "explanation_awaited_on", f"{day_short(awaited)} is past: give a day from {day_short(self.on)} on."
            )

    # --- Doubts ------------------------------------------------------------------------------------------------------

    def _warnings(self, judgement: Judgement | None, denominator: Decimal | None) -> Iterator[Finding]:
        if judgement is None or judgement.value is None:
            return
        words = {field: getattr(self.typed, field) for field in ("comment", "cause")}
        doubt = Doubt(self.terms, judgement, self.earlier, denominator, words)
        for warning, find in WARNINGS.items():
            found = find(doubt)
            if found is not None:
                yield Finding(self.terms.code, found.field, Severity.WARNING, found.message, warning)


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"
