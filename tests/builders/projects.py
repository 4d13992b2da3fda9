"""The portfolio, what was said of it, and the key list."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contracts.models import Contract, Person
from projects.models import (
    Dependency,
    Funding,
    KeyEntry,
    KeyExit,
    KeyList,
    Milestone,
    MilestoneForecast,
    NearMiss,
    Nomination,
    Project,
    Rebaseline,
    ScrutinyChair,
    Update,
)
from projects.services.register import restate, restate_contract


def project(of: Contract, reference: str = "P001", **changes: Any) -> Project:
    """A project in flight from 2 October 2017 to 30 March 2018, of which nobody has said anything yet."""
    given = {
        "title": f"Payroll link {reference}",
        "stage": "in flight",
        "original_start": date(2017, 10, 2),
        "original_finish": date(2018, 3, 30),
        **changes,
    }
    return _listed(Project.objects.create(contract=of, reference=reference, **given))


def _listed(of: Project) -> Project:
    """The project, with its row of the register as every service leaves it."""
    restate([of.pk])
    return of


def update(of: Project, updated_on: date | None, confidence: str = "green", **changes: Any) -> Update:
    made = Update.objects.create(project=of, updated_on=updated_on, confidence=confidence, **changes)
    _listed(of)
    return made


def rebaseline(of: Project, agreed_finish: date, agreed_on: date | None, **changes: Any) -> Rebaseline:
    given = {"agreed_by": "Programme Board", "reason": "The supplier's upgrade came late.", **changes}
    made = Rebaseline.objects.create(project=of, agreed_finish=agreed_finish, agreed_on=agreed_on, **given)
    _listed(of)
    return made


def milestone(of: Project, title: str = "Design agreed", **dates: Any) -> Milestone:
    """A milestone; a date it is forecast for was said on no known day."""
    forecast_on = dates.pop("forecast_on", None)
    made = Milestone.objects.create(project=of, title=title, **dates)
    if forecast_on:
        milestone_forecast(made, forecast_on, None)
    _listed(of)
    return made


def milestone_forecast(of: Milestone, forecast_on: date, said_on: date | None, **changes: Any) -> MilestoneForecast:
    made = MilestoneForecast.objects.create(milestone=of, forecast_on=forecast_on, said_on=said_on, **changes)
    _listed(of.project)
    return made


def dependency(holder: Project, held_up: Project, kind: str = "holds up", **changes: Any) -> Dependency:
    return Dependency.objects.create(holder=holder, held_up=held_up, kind=kind, **changes)


def key_list(
    of: Contract, *projects: Project, decided_on: date | None = None, rationale: str = "", **changes: Any
) -> KeyList:
    """A key list in this order: a proposal, unless the Board decided on it."""
    made = KeyList.objects.create(contract=of, decided_on=decided_on, **changes)
    for rank, each in enumerate(projects, start=1):
        why = rationale or f"{each.title} touches every school."
        KeyEntry.objects.create(key_list=made, project=each, rank=rank, rationale=why)
    restate_contract(of)
    return made


def key_exit(of: KeyList, project: Project, reason: str = "It is complete.") -> KeyExit:
    return KeyExit.objects.create(key_list=of, project=project, reason=reason)


def key_near_miss(of: KeyList, project: Project, reason: str = "It has only begun.") -> NearMiss:
    return NearMiss.objects.create(key_list=of, project=project, reason=reason)


def chair(of: Contract, person: Person, scrutiny_area: str = "Value for Money") -> ScrutinyChair:
    return ScrutinyChair.objects.create(contract=of, person=person, scrutiny_area=scrutiny_area)


def nomination(of: Project, by: Person, at: datetime, **changes: Any) -> Nomination:
    """An open nomination for the project's scrutiny area."""
    given = {"scrutiny_area": of.scrutiny_area, "reason": "Residents ask about it at every surgery.", **changes}
    return Nomination.objects.create(project=of, by=by, nominated_at=at, **given)


def funding(of: Contract, begins_on: date = date(2017, 4, 1), **changes: Any) -> Funding:
    """£3 million for the IT budget of 2017-18."""
    given = {"amount": Decimal(3000000), "purpose": "IT budget", **changes}
    return Funding.objects.create(contract=of, begins_on=begins_on, **given)
