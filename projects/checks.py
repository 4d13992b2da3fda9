"""What no single row of the project tables can hold: for `check_register`."""

from collections.abc import Iterator

from django.db.models import Count, F

from contracts.models import Contract
from projects.models import KeyEntry, Project, Update


def breaches(contract: Contract) -> Iterator[str]:
    """A plain line for each breach."""
    astray = Project.objects.filter(contract=contract, service_area__isnull=False)
    for project in astray.exclude(service_area__contract=F("contract")).select_related("service_area"):
        where = f"{project.service_area}, a service area of another contract"
        yield f"{contract.reference}: {project.reference} serves {where}"
    entries = KeyEntry.objects.filter(key_list__contract=contract).exclude(project__contract=contract)
    for entry in entries.select_related("project"):
        yield f"{contract.reference}: a key list holds {entry.project.reference}, a project of another contract"
    undated = Update.objects.filter(project__contract=contract, updated_on=None).values("project__reference")
    for row in undated.annotate(number=Count("pk")).filter(number__gt=1):
        yield f"{contract.reference}: {row['project__reference']} has {row['number']} updates without a day"
