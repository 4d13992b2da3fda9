"""`check_register`: silent on a register that holds together, one plain line for each thing that does not."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from contracts.models import Assignment, Contract, Person, ServiceArea
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import AreaMonth, Correction, Kpi, Result, Return
from kpis.rules.status import NoLevelInForce
from kpis.services.summary import recount
from reports.workbook import import_workbook
from tests import builders
from tests.people import person

pytestmark = pytest.mark.django_db


def run() -> tuple[list[str], str]:
    """The lines on standard error, and the refusal."""
    out, err = StringIO(), StringIO()
    try:
        call_command("check_register", stdout=out, stderr=err)
    except CommandError as refusal:
        assert out.getvalue() == ""
        return err.getvalue().splitlines(), str(refusal)
    assert out.getvalue() == "The register holds together.\n"
    return [], ""


@pytest.fixture
def contract(db: None) -> Contract:
    return builders.contract()


@pytest.fixture
def area(contract: Contract) -> ServiceArea:
    return builders.area(contract)


@pytest.fixture
def kpi(area: ServiceArea) -> Kpi:
    """A KPI with one good result in a verified month."""
    made = builders.kpi(area)
    builders.result(made, "2017-01", "93.1")
    builders.returns(area, "2017-01", "2017-01")
    count_anew()
    return made


def count_anew() -> None:
    """What the builders made, counted; a figure that nothing can judge is counted nowhere."""
    for contract in Contract.objects.all():
        with suppress(NoLevelInForce), transaction.atomic():
            recount(contract)


def test_the_demonstration_holds_together(db: None) -> None:
    assert not import_workbook(settings.DEMONSTRATION_DIR).problems
    assert run() == ([], "")


def _area_elsewhere(kpi: Kpi) -> str:
    kpi.service_area = builders.area(builders.contract("TWO"), "FA", "Finance")
    kpi.save()
    moved = Return.objects.get()
    moved.service_area = kpi.service_area
    moved.save()
    return "TST: CSC_KPI_01 lies in Finance (FA), a service area of TWO"


def _level_wrong_way_round(kpi: Kpi) -> str:
    builders.level(kpi, "2018-01", "80", "90")
    return "TST: the level of CSC_KPI_01 from 2018-01 has a minimum 90 better than its target 80"


def _level_too_fine(kpi: Kpi) -> str:
    builders.level(kpi, "2018-01", "90.125", "80")
    return "TST: the level of CSC_KPI_01 from 2018-01 has more decimals than the KPI, which is judged to 2"


def _overlap(kpi: Kpi) -> str:
    builders.relief(kpi.contract, kpi, first="2017-01")
    builders.relief(kpi.contract, kpi, first="2018-01")
    return "TST: the granted reliefs R001 and R002 overlap on one KPI"


def _relief_elsewhere(kpi: Kpi) -> str:
    builders.relief(kpi.contract, builders.kpi(builders.area(builders.contract("TWO"))), first="2017-01")
    return "TST: the relief R001 names CSC_KPI_01, a KPI of another contract"


def _relief_of_nothing(kpi: Kpi) -> str:
    builders.relief(kpi.contract, kpi, first="2017-01").kpis.clear()
    return "TST: the relief R001 names no KPI"


def _rebase_out_of_force(kpi: Kpi) -> str:
    builders.rebase(kpi, "2016-12")
    return "TST: the limits of CSC_KPI_01 restart in 2016-12, when it is not in force"


def _result_out_of_force(kpi: Kpi) -> str:
    builders.level(kpi, "2016-12", "90", "80")
    builders.result(kpi, "2016-12", "93")
    builders.returns(kpi.service_area, "2016-12", "2016-12")
    return "TST: the result of CSC_KPI_01 for 2016-12 lies in a month in which the KPI is not in force"


def _result_not_due(kpi: Kpi) -> str:
    kpi.due_mask = 0b10
    kpi.save()
    return "TST: the result of CSC_KPI_01 for 2017-01 lies in a month in which the KPI is not in force"


def _result_without_level(kpi: Kpi) -> str:
    level = kpi.levels.get()
    level.effective_from = date(2017, 2, 1)
    level.save()
    return "TST: the result of CSC_KPI_01 for 2017-01 has no level to be judged by"


def _result_without_return(kpi: Kpi) -> str:
    builders.result(kpi, "2017-02", "93.1")
    return "TST: the result of CSC_KPI_01 for 2017-02 belongs to no return"


def _value_against_rate(kpi: Kpi) -> str:
    builders.returns(kpi.service_area, "2017-02", "2017-02")
    builders.result(kpi, "2017-02", "93.1", numerator=Decimal(9), denominator=Decimal(10))
    return "TST: the result of CSC_KPI_01 for 2017-02 says 93.10, and its own numbers 90.00"


def _orphan_return(kpi: Kpi) -> str:
    builders.returns(kpi.service_area, "2016-11", "2016-11", "open")
    return "TST: the return of CSC for 2016-11 is for a month in which nothing is due"


def _correction_astray(kpi: Kpi) -> str:
    return _corrected(kpi, value_after=92)


def _corrected_numerator_astray(kpi: Kpi) -> str:
    return _corrected(kpi, value_after=Decimal("93.1"), numerator_after=931)


def _corrected_denominator_astray(kpi: Kpi) -> str:
    return _corrected(kpi, value_after=Decimal("93.1"), denominator_after=1000)


def _corrected_reason_astray(kpi: Kpi) -> str:
    return _corrected(kpi, value_after=Decimal("93.1"), not_measured_reason_after="It was lost.")


def _corrected(kpi: Kpi, **after: Any) -> str:
    result = Result.objects.get()
    instant = result.history.latest().history_date
    Correction.objects.create(result=result, value_before=91, reason="Counted twice.", corrected_at=instant, **after)
    return "TST: the result of CSC_KPI_01 for 2017-01 is not what its latest correction says"


def _assignment_elsewhere(kpi: Kpi) -> str:
    person = Person.objects.create_user("officer@example.gov.uk", job_title="Officer")
    grant_role(person=person, role=Role.OFFICER, contract=kpi.contract, service_area=kpi.service_area)
    assignment = Assignment.objects.get()
    assignment.service_area = builders.area(builders.contract("TWO"), "FA", "Finance")
    assignment.save()
    return f"TST: a {Role.OFFICER} is assigned to Finance (FA), a service area of another contract"


def _project_elsewhere(kpi: Kpi) -> str:
    builders.project(kpi.contract, service_area=builders.area(builders.contract("TWO"), "FA", "Finance"))
    return "TST: P001 serves Finance (FA), a service area of another contract"


def _key_project_elsewhere(kpi: Kpi) -> str:
    builders.key_list(kpi.contract, builders.project(builders.contract("TWO")))
    return "TST: a key list holds P001, a project of another contract"


def _project_without_an_address(kpi: Kpi) -> str:
    builders.project(kpi.contract, "key")
    return "TST: the pages of key cannot be reached: another page has their address"


def _two_undated_updates(kpi: Kpi) -> str:
    project = builders.project(kpi.contract)
    builders.update(project, None)
    builders.update(project, None, "red")
    return "TST: P001 has 2 updates without a day"


def _period_of_another_board(kpi: Kpi) -> str:
    meeting = builders.meeting(builders.board(builders.contract("TWO")), date(2017, 3, 30))
    builders.review_period(kpi.contract, meeting, "2017-01", "2017-02")
    return "TST: 2017-01 to 2017-02 is a review period of a board that does not watch the contract"


def _question_of_nothing(kpi: Kpi) -> str:
    asked_by = person("member@example.org", "Member")
    builders.question(kpi.contract, asked_by, kpi=kpi.code)
    builders.question(kpi.contract, asked_by, "Q002", project="P999")
    return "TST: question Q002 is about P999, which the contract does not have"


BREACHES = [
    _area_elsewhere, _level_wrong_way_round, _level_too_fine, _overlap, _relief_elsewhere, _relief_of_nothing,
    _result_out_of_force, _result_not_due, _result_without_level, _result_without_return, _value_against_rate,
    _orphan_return, _correction_astray, _corrected_numerator_astray, _corrected_denominator_astray,
    _corrected_reason_astray, _assignment_elsewhere, _project_elsewhere, _key_project_elsewhere,
    _project_without_an_address, _two_undated_updates, _period_of_another_board, _question_of_nothing,
]  # fmt: skip


@pytest.mark.parametrize("make", BREACHES, ids=lambda make: make.__name__.strip("_"))
def test_a_breach_is_one_plain_line_and_a_refusal(kpi: Kpi, make: Callable[[Kpi], str]) -> None:
    assert run() == ([], "")
    line = make(kpi)
    count_anew()
    assert run() == ([line], "1 breach found.")


def test_blanket_and_own_relief_side_by_side_are_no_breach(kpi: Kpi) -> None:
    builders.relief(kpi.contract, kpi, first="2017-01")
    builders.relief(kpi.contract, first="2017-01")
    assert run() == ([], "")


STANDS = "1 in force (1 + 0 + 0 + 0 + 0 + 0; 0 provisional), verified"


def test_a_count_that_is_not_what_the_register_gives_is_named(kpi: Kpi) -> None:
    AreaMonth.objects.update(target_met=0, below_target=1)
    says = STANDS.replace("1 + 0", "0 + 1")
    assert run()[0] == [f"TST: the count of CSC for 2017-01 is {says}, and the register gives {STANDS}"]


def test_a_count_that_is_not_kept_is_named(kpi: Kpi) -> None:
    AreaMonth.objects.all().delete()
    assert run()[0] == [f"TST: the count of CSC for 2017-01 is not kept, and the register gives {STANDS}"]


def test_a_count_of_a_month_of_which_nothing_was_said_is_named(kpi: Kpi) -> None:
    row = AreaMonth.objects.get()
    row.pk, row.month = None, date(2017, 2, 1)
    row.save()
    assert run()[0] == [f"TST: the count of CSC for 2017-02 is {STANDS}, and the register gives not kept"]


def test_recount_puts_right_what_is_wrong(kpi: Kpi) -> None:
    AreaMonth.objects.update(target_met=0, missing=1)
    out = StringIO()
    call_command("recount", "TST", stdout=out)
    call_command("recount", stdout=out)
    assert out.getvalue().splitlines() == ["TST: 1 count was wrong and put right.", "TST: every count was right."]
    assert run() == ([], "")
