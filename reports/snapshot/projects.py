"""The portfolio half of the frozen paper: counts, key projects, what needs attention, the register."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    title: str
    original_on: date | None
    agreed_on: date | None
    forecast_on: date | None
    actual_on: date | None


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project as the register lists it: Appendix B. Slippages in days; ratings by word or ``None``."""

    reference: str
    title: str
    kind: str
    service_area: str
    scrutiny_area: str
    sponsor: str
    manager: str
    third_party: str
    stage: str
    declared_confidence: str | None
    computed_confidence: str | None
    original_start: date | None
    original_finish: date | None
    agreed_finish: date | None
    forecast_finish: date | None
    actual_finish: date | None
    expected_commission_on: date | None
    slippage_days_original: int | None
    slippage_days_agreed: int | None
    slippage_percent: str | None
    rebaselined: int
    updated_on: date | None
    key_rank: int | None
    illustrative: bool


@dataclass(frozen=True, slots=True)
class KeyProject:
    """A key project: why the Board watches it, where it stands, its dates and milestones."""

    rank: int
    reference: str
    title: str
    rationale: str
    stage: str
    declared_confidence: str | None
    computed_confidence: str | None
    original_finish: date | None
    agreed_finish: date | None
    forecast_finish: date | None
    actual_finish: date | None
    slippage_days_original: int | None
    slippage_days_agreed: int | None
    milestones: tuple[MilestoneLine, ...]


@dataclass(frozen=True, slots=True)
class ProjectException:
    """
    One rule that one project tripped, and the answers to the councillors' questions.

    ``is_green_unknown``: it was said that nobody knows yet when it returns to green, which is an answer. The JSON has
    the key only where that was said, as papers written before it was asked have none.
    """

    reference: str
    title: str
    rule: str
    stage: str
    slippage_days_original: int | None
    slippage_days_agreed: int | None
    slippage_weeks_original: str | None
    slippage_percent: str | None
    computed_confidence: str | None
    declared_confidence: str | None
    original_finish: date | None
    agreed_finish: date | None
    forecast_finish: date | None
    actual_finish: date | None
    detail: str
    delay_cause: str
    delay_party: str
    cost_effect: str
    knock_on: str
    returns_to_green_on: date | None
    updated_on: date | None
    unanswered: tuple[str, ...]
    is_green_unknown: bool = False


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A project that was considered for the key list and is not on it, and why."""

    reference: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProjectSection:
    """The portfolio: counts that reconcile, the key list, what needs attention, and the whole register."""

    in_register: int
    by_stage: dict[str, int]
    by_confidence: dict[str, int]
    key_decided_on: date | None
    key: tuple[KeyProject, ...]
    exceptions: tuple[ProjectException, ...]
    register: tuple[ProjectLine, ...]
    near_misses: tuple[NearMiss, ...] = ()
