"""The figures of a KPI as an XmR chart: cut into segments where a person restarted the limits, each point flagged."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from contracts.rules.months import Month
from kpis.rules.signal.limits import Limits, limits_of
from kpis.rules.signal.special_causes import Flag, flags_of


@dataclass(frozen=True, slots=True)
class Plotted:
    """A month with a figure, and its special cause if it has one."""

    month: Month
    value: Decimal
    flag: Flag | None


@dataclass(frozen=True, slots=True)
class Segment:
    """The points from one rebase to the next; a single point has no limits yet."""

    points: tuple[Plotted, ...]
    limits: Limits | None

    @property
    def first(self) -> Month:
        return self.points[0].month

    @property
    def last(self) -> Month:
        return self.points[-1].month


@dataclass(frozen=True, slots=True)
class Xmr:
    """Segments in the order of their months, none of them empty."""

    segments: tuple[Segment, ...]

    @property
    def latest(self) -> Segment | None:
        return self.segments[-1] if self.segments else None

    @property
    def flags(self) -> dict[Month, Flag]:
        """The special causes by month."""
        return {
            point.month: point.flag for segment in self.segments for point in segment.points if point.flag is not None
        }


def xmr(
    figures: Iterable[tuple[Month, Decimal | None]], rebases: Collection[Month] = (), *, screen: bool = True
) -> Xmr:
    """The chart of figures in the order of their months; a month without one is passed over.

    Each rebase month begins a segment of its own: mean, limits and rules start afresh with it.
    """
    points = [(month, value) for month, value in figures if value is not None]
    begun = sorted(rebases)
    segments: dict[int, list[tuple[Month, Decimal]]] = {}
    for month, value in points:
        segments.setdefault(sum(rebase <= month for rebase in begun), []).append((month, value))
    return Xmr(tuple(_segment(points, screen=screen) for points in segments.values()))


def _segment(points: Sequence[tuple[Month, Decimal]], *, screen: bool) -> Segment:
    if len(points) < 2:
        return Segment(tuple(Plotted(month, value, None) for month, value in points), None)
    values = [value for _, value in points]
    limits = limits_of(values, screen=screen)
    flagged = zip(points, flags_of(values, limits), strict=True)
    return Segment(tuple(Plotted(month, value, flag) for (month, value), flag in flagged), limits)
