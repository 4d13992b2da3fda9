"""A contract with its areas, and what people send and ask about it."""

from datetime import UTC, date, datetime
from typing import Any

from contracts.models import Contract, Message, Person, Question, ServiceArea


def contract(reference: str = "TST", **changes: Any) -> Contract:
    """A contract that commenced in January 2017: that is its month 1."""
    given = {
        "title": f"Services contract {reference}",
        "authority": "Exampleshire County Council",
        "supplier": "Example Services plc",
        "commences_on": date(2017, 1, 1),
        **changes,
    }
    return Contract.objects.create(reference=reference, **given)


def area(of: Contract, code: str = "CSC", name: str = "Customer Service Centre") -> ServiceArea:
    return ServiceArea.objects.create(contract=of, code=code, name=name)


def message(to: Person, key: str = "returned 1", **changes: Any) -> Message:
    """A message that waits to be sent."""
    given = {"kind": "returned", "subject": f"Returned: {key}", "body": "A figure lacks its source.", **changes}
    return Message.objects.create(person=to, key=key, **given)


def question(of: Contract, asked_by: Person, reference: str = "Q001", **changes: Any) -> Question:
    """A question about a KPI that waits for its answer; about a project where one is named."""
    about = {"about": "project"} if changes.get("project") else {"about": "figure", "kpi": "CSC_KPI_01"}
    given = {
        **about,
        "text": "Why did this figure fall?",
        "asked_at": datetime(2018, 3, 5, 9, 5, tzinfo=UTC),
        **changes,
    }
    return Question.objects.create(contract=of, asked_by=asked_by, reference=reference, **given)
