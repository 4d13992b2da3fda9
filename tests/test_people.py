"""The cast is what the services would make of it, only written faster."""

from typing import Any

import pytest
from django.db import transaction

from contracts.models import Assignment, Contract, Person, ServiceArea
from contracts.rules.roles import Role
from contracts.services import grant_role
from tests.people import Cast, person


@pytest.fixture
def granted(contract: Contract, area: ServiceArea, other_contract: Contract) -> list[Any]:
    """What is in the database after everybody was made and granted their role one by one."""
    with transaction.atomic():
        officer = person("officer@example.org", "Officer")
        grant_role(person=officer, role=Role.OFFICER, contract=contract, service_area=area)
        manager = person("contract_manager@example.org", "Contract manager")
        grant_role(person=manager, role=Role.CONTRACT_MANAGER, contract=contract)
        grant_role(person=person("clerk@example.org", "Clerk"), role=Role.CLERK)
        member = person("board_member@example.org", "Board member")
        grant_role(person=member, role=Role.BOARD_MEMBER, contract=contract)
        project_manager = person("project_manager@example.org", "Project manager")
        grant_role(person=project_manager, role=Role.PROJECT_MANAGER, contract=contract)
        supplier = person("supplier@example.org", "Supplier")
        grant_role(person=supplier, role=Role.SUPPLIER, contract=contract)
        administrator = person("administrator@example.org", "Administrator", is_staff=True, is_superuser=True)
        grant_role(person=administrator, role=Role.ADMINISTRATOR)
        grant_role(person=person("outsider@example.org", "Officer without a contract"), role=Role.OFFICER)
        other = person("other.officer@example.org", "Officer of another contract")
        grant_role(person=other, role=Role.OFFICER, contract=other_contract)
        leaver = person("leaver@example.org", "Officer who left")
        grant_role(person=leaver, role=Role.OFFICER, contract=contract, service_area=area)
        leaver.is_active = False
        leaver.save(update_fields=["is_active"])
        rows = everything()
        transaction.set_rollback(True)
    return rows


def everything() -> list[Any]:
    """Everybody's row, groups, places and history, without the numbers of the rows and the time of day."""
    place = ("person__email", "role__name", "contract__reference", "service_area__code")
    return [
        list(Person.objects.order_by("pk").values_list("email", "job_title", "is_staff", "is_superuser", "is_active")),
        sorted(Person.objects.values_list("email", "groups__name")),
        list(Assignment.objects.order_by("pk").values_list(*place)),
        sorted(Person.history.values_list("email", "job_title", "is_active", "history_type")),
        sorted(Assignment.history.values_list("person__email", "role__name", "contract__reference", "history_type")),
    ]


def test_the_cast_is_what_granting_each_their_role_makes(granted: list[Any], cast: Cast) -> None:
    assert everything() == granted
