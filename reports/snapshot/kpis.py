"""The KPI half of the frozen paper: counts, results, exceptions, reliefs, changes."""

from dataclasses import dataclass
from datetime import date

from contracts.rules.months import Month


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """How many KPIs stood where in one month; the six statuses add up to ``in_force``."""

    month: Month
    contract_month: int
    in_force: int
    target_met: int
    below_target: int
    below_minimum: int
    relief_granted: int
    not_measured: int
    missing: int
    provisional: int


@dataclass(frozen=True, slots=True)
class Review:
    """The months judged. ``is_repeat``: nothing newer was verified, so the last verified month stands again."""

    from_: Month
    to: Month
    from_contract_month: int
    to_contract_month: int
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class History:
    """The months shown, with their counts."""

    from_: Month
    to: Month
    months: tuple[MonthCounts, ...]


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """What the supplier said against a figure, and what was answered; the figure counts as it stands."""

    state: str
    note: str
    claimed: str
    answer: str
    raised_on: date
    settled_on: date | None


@dataclass(frozen=True, slots=True)
class ResultLine:
    """
    One KPI's month: the figure as shown, the levels it was judged by, and both statuses.

    ``dispute`` is left out of the JSON where there is none, as it is in every paper written before there were any.
    """

    month: Month
    contract_month: int
    value: str | None
    target: str | None
    minimum: str | None
    measured: str
    contractual: str
    provisional: bool
    relief: str | None
    numerator: str | None
    denominator: str | None
    not_measured_reason: str
    illustrative: bool
    dispute: DisputeLine | None = None


@dataclass(frozen=True, slots=True)
class KpiLine:
    """A KPI over the history: Appendix A."""

    kpi: str
    service_area: str
    name: str
    definition: str
    unit: str
    polarity: str
    decimals: int
    results: tuple[ResultLine, ...]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """
    How a service area's month was checked before it was verified; ``how`` is empty where that is not on record.

    ``sample`` says how many results were re-performed, where a sample was.
    """

    month: Month
    how: str
    sample: int | None


@dataclass(frozen=True, slots=True)
class AreaLine:
    """A service area with its KPIs, and how each verified month of the history was checked: Appendix A."""

    code: str
    name: str
    kpis: tuple[KpiLine, ...]
    checks: tuple[CheckLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """One rule that one KPI tripped, with what the Board asks of it; ``run`` says in words how long it held."""

    kpi: str
    service_area: str
    name: str
    unit: str
    polarity: str
    decimals: int
    rule: str
    state: str
    run_length: int
    run: str
    months: tuple[Month, ...]
    results: tuple[ResultLine, ...]
    cause: str
    effect: str
    remedy: str
    recovery_month: Month | None
    relief: str | None


@dataclass(frozen=True, slots=True)
class ReliefLine:
    """A granted relief that covers part of the review period, with its age at the period's end."""

    reference: str
    kpis: tuple[str, ...]
    is_blanket: bool
    from_month: Month
    to_month: Month | None
    age_months: int
    is_stale: bool
    cause: str
    narrative: str
    decided_by: str
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class KpiChange:
    """A KPI added, ended or retargeted since the last paper."""

    kpi: str
    name: str
    change: str
    month: Month
    detail: str
    reason: str


@dataclass(frozen=True, slots=True)
class EarlierFailure:
    """A note under the history: KPIs below minimum before the review period, and where that was reported."""

    month: Month
    below_minimum: int
    reported_on: date | None
    sentence: str
