"""The administrator adds a project and edits one by page; nothing typed is lost, and an original date stays."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from projects.models import Project
from tests import builders
from tests.people import Cast
from tests.reading import rows_of, text_of

FILLED = {
    "title": "Payroll link",
    "kind": "transformation",
    "stage": "in flight",
    "scrutiny_area": "Value for Money",
    "budget": "£342,000",
    "new_rows": "3",
}


@pytest.fixture
def administrator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


def boxes(name: str, day: str, month: str, year: str) -> dict[str, str]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def post(client: Client, contract: Contract, page: str, data: dict[str, Any]) -> Any:
    of = [contract.reference, "P001"] if page != "add" else [contract.reference]
    return client.post(reverse(f"projects:{page}", args=of), data)


def error_links(response: HttpResponse) -> list[str]:
    page = response.content.decode()
    summary = page[page.index("govuk-error-summary__list") :].partition("</ul>")[0]
    return [part.partition('"')[0] for part in summary.split('href="')[1:]]


def test_a_project_is_added_with_everything(
    administrator: Client, contract: Contract, area: ServiceArea, cast: Cast
) -> None:
    given = {
        **FILLED,
        "reference": "P014",
        "service_area": area.pk,
        "manager_person": cast.project_manager.pk,
        **boxes("original_start", "2", "10", "2017"),
        **boxes("original_finish", "30", "March", "2018"),
        "new_1_title": "Design agreed",
        **boxes("new_1_original_on", "1", "12", "2017"),
    }
    response = post(administrator, contract, "add", given)
    assert response.status_code == 302
    project = Project.objects.get(reference="P014")
    assert (project.service_area, project.manager_person, project.budget) == (area, cast.project_manager, 342000)
    assert project.original_finish == date(2018, 3, 30)
    assert project.milestones.get().title == "Design agreed"
    shown = text_of(administrator.get(response["Location"]))
    assert "P014 is in the register." in shown
    assert "Project manager Project manager" in shown, "the job title of who posts the updates"


def test_every_mistake_is_told_at_once_beside_its_field(administrator: Client, contract: Contract) -> None:
    given = {
        "kind": "transformation",
        "stage": "complete",
        "reference": "P014",
        "title": "Payroll link",
        **boxes("original_start", "2", "10", "2017"),
        **boxes("original_finish", "1", "10", "2017"),
        "new_1_title": "Pilot",
        "new_2_title": "pilot",
        "new_rows": "3",
    }
    response = post(administrator, contract, "add", given)
    assert error_links(response) == ["#id_original_finish_day", "#id_actual_finish_day", "#id_new_2_title"]
    blank = post(administrator, contract, "add", {"budget": "a lot", "new_rows": "1"})
    assert error_links(blank) == ["#id_reference", "#id_title", "#id_kind_0", "#id_stage_0", "#id_budget"]
    assert not Project.objects.exists()


@pytest.mark.parametrize(
    "reference",
    ["add", "archived", "Timeline", "key/2", "..", "P1/edit", "/P1", "P1/dependencies/remove", "a\u202eb"],
)
def test_a_reference_that_is_the_address_of_a_page_is_refused(
    reference: str, administrator: Client, contract: Contract
) -> None:
    response = post(administrator, contract, "add", {**FILLED, "reference": reference})
    assert error_links(response) == ["#id_reference"]


def test_a_reference_with_a_slash_has_its_pages(administrator: Client, contract: Contract) -> None:
    assert post(administrator, contract, "add", {**FILLED, "reference": "IT/2017/12"}).status_code == 302
    for name in ("project", "edit", "archive", "dependencies"):
        address = reverse(f"projects:{name}", args=[contract.reference, "IT/2017/12"])
        assert administrator.get(address).status_code == 200


def test_another_row_for_a_milestone_keeps_what_was_typed_and_judges_nothing(
    administrator: Client, contract: Contract
) -> None:
    response = post(administrator, contract, "add", {"title": "Payroll link", "new_rows": "3", "more": "yes"})
    shown = response.content.decode()
    assert 'value="Payroll link"' in shown
    assert 'name="new_4_title"' in shown
    assert "govuk-error-summary" not in shown


def test_an_original_date_is_shown_as_text_with_why(administrator: Client, contract: Contract) -> None:
    project = builders.project(contract)
    builders.milestone(project, "Pilot", original_on=date(2018, 2, 1))
    response = administrator.get(reverse("projects:edit", args=[contract.reference, "P001"]))
    shown = response.content.decode()
    assert "30 March 2018 The original date never changes: agree another one instead." in text_of(response)
    assert "original_finish_day" not in shown
    assert "milestone_" in shown
    assert "_original_on_day" in shown, "a new milestone has boxes"
    assert f"milestone_{project.milestones.get().pk}_original_on_day" not in shown


def typed(project: Project, **changes: Any) -> dict[str, Any]:
    return {
        "title": project.title, "kind": project.kind, "stage": project.stage, "new_rows": "1",
        "version": str(project.version), **changes,
    }  # fmt: skip


def test_an_edit_that_tries_to_move_an_original_date_moves_nothing(administrator: Client, contract: Contract) -> None:
    project = builders.project(contract)
    given = typed(project, title="New title", **boxes("original_finish", "1", "6", "2018"))
    assert post(administrator, contract, "edit", given).status_code == 302
    project.refresh_from_db()
    assert (project.title, project.original_finish) == ("New title", date(2018, 3, 30))


def test_a_stop_needs_a_reason_and_the_history_keeps_it(administrator: Client, contract: Contract) -> None:
    project = builders.project(contract)
    given = typed(project, stage="on hold")
    assert error_links(post(administrator, contract, "edit", given)) == ["#id_why"]
    assert post(administrator, contract, "edit", {**given, "why": "The money went."}).status_code == 302
    page = administrator.get(reverse("projects:project", args=[contract.reference, "P001"]))
    assert "Administrator: The money went. Stage: in flight → on hold" in text_of(page)


def test_nothing_changed_is_said(administrator: Client, contract: Contract) -> None:
    project = builders.project(contract)
    response = post(administrator, contract, "edit", typed(project))
    assert "Nothing was changed." in text_of(administrator.get(response["Location"]))
    assert project.history.count() == 1


def test_a_stale_save_is_refused_with_both_values_and_loses_nothing(
    administrator: Client, contract: Contract, cast: Cast
) -> None:
    project = builders.project(contract, sponsor="Head of People", third_party="A vendor")
    as_opened = typed(project, sponsor="Head of People", third_party="A vendor")
    post(administrator, contract, "edit", {**as_opened, "sponsor": "Head of Finance", "third_party": "Another vendor"})
    stale = post(administrator, contract, "edit", {**as_opened, "sponsor": "Head of Law", "title": "My title"})
    assert stale.status_code == 200
    assert rows_of(stale) == [
        ["Field", "Your page said", "On record now", "In the form below"],
        ["Sponsor", "Head of Law", "Head of Finance", "What you typed"],
        ["Third parties", "A vendor", "Another vendor", "What is on record"],
    ]
    shown = stale.content.decode()
    assert 'value="Another vendor"' in shown
    assert 'value="My title"' in shown
    assert "Administrator saved P001 on" in text_of(stale)
    assert 'name="version" value="2"' in shown
    again = {
        **as_opened,
        "version": "2",
        "sponsor": "Head of Law",
        "title": "My title",
        "third_party": "Another vendor",
    }
    assert post(administrator, contract, "edit", again).status_code == 302
    project.refresh_from_db()
    assert (project.sponsor, project.title, project.third_party) == ("Head of Law", "My title", "Another vendor")


def test_a_milestone_that_somebody_else_added_meanwhile_is_not_lost(administrator: Client, contract: Contract) -> None:
    project = builders.project(contract)
    as_opened = typed(project, title="My title")
    builders.milestone(project, "Pilot", original_on=date(2018, 2, 1))
    assert post(administrator, contract, "edit", as_opened).status_code == 302
    assert project.milestones.get().title == "Pilot"
    as_opened = {**as_opened, "version": "1"}
    stale = post(administrator, contract, "edit", as_opened)
    assert 'value="Pilot"' in stale.content.decode()


def test_scrutiny_areas_in_use_are_suggested(administrator: Client, contract: Contract) -> None:
    builders.project(contract, scrutiny_area="Adults & Health")
    response = administrator.get(reverse("projects:add", args=[contract.reference]))
    assert '<option value="Adults &amp; Health">' in response.content.decode()


def test_only_who_may_edit_sees_the_ways_to_it(contract: Contract, cast: Cast) -> None:
    builders.project(contract)
    offered = {}
    for name, person in cast.everybody():
        client = Client()
        client.force_login(person)
        response = client.get(reverse("projects:project", args=[contract.reference, "P001"]))
        page = response.content.decode() if response.status_code == 200 else ""
        ways = ("edit", "archive", "dependencies", "rebaseline")
        offered[name] = [way for way in ways if f"/P001/{way}/" in page]
    told = {name: ways for name, ways in offered.items() if ways}
    assert told == {"administrator": ["edit", "archive", "dependencies"], "contract_manager": ["rebaseline"]}


def test_what_the_admin_changes_makes_an_open_page_stale(administrator: Client, contract: Contract) -> None:
    project = builders.project(contract)
    as_opened = typed(project, title="My title")
    inlines = {
        f"{name}-{field}_FORMS": "0"
        for name in ("milestones", "rebaselines", "updates")
        for field in ("TOTAL", "INITIAL")
    }
    given = {
        **inlines,
        "contract": contract.pk,
        "reference": "P001",
        "title": "Theirs",
        "kind": "transformation",
        "stage": "in flight",
    }
    response = administrator.post(reverse("admin:projects_project_change", args=[project.pk]), given)
    assert response.status_code == 302
    project.refresh_from_db()
    assert (project.title, project.version, project.original_finish) == ("Theirs", 2, date(2018, 3, 30))
    assert "was changed by somebody else" in text_of(post(administrator, contract, "edit", as_opened))
