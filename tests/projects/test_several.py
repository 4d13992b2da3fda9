"""Several projects change at once exactly as previewed, or not at all."""

import re
from collections.abc import Mapping
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from projects.checks import breaches
from projects.models import Project, RegisterRow
from projects.services.several import MOST
from tests import builders
from tests.people import Cast
from tests.reading import rows_of, text_of


@pytest.fixture
def admin(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


@pytest.fixture
def address(contract: Contract) -> str:
    return reverse("projects:change_several", args=[contract.reference])


def of(*projects: Project) -> str:
    return "?" + "&".join(f"project={project.pk}" for project in projects)


def sealed(response: object) -> Mapping[str, str]:
    page = response.content.decode()  # type: ignore[attr-defined]
    return {"sealed": re.findall(r'name="sealed" value="([^"]+)"', page)[0]}


def test_what_is_confirmed_is_what_was_shown_and_the_history_says_why(
    admin: Client, address: str, contract: Contract, area: ServiceArea, cast: Cast, today: date
) -> None:
    first, second = builders.project(contract, "P1"), builders.project(contract, "P2", sponsor="Head of Schools")
    wanted = {"stage": "on hold", "sponsor": "Head of Schools", "service_area": area.pk, "why": "Paused for a quarter."}
    preview = admin.post(address + of(first, second), wanted)
    assert preview.status_code == 200
    assert rows_of(preview)[1:] == [
        ["P1 Payroll link P1", "Stage", "in flight", "on hold"],
        ["P1 Payroll link P1", "Sponsor", "—", "Head of Schools"],
        ["P1 Payroll link P1", "Service area", "—", "CSC"],
        ["P2 Payroll link P2", "Stage", "in flight", "on hold"],
        ["P2 Payroll link P2", "Service area", "—", "CSC"],
    ]
    assert set(Project.objects.values_list("stage", flat=True)) == {"in flight"}
    done = admin.post(address, sealed(preview), follow=True)
    assert "2 projects changed." in text_of(done)
    for project in Project.objects.all():
        assert (project.stage, project.sponsor, project.service_area, project.version) == (
            "on hold", "Head of Schools", area, 2,
        )  # fmt: skip
        latest = project.history.latest()
        assert (latest.history_user, latest.history_change_reason) == (cast.administrator, "Paused for a quarter.")
    assert set(RegisterRow.objects.holding(contract, today).values_list("stage", flat=True)) == {"on hold"}
    assert list(breaches(contract)) == []


def test_complete_wants_a_finish_and_says_so_beside_those_that_have_one(
    admin: Client, address: str, contract: Contract
) -> None:
    open_, done = builders.project(contract, "P1"), builders.project(contract, "P2", actual_finish=date(2018, 3, 1))
    archived = builders.project(contract, "P3", archived_on=date(2018, 3, 1), archived_reason="Merged.")
    already = builders.project(contract, "P4", stage="complete", actual_finish=date(2018, 3, 1))
    preview = admin.post(address + of(open_, done, archived, already), {"stage": "complete", "why": "Year end."})
    said = text_of(preview)
    assert "1 project would change. 2 are refused. 1 stays as before." in said
    assert "P1 Payroll link P1 A complete project has a finish: enter the day it finished." in said
    assert "P3 is archived" in said
    admin.post(address, sealed(preview))
    assert dict(Project.objects.values_list("reference", "stage")) == {
        "P1": "in flight", "P2": "complete", "P3": "in flight", "P4": "complete",
    }  # fmt: skip


def test_a_project_that_moved_meanwhile_stops_everything_and_is_named(
    admin: Client, address: str, contract: Contract
) -> None:
    first, second = builders.project(contract, "P1"), builders.project(contract, "P2")
    preview = admin.post(address + of(first, second), {"sponsor": "Head of Schools", "why": "A new post."})
    second.version += 1
    second.save(update_fields=["version"])
    refused = admin.post(address, sealed(preview))
    assert refused.status_code == 409
    assert "P2 is no longer as it was when you looked: nothing was changed." in text_of(refused)
    assert set(Project.objects.values_list("sponsor", flat=True)) == {""}
    admin.post(address, sealed(refused))
    assert set(Project.objects.values_list("sponsor", flat=True)) == {"Head of Schools"}


def test_what_was_shown_to_somebody_else_or_tampered_with_is_not_done(
    admin: Client, address: str, contract: Contract, cast: Cast
) -> None:
    preview = admin.post(address + of(builders.project(contract)), {"stage": "on hold", "why": "Paused."})
    seal = sealed(preview)
    for forged in ({"sealed": seal["sealed"][:-2] + "xx"}, {"sealed": ""}):
        assert "look at the changes again" in text_of(admin.post(address, forged, follow=True))
    other = Client()
    cast.clerk.is_superuser = True
    cast.clerk.save(update_fields=["is_superuser"])
    other.force_login(cast.clerk)
    assert "look at the changes again" in text_of(other.post(address, seal, follow=True))
    assert Project.objects.get().stage == "in flight"


def test_everything_that_is_listed_can_be_taken(admin: Client, address: str, contract: Contract) -> None:
    for number in range(60):
        builders.project(contract, f"P{number}", sponsor="Head of Schools" if number % 2 else "")
    preview = admin.post(f"{address}?all=yes&sponsor=schools", {"scrutiny_area": "Children", "why": "Moved."})
    assert "30 projects would change." in text_of(preview)
    admin.post(address, sealed(preview))
    assert Project.objects.filter(scrutiny_area="Children", sponsor="Head of Schools").count() == 30
    assert Project.objects.filter(scrutiny_area="Children").count() == 30


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"why": "Because."}, "Choose a stage, or enter something else that is to change."),
        ({"stage": "on hold"}, "Say why these projects change."),
        ({"stage": "limbo", "why": "Because."}, "Select a valid choice. limbo is not one of the available choices."),
        ({"sponsor": "x" * 201, "why": "Because."}, "at most 200 characters"),
    ],
)
def test_an_unfinished_form_says_what_is_missing(
    form: dict[str, str], said: str, admin: Client, address: str, contract: Contract
) -> None:
    response = admin.post(address + of(builders.project(contract)), form)
    assert response.status_code == 422
    assert said in text_of(response)


def test_nothing_ticked_too_many_and_foreign_projects_lead_back(
    admin: Client, address: str, contract: Contract, other_contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = builders.project(other_contract)
    for asked in ("", "?project=x", f"?project={10**30}", of(foreign)):
        assert "No project was ticked." in text_of(admin.get(address + asked))
    assert MOST == 1000
    monkeypatch.setattr("projects.views.several.MOST", 1)
    several = of(builders.project(contract, "P1"), builders.project(contract, "P2"))
    assert "At most 1 projects are changed at once." in text_of(admin.post(address + several, {"stage": "on hold"}))


def test_boxes_are_there_for_the_administrator_who_asks_for_them(
    admin: Client, member: Client, contract: Contract
) -> None:
    project = builders.project(contract)
    register = reverse("projects:register", args=[contract.reference])
    box = f'name="project" value="{project.pk}" form="choosing"'
    assert box in admin.get(register, {"choose": "yes"}).content.decode()
    assert box not in admin.get(register).content.decode()
    assert box not in member.get(register, {"choose": "yes"}).content.decode()
