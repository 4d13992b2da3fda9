"""What the forward plan is made from, in three queries whatever the number of projects: unfinished work alone."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from contracts.models import Contract
from contracts.readings import together
from projects.models import Milestone, MilestoneForecast
from projects.queries.register import RegisterQuestion, rows_asked_for
from projects.rules.facts import MilestoneFacts, ProjectFacts, Stage
from projects.rules.plan import ForwardPlan, forward_plan

PLANNED: Final = (Stage.PIPELINE.value, Stage.IN_FLIGHT.value, Stage.ON_HOLD.value)


def load_plan(contract: Contract, on: date, asked: RegisterQuestion) -> ForwardPlan:
    """The plan of the projects asked for, up to the contract's end."""
    rows = rows_asked_for(contract, on, asked).filter(stage__in=PLANNED)
    fields = (
        "reference", "title", "scrutiny_area", "key_rank", "original_finish", "agreed_finish", "forecast_finish",
    )  # fmt: skip
    of_project = ("project__actual_finish", "project__expected_commission_on")
    told, undone, found = together(
        *_asked_milestones(rows, on), rows.values_list("project", "stage", *of_project, *fields)
    )
    milestones = _milestones(told, undone)
    projects = (
        ProjectFacts(
            stage=Stage(stage),
            actual_finish=finished,
            expected_commission_on=commission,
            milestones=tuple(milestones[key]),
            **dict(zip(fields, values, strict=True)),
        )
        for key, stage, finished, commission, *values in found
    )
    return forward_plan(projects, on, contract.ends_on)


def _asked_milestones(rows: QuerySet[Any], on: date) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """What was forecast until the day of milestones that are not done, the latest last; and these milestones."""
    own = rows.order_by().values("project")
    told = MilestoneForecast.objects.filter(milestone__project__in=own, milestone__actual_on=None)
    told = told.filter(Q(said_on=None) | Q(said_on__lte=on)).order_by(F("said_on").asc(nulls_first=True), "pk")
    undone = Milestone.objects.filter(project__in=own, actual_on=None).order_by("project", "original_on", "pk")
    return (
        told.values_list("milestone", "forecast_on"),
        undone.values_list("pk", "project", "title", "original_on", "agreed_on"),
    )


def _milestones(told: Iterable[Any], undone: Iterable[Any]) -> defaultdict[int, list[MilestoneFacts]]:
    """Those not done, each with the latest forecast."""
    latest = dict(told)
    found: defaultdict[int, list[MilestoneFacts]] = defaultdict(list)
    for key, project, title, original, agreed in undone:
        found[project].append(MilestoneFacts(title, original, agreed, latest.get(key)))
    return found
