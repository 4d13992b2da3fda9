"""The monthly update: what the form brings forward, what it refuses, and what becomes of what is posted."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract
from contracts.rules.roles import Role
from contracts.services import grant_role
from projects.models import Milestone, MilestoneForecast, Project, Rebaseline, Update
from tests import builders
from tests.people import Cast, person
from tests.reading import Page, text_of

TODAY = date(2018, 3, 14)
MAY_25 = date(2018, 5, 25)
ANSWERS = {
    "delay_cause": "The upgrade came late.",
    "delay_party": "Supplier",
    "cost_effect": "Not known yet",
    "knock_on": "Payroll",
    "returns_to_green_on": "1 June 2018",
}


@pytest.fixture
def manager(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.project_manager)
    return client


@pytest.fixture
def told(contract: Contract, cast: Cast) -> Project:
    """A project with last month's update, a milestone that is overdue and one that is done."""
    project = builders.project(contract, manager_person=cast.project_manager)
    builders.update(
        project, date(2018, 2, 14), "amber", forecast_finish=date(2018, 4, 20), done="Tested.", next="Pilot.",
        delay_cause="Illness.", delay_party="Nobody", cost_effect="None", knock_on="None",
    )  # fmt: skip
    builders.milestone(project, "Pilot", original_on=date(2018, 2, 1), forecast_on=date(2018, 3, 1))
    builders.milestone(project, "Design", original_on=date(2017, 11, 1), actual_on=date(2017, 11, 2))
    return project


def address(project: Project) -> str:
    return reverse("projects:update", args=[project.contract.reference, project.reference])


def form(project: Project, **changes: Any) -> dict[str, Any]:
    """What the page sends where somebody fills it in rightly."""
    pilot = Milestone.objects.get(project=project, title="Pilot")
    latest = Update.objects.order_by("pk").last()
    return {
        "copied_from": latest.pk if latest else "",
        "confidence": "green",
        "forecast_finish": "30/3/2018",
        f"forecast-{pilot.pk}": "20 March 2018",
        f"actual-{pilot.pk}": "",
        "done": "Trained.",
        "next": "Move.",
        **changes,
    }


def errors_of(page: Page) -> dict[str, str]:
    """The errors of the summary, by the field that each leads to."""
    listed = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', page.content.decode())
    return {field: unescape(words) for field, words in listed}


def test_last_months_words_and_dates_are_brought_forward(manager: Client, told: Project) -> None:
    page = manager.get(address(told))
    pilot = Milestone.objects.get(title="Pilot")
    content = page.content.decode()
    assert 'value="amber" checked' in content
    assert 'name="forecast_finish" value="20 Apr 2018"' in content
    assert f'name="forecast-{pilot.pk}" type="text" value="1 Mar 2018"' in content
    for name, words in (("done", "Tested."), ("next", "Pilot."), ("delay_cause", "Illness.")):
        assert re.search(rf'<textarea[^>]*name="{name}"[^>]*>\s*{words}</textarea>', content), name
    assert "Design" not in text_of(page), "what is done is not asked about"
    assert "Left as it is, it counts as overdue." in text_of(page)
    assert "By its dates it is amber: 21 days late" in text_of(page)


def test_an_update_is_posted_with_who_when_and_what_moved(manager: Client, told: Project, cast: Cast) -> None:
    assert manager.post(address(told), form(told)).status_code == 302
    update = Update.objects.get(updated_on=TODAY)
    assert (update.confidence, update.forecast_finish, update.done) == ("green", date(2018, 3, 30), "Trained.")
    assert update.posted_by == cast.project_manager
    assert update.posted_at is not None
    assert update.posted_at.date() == TODAY
    forecast = MilestoneForecast.objects.get(update=update)
    assert (forecast.forecast_on, forecast.said_on, forecast.by) == (
        date(2018, 3, 20),
        TODAY,
        cast.project_manager,
    )
    assert update.delay_cause == "", "a green project gives no reason for being late"
    page = manager.get(reverse("projects:project", args=["TST", "P001"]))
    said = text_of(page)
    assert "The update of P001 is posted. You say green, and so do its dates." in said
    assert "14 March 2018: Green Posted by Project manager." in said
    assert "Forecast finish 30 March 2018, 21 days earlier than forecast before." in said
    assert "1 Mar 2018 → 20 Mar 2018, 19 days later; said on 14 March 2018, by Project manager" in said
    assert said.index("14 March 2018: Green") < said.index("14 February 2018: Amber")


