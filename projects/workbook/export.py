"""The project sheets as rows, in an order in which they can be imported."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, OuterRef, Subquery

from contracts.models import Contract
from projects.models import KeyEntry, KeyList, Milestone, MilestoneForecast, Project, Rebaseline, Update
from projects.workbook.specs import MILESTONES, PROJECTS, REBASELINES, UPDATES


def project_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `projects`: each with its latest update, the finish now agreed, and its place on the key list."""
    updates = {update.project_id: update for update in _in_course(Update, contract, "updated_on")}
    agreed = {row.project_id: row.agreed_finish for row in _in_course(Rebaseline, contract, "agreed_on")}
    places = {entry.project_id: entry for entry in _key_entries(contract)}
    for project in Project.objects.filter(contract=contract).select_related("service_area").order_by("reference"):
        update = updates.get(project.pk, Update())
        place = places.get(project.pk)
        told = {
            "service_area": project.service_area.code if project.service_area else "",
            "agreed_finish": agreed.get(project.pk, project.original_finish),
            "key_rank": place.rank if place else None,
            "rationale": place.rationale if place else "",
        }
        yield [
            told[name] if name in told else getattr(project if hasattr(project, name) else update, name)
            for name in PROJECTS.names
        ]


def milestone_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `milestones`: by project, in the order in which they were planned, each with its latest forecast."""
    said = MilestoneForecast.objects.filter(milestone=OuterRef("pk"))
    latest = said.order_by(F("said_on").desc(nulls_last=True), "-pk").values("forecast_on")[:1]
    milestones = Milestone.objects.filter(project__contract=contract).annotate(forecast_on=Subquery(latest))
    in_order = milestones.order_by("project__reference", F("original_on").asc(nulls_last=True), "pk")
    return _listed(in_order.values_list("project__reference", *MILESTONES.names[1:]))


def milestone_forecast_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `milestone_forecasts`: by milestone, oldest first; one without a day is the oldest."""
    rows = MilestoneForecast.objects.filter(milestone__project__contract=contract)
    in_order = rows.order_by(
        "milestone__project__reference", "milestone__title", F("said_on").asc(nulls_first=True), "pk"
    )
    return _listed(in_order.values_list("milestone__project__reference", "milestone__title", "forecast_on", "said_on"))


def update_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `updates`: by project, oldest first."""
    return _listed(_in_course(Update, contract, "updated_on").values_list("project__reference", *UPDATES.names[1:]))


def rebaseline_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `rebaselines`: by project, oldest first."""
    rows = _in_course(Rebaseline, contract, "agreed_on")
    return _listed(rows.values_list("project__reference", *REBASELINES.names[1:]))


def _in_course(model: Any, contract: Contract, day: str) -> Any:
    """Oldest first; one without a day is the oldest."""
    rows = model.objects.filter(project__contract=contract)
    within = ["number", "pk"] if model is Update else ["pk"]
    return rows.order_by("project__reference", F(day).asc(nulls_first=True), *within)


def _listed(rows: Any) -> Iterator[list[Any]]:
    return (list(row) for row in rows.iterator(chunk_size=2000))


def _key_entries(contract: Contract) -> Any:
    """Those of the proposal, or else of the list decided last."""
    lists = KeyList.objects.filter(contract=contract)
    current = lists.filter(decided_on=None).first() or lists.order_by("-decided_on").first()
    return KeyEntry.objects.filter(key_list=current) if current else KeyEntry.objects.none()
