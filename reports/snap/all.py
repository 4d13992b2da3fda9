"""
The frozen paper: everything a board paper prints, worked out once, as nested values that never change.

Renderers read nothing else, so the same snapshot gives the same bytes. The JSON keys are fixed by the published
format; months are ``YYYY-MM``, dates ISO, everything measured a decimal string with its KPI's decimals, counts
integers.
"""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from contracts.rules.months import Month, month_key, parse_month

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class ContractHead:
    reference: str
    title: str
    authority: str
    supplier: str


@dataclass(frozen=True, slots=True)
class MeetingHead:
    """The meeting a paper is for and the dates worked back from it; all empty when judged without a meeting."""

    board: str
    meeting_on: date | None
    publish_by: date | None
    data_due_on: date | None
    draft_on: date | None
    sign_off_on: date | None
    with_clerk_on: date | None
    addendum_cut_off_on: date | None


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
class ResultLine:
    """One KPI's month: the figure as shown, the levels it was judged by, and both statuses."""

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
class AreaLine:
    """A service area with its KPIs: Appendix A."""

    code: str
    name: str
    kpis: tuple[KpiLine, ...]


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
    """One rule that one project tripped, and the answers to the councillors' questions."""

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


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A resolution, question or request of the Board."""

    reference: str
    kind: str
    raised_on: date
    raised_by: str
    text: str
    owner: str
    due_meeting: date | None
    status: str
    answer: str


@dataclass(frozen=True, slots=True)
class ErratumLine:
    place: str
    printed: str
    should_read: str
    because: str


@dataclass(frozen=True, slots=True)
class SinceLast:
    """What changed since the Board last met, counted in KPIs."""

    last_meeting_on: date | None
    recovered: int
    new: int
    worsening: int
    continuing: int
    reliefs_continuing: int
    reliefs_begun: int
    reliefs_ended: int
    projects_slipped: int
    projects_needing_attention: int


@dataclass(frozen=True, slots=True)
class BoardPaper:
    """The whole paper. ``made_on`` is the business day it was built."""

    schema: int
    kind: str
    status: str
    revision: int
    made_on: date
    contract: ContractHead
    meeting: MeetingHead
    review: Review
    history: History
    headline: str
    since_last: SinceLast
    months: tuple[MonthCounts, ...]
    exceptions: tuple[ExceptionLine, ...]
    reliefs: tuple[ReliefLine, ...]
    kpi_changes: tuple[KpiChange, ...]
    earlier_failures: tuple[EarlierFailure, ...]
    projects: ProjectSection
    requests: tuple[RequestLine, ...]
    errata: tuple[ErratumLine, ...]
    areas: tuple[AreaLine, ...]
    provisional_areas: tuple[str, ...]
    has_illustrative: bool


def _renamed(cls: type) -> dict[str, Any]:
    return {field.name: override(rename=field.name.rstrip("_")) for field in fields(cls) if field.name.endswith("_")}


def _converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook_func(lambda kind: kind is Month, month_key)
    converter.register_structure_hook_func(lambda kind: kind is Month, lambda text, _: parse_month(text))
    optional_month = Month | None
    converter.register_unstructure_hook_func(
        lambda kind: kind == optional_month, lambda month: None if month is None else month_key(month)
    )
    converter.register_structure_hook_func(
        lambda kind: kind == optional_month, lambda text, _: None if text is None else parse_month(text)
    )
    for cls in (Review, History):
        converter.register_unstructure_hook(cls, make_dict_unstructure_fn(cls, converter, **_renamed(cls)))
        converter.register_structure_hook(cls, make_dict_structure_fn(cls, converter, **_renamed(cls)))
    return converter


_CONVERTER = _converter()


def to_dict(paper: BoardPaper) -> dict[str, Any]:
    """The paper as plain values, keys in the order of the format."""
    plain: dict[str, Any] = _CONVERTER.unstructure(paper)
    return plain


def to_json(paper: BoardPaper) -> str:
    """The paper as JSON text: UTF-8, indented, always the same bytes for the same paper."""
    return json.dumps(to_dict(paper), ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> BoardPaper:
    """The paper that :func:`to_json` wrote. Raises ``ValueError`` for another schema."""
    plain = json.loads(text)
    if plain.get("schema") != SCHEMA:
        raise ValueError(f"This paper has schema {plain.get('schema')!r}; this version reads schema {SCHEMA}.")
    return _CONVERTER.structure(plain, BoardPaper)


def fingerprint(text: str) -> str:
    """SHA-256 of a snapshot's JSON, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
