"""Rows in, frozen projects out, in one statement whatever the number of projects."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from contracts.models import Contract
from contracts.prepared import given_day, given_key, given_text, prepared
from contracts.readings import Asked, Reading, ask, beside, read_now
from projects.models import KeyEntry, Milestone, MilestoneForecast, Project, Rebaseline, Update
from projects.queries.key_rows import KeyRows, read_key_rows
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.facts import (
    ForecastFacts,
    MilestoneFacts,
    MilestoneForecastFacts,
    ProjectFacts,
    RebaselineFacts,
    Stage,
)
from projects.rules.key_list import told_before

OLDEST_FIRST = F("original_on").asc(nulls_last=True)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """
    A contract's projects as known on a day, the key list in force or proposed, and the one the Board knew before.

    ``previous_ranks``: the projects of that earlier list by reference, each with its rank; ``None`` where none was.
    """

    projects: tuple[ProjectFacts, ...]
    key_decided_on: date | None
    previous_ranks: Mapping[str, int] | None

    @property
    def previous_key(self) -> frozenset[str] | None:
        return None if self.previous_ranks is None else frozenset(self.previous_ranks)


def thresholds_of(contract: Contract) -> Thresholds:
    return Thresholds(green_days=contract.slippage_green_days, amber_months=contract.slippage_amber_months)


def load_portfolio(
    contract: Contract,
    on: date,
    reference: str | None = None,
    among: Collection[int] | QuerySet[Any, Any] | None = None,
    *,
    told_on: date | None = None,
    as_proposed: bool = False,
) -> Portfolio:
    """
    Every project of the register with what was said of it until ``on``, by reference.

    Or one, or some of the contract's projects: these whether archived or not. Key projects are those of the list in
    force, or before the first decision those proposed; ``as_proposed``, in a paper that goes to the Board, always the
    latter where there is a proposal. ``told_on`` is the day as of which the Board was last told of its key projects.
    """
    return read_now(read_portfolio(contract, on, reference, among, told_on=told_on, as_proposed=as_proposed))


def read_portfolio(
    contract: Contract,
    on: date,
    reference: str | None = None,
    among: Collection[int] | QuerySet[Any, Any] | None = None,
    *,
    told_on: date | None = None,
    as_proposed: bool = False,
) -> Reading[Portfolio]:
    """The same in one step beside whatever else is read."""
    if among is not None:
        asked: Sequence[Asked] = _rows(contract=contract, pk__in=among)
    elif reference is not None:
        asked = _of_one(contract=contract.pk, reference=reference)
    else:
        asked = _of_register(contract=contract.pk, on=on)
    (projects, told, steps, agreed, said), key_rows = yield from beside(ask(*asked), read_key_rows(contract))
    milestones = _milestones(steps, _milestone_forecasts(told, on))
    rebaselines, updates = _rebaselines(agreed, on), _updates(said, on)
    lists = _key_lists(key_rows, on, as_proposed=as_proposed)
    shown = lists[0] if lists else None
    known = told_before([each.key_list.decided_on for each in lists], told_on)
    entries = {} if shown is None else {entry.project_id: entry for entry in shown.entries}
    # Those of a list between the two left as well; what was said last of a project is the reason.
    left = {each.project_id: each.reason for later in reversed(lists[:known]) for each in later.exits}
    near = {} if shown is None else {each.project_id: each.reason for each in shown.near_misses}
    return Portfolio(
        projects=tuple(
            _facts(
                row,
                milestones[row.pk],
                rebaselines[row.pk],
                updates[row.pk],
                entries.get(row.pk),
                left_key_because=left.get(row.pk, ""),
                near_miss_because=near.get(row.pk, ""),
            )
            for row in projects
        ),
        key_decided_on=shown.key_list.decided_on if shown else None,
        previous_ranks=None
        if known is None
        else {entry.project.reference: entry.rank for entry in lists[known].entries},
    )


def _rows(**scope: Any) -> tuple[QuerySet[Any, Any], ...]:
    """
    The projects of a scope, then by project what was forecast of milestones, these, re-baselines and updates.

    Joined by contract, not by a list of keys: a large portfolio has more keys than a statement takes parameters.
    """
    of_project = {f"project__{name}": value for name, value in scope.items()}
    of_milestone = {f"milestone__{name}": value for name, value in of_project.items()}
    told = MilestoneForecast.objects.filter(**of_milestone).order_by("milestone", "pk")
    return (
        Project.objects.filter(**scope).select_related("service_area", "manager_person").order_by("reference"),
        told.values_list("milestone", "forecast_on", "said_on", "by__job_title"),
        Milestone.objects.filter(**of_project).order_by("project", OLDEST_FIRST, "pk"),
        Rebaseline.objects.filter(**of_project).order_by("project", "agreed_on", "pk"),
        Update.objects.filter(**of_project).order_by("project", "updated_on", "number", "pk"),
    )


@prepared
def _of_one() -> tuple[QuerySet[Any, Any], ...]:
    return _rows(contract=given_key("contract"), reference=given_text("reference"))


@prepared
def _of_register() -> tuple[QuerySet[Any, Any], ...]:
    projects: Any
    projects, *more = _rows(contract=given_key("contract"))
    return (projects.in_register(given_day("on")), *more)


def _milestone_forecasts(told: Iterable[Any], on: date) -> defaultdict[int, list[MilestoneForecastFacts]]:
    """What was said until the day, by milestone, oldest first; what says no day is older than any."""
    grouped: defaultdict[int, list[MilestoneForecastFacts]] = defaultdict(list)
    for milestone, forecast_on, said_on, by in told:
        if said_on is None or said_on <= on:
            grouped[milestone].append(MilestoneForecastFacts(forecast_on, said_on, by or ""))
    for own in grouped.values():
        own.sort(key=lambda forecast: forecast.said_on or date.min)
    return grouped


def _milestones(
    rows: Iterable[Milestone], forecasts: Mapping[int, list[MilestoneForecastFacts]]
) -> defaultdict[int, list[MilestoneFacts]]:
    grouped: defaultdict[int, list[MilestoneFacts]] = defaultdict(list)
    for row in rows:
        said = tuple(forecasts.get(row.pk, ()))
        latest = said[-1].forecast_on if said else None
        grouped[row.project_id].append(
            MilestoneFacts(row.title, row.original_on, row.agreed_on, latest, row.actual_on, said)
        )
    return grouped


def _rebaselines(rows: Iterable[Rebaseline], on: date) -> defaultdict[int, list[RebaselineFacts]]:
    grouped: defaultdict[int, list[RebaselineFacts]] = defaultdict(list)
    for row in rows:
        if row.agreed_on is None or row.agreed_on <= on:
            grouped[row.project_id].append(RebaselineFacts(row.agreed_finish, row.agreed_on, row.agreed_by, row.reason))
    for own in grouped.values():
        own.sort(key=lambda rebaseline: rebaseline.agreed_on or date.min)
    return grouped


def _updates(rows: Iterable[Update], on: date) -> defaultdict[int, list[Update]]:
    grouped: defaultdict[int, list[Update]] = defaultdict(list)
    for row in rows:
        if row.updated_on is None or row.updated_on <= on:
            grouped[row.project_id].append(row)
    for own in grouped.values():
        own.sort(key=lambda update: update.updated_on or date.min)
    return grouped


def _key_lists(rows: Iterable[KeyRows], on: date, *, as_proposed: bool) -> list[KeyRows]:
    """The list to be shown, then those decided before it, the latest first."""
    lists = [each for each in rows if each.key_list.decided_on is None or each.key_list.decided_on <= on]
    lists.sort(key=lambda each: each.key_list.decided_on or date.max, reverse=True)
    is_one_decided = any(each.key_list.decided_on for each in lists)
    return lists if as_proposed or not is_one_decided else [each for each in lists if each.key_list.decided_on]


def _facts(
    row: Project,
    milestones: list[MilestoneFacts],
    rebaselines: list[RebaselineFacts],
    updates: list[Update],
    entry: KeyEntry | None,
    *,
    left_key_because: str,
    near_miss_because: str,
) -> ProjectFacts:
    latest = updates[-1] if updates else Update()
    return ProjectFacts(
        reference=row.reference,
        title=row.title,
        stage=Stage(row.stage),
        kind=row.kind,
        service_area=row.service_area.code if row.service_area else "",
        scrutiny_area=row.scrutiny_area,
        sponsor=row.sponsor,
        manager=row.manager_named,
        third_party=row.third_party,
        declared=Confidence(latest.confidence) if latest.confidence else None,
        original_start=row.original_start,
        original_finish=row.original_finish,
        agreed_finish=rebaselines[-1].agreed_finish if rebaselines else row.original_finish,
        # An update that gives no forecast leaves the one before it standing: silence is not a date met.
        forecast_finish=next((each.forecast_finish for each in reversed(updates) if each.forecast_finish), None),
        actual_finish=row.actual_finish,
        expected_commission_on=row.expected_commission_on,
        delay_cause=latest.delay_cause,
        delay_party=latest.delay_party,
        cost_effect=latest.cost_effect,
        knock_on=latest.knock_on,
        returns_to_green_on=latest.returns_to_green_on,
        is_green_unknown=latest.is_green_unknown,
        updated_on=latest.updated_on,
        done=latest.done,
        next=latest.next,
        milestones=tuple(milestones),
        rebaselines=tuple(rebaselines),
        forecasts=tuple(
            ForecastFacts(
                update.forecast_finish,
                update.updated_on,
                Confidence(update.confidence) if update.confidence else None,
            )
            for update in updates
        ),
        key_rank=entry.rank if entry else None,
        rationale=entry.rationale if entry else "",
        left_key_because=left_key_because,
        near_miss_because=near_miss_because,
        budget=row.budget,
        forecast_cost=row.forecast_cost,
        spent_to_date=row.spent_to_date,
        benefit=row.benefit,
        source=row.source,
        archived_on=row.archived_on,
        archived_reason=row.archived_reason,
    )