def test_a_milestone_that_is_done_says_when(manager: Client, told: Project) -> None:
    pilot = Milestone.objects.get(title="Pilot")
    manager.post(address(told), form(told, **{f"actual-{pilot.pk}": "12/3/2018"}))
    pilot.refresh_from_db()
    assert pilot.actual_on == date(2018, 3, 12)
    assert pilot.original_on == date(2018, 2, 1)
    assert MilestoneForecast.objects.count() == 1


def test_what_was_not_moved_is_not_said_again(manager: Client, told: Project) -> None:
    pilot = Milestone.objects.get(title="Pilot")
    manager.post(address(told), form(told, **{f"forecast-{pilot.pk}": "1 Mar 2018"}))
    assert Update.objects.count() == 2
    assert MilestoneForecast.objects.count() == 1


def test_a_red_update_without_answers_is_refused_field_by_field_and_keeps_what_was_typed(
    manager: Client, told: Project
) -> None:
    page = manager.post(address(told), form(told, confidence="red", done="Trained many.", forecast_finish="25/5/2018"))
    assert page.status_code == 422
    found = errors_of(page)
    assert set(found) == {"delay_cause", "delay_party", "cost_effect", "knock_on", "returns_to_green_on"}
    assert found["cost_effect"] == "Say what it costs. If nobody knows, write “Not known yet”."
    content = page.content.decode()
    assert "Trained many." in content
    assert 'value="25/5/2018"' in content
    assert "56 days late against the original finish" in text_of(page)
    assert Update.objects.count() == 1


def test_a_red_update_with_answers_is_taken(manager: Client, told: Project) -> None:
    red = form(told, confidence="red", forecast_finish="25/5/2018", **ANSWERS)
    assert manager.post(address(told), red).status_code == 302
    update = Update.objects.get(updated_on=TODAY)
    assert update.returns_to_green_on == date(2018, 6, 1)
    assert update.cost_effect == "Not known yet"


def test_not_known_yet_is_an_answer_and_the_page_says_it(manager: Client, told: Project) -> None:
    unknown = {**ANSWERS, "returns_to_green_on": "", "is_green_unknown": "on"}
    assert manager.post(address(told), form(told, confidence="red", **unknown)).status_code == 302
    said = text_of(manager.get(reverse("projects:project", args=["TST", "P001"])))
    assert "When it returns to green not known yet" in said
    assert "Not answered" not in said


def test_every_box_that_is_wrong_is_named_at_once(manager: Client, told: Project) -> None:
    pilot = Milestone.objects.get(title="Pilot")
    wrong = {"forecast_finish": "31/2/2018", f"actual-{pilot.pk}": "15/3/2018", "next": "", "confidence": ""}
    page = manager.post(address(told), form(told, **wrong))
    found = errors_of(page)
    assert set(found) == {"forecast_finish", f"actual-{pilot.pk}", "next", "confidence_0"}
    assert found["forecast_finish"] == "“31/2/2018” is not a date: write one such as 29/3/2018 or 29 March 2018"
    assert found[f"actual-{pilot.pk}"] == "Pilot: it cannot have been done in the future. Today is 14 March 2018."


def test_who_writes_from_an_update_that_was_overtaken_sees_both_and_loses_nothing(
    manager: Client, told: Project, cast: Cast
) -> None:
    typed = form(told, done="Mine.")
    other = builders.update(told, TODAY, "red", done="Theirs.", posted_by=cast.officer)
    page = manager.post(address(told), typed)
    assert page.status_code == 409
    said = text_of(page)
    assert "Posted while you were writing by Officer" in said
    assert "Theirs." in said
    assert "Mine." in page.content.decode()
    assert Update.objects.count() == 2
    assert f'name="copied_from" value="{other.pk}"' in page.content.decode()
    assert manager.post(address(told), typed | {"copied_from": other.pk}).status_code == 302
    mine = Update.objects.get(done="Mine.")
    assert (mine.updated_on, mine.number) == (TODAY, 2)
    said = text_of(manager.get(reverse("projects:project", args=["TST", "P001"])))
    assert "Posted by Officer; superseded the same day by the update above." in said


