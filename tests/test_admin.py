"""Setting up in the admin: what is entered there is kept, or refused with the reason."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from contracts.rules.months import months_of, parse_month
from kpis.models import Kpi, Return
from projects.models import Project
from tests import builders
from tests.people import Cast

COUNTS = ("TOTAL", "INITIAL")
OURS = ("contracts", "kpis", "projects", "reports")


@pytest.fixture
def administrator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


def address(model: type[Model], page: str, *of: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=of)


def kpi_form(contract: Contract, area: ServiceArea, **changes: object) -> dict[str, object]:
    """A new KPI with one level, as the page sends it."""
    return {
        "contract": contract.pk,
        "service_area": area.pk,
        "code": "CSC_KPI_04",
        "name": "Abandoned calls",
        "unit": "percent",
        "polarity": "lower",
        "decimals": 2,
        "due_months": [str(month) for month in range(1, 13)],
        "in_force_from": "2017-01-01",
        "levels-TOTAL_FORMS": 1,
        "levels-INITIAL_FORMS": 0,
        "levels-0-effective_from": "2017-01-01",
        "levels-0-target": "7",
        "levels-0-minimum": "12",
        **changes,
    }


def project_form(contract: Contract, area: ServiceArea) -> dict[str, object]:
    empty = {f"{rows}-{count}_FORMS": 0 for rows in ("milestones", "rebaselines", "updates") for count in COUNTS}
    facts = {"reference": "P1", "title": "Payroll link", "kind": "transformation", "stage": "pipeline"}
    return {"contract": contract.pk, "service_area": area.pk, **facts, **empty}


def problems(client: Client, page: str, form: dict[str, object]) -> Iterator[str]:
    """What the page says is wrong; nothing where it was saved."""
    response = client.post(page, form)
    if response.status_code == 302:
        return
    for found in (response.context["adminform"].form, *response.context["inline_admin_formsets"][0].formset.forms):
        for messages in found.errors.values():
            yield from messages


def test_a_kpi_is_set_up_with_its_level(administrator: Client, contract: Contract, area: ServiceArea) -> None:
    assert list(problems(administrator, address(Kpi, "add"), kpi_form(contract, area, code="csc kpi 4"))) == []
    kpi = Kpi.objects.get()
    assert kpi.code == "CSC_KPI_04"
    assert kpi.levels.get().effective_from == parse_month("2017-01")
    assert kpi.history.get().history_user.email == "administrator@example.org"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"levels-0-minimum": "6.99"}, "The minimum cannot lie below the target: lower is better for this KPI."),
        (
            {"polarity": "higher", "levels-0-minimum": "7.01"},
            "The minimum cannot lie above the target: higher is better for this KPI.",
        ),
        ({"levels-0-target": "7.005"}, "The target has more decimals than the KPI is judged to: give at most 2."),
        ({"levels-0-effective_from": "2017-01-02"}, "2017-01-02 is not a month: give its first day, 2017-01-01."),
        ({"in_force_to": "2016-12-01"}, "The last month in force cannot be before the first."),
        ({"code": "four"}, "“four” is not a KPI code: write a service area, KPI and a number, as in CSC_KPI_04."),
    ],
)
def test_a_kpi_that_cannot_be_judged_is_refused(
    changes: dict[str, object], problem: str, administrator: Client, contract: Contract, area: ServiceArea
) -> None:
    assert list(problems(administrator, address(Kpi, "add"), kpi_form(contract, area, **changes))) == [problem]
    assert not Kpi.objects.exists()


def test_a_level_equal_to_its_minimum_is_a_level(administrator: Client, contract: Contract, area: ServiceArea) -> None:
    assert (
        list(problems(administrator, address(Kpi, "add"), kpi_form(contract, area, **{"levels-0-minimum": "7"}))) == []
    )


def test_turning_the_polarity_round_does_not_leave_impossible_levels(
    administrator: Client, contract: Contract, area: ServiceArea
) -> None:
    kpi = builders.kpi(area, "CSC_KPI_04", "90", "80")
    level = kpi.levels.get()
    form = kpi_form(
        contract,
        area,
        **{
            "levels-INITIAL_FORMS": 1,
            "levels-0-id": level.pk,
            "levels-0-kpi": kpi.pk,
            "levels-0-target": "90",
            "levels-0-minimum": "80",
        },
    )
    assert list(problems(administrator, address(Kpi, "change", kpi.pk), form)) == [
        "The minimum cannot lie below the target: lower is better for this KPI."
    ]


def test_a_kpi_stays_within_its_contract(
    administrator: Client, contract: Contract, area: ServiceArea, other_contract: Contract
) -> None:
    form = kpi_form(other_contract, area)
    assert list(problems(administrator, address(Kpi, "add"), form)) == [
        f"{area} belongs to another contract than {other_contract.reference}."
    ]


def test_a_project_stays_within_its_contract(
    administrator: Client, contract: Contract, area: ServiceArea, other_contract: Contract
) -> None:
    add = address(Project, "add")
    assert list(problems(administrator, add, project_form(other_contract, area))) == [
        f"{area} belongs to another contract than {other_contract.reference}."
    ]
    assert list(problems(administrator, add, project_form(contract, area))) == []


def test_the_months_in_which_a_kpi_is_due_are_ticked(
    administrator: Client, contract: Contract, area: ServiceArea
) -> None:
    add = address(Kpi, "add")
    quarterly = ["3", "6", "9", "12"]
    assert list(problems(administrator, add, kpi_form(contract, area, due_months=quarterly))) == []
    kpi = Kpi.objects.get()
    assert months_of(kpi.due_mask) == {3, 6, 9, 12}
    ticked = administrator.get(address(Kpi, "change", kpi.pk)).context["adminform"].form["due_months"].initial
    assert ticked == quarterly
    assert "Mar, Jun, Sep, Dec" in administrator.get(address(Kpi, "changelist")).content.decode()
    assert list(problems(administrator, add, kpi_form(contract, area, code="CSC_KPI_05", due_months=[]))) == [
        "This field is required."
    ]


def test_a_level_is_shown_as_people_write_it_and_stays_unchanged(
    administrator: Client, contract: Contract, area: ServiceArea
) -> None:
    kpi = builders.kpi(area, "CSC_KPI_04", "7.50", "12")
    level = kpi.levels.get()
    page = administrator.get(address(Kpi, "change", kpi.pk)).content.decode()
    assert 'value="7.5"' in page
    assert 'value="12"' in page
    same = {
        "levels-INITIAL_FORMS": 1,
        "levels-0-id": level.pk,
        "levels-0-kpi": kpi.pk,
        "levels-0-target": "7.5",
        "levels-0-minimum": "12",
    }
    form = kpi_form(contract, area, **same)
    assert list(problems(administrator, address(Kpi, "change", kpi.pk), form)) == []
    assert level.history.count() == 1


@pytest.fixture
def judged(area: ServiceArea) -> Kpi:
    """A KPI with a verified figure for September 2017 and one for October that is not."""
    kpi = builders.kpi(area)
    builders.results(kpi, "2017-09", ["95", "95"])
    builders.returns(area, "2017-09", "2017-09")
    return kpi


def judged_form(kpi: Kpi, **changes: object) -> dict[str, object]:
    level = kpi.levels.get()
    existing = {"levels-INITIAL_FORMS": 1, "levels-0-id": level.pk, "levels-0-kpi": kpi.pk}
    higher = {"polarity": "higher", "levels-0-target": "90", "levels-0-minimum": "80", "code": kpi.code}
    return kpi_form(kpi.contract, kpi.service_area, **{**existing, **higher, **changes})


def refusals(client: Client, kpi: Kpi, **changes: object) -> str:
    """The whole page where it was refused, nothing where it was saved."""
    response = client.post(address(Kpi, "change", kpi.pk), judged_form(kpi, **changes))
    return "" if response.status_code == 302 else response.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"levels-0-DELETE": "on"}, "There is a figure for September 2017: keep a level in force"),
        ({"levels-0-effective_from": "2017-10-01"}, "There is a figure for September 2017: keep a level in force"),
        ({"levels-0-target": "91"}, "September 2017 was verified and keeps the level it was judged by"),
        ({"polarity": "lower", "levels-0-target": "70"}, "Months were verified under this"),
        ({"decimals": 1}, "Months were verified under this"),
        ({"in_force_from": "2017-10-01"}, "There is a figure for September 2017: it must stay in force"),
        ({"in_force_to": "2017-09-01"}, "There is a figure for October 2017: it must stay in force"),
    ],
)
def test_what_verified_months_rest_on_does_not_move(
    changes: dict[str, object], said: str, administrator: Client, judged: Kpi
) -> None:
    assert said in refusals(administrator, judged, **changes)


def test_a_month_that_was_reopened_keeps_what_it_was_judged_by(administrator: Client, judged: Kpi) -> None:
    reopened = Return.objects.get(service_area=judged.service_area)
    reopened.state, reopened.verified_at = Return.State.OPEN, datetime(2017, 10, 20, tzinfo=UTC)
    reopened.save()
    assert "September 2017 was verified" in refusals(administrator, judged, **{"levels-0-target": "91"})
    assert "Months were verified under this" in refusals(administrator, judged, decimals=1)


def test_a_new_level_may_begin_after_the_last_verified_month(administrator: Client, judged: Kpi) -> None:
    later = {"levels-1-effective_from": "2017-10-01", "levels-1-target": "92", "levels-1-minimum": "80"}
    assert refusals(administrator, judged, **{"levels-TOTAL_FORMS": 2, "levels-1-kpi": judged.pk, **later}) == ""
    assert judged.levels.count() == 2


def test_original_dates_are_given_once(administrator: Client, contract: Contract) -> None:
    project = builders.project(contract)
    builders.milestone(project, original_on=date(2018, 1, 5))
    page = administrator.get(address(Project, "change", project.pk)).content.decode()
    assert 'name="original_finish"' not in page
    box = page.partition('name="milestones-0-original_on"')[2].partition(">")[0]
    assert 'value="05/01/2018"' in box
    assert "disabled" in box
