"""Facts of the kernel: contracts, service areas, people and what they may see, closed days, the business day."""

from contracts.models.calendar import BusinessDay, ClosedDay
from contracts.models.contract import Contract, ServiceArea
from contracts.models.people import Assignment, Person

__all__ = ["Assignment", "BusinessDay", "ClosedDay", "Contract", "Person", "ServiceArea"]
