"""What happened to one project, as its page tells it: its updates, and its milestones with all that was forecast."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from contracts.models import Contract
from contracts.prepared import given_day, given_key, given_text, prepared
from contracts.readings import Reading
from contracts.rules.months import day_short
from projects.models import MilestoneForecast, Update
from projects.rules.counts import UNRATED
from projects.rules.facts import MilestoneFacts, ProjectFacts
from projects.rules.sentences import lateness, movement


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """A forecast of a milestone, the one it took the place of, and how far it moved."""

    before: date | None
    after: date
    movement: str
    said_on: date | None
    by: str


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone, how late it is against its original date, and the days since it was due where it is overdue.

    ``forecasts`` is newest first; the first of all took the place of nothing.
    """

    milestone: MilestoneFacts
    lateness: str
    days_overdue: int | None
    forecasts: tuple[ForecastRow, ...]

    @property
    def has_moved(self) -> bool:
        """Whether something else was forecast first."""
        return len(self.forecasts) > 1


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """What the manager said on a day; ``movement`` is how far the forecast moved from the one before it."""

    updated_on: date | None
    posted_by: str
    posted_at: datetime | None
    is_superseded: bool
    confidence: str
    forecast_finish: date | None
    movement: str
    milestones: tuple[str, ...]
    done: str
    next: str
    delay_cause: str
    delay_party: str
    cost_effect: str
    knock_on: str
    returns_to_green_on: date | None
    is_green_unknown: bool


def milestone_row(milestone: MilestoneFacts, project: ProjectFacts, on: date) -> MilestoneRow:
    """As known on the day for which the facts were loaded."""
    late = "" if milestone.days_late is None else lateness(milestone.days_late)
    is_overdue = project.is_active and milestone.is_overdue(on)
    return MilestoneRow(
        milestone,
        late,
        (on - milestone.due_on).days if is_overdue and milestone.due_on else None,
        tuple(reversed(list(_forecasts(milestone)))),
    )


def read_updates(contract: Contract, reference: str, on: date) -> Reading[tuple[UpdateRow, ...]]:
    """The updates known on the day, newest first; one that says no day is older than any. One step."""
    known, said = yield _updates(contract=contract.pk, reference=reference, on=on)
    known.sort(key=lambda update: update.updated_on or date.min)
    rows: list[UpdateRow] = []
    forecast: date | None = None
    for place, update in enumerate(known):
        is_last = place + 1 == len(known) or known[place + 1].updated_on != update.updated_on
        own = tuple(each for each in said if each.update_id == update.pk)
        rows.append(update_row(update, forecast, own, is_superseded=not is_last))
        forecast = update.forecast_finish or forecast
    return tuple(reversed(rows))


@prepared
def _updates() -> tuple[QuerySet[Any], ...]:
    """Of one project with what each said of milestones."""
    of_one = Update.objects.filter(project__contract=given_key("contract"), project__reference=given_text("reference"))
    found = of_one.filter(Q(updated_on=None) | Q(updated_on__lte=given_day("on")))
    forecasts = MilestoneForecast.objects.filter(update__in=found.order_by().values("pk"))
    return found.select_related("posted_by").order_by("number", "pk"), forecasts.select_related("milestone")


def update_row(
    update: Update,
    forecast_before: date | None,
    said: Iterable[MilestoneForecast],
    *,
    is_superseded: bool = False,
) -> UpdateRow:
    """One update with what it said of milestones; ``is_superseded`` where another of the same day took its place."""
    return UpdateRow(
        updated_on=update.updated_on,
        posted_by=update.posted_by.job_title if update.posted_by else "",
        posted_at=update.posted_at,
        is_superseded=is_superseded,
        confidence=update.confidence or UNRATED,
        forecast_finish=update.forecast_finish,
        movement=moved(forecast_before, update.forecast_finish),
        milestones=tuple(f"{each.milestone.title}: {day_short(each.forecast_on)}" for each in said),
        done=update.done,
        next=update.next,
        delay_cause=update.delay_cause,
        delay_party=update.delay_party,
        cost_effect=update.cost_effect,
        knock_on=update.knock_on,
        returns_to_green_on=update.returns_to_green_on,
        is_green_unknown=update.is_green_unknown,
    )


def moved(before: date | None, after: date | None) -> str:
    """How far a date moved; nothing where one of the two is not known."""
    return movement((after - before).days) if before and after else ""


def _forecasts(milestone: MilestoneFacts) -> Iterator[ForecastRow]:
    before: date | None = None
    for each in milestone.forecasts:
        if each.forecast_on != before:
            yield ForecastRow(before, each.forecast_on, moved(before, each.forecast_on), each.said_on, each.by)
        before = each.forecast_on
