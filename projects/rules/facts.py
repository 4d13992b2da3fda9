"""What the rules are told of a project: its frozen row with milestones, re-baselines and forecasts.

Four kinds of dates are kept apart: original (the first baseline), agreed (the current one), forecast and actual.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from projects.rules.confidence import Confidence, Thresholds, computed_confidence
from projects.rules.slippage import Slippage, slippage


class Stage(StrEnum):
    """Where a project stands in its life."""

    PIPELINE = "pipeline"
    IN_FLIGHT = "in flight"
    ON_HOLD = "on hold"
    COMPLETE = "complete"
    CANCELLED = "cancelled"


ACTIVE: Final = frozenset({Stage.IN_FLIGHT, Stage.ON_HOLD})


@dataclass(frozen=True, slots=True)
class MilestoneForecastFacts:
    """When a milestone was expected, as said on a day by somebody. An imported one may say neither day nor person."""

    forecast_on: date
    said_on: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """A step of a project and its four dates; `forecasts` is all that was ever forecast of it, oldest first."""

    title: str
    original_on: date | None = None
    agreed_on: date | None = None
    forecast_on: date | None = None
    actual_on: date | None = None
    forecasts: tuple[MilestoneForecastFacts, ...] = ()

    @property
    def due_on(self) -> date | None:
        """When the step is to be done, as far as is known: as forecast, else as agreed, else as first planned."""
        return self.forecast_on or self.agreed_on or self.original_on

    @property
    def days_late(self) -> int | None:
        """Calendar days from the day first planned to the actual or forecast one; None while either is unknown."""
        finish = self.actual_on or self.forecast_on
        return (finish - self.original_on).days if finish and self.original_on else None

    def is_overdue(self, on: date) -> bool:
        """Whether its day has passed and it is not done."""
        return self.actual_on is None and self.due_on is not None and self.due_on < on


@dataclass(frozen=True, slots=True)
class RebaselineFacts:
    """Another finish agreed with the supplier. An imported one may not say when it was agreed."""

    agreed_finish: date
    agreed_on: date | None = None
    agreed_by: str = ""
    reason: str = ""


class ForecastFacts(NamedTuple):
    """What one update said of the finish and of the confidence. An imported one may not say when it was made."""

    forecast_finish: date | None
    updated_on: date | None
    confidence: Confidence | None = None


class ProjectFacts(NamedTuple):
    """
    A project as it stands: the row of the register, with what its latest update says; its parts are given by name.

    It and its forecasts are tuples, because a page makes hundreds: a frozen dataclass of so many parts takes three
    times as long to make.
    """

    reference: str
    title: str
    stage: Stage
    kind: str = "transformation"
    service_area: str = ""
    scrutiny_area: str = ""
    sponsor: str = ""
    manager: str = ""
    third_party: str = ""
    declared: Confidence | None = None
    original_start: date | None = None
    original_finish: date | None = None
    agreed_finish: date | None = None
    forecast_finish: date | None = None
    actual_finish: date | None = None
    expected_commission_on: date | None = None
    delay_cause: str = ""
    delay_party: str = ""
    cost_effect: str = ""
    knock_on: str = ""
    returns_to_green_on: date | None = None
    is_green_unknown: bool = False
    updated_on: date | None = None
    done: str = ""
    next: str = ""
    milestones: tuple[MilestoneFacts, ...] = ()
    rebaselines: tuple[RebaselineFacts, ...] = ()
    forecasts: tuple[ForecastFacts, ...] = ()
    key_rank: int | None = None
    rationale: str = ""
    left_key_because: str = ""
    near_miss_because: str = ""
    budget: Decimal | None = None
    forecast_cost: Decimal | None = None
    spent_to_date: Decimal | None = None
    benefit: str = ""
    source: str = ""
    archived_on: date | None = None
    archived_reason: str = ""

    @property
    def is_active(self) -> bool:
        """Whether work on it goes on, or would if it were not on hold."""
        return self.stage in ACTIVE

    @property
    def is_completed(self) -> bool:
        return self.stage is Stage.COMPLETE

    @property
    def is_key(self) -> bool:
        return self.key_rank is not None

    @property
    def finish(self) -> date | None:
        """What is held against the baselines: the actual finish, else the forecast. An agreed date is neither."""
        return self.actual_finish or self.forecast_finish

    @property
    def baseline_finish(self) -> date | None:
        """The finish now agreed: the original one until there is another agreement."""
        return self.agreed_finish or self.original_finish

    @property
    def slippage_original(self) -> Slippage | None:
        """Slippage against the first baseline; None while either date is unknown."""
        return self._slippage_against(self.original_finish)

    @property
    def slippage_agreed(self) -> Slippage | None:
        """Slippage against the current baseline; None while either date is unknown."""
        return self._slippage_against(self.baseline_finish)

    def computed(self, thresholds: Thresholds) -> Confidence | None:
        """The rating that the dates give, whatever the manager declares."""
        finish, original = self.finish, self.original_finish
        days = (finish - original).days if finish and original else None
        return computed_confidence(days, original, finish, thresholds)

    def forecast_in_force(self, on: date) -> date | None:
        """The finish forecast on a day, by the latest update until then. An update without a day is the oldest."""
        made = [
            (forecast.updated_on or date.min, forecast.forecast_finish)
            for forecast in self.forecasts
            if forecast.forecast_finish and (forecast.updated_on or date.min) <= on
        ]
        return max(made)[1] if made else None

    def _slippage_against(self, baseline: date | None) -> Slippage | None:
        if self.finish is None or baseline is None:
            return None
        return slippage(self.finish, baseline, self.original_start, self.original_finish)
