"""A draft of a small contract, written by the service that writes them all, and people who work on it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from contracts.models import Person
from contracts.rules.months import Month
from contracts.rules.roles import Role
from contracts.services import set_demonstration_day
from contracts.services.people import grant_role
from reports.models import Paper, PaperRun
from reports.services import papers
from tests.reports.cases import DRAFT_ON, FIRST, a_contract, a_meeting, a_project
from tests.reports.services.conftest import papers_folder as papers_folder
from tests.reports.services.conftest import quick_print as quick_print
from tests.reports.services.conftest import sent as sent

NOVEMBER = FIRST


@pytest.fixture
def draft(db: None, quick_print: None) -> Paper:
    """One KPI that failed its minimum in November and met its target since; a project under way."""
    set_demonstration_day(on=DRAFT_ON)
    contract = a_contract(values={NOVEMBER: "60"})
    a_project(contract)
    return written(contract, a_meeting(contract))


def written(contract: Any, meeting: Any, kind: str = "report", on: date = DRAFT_ON) -> Paper:
    """The first revision of a paper."""
    run = PaperRun.objects.create(contract=contract, meeting=meeting, kind=kind, due_on=on)
    papers.write_paper(run.pk, on=on)
    return paper_of(run)


def paper_of(run: PaperRun) -> Paper:
    stored: Paper = Paper.objects.select_related("contract", "meeting__board", "run").get(run=run)
    return stored


@pytest.fixture
def person(draft: Paper) -> Callable[[Role], Person]:
    """Somebody who holds a role on the draft's contract."""

    def make(role: Role) -> Person:
        made = Person.objects.create_user(f"{role.name.lower()}@example.org", "x", job_title=role.value)
        everywhere = role in (Role.CLERK, Role.ADMINISTRATOR)
        grant_role(person=made, role=role, contract=None if everywhere else draft.contract)
        return made

    return make


@pytest.fixture
def officer(person: Callable[[Role], Person]) -> Person:
    return person(Role.OFFICER)


@pytest.fixture
def officer_page(officer: Person) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def month(text: str) -> Month:
    year, number = map(int, text.split("-"))
    return Month(date(year, number, 1))
