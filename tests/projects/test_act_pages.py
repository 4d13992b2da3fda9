"""Archiving, re-baselining and joining projects by page."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract
from projects.models import Dependency, Project, Rebaseline
from tests import builders
from tests.people import Cast
from tests.projects.test_editing_pages import boxes
from tests.reading import rows_of, text_of


@pytest.fixture
def project(contract: Contract) -> Project:
    """Two months late."""
    made = builders.project(contract)
    builders.update(made, date(2018, 3, 7), "green", forecast_finish=date(2018, 5, 25))
    return made


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(client: Client, project: Project, page: str, **data: Any) -> Any:
    return client.post(reverse(f"projects:{page}", args=[project.contract.reference, project.reference]), data)


def test_a_project_is_archived_listed_with_its_reason_and_taken_back(project: Project, cast: Cast) -> None:
    client, member = client_of(cast.administrator), client_of(cast.board_member)
    assert "Enter reason" in text_of(post(client, project, "archive", version="1", reason=""))
    assert post(client, project, "archive", version="1", reason="Entered twice.").status_code == 302
    listed = member.get(reverse("projects:archived", args=[project.contract.reference]))
    assert rows_of(listed)[1] == ["P001 Payroll link P001", "In flight", "14 Mar 2018", "Entered twice."]
    shown = text_of(member.get(reverse("projects:project", args=[project.contract.reference, "P001"])))
    assert "Archived on 14 March 2018 and not counted in the register since: Entered twice." in shown
    assert post(client, project, "edit", version="2").status_code == 302, "an archived project is not edited"
    assert post(client, project, "take_back", version="2", reason="It was not.").status_code == 302
    project.refresh_from_db()
    assert project.archived_on is None
    assert "No project was archived." in text_of(
        member.get(reverse("projects:archived", args=[project.contract.reference]))
    )


def test_a_stale_archiving_is_refused_and_can_be_repeated(project: Project, cast: Cast) -> None:
    client = client_of(cast.administrator)
    stale = post(client, project, "archive", version="7", reason="Entered twice.")
    assert "was changed by somebody else while you were looking at it" in text_of(stale)
    assert "Entered twice." in stale.content.decode()
    assert 'name="version" value="1"' in stale.content.decode()


AGREED = {
    **boxes("agreed_finish", "25", "5", "2018"),
    **boxes("agreed_on", "1", "3", "2018"),
    "agreed_by": "Contract Manager and Service Director",
    "reason": "The upgrade came late.",
}


def test_a_rebaseline_is_previewed_and_then_recorded(project: Project, cast: Cast) -> None:
    builders.milestone(project, "Pilot", original_on=date(2018, 2, 1))
    client = client_of(cast.contract_manager)
    given = {**AGREED, **boxes("step_0", "1", "5", "2018")}
    preview = post(client, project, "rebaseline", **given)
    told = text_of(preview)
    assert "Against the agreed finish it becomes on time instead of 56 days late;" in told
    assert "against the original finish it stays 56 days late." in told
    assert "The rating by its dates stays red. This is re-baseline number 1." in told
    assert "Pilot: agreed for 1 May 2018" in told
    assert not Rebaseline.objects.exists()
    found = re.search(r'name="shown" value="([0-9a-f]+)"', preview.content.decode())
    assert found
    changed = post(client, project, "rebaseline", **given | {"agreed_finish_day": "26"}, shown=found[1])
    assert "What this does is not what you were shown" in text_of(changed)
    assert not Rebaseline.objects.exists()
    assert post(client, project, "rebaseline", **given, shown=found[1]).status_code == 302
    page = client.get(reverse("projects:project", args=[project.contract.reference, "P001"]))
    rows = {row[0]: row[1:] for row in rows_of(page)}
    assert rows["Original finish"] == ["30 March 2018", "56", "8.0", "31.3%"]
    assert rows["Agreed finish"] == ["25 May 2018", "0", "0.0", "0.0%"]
    assert "Re-baselined once" in text_of(page)


def test_everything_about_a_rebaseline_is_required(project: Project, cast: Cast) -> None:
    shown = text_of(post(client_of(cast.contract_manager), project, "rebaseline", reason=""))
    told = (
        "Enter the new agreed finish", "Enter the day on which it was agreed", "Enter who agreed",
        "Enter why another finish was agreed",
    )  # fmt: skip
    for words in told:
        assert words in shown


def test_projects_are_joined_and_both_pages_say_so_with_how_the_other_one_stands(project: Project, cast: Cast) -> None:
    other = builders.project(project.contract, "P002", title="Telephones", kind="transactional")
    client = client_of(cast.administrator)
    assert (
        post(client, project, "dependencies", relation="holds up", other="P002", note="The lines.").status_code == 302
    )
    post(client, project, "dependencies", relation="is displaced by", other="p002")
    member = client_of(cast.board_member)
    mine, theirs = (
        text_of(member.get(reverse("projects:project", args=[project.contract.reference, each.reference])))
        for each in (project, other)
    )
    assert "Holds up P002 Telephones, in flight Not rated The lines." in mine
    assert "Displaced by urgent transactional work P002 Telephones, in flight" in mine
    assert "Is held up by P001 Payroll link P001, in flight Red The lines." in theirs
    assert "Displaces P001" in theirs
    pk = Dependency.objects.get(kind="holds up").pk
    assert post(client, project, "remove_dependency", dependency=str(pk)).status_code == 302
    post(client, project, "remove_dependency", dependency="nonsense")
    assert Dependency.objects.get().kind == "displaces"
    history = text_of(client.get(reverse("projects:project", args=[project.contract.reference, "P001"])))
    assert "Dependency" not in history
    assert "“P001 holds up P002” taken away" in history


def test_a_dependency_that_cannot_be_is_refused_beside_its_field(project: Project, cast: Cast) -> None:
    other = builders.project(project.contract, "P002")
    builders.dependency(other, project)
    client = client_of(cast.administrator)
    circle = post(client, project, "dependencies", relation="holds up", other="P002")
    assert "Then nothing could begin: P002 holds up P001 holds up P002." in text_of(circle)
    assert "There is no project “P9” in this contract." in text_of(
        post(client, project, "dependencies", relation="holds up", other="P9")
    )
    assert "Answer “How are the two joined?”" in text_of(post(client, project, "dependencies", other="P002"))
