"""What no row of the boards' tables, and no lower app, can hold: for `check_register`; of papers, `verify_papers`."""

from collections.abc import Iterator

from django.db.models import F

from contracts.models import Contract, Question
from kpis.models import Kpi
from projects.models import Project
from reports.models import ReviewPeriod


def breaches(contract: Contract) -> Iterator[str]:
    """A plain line for each breach."""
    for period in ReviewPeriod.objects.filter(contract=contract).exclude(meeting__board__contracts=F("contract")):
        yield f"{contract.reference}: {period} is a review period of a board that does not watch the contract"
    yield from _questions_about_nothing(contract)


def _questions_about_nothing(contract: Contract) -> Iterator[str]:
    """The kernel names KPIs and projects by code: it cannot know whether there are any of that name."""
    codes = Kpi.objects.filter(contract=contract).values("code")
    references = Project.objects.filter(contract=contract).values("reference")
    asked = Question.objects.filter(contract=contract)
    lost = asked.exclude(kpi="").exclude(kpi__in=codes) | asked.exclude(project="").exclude(project__in=references)
    for question in lost.order_by("reference"):
        about = question.kpi or question.project
        yield f"{contract.reference}: question {question.reference} is about {about}, which the contract does not have"
