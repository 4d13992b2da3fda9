"""What the addresses lead to, and how an address is put together from it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from contracts.models import Contract, Message
from kpis.models import Dispute, Evidence, Rebase
from projects.models import Nomination
from reports.models import Paper


@dataclass(frozen=True, slots=True)
class Stage:
    """What the addresses lead to."""

    contract: Contract
    draft: Paper
    published: Paper
    operational: Paper
    message: Message
    nomination: Nomination
    dispute: Dispute
    shared_file: Evidence
    draft_file: Evidence
    relief_file: Evidence


Address = Callable[[Stage], str]


def at(name: str, *of: Callable[[Stage], object]) -> Address:
    return lambda stage: reverse(name, args=[each(stage) for each in of])


def reference(stage: Stage) -> str:
    return stage.contract.reference


def funding(stage: Stage) -> int:
    return stage.contract.funding.get().pk


def dispute(stage: Stage) -> int:
    return stage.dispute.pk


def shared_file(stage: Stage) -> int:
    """Of a verified month."""
    return stage.shared_file.pk


def draft_file(stage: Stage) -> int:
    """Of a month that nobody has submitted yet."""
    return stage.draft_file.pk


def relief_file(stage: Stage) -> int:
    """The officer added it to the relief that is asked for."""
    return stage.relief_file.pk


def meeting(stage: Stage) -> int | None:
    return stage.draft.meeting_id


def reported_month(stage: Stage) -> str:
    return stage.operational.review_to.isoformat()[:7]


def message(stage: Stage) -> int:
    return stage.message.pk


def nomination(stage: Stage) -> int:
    return stage.nomination.pk


def of_project(name: str) -> Address:
    return at(name, reference, lambda _: "P001")


def asked_relief(stage: Stage) -> str:
    return "R001"


def granted_relief(stage: Stage) -> str:
    return "R002"


def of_question(name: str, question: str = "Q001") -> Address:
    return at(name, reference, lambda _: question)


def asking(query: str) -> Address:
    return lambda stage: f"{reverse('reports:ask_question', args=[reference(stage)])}?{query}"


def of_rebase(stage: Stage) -> str:
    row = Rebase.objects.get(kpi__contract=stage.contract)
    return reverse("kpis:withdraw_rebase", args=[stage.contract.reference, "CSC_KPI_01", row.pk])


def of_entry(name: str, month: str) -> Address:
    return at(name, reference, lambda _: "CSC", lambda _: month)


def of_return(name: str) -> Address:
    return at(name, reference, lambda _: "2018-01", lambda _: "CSC")


# What an address answers to GET, by name. An address that answers differently for different things has several rows.
