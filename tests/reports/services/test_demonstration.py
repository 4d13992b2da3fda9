"""The demonstration is prepared once; doing it again adds what is missing and disturbs nothing."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from contracts.models import Assignment, Contract, Person
from contracts.queries import demonstration_day
from contracts.rules.roles import Role
from contracts.services import set_demonstration_day
from reports.services import demonstration
from reports.services.demonstration import NotInLocalMode, prepare_demonstration
from tests.reports.cases import FEBRUARY, MEETING_ON, a_contract, a_meeting, a_month_run, a_project, a_run

TODAY = date(2018, 3, 14)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def contract() -> Contract:
    """A small one instead of the demonstration's, which its own tests import."""
    contract = a_contract("CSS")
    for code in ("CSC", "PM", "FA"):
        contract.service_areas.create(code=code, name=code)
    a_meeting(contract)
    return contract


def test_every_role_has_a_way_in(contract: Contract) -> None:
    prepared = prepare_demonstration(on=TODAY)
    assert {sign_in.role for sign_in in prepared.sign_ins} == set(Role)
    for sign_in in prepared.sign_ins:
        person = Person.objects.get(email=sign_in.email)
        assert person.check_password(sign_in.password)
        assert [group.name for group in person.groups.all()] == [sign_in.role]
        assert Contract.objects.visible_to(person).get() == contract
        assert person.job_title


def test_only_the_administrator_may_open_the_admin_site(contract: Contract) -> None:
    prepare_demonstration(on=TODAY)
    staff = Person.objects.filter(is_staff=True, is_superuser=True)
    assert [person.email for person in staff] == ["administrator@example.org"]
    assert not Person.objects.filter(is_superuser=False, is_staff=True).exists()


def test_the_officer_holds_service_areas_and_not_the_whole_contract(contract: Contract) -> None:
    prepare_demonstration(on=TODAY)
    held = Assignment.objects.filter(person__email="officer@example.org")
    assert {assignment.service_area.code for assignment in held if assignment.service_area} == {"CSC", "PM"}
    assert held.count() == 2


def test_preparing_it_again_leaves_alone_what_people_have_done(contract: Contract) -> None:
    prepare_demonstration(on=TODAY)
    set_demonstration_day(on=date(2018, 3, 21))
    clerk = Person.objects.get(email="clerk@example.org")
    clerk.job_title = "Head of democratic services"
    clerk.save(update_fields=["job_title"])
    people, assignments = Person.objects.count(), Assignment.objects.count()
    prepare_demonstration(on=TODAY)
    clerk.refresh_from_db()
    assert demonstration_day() == date(2018, 3, 21)
    assert clerk.job_title == "Head of democratic services"
    assert (Person.objects.count(), Assignment.objects.count()) == (people, assignments)


def test_a_real_installation_never_gets_people_whose_password_is_known(contract: Contract, settings: Settings) -> None:
    settings.IS_LOCAL = False
    with pytest.raises(NotInLocalMode):
        prepare_demonstration(on=TODAY)
    assert not Person.objects.exists()


def test_the_meeting_to_see_is_the_one_whose_report_is_due(contract: Contract) -> None:
    a_meeting(contract, on=date(2018, 4, 26), board="Overview and Scrutiny Board")
    prepared = prepare_demonstration(on=TODAY)
    assert (prepared.contract, prepared.meeting_on) == ("CSS", MEETING_ON)


def test_between_two_papers_it_is_the_last_one_that_was_written(contract: Contract) -> None:
    later = a_meeting(contract, on=date(2018, 4, 26), board="Overview and Scrutiny Board")
    a_run(contract, contract.boards.get().meetings.get(meeting_on=MEETING_ON), state="finished")
    assert prepare_demonstration(on=date(2018, 4, 2)).meeting_on == MEETING_ON
    set_demonstration_day(on=date(2018, 4, 20))
    assert prepare_demonstration(on=TODAY).meeting_on == later.meeting_on


def test_the_projects_paper_and_the_last_months_report_are_seen_beside_the_report(contract: Contract) -> None:
    a_project(contract)
    prepared = prepare_demonstration(on=TODAY)
    assert [(other.kind, other.meeting_on, other.month) for other in prepared.others] == [
        ("projects", MEETING_ON, None),
        ("operational", None, FEBRUARY),
    ]


def test_between_two_papers_about_projects_they_are_the_last_ones_that_were_written(contract: Contract) -> None:
    a_project(contract)
    meeting = contract.boards.get().meetings.get()
    a_run(contract, meeting, state="finished")
    a_run(contract, meeting, kind="projects", state="finished")
    a_month_run(contract, state="finished")
    others = prepare_demonstration(on=date(2018, 4, 3)).others
    assert [(other.kind, other.month) for other in others] == [("projects", None), ("operational", FEBRUARY)]


def test_without_projects_the_report_is_all_there_is_to_see(contract: Contract) -> None:
    assert prepare_demonstration(on=TODAY).others == ()


def test_a_workbook_with_mistakes_is_refused_with_all_of_them(settings: Settings, tmp_path: Path) -> None:
    settings.DEMONSTRATION_DIR = tmp_path
    with pytest.raises(demonstration.DemonstrationRefused):
        prepare_demonstration(on=TODAY)
    assert not Contract.objects.exists()
    assert not Person.objects.exists()
