"""Rows in, frozen projects out, in six queries whatever the number of projects."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from contracts.models import Contract
from projects.models import KeyEntry, KeyList, Milestone, Project, Rebaseline, Update
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.facts import ForecastFacts, MilestoneFacts, ProjectFacts, RebaselineFacts, Stage

OLDEST_FIRST = F("original_on").asc(nulls_last=True)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A contract's projects as known on a day, the key list in force or proposed, and the one decided before."""

    projects: tuple[ProjectFacts, ...]
    key_decided_on: date | None
    previous_key: frozenset[str] | None


def thresholds_of(contract: Contract) -> Thresholds:
    return Thresholds(green_days=contract.slippage_green_days, amber_months=contract.slippage_amber_months)


def load_portfolio(contract: Contract, on: date, reference: str | None = None) -> Portfolio:
    """Every project of the contract (or one of them) with what was said of it until ``on``, by reference."""
    rows = Project.objects.filter(contract=contract).select_related("service_area").order_by("reference")
    if reference is not None:
        rows = rows.filter(reference=reference)
    projects = list(rows)
    # Joined by contract, not by a list of keys: a large portfolio has more keys than a statement takes parameters.
    scope: dict[str, Any] = {"project__contract": contract} if reference is None else {"project__in": projects}
    milestones = _milestones(Milestone.objects.filter(**scope).order_by("project", OLDEST_FIRST, "pk"))
    rebaselines = _rebaselines(Rebaseline.objects.filter(**scope).order_by("project", "agreed_on", "pk"), on)
    updates = _updates(Update.objects.filter(**scope).order_by("project", "updated_on", "pk"), on)
    key_list, previous = _key_lists(contract, on)
    entries = {} if key_list is None else {entry.project_id: entry for entry in key_list.entries.all()}
    return Portfolio(
        projects=tuple(
            _facts(row, milestones[row.pk], rebaselines[row.pk], updates[row.pk], entries.get(row.pk))
            for row in projects
        ),
        key_decided_on=key_list.decided_on if key_list else None,
        previous_key=None
        if previous is None
        else frozenset(entry.project.reference for entry in previous.entries.all()),
    )


def _milestones(rows: Iterable[Milestone]) -> defaultdict[int, list[MilestoneFacts]]:
    grouped: defaultdict[int, list[MilestoneFacts]] = defaultdict(list)
    for row in rows:
        grouped[row.project_id].append(
            MilestoneFacts(row.title, row.original_on, row.agreed_on, row.forecast_on, row.actual_on)
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


def _key_lists(contract: Contract, on: date) -> tuple[KeyList | None, KeyList | None]:
    """The proposal if there is one, else the latest decided list; and the list decided before it."""
    rows = KeyList.objects.filter(contract=contract).prefetch_related("entries__project")
    lists = [key_list for key_list in rows if key_list.decided_on is None or key_list.decided_on <= on]
    lists.sort(key=lambda key_list: key_list.decided_on or date.max, reverse=True)
    return (lists[0] if lists else None, lists[1] if len(lists) > 1 else None)


def _facts(
    row: Project,
    milestones: list[MilestoneFacts],
    rebaselines: list[RebaselineFacts],
    updates: list[Update],
    entry: KeyEntry | None,
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
        manager=row.manager,
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
        updated_on=latest.updated_on,
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
        budget=row.budget,
        forecast_cost=row.forecast_cost,
        spent_to_date=row.spent_to_date,
        benefit=row.benefit,
        source=row.source,
    )
