"""What the database filters, sorts and cuts into pages is what Python would, from the facts by the live rules."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from projects.models import Project, Update
from projects.queries import load_portfolio, thresholds_of
from projects.queries.register_rows import RATING_ORDER, STAGE_ORDER
from projects.rules.attention import needs_attention
from projects.rules.facts import ProjectFacts
from projects.rules.order import order_key
from projects.rules.standing import signals_of
from projects.services.register import restate_contract
from projects.tables import RegisterTable
from tests import builders
from tests.projects.rules.build import rules_by_project
from tests.reading import rows_of

PER_PAGE = 50
AREAS = ("Adults", "children", "")
QUESTIONS = {
    "q": ("p1", "payroll LINK", "é", "100%", "nothing like it"),
    "stage": ("pipeline", "in flight", "complete"),
    "confidence": ("red", "green", "unrated"),
    "dates": ("amber", "red", "unrated"),
    "attention": ("declared", "dates", "rated better", "overdue", "silent", "slipped", "re-baselined"),
    "scrutiny_area": ("Adults", "children"),
    "service_area": ("CSC", "PM"),
    "kind": ("transactional",),
    "sponsor": ("head schools", "Head"),
    "key": ("yes",),
    "archived": ("yes",),
}


@pytest.fixture
def portfolio(contract: Contract, area: ServiceArea, today: date) -> Contract:
    """120 projects that differ in everything, from a fixed seed."""
    chance = Random(20180314)
    areas = [None, area, builders.area(contract, "PM", "People")]
    made = []
    for number in range(120):
        start = date(2017, 1, 2) + timedelta(days=chance.randrange(300))
        has_dates, is_archived = chance.random() < 0.9, chance.random() < 0.1
        made.append(
            Project.objects.create(
                contract=contract, reference=f"{chance.choice('pPqQ')}{number}",
                title=f"{chance.choice(('Payroll link', 'archive', 'Café 100%', 'Zebra'))} {chance.randrange(20)}",
                stage=chance.choice(list(STAGE_ORDER)), kind=chance.choice(("transformation", "transactional")),
                scrutiny_area=chance.choice(AREAS), service_area=chance.choice(areas),
                sponsor=chance.choice(("Head of Schools", "Head of IT", "")),
                original_start=start if has_dates else None,
                original_finish=start + timedelta(days=chance.randrange(1, 400)) if has_dates else None,
                archived_on=today if is_archived else None, archived_reason="Over." if is_archived else "",
            )
        )  # fmt: skip
    for each in made:
        for _ in range(chance.randrange(3)):
            day = today - timedelta(days=chance.randrange(1, 60))
            forecast = each.original_finish and each.original_finish + timedelta(days=chance.choice((0, 5, 20, 50)))
            Update.objects.get_or_create(
                project=each, updated_on=day,
                defaults={"confidence": chance.choice(("red", "amber", "green", "")), "forecast_finish": forecast},
            )  # fmt: skip
        if chance.random() < 0.2:
            each.rebaselines.create(agreed_finish=today + timedelta(days=chance.randrange(90)), agreed_on=today)
        if chance.random() < 0.3:
            each.milestones.create(title="Step", original_on=today + timedelta(days=chance.choice((-9, 9))))
    builders.key_list(contract, *made[5:15])
    restate_contract(contract, on=today)
    return contract


Expected = Callable[[dict[str, str]], list[str]]


def oracle(contract: Contract, on: date) -> Expected:
    """The references that a question lists, all pages of them, by the rules alone."""
    stored = {project.pk: project for project in Project.objects.filter(contract=contract)}
    archived = {each.reference for each in stored.values() if each.archived_on}
    facts = load_portfolio(contract, on, among=stored).projects
    thresholds = thresholds_of(contract)
    tripped = rules_by_project(needs_attention(facts, on, None, None, thresholds, contract.silent_days))
    signals = {each.reference: signals_of(each, tripped.get(each.reference, ()), thresholds) for each in facts}

    def answers(each: ProjectFacts, asked: dict[str, str]) -> bool:
        text = f"{each.reference} {each.title} {each.sponsor} {each.manager} {each.third_party}".casefold()
        sponsor = each.sponsor.casefold()
        return (
            all(word in text for word in asked.get("q", "").casefold().split())
            and all(word in sponsor for word in asked.get("sponsor", "").casefold().split())
            and asked.get("stage") in (None, each.stage)
            and asked.get("confidence") in (None, each.declared or "unrated")
            and asked.get("dates") in (None, each.computed(thresholds) or "unrated")
            and ("attention" not in asked or asked["attention"] in signals[each.reference])
            and asked.get("scrutiny_area") in (None, each.scrutiny_area)
            and asked.get("service_area") in (None, each.service_area)
            and asked.get("kind") in (None, each.kind)
            and ("key" not in asked or each.is_key)
            and ("archived" in asked) == (each.reference in archived)
        )

    def value(each: ProjectFacts, column: str) -> Any:
        late, agreed, computed = each.slippage_original, each.slippage_agreed, each.computed(thresholds)
        match column:
            case "reference" | "title" | "scrutiny_area":
                return order_key(getattr(each, column))
            case "stage":
                return STAGE_ORDER[each.stage]
            case "declared" | "computed":
                rating = each.declared if column == "declared" else computed
                return RATING_ORDER[rating] if rating else None
            case "days_late":
                return late.days if late else None
            case "days_late_agreed":
                return agreed.days if agreed else None
            case "rebaselined":
                return len(each.rebaselines)
        return getattr(each, column)

    def listed(asked: dict[str, str]) -> list[str]:
        found = sorted((each for each in facts if answers(each, asked)), key=lambda each: value(each, "reference"))
        column, is_descending = asked.get("sort", "reference").lstrip("-"), asked.get("sort", "").startswith("-")
        known = [each for each in found if value(each, column) is not None]
        blank = [each for each in found if value(each, column) is None]
        known.sort(key=lambda each: value(each, column), reverse=is_descending)
        return [each.reference for each in known + blank]

    return listed


def test_every_question_lists_what_the_rules_say_in_their_order_page_by_page(
    portfolio: Contract, member: Client, today: date
) -> None:
    expected = oracle(portfolio, today)
    address = reverse("projects:register", args=[portfolio.reference])
    chance = Random(1)
    questions: list[dict[str, str]] = [{name: value} for name, values in QUESTIONS.items() for value in values]
    for column in RegisterTable.base_columns:
        questions += [{"sort": column}, {"sort": f"-{column}"}]
    for _ in range(12):
        names = chance.sample(list(QUESTIONS), chance.randrange(2, 4))
        sort = chance.choice(("", "-")) + chance.choice(list(RegisterTable.base_columns))
        questions.append({name: chance.choice(QUESTIONS[name]) for name in names} | {"sort": sort})
    told = 0
    for asked in questions:
        every = expected(asked)
        for start in range(0, max(1, len(every)), PER_PAGE):
            rows = rows_of(member.get(address, asked | {"page": str(start // PER_PAGE + 1)}))
            assert [row[0] for row in rows[1:]] == every[start : start + PER_PAGE], asked
        told += bool(every)
    assert told > len(questions) / 2, "most questions list nothing, so this proves little"


def test_the_register_costs_as_many_queries_at_two_thousand_rows_as_at_one(
    contract: Contract, member: Client, today: date
) -> None:
    address = reverse("projects:register", args=[contract.reference])
    builders.project(contract, "P0")

    def queries(**asked: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert member.get(address, asked).status_code == 200
        return len(captured)

    questions: list[dict[str, str]] = [{}, {"q": "0", "sort": "-days_late"}, {"attention": "silent"}]
    few = [queries(**asked) for asked in questions]
    Project.objects.bulk_create(
        Project(contract=contract, reference=f"P{number}", title=f"Project {number}", stage="in flight")
        for number in range(1, 2000)
    )
    restate_contract(contract, on=today)
    assert [queries(**asked) for asked in questions] == few
    assert queries(page="40") == few[0]
