"""Facts of the kernel: contracts, service areas, people and what they may see, closed days, today, questions."""

from contracts.models.calendar import BusinessDay, ClosedDay
from contracts.models.contract import Contract, ServiceArea
from contracts.models.messages import Message, MutedKind
from contracts.models.people import Assignment, Person
from contracts.models.questions import Question
from contracts.models.traces import Access, History, Pulse, Traced

__all__ = [
    "Access",
    "Assignment",
    "BusinessDay",
    "ClosedDay",
    "Contract",
    "History",
    "Message",
    "MutedKind",
    "Person",
    "Pulse",
    "Question",
    "ServiceArea",
    "Traced",
]
