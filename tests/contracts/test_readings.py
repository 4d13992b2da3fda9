"""What is read together is what each queryset would have given by itself, in the same order, in one statement."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Count, F, QuerySet, Value
from pytest_django import DjangoAssertNumQueries

from contracts.models import Contract, Person, ServiceArea
from contracts.readings import Reading, beside, read_now, together
from contracts.rows import Wanted
from kpis.models import Kpi, Level, Result
from projects.models import Project, Update
from tests import builders
from tests.people import Cast


@pytest.fixture
def asked(cast: Cast, contract: Contract, area: ServiceArea) -> list[QuerySet[Any]]:
    """Every kind of column, sorted, sliced, joined, counted and united, and one that finds nothing."""
    for number in (3, 1, 2):
        kpi = builders.kpi(area, f"CSC_KPI_{number:02}", target="90.25", minimum="80")
        builders.results(kpi, "2017-11", ["95", "85.1", "0.1234"])
        project = builders.project(contract, f"P{number}", budget=Decimal("1200.50"), manager_person=cast.officer)
        at = datetime(2018, 3, 1, 9, 30, tzinfo=UTC)
        builders.update(project, date(2018, 3, number), posted_at=at, posted_by=cast.officer)
    names = Project.objects.order_by().values_list("reference", Value(1))
    return [
        Project.objects.select_related("service_area", "manager_person").order_by("-reference"),
        Update.objects.select_related("posted_by").order_by("updated_on")[:2],
        Kpi.objects.select_related("contract").order_by("code"),
        Level.objects.order_by("kpi__code").values_list("target", "minimum", "effective_from"),
        Result.objects.order_by("kpi__code", "month").values("value", "month", code=F("kpi__code")),
        Person.objects.order_by("email").values_list("email", flat=True),
        Contract.objects.annotate(number=Count("projects")).order_by("reference"),
        names.union(Kpi.objects.order_by().values_list("code", Value(2)), all=True).order_by("reference"),
        Update.objects.filter(pk__in=()),
        Project.objects.filter(reference="P1").only("reference"),
    ]


def as_read(rows: list[Any]) -> list[Any]:
    """Rows as values, so that everything in them is compared: models by each of their columns."""
    return [
        {name: value for name, value in vars(row).items() if name != "_state"}
        | {name: vars(of)["id"] for name, of in row._state.fields_cache.items() if of is not None}
        if hasattr(row, "_state")
        else row
        for row in rows
    ]


def test_querysets_read_together_give_what_each_gives_alone(
    asked: list[QuerySet[Any]], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    alone = [list(each.all()) for each in asked]
    with django_assert_num_queries(1):
        found = together(*asked)
    assert [as_read(rows) for rows in found] == [as_read(rows) for rows in alone]
    assert [[type(value) for row in rows if isinstance(row, tuple) for value in row] for rows in found] == [
        [type(value) for row in rows if isinstance(row, tuple) for value in row] for rows in alone
    ]


def test_readings_beside_one_another_cost_as_many_statements_as_the_longest_has_steps(
    asked: list[QuerySet[Any]], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def short() -> Reading[int]:
        projects, rows = yield asked[0], Wanted("reference, title", "FROM projects_project")
        return len(projects) + len(rows)

    def long() -> Reading[list[str]]:
        (projects,) = yield (asked[0],)
        updates, _ = yield Update.objects.filter(project__in=projects).order_by("-updated_on"), asked[2]
        return [each.updated_on.isoformat() for each in updates]

    def nothing() -> Reading[str]:
        return "nothing"
        yield ()

    with django_assert_num_queries(2):
        assert read_now(beside(short(), long(), nothing())) == (
            6,
            ["2018-03-03", "2018-03-02", "2018-03-01"],
            "nothing",
        )


def test_what_is_asked_for_twice_is_read_once_and_shared_by_nobody(asked: list[QuerySet[Any]]) -> None:
    first, second = together(asked[0], asked[0].all())
    assert first == second
    assert first[0] is not second[0]


def test_what_hangs_on_the_rows_is_read_beside_them(
    asked: list[QuerySet[Any]], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    step = builders.milestone(Project.objects.get(reference="P1"))
    for month in (4, 5):
        builders.milestone_forecast(step, date(2018, month, 1), date(2018, 3, month))
    rows = Project.objects.order_by("reference").prefetch_related("milestones__forecasts", "updates")
    told = [
        [
            (
                project.reference,
                list(project.updates.all()),
                [list(each.forecasts.all()) for each in project.milestones.all()],
            )
        ]
        for project in rows.all()
    ]
    with django_assert_num_queries(1):
        found, _ = together(rows, asked[1])
        assert [
            [
                (
                    project.reference,
                    list(project.updates.all()),
                    [list(each.forecasts.all()) for each in project.milestones.all()],
                )
            ]
            for project in found
        ] == told
        assert found[0].milestones.all()[0].project is found[0]


def test_a_prefetch_of_what_does_not_name_its_owner_is_refused(asked: list[QuerySet[Any]]) -> None:
    with pytest.raises(TypeError, match="only what names its owner"):
        together(asked[0].prefetch_related("service_area"), asked[1])
