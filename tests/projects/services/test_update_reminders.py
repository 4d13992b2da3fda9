"""Reminders of updates reach the project's manager, once for each step, and the contract manager when it is silent."""

from datetime import date

import pytest
from django.core.management import call_command

from contracts.models import Assignment, Contract, Message, MutedKind
from contracts.rules.roles import Role
from contracts.services import grant_role, set_demonstration_day
from projects import tasks
from projects.models import Project
from projects.services.reminders import write_reminders
from tests import builders
from tests.people import Cast, person


@pytest.fixture
def owing(contract: Contract, cast: Cast) -> Project:
    """A project last updated on 1 March 2018: due on 29 March, silent from 5 April, escalated from 12 April."""
    project = builders.project(contract, manager_person=cast.project_manager)
    builders.update(project, date(2018, 3, 1))
    return project


def told(kind: str = "") -> set[str]:
    found = Message.objects.filter(kind=kind) if kind else Message.objects.all()
    return {email.partition("@")[0] for email in found.values_list("person__email", flat=True)}


def test_the_manager_is_told_when_it_is_due_when_it_is_silent_and_every_fortnight_after(owing: Project) -> None:
    days = [date(2018, 3, 28), date(2018, 3, 29), date(2018, 4, 4), date(2018, 4, 5), date(2018, 4, 19)]
    written = [(write_reminders(on=day), write_reminders(on=day)) for day in days]
    assert written == [(0, 0), (1, 0), (0, 0), (1, 0), (2, 0)]
    assert told("update due") == {"project_manager"}
    assert told("project silent") == {"project_manager", "contract_manager"}


def test_it_says_what_is_silent_and_leads_to_the_form(owing: Project) -> None:
    write_reminders(on=date(2018, 4, 5))
    message = Message.objects.get()
    assert message.subject == "Silent: P001 Payroll link P001"
    assert "No update for 35 days: the latest is of 1 March 2018." in message.body
    assert "http://127.0.0.1:8000/contracts/TST/projects/P001/update/" in message.body


def test_the_contract_manager_is_told_once_after_a_week_of_silence(owing: Project) -> None:
    for day in (11, 12, 13, 26):
        write_reminders(on=date(2018, 4, day))
    assert Message.objects.filter(person__email__startswith="contract_manager").count() == 1


def test_an_update_begins_anew(owing: Project) -> None:
    write_reminders(on=date(2018, 3, 29))
    builders.update(owing, date(2018, 3, 30))
    assert write_reminders(on=date(2018, 4, 6)) == 0
    assert write_reminders(on=date(2018, 4, 27)) == 1


@pytest.mark.parametrize("changes", [{"stage": "complete"}, {"stage": "pipeline"}])
def test_of_what_is_not_under_way_nobody_is_reminded(changes: dict[str, str], owing: Project) -> None:
    Project.objects.filter(pk=owing.pk).update(**changes)
    assert write_reminders(on=date(2018, 5, 1)) == 0


def test_an_archived_project_is_left_alone(owing: Project) -> None:
    Project.objects.filter(pk=owing.pk).update(archived_on=date(2018, 3, 2), archived_reason="A mistake.")
    assert write_reminders(on=date(2018, 5, 1)) == 0


def test_where_no_manager_is_named_all_of_the_contract_are_told(owing: Project, contract: Contract) -> None:
    other = person("another@example.org", "Another project manager")
    grant_role(person=other, role=Role.PROJECT_MANAGER, contract=contract)
    write_reminders(on=date(2018, 3, 29))
    assert told() == {"project_manager"}
    Project.objects.filter(pk=owing.pk).update(manager_person=None)
    write_reminders(on=date(2018, 4, 5))
    assert told() == {"project_manager", "another"}


def test_a_deputy_is_told_too(owing: Project, cast: Cast) -> None:
    Assignment.objects.filter(person=cast.project_manager).update(deputy=person("deputy@example.org", "Deputy"))
    write_reminders(on=date(2018, 3, 29))
    assert told() == {"project_manager", "deputy"}


def test_who_left_is_not_written_to_and_the_contract_manager_learns_of_the_silence(owing: Project, cast: Cast) -> None:
    cast.project_manager.is_active = False
    cast.project_manager.save(update_fields=["is_active"])
    write_reminders(on=date(2018, 4, 12))
    assert told() == {"contract_manager"}
    assert "Nobody is assigned to post its updates." in Message.objects.get().body


def test_of_a_project_never_updated_its_start_counts(contract: Contract, cast: Cast) -> None:
    builders.project(contract, original_start=date(2018, 3, 1))
    assert write_reminders(on=date(2018, 3, 28)) == 0
    assert write_reminders(on=date(2018, 3, 29)) == 1
    assert "No update has been posted yet." in Message.objects.get().body


def test_a_kind_that_is_turned_off_is_not_written(owing: Project, cast: Cast) -> None:
    MutedKind.objects.create(person=cast.project_manager, kind="update due")
    assert write_reminders(on=date(2018, 3, 29)) == 0
    assert write_reminders(on=date(2018, 4, 5)) == 1


def test_a_worker_that_dies_before_the_end_leaves_nothing_half_told(
    owing: Project, monkeypatch: pytest.MonkeyPatch, contract: Contract
) -> None:
    builders.update(builders.project(contract, "P002"), date(2018, 3, 1))
    write_message = "contracts.services.messages.Message.objects.get_or_create"
    written: list[object] = []
    real = Message.objects.get_or_create

    def dies(**given: object) -> object:
        written.append(given)
        if len(written) == 2:
            raise SystemExit
        return real(**given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(write_message, dies)
        with pytest.raises(SystemExit):
            write_reminders(on=date(2018, 3, 29))
    assert not Message.objects.exists()
    assert write_reminders(on=date(2018, 3, 29)) == 2
    assert write_reminders(on=date(2018, 3, 29)) == 0


def test_the_command_and_the_task_do_the_same(owing: Project, capsys: pytest.CaptureFixture[str]) -> None:
    set_demonstration_day(on=date(2018, 3, 29))
    call_command("write_update_reminders")
    assert capsys.readouterr().out == "1 reminders written.\n"
    assert tasks.write_update_reminders() == "0 reminders written"