def test_a_second_click_posts_nothing_more(manager: Client, told: Project) -> None:
    typed = form(told)
    assert manager.post(address(told), typed).status_code == 302
    assert manager.post(address(told), typed).status_code == 302
    assert Update.objects.count() == 2
    assert MilestoneForecast.objects.count() == 2


@pytest.mark.parametrize("stage", ["pipeline", "complete", "cancelled"])
def test_a_project_that_is_not_under_way_takes_no_update(stage: str, manager: Client, contract: Contract) -> None:
    project = builders.project(contract, stage=stage)
    for page in (manager.get(address(project)), manager.post(address(project), {"confidence": "green"})):
        assert page.status_code == 409
        assert f"P001 is {stage}" in text_of(page)
    assert not Update.objects.exists()


def test_a_named_manager_posts_and_the_others_of_the_contract_do_not(
    manager: Client, told: Project, contract: Contract
) -> None:
    other = person("other.manager@example.org", "Another project manager")
    grant_role(person=other, role=Role.PROJECT_MANAGER, contract=contract)
    client = Client()
    client.force_login(other)
    assert client.get(address(told)).status_code == 403
    Project.objects.filter(pk=told.pk).update(manager_person=None)
    assert client.get(address(told)).status_code == 200


def test_a_deputy_posts_for_whom_they_stand_in_for(told: Project, contract: Contract, cast: Cast) -> None:
    deputy = person("deputy@example.org", "Deputy")
    assignment = cast.project_manager.assignments.get(contract=contract)
    assignment.deputy = deputy
    assignment.save()
    client = Client()
    client.force_login(deputy)
    assert client.get(address(told)).status_code == 200
    cast.project_manager.groups.clear()
    assert client.get(address(told)).status_code == 404


def test_what_the_dates_say_is_told_as_somebody_types(manager: Client, told: Project) -> None:
    asked = reverse("projects:update_rating", args=["TST", "P001"])
    said = text_of(manager.get(asked, {"forecast_finish": "25 May 2018", "confidence": "green"}))
    assert said.startswith("You say: Green Its dates say: Red By its dates it is red: 56 days late")
    assert "21 days late" in text_of(manager.get(asked, {"forecast_finish": "soon", "confidence": "blue"}))


def test_an_administrator_adds_a_forecast_and_posts_no_update_and_agrees_no_finish(
    cast: Cast, told: Project, area: Any
) -> None:
    client = Client()
    client.force_login(cast.administrator)
    pilot, design = Milestone.objects.order_by("title").reverse()
    sent = {
        "contract": told.contract_id, "service_area": area.pk, "reference": "P001", "title": told.title,
        "kind": "transformation", "stage": "in flight", "manager_person": cast.project_manager.pk,
        "milestones-TOTAL_FORMS": 2, "milestones-INITIAL_FORMS": 2,
        "milestones-0-id": design.pk, "milestones-0-project": told.pk, "milestones-0-title": "Design",
        "milestones-0-actual_on": "2017-11-02", "milestones-1-id": pilot.pk, "milestones-1-project": told.pk,
        "milestones-1-title": "Pilot", "milestones-1-forecast_on": "2018-03-20",
        "rebaselines-TOTAL_FORMS": 1, "rebaselines-INITIAL_FORMS": 0, "rebaselines-0-project": told.pk,
        "rebaselines-0-agreed_on": "2018-02-14", "rebaselines-0-agreed_by": "Board",
        "rebaselines-0-agreed_finish": "2019-02-14", "rebaselines-0-reason": "Later.",
        "updates-TOTAL_FORMS": 1, "updates-INITIAL_FORMS": 0, "updates-0-project": told.pk,
        "updates-0-updated_on": "2018-02-14", "updates-0-confidence": "red", "updates-0-done": "More.",
    }  # fmt: skip
    response = client.post(reverse("admin:projects_project_change", args=[told.pk]), sent)
    assert response.status_code == 302, response.content.decode()
    forecasts = MilestoneForecast.objects.filter(milestone=pilot).order_by("pk")
    assert list(forecasts.values_list("forecast_on", "said_on", "by")) == [
        (date(2018, 3, 1), None, None),
        (date(2018, 3, 20), TODAY, cast.administrator.pk),
    ]
    assert list(Update.objects.values_list("number", "done")) == [(1, "Tested.")]
    assert not Rebaseline.objects.exists()
