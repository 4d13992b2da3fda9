"""What no single row of the kernel's tables can hold: for `check_register`."""

from collections.abc import Iterator

from django.db.models import F

from contracts.models import Assignment, Contract


def breaches(contract: Contract) -> Iterator[str]:
    """A plain line for each breach."""
    elsewhere = Assignment.objects.filter(contract=contract, service_area__isnull=False)
    for assignment in elsewhere.exclude(service_area__contract=F("contract")).select_related("role", "service_area"):
        yield (
            f"{contract.reference}: a {assignment.role} is assigned to {assignment.service_area},"
            " a service area of another contract"
        )
