"""The rows of the entry form as its page prints them: what is typed, what it means, what is wrong, what it followed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.utils.safestring import SafeString

from config.ui.charts import describe, sparkline
from config.ui.status import look
from contracts.rules.months import month_long
from kpis.drawings import points_of
from kpis.queries.desk import KEPT_ROWS, Desk, Line, digest
from kpis.queries.desk_past import Basis
from kpis.rules.checks import CELLS, EXPLANATION, Checked, Finding, Typed
from kpis.rules.figures import Unit, show
from kpis.rules.sentences import rate_in_words
from kpis.services.entries import Stale

UNIT_WORDS: Final = {
    Unit.PERCENT: "Per cent",
    Unit.COUNT: "A count",
    Unit.DAYS: "Days",
    Unit.SECONDS: "Seconds",
    Unit.MONEY: "Pounds",
}
LABELS: Final = {
    "value": "Figure",
    "numerator": "Numerator",
    "denominator": "Denominator",
    "not_measured_reason": "Why it was not measured",
    "comment": "Comment",
    "cause": "Cause",
    "effect": "Effect on council services",
    "remedy": "Remedy and who owns it",
    "recovery_month": "Expected month of recovery",
    "explanation_awaited_on": "Explanation awaited from the supplier by",
}
SHOWN_MONTHS: Final = 6
NARROW: Final = 7
"""Characters of a figure that fit six times into the strip of past months; the sign of a percentage is two wide."""


NO_CHART: Final = SafeString()


@dataclass(frozen=True, slots=True)
class Past:
    """One of the last months: the figure, and the shape and word of its status."""

    month_short: str
    year: int
    figure: str
    shape: SafeString


@dataclass(frozen=True, slots=True)
class Drawn:
    """The strip of a KPI's past months, and its chart."""

    past: tuple[Past, ...] = ()
    chart: SafeString = NO_CHART

    @property
    def is_wide(self) -> bool:
        """Whether a figure is too long to stand six beside each other, as money is."""
        return any(len(each.figure) + each.figure.count("%") > NARROW for each in self.past)


NOT_DRAWN: Final = Drawn()


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that two people filled differently."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class FormRow:
    """One KPI's row. ``errors`` are those to show now, by field: what is still empty is no error while one types."""

    line: Line
    typed: Typed
    checked: Checked
    errors: Mapping[str, tuple[str, ...]]
    version: str
    drawn: Drawn
    stale: Stale | None

    @property
    def pk(self) -> int:
        return self.line.pk

    @property
    def terms_in_words(self) -> str:
        terms = self.line.terms
        return f"{UNIT_WORDS[terms.unit]}, {terms.polarity.value} is better"

    @property
    def has_rate(self) -> bool:
        """Whether numerator and denominator are asked for: a count is no rate, unless one stands there."""
        return self.line.terms.unit is not Unit.COUNT or bool(self.typed.numerator or self.typed.denominator)

    @property
    def status(self) -> str:
        """The key of the status, or nothing where what is typed cannot be judged."""
        return self.checked.judgement.contractual.value if self.checked.judgement else ""

    @property
    def rate(self) -> str:
        """What the figure is worked out from, as other pages write it; what is no number stays as it was typed."""
        if self.checked.numerator is None or self.checked.denominator is None:
            return f"{self.typed.numerator} of {self.typed.denominator}" if self.typed.numerator else ""
        return rate_in_words(self.checked.numerator, self.checked.denominator)

    @property
    def figure(self) -> str:
        """As it counts: worked out, rounded to the KPI's decimals, with its unit."""
        if self.checked.figure is None:
            return ""
        return show(self.checked.figure, self.line.terms.unit, self.line.terms.decimals)

    @property
    def is_worked_out(self) -> bool:
        return self.checked.figure is not None and self.checked.numerator is not None

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return self.checked.warnings

    @property
    def has_remarks(self) -> bool:
        return bool(self.typed.not_measured_reason or self.typed.comment)

    @property
    def asks_why(self) -> bool:
        """Whether the explanation stands open: for a miss, and wherever something is said already."""
        return self.checked.is_missed or self.says_why

    @property
    def says_why(self) -> bool:
        return any(getattr(self.typed, cell) for cell in (*EXPLANATION, "explanation_awaited_on"))

    @property
    def differences(self) -> tuple[Difference, ...]:
        if self.stale is None:
            return ()
        theirs = self.stale.standing.typed
        return tuple(
            Difference(LABELS[cell], getattr(self.typed, cell), getattr(theirs, cell))
            for cell in CELLS
            if getattr(self.typed, cell) != getattr(theirs, cell)
        )


def form_rows(
    desk: Desk,
    on: date,
    *,
    stale: Mapping[int, Stale] | None = None,
    versions: Mapping[int, str] | None = None,
    shows_all: bool = False,
    only: Collection[int] | None = None,
) -> tuple[FormRow, ...]:
    """
    The rows of a desk; what was typed into a stale one stays in it, at the version it was read at.

    ``shows_all`` shows every error, as after a check; ``only`` makes some of the rows, without their pictures.
    """
    return tuple(
        _row(desk, line, on, (stale or {}).get(line.pk), (versions or {}).get(line.pk, ""), shows_all, only is None)
        for line in desk.lines
        if only is None or line.pk in only
    )


def _row(
    desk: Desk, line: Line, on: date, stale: Stale | None, read_at: str, shows_all: bool, is_drawn: bool
) -> FormRow:
    typed = stale.typed if stale else line.standing.typed
    checked = line.check(typed, desk.month, on)
    return FormRow(
        line=line,
        typed=typed,
        checked=checked,
        errors=_errors(typed, checked.errors, shows_all),
        version=read_at if stale else f"{line.standing.version} {digest(typed)}",
        drawn=_drawn(line.basis) if is_drawn else NOT_DRAWN,
        stale=stale,
    )


def _errors(typed: Typed, errors: Iterable[Finding], shows_all: bool) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for error in errors:
        if shows_all or getattr(typed, error.field):
            found[error.field] = (*found.get(error.field, ()), error.message)
    return found


@lru_cache(maxsize=KEPT_ROWS)
def _drawn(basis: Basis) -> Drawn:
    """What lies behind the month does not change with what is typed into it."""
    terms, shown = basis.terms, basis.earlier[-SHOWN_MONTHS:]
    if not shown:
        return NOT_DRAWN
    past = tuple(
        Past(
            f"{each.month:%b}", each.month.year, show(each.value, terms.unit, terms.decimals),
            look(each.contractual.value).cell,
        )
        for each in shown
    )  # fmt: skip
    points = points_of(terms, shown)
    title = f"{terms.code} to {month_long(shown[-1].month)}"
    return Drawn(past, sparkline(points, id=f"spark-{basis.pk}", title=title, desc=describe(points)))
