"""What no single row of the project tables can hold: for `check_register`."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Count, F

from contracts.models import Contract
from contracts.queries import today
from projects.models import Dependency, KeyEntry, MilestoneForecast, NearMiss, Project, RegisterRow, Update
from projects.queries.register_counts import tallies
from projects.queries.register_rows import SAID, reckoned_rows, said
from projects.rules.dependencies import Kind, waiting_in_a_circle
from projects.rules.references import reference_fault

BATCH: Final = 500


def breaches(contract: Contract) -> Iterator[str]:
    """A plain line for each breach."""
    astray = Project.objects.filter(contract=contract, service_area__isnull=False)
    for project in astray.exclude(service_area__contract=F("contract")).select_related("service_area"):
        where = f"{project.service_area}, a service area of another contract"
        yield f"{contract.reference}: {project.reference} serves {where}"
    for reference in (
        Project.objects.filter(contract=contract).order_by("reference").values_list("reference", flat=True)
    ):
        if reference_fault(reference):
            yield f"{contract.reference}: the pages of {reference} cannot be reached: another page has their address"
    entries = KeyEntry.objects.filter(key_list__contract=contract).exclude(project__contract=contract)
    for entry in entries.select_related("project"):
        yield f"{contract.reference}: a key list holds {entry.project.reference}, a project of another contract"
    near = NearMiss.objects.filter(key_list__contract=contract, key_list__entries__project=F("project"))
    for reference in near.values_list("project__reference", flat=True):
        yield f"{contract.reference}: {reference} is on a key list and a near miss of it"
    forecasts = MilestoneForecast.objects.filter(milestone__project__contract=contract, update__isnull=False)
    for forecast in forecasts.exclude(update__project=F("milestone__project")).select_related("milestone__project"):
        yield f"{contract.reference}: a forecast of {forecast.milestone} comes from an update of another project"
    for line in _dependencies(contract):
        yield f"{contract.reference}: {line}"
    undated = Update.objects.filter(project__contract=contract, updated_on=None).values("project__reference")
    for row in undated.annotate(number=Count("pk")).filter(number__gt=1):
        yield f"{contract.reference}: {row['project__reference']} has {row['number']} updates without a day"
    for line in _register(contract, today()):
        yield f"{contract.reference}: {line} (mend it with restate_register)"


def _register(contract: Contract, on: date) -> Iterator[str]:
    """The rows of the register held against the facts, some projects at a time."""
    astray = RegisterRow.objects.filter(project__contract=contract).exclude(contract=contract)
    for row in astray:
        yield f"the register lists {row.reference} under another contract"
    projects = list(Project.objects.filter(contract=contract).order_by("pk").values_list("pk", "reference"))
    for start in range(0, len(projects), BATCH):
        batch = dict(projects[start : start + BATCH])
        stored: dict[int, list[RegisterRow]] = {}
        for row in RegisterRow.objects.filter(project__in=batch, until_on__gt=on).order_by("project", "from_on"):
            stored.setdefault(row.project_id, []).append(row)
        for project, needed in reckoned_rows(contract, batch, on).items():
            yield from _differences(batch[project], stored.get(project, []), needed, on)
    kept, counted = tallies(contract, on)
    if wrong := sum(kept[key] != counted[key] for key in kept.keys() | counted.keys()):
        yield f"{wrong:,} of the register's counts are not those of its rows"


def _differences(reference: str, stored: list[RegisterRow], needed: list[RegisterRow], on: date) -> Iterator[str]:
    if not stored or stored[0].from_on > on:
        yield f"the register has no row of {reference} for today"
        return
    days = [row.from_on for row in stored[1:]] + [row.until_on for row in stored]
    if days != [row.from_on for row in needed[1:]] + [row.until_on for row in needed]:
        yield f"the register's rows of {reference} begin and end on other days than its facts"
        return
    for row, other in zip(stored, needed, strict=True):
        told = zip(SAID, said(row), said(other), strict=True)
        names = [name for name, is_, should_be in told if is_ != should_be]
        if names:
            since = "" if row is stored[0] else f" from {row.from_on.isoformat()} on"
            yield f"the register is wrong about {reference}{since}: {', '.join(names)}"


def _dependencies(contract: Contract) -> Iterator[str]:
    own = Dependency.objects.filter(holder__contract=contract).select_related("holder", "held_up")
    for dependency in own.exclude(held_up__contract=contract):
        yield f"{dependency}, a project of another contract"
    waits, displaces = own.filter(kind=Kind.HOLDS_UP.value), own.filter(kind=Kind.DISPLACES.value)
    circle = waiting_in_a_circle(waits.values_list("holder__reference", "held_up__reference"))
    if circle:
        yield f"projects hold each other up in a circle: {', '.join((*circle, circle[0]))}"
    for dependency in displaces.exclude(holder__kind=Project.Kind.TRANSACTIONAL):
        yield f"{dependency}, and is not transactional"
