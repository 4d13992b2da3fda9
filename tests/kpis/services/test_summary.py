"""Whatever is done in whatever order, the counts kept are those of the register."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from contracts.models import Contract, ServiceArea
from contracts.rules.months import ALL_MONTHS, Month
from contracts.rules.roles import Role
from contracts.services import grant_role, set_demonstration_day
from kpis.checks import breaches
from kpis.models import AreaMonth, Kpi, Relief, Return
from kpis.queries.desk import digest, load_desk
from kpis.queries.summary import counted_tallies, kept_tallies
from kpis.rules.figures import Polarity, Unit
from kpis.services import definitions as service
from kpis.services import reliefs
from kpis.services.entries import ReturnClosed, Row, save_entries
from kpis.services.submission import NotReady, submit_return
from kpis.services.summary import recount
from kpis.services.verification import DecisionRefused, reopen_return, send_back, verify_clean, verify_return
from reports.workbook import import_workbook
from tests import builders, workbooks
from tests.kpis.services.reliefs.acts import TODAY, ask, decide, m, shown
from tests.kpis.services.test_corrections import EXPLAINED, Anything
from tests.people import Cast, person

AT = datetime(2018, 3, 14, 10, 30, tzinfo=UTC)
MONTHS = ("2018-01", "2018-02")
AGREED = service.Agreement("The service was widened.", "Contract Manager")


def kept(area: ServiceArea, month: str) -> dict[str, Any]:
    rows: Any = AreaMonth.objects.filter(service_area=area, month=m(month)).values()
    row = rows.first() or {}
    return {name: value for name, value in row.items() if value and name not in ("id", "service_area_id", "month")}


def hand_in(area: ServiceArea, month: Month, values: list[str], by: Any) -> None:
    lines = load_desk(area, month).lines
    rows = [
        Row(line.pk, replace(stands.typed, value=value, **EXPLAINED), stands.version, digest(stands.typed))
        for line, value in zip(lines, values, strict=False)
        for stands in [line.standing]
    ]
    save_entries(area=area, month=month, rows=rows, by=by, at=AT)
    version = load_desk(area, month).version
    submit_return(area=area, month=month, version=version, answers=Anything(), by=by, at=AT, on=TODAY)


def test_a_month_is_counted_as_it_goes_from_hand_to_hand(area: ServiceArea, cast: Cast) -> None:
    builders.kpi(area)
    builders.kpi(area, "CSC_KPI_02")
    month = m("2018-02")
    assert kept(area, "2018-02") == {}
    hand_in(area, month, ["95", "85"], cast.officer)
    provisional = {"in_force": 2, "target_met": 1, "below_target": 1, "provisional": 2}
    assert kept(area, "2018-02") == provisional | {"is_handed_in": True}
    row = Return.objects.get()
    send_back(pk=row.pk, version=row.version, reason="Look again.", by=cast.contract_manager, at=AT)
    assert kept(area, "2018-02") == {}
    hand_in(area, month, ["95", "70"], cast.officer)
    row.refresh_from_db()
    verify_return(pk=row.pk, version=row.version, how="source seen", by=cast.contract_manager, at=AT)
    stands = {"in_force": 2, "target_met": 1, "below_minimum": 1}
    assert kept(area, "2018-02") == stands | {"is_handed_in": True, "is_verified": True}
    row.refresh_from_db()
    reopen_return(pk=row.pk, version=row.version, reason="Miscounted.", by=cast.contract_manager, at=AT)
    assert kept(area, "2018-02") == stands | {"provisional": 2}


def test_an_administrators_change_of_a_kpi_is_counted(area: ServiceArea, cast: Cast) -> None:
    kpi, other = builders.kpi(area), builders.kpi(area, "CSC_KPI_02", in_force_from=date(2018, 3, 1))
    builders.result(kpi, "2018-02", "85")
    builders.returns(area, "2018-02", "2018-02", "submitted")
    recount(area.contract)
    assert kept(area, "2018-02")["in_force"] == 1
    client = Client()
    client.force_login(cast.administrator)
    level = other.levels.get()
    form = {
        "contract": area.contract_id, "service_area": area.pk, "code": other.code, "name": other.name,
        "unit": "percent", "polarity": "higher", "decimals": "2", "due_months": [str(n) for n in ALL_MONTHS],
        "in_force_from": "2018-01-01", "levels-TOTAL_FORMS": "1", "levels-INITIAL_FORMS": "1",
        "levels-0-id": level.pk, "levels-0-kpi": other.pk, "levels-0-effective_from": "2018-01-01",
        "levels-0-target": "90", "levels-0-minimum": "80",
    }  # fmt: skip
    response = client.post(reverse("admin:kpis_kpi_change", args=[other.pk]), form)
    assert response.status_code == 302, response.content.decode()
    assert kept(area, "2018-02")["missing"] == 1
    assert list(breaches(area.contract)) == []


def test_counting_costs_the_same_for_one_month_and_for_a_year(
    area: ServiceArea, django_assert_num_queries: Any
) -> None:
    for number in range(1, 4):
        builders.results(builders.kpi(area, f"CSC_KPI_0{number}"), "2017-01", ["95"] * 12)
    builders.returns(area, "2017-01", "2017-12")
    with django_assert_num_queries(9):
        assert recount(area.contract) == 12
    with django_assert_num_queries(8):
        assert recount(area.contract, areas=[area.pk], first=m("2017-03"), last=m("2017-03")) == 0


def test_an_import_counts_what_it_wrote(contract: Contract, tmp_path: Path) -> None:
    sheets = {**workbooks.SMALL, "results": workbooks.results(["CSC_KPI_01", "2018-02", "85", "verified"])}
    assert not import_workbook(workbooks.folder(tmp_path, sheets)).problems
    area = ServiceArea.objects.get(contract=contract, code="CSC")
    verified = {"in_force": 2, "below_target": 1, "missing": 1, "is_handed_in": True, "is_verified": True}
    assert kept(area, "2018-02") == verified
    assert list(breaches(contract)) == []


class CountsMachine(RuleBasedStateMachine):
    """Two areas, two months; an officer, a contract manager, the supplier. Nothing they do leaves a count behind."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        set_demonstration_day(on=TODAY)
        self.contract = builders.contract()
        self.areas = [builders.area(self.contract), builders.area(self.contract, "FA", "Finance")]
        for area in self.areas:
            for number in (1, 2):
                builders.kpi(area, f"{area.code}_KPI_0{number}")
        self.officer, self.manager, self.supplier = (person(f"{name}@example.org", name) for name in "oms")
        for who, role in (
            (self.officer, Role.OFFICER), (self.manager, Role.CONTRACT_MANAGER), (self.supplier, Role.SUPPLIER)
        ):  # fmt: skip
            grant_role(person=who, role=role, contract=self.contract)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @contextmanager
    def step(self) -> Iterator[None]:
        try:
            with transaction.atomic():
                yield
        except (ReturnClosed, NotReady, DecisionRefused, reliefs.ReliefRefused, service.DefinitionRefused):
            pass

    @rule(
        place=st.sampled_from([0, 1]),
        month=st.sampled_from(MONTHS),
        values=st.lists(st.sampled_from(["70", "85", "95"]), min_size=2, max_size=2),
    )
    def hands_in(self, place: int, month: str, values: list[str]) -> None:
        with self.step():
            hand_in(self.areas[place], m(month), [*values, "95", "95"], self.officer)

    @rule(which=st.integers(0, 3))
    def verifies(self, which: int) -> None:
        self.decides(which, verify_return, how="source seen")

    @rule(which=st.integers(0, 3))
    def sends_back(self, which: int) -> None:
        self.decides(which, send_back, reason="Look again.")

    @rule(which=st.integers(0, 3))
    def reopens(self, which: int) -> None:
        self.decides(which, reopen_return, reason="Miscounted.")

    def decides(self, which: int, decide_on: Callable[..., Any], **said: str) -> None:
        found = list(Return.objects.order_by("pk"))[which:][:1]
        with self.step():
            for row in found:
                decide_on(pk=row.pk, version=row.version, by=self.manager, at=AT, **said)

    @rule(month=st.sampled_from(MONTHS))
    def verifies_what_is_clean(self, month: str) -> None:
        rows = Return.objects.filter(month=m(month), state="submitted")
        with self.step():
            versions = dict(rows.values_list("pk", "version"))
            verify_clean(
                contract=self.contract, month=m(month), versions=versions, how="source seen", by=self.manager, at=AT
            )

    @rule(names=st.sampled_from(["", "CSC_KPI_01", "CSC_KPI_02 FA_KPI_01"]), first=st.sampled_from(MONTHS))
    def is_relieved(self, names: str, first: str) -> None:
        with self.step():
            kpis = Kpi.objects.filter(code__in=names.split())
            decide(ask(self.supplier, *kpis, first=first, contract=self.contract), self.manager)

    @rule(which=st.integers(0, 2), last=st.sampled_from(MONTHS))
    def relief_ends(self, which: int, last: str) -> None:
        found = list(Relief.objects.filter(decision="granted").order_by("pk"))[which:][:1]
        with self.step():
            for relief in found:
                name = shown(relief, Month(relief.from_month), m(last))
                reliefs.end_relief(
                    relief=relief, by=self.manager, on=TODAY, to_month=m(last), reason="Mended.",
                    version=relief.version, shown=name,
                )  # fmt: skip

    @rule(at_least=st.sampled_from(["80", "85.5", "99"]), first=st.sampled_from(MONTHS))
    def is_levelled_anew(self, at_least: str, first: str) -> None:
        def change(accepts: str) -> None:
            kpi = Kpi.objects.get(code="CSC_KPI_01")
            service.set_level(
                kpi=kpi, by=self.manager, on=TODAY, effective_from=m(first), target=Decimal(at_least),
                minimum=Decimal(75), agreed=AGREED, accepts=accepts,
            )  # fmt: skip

        self.means_it(change)

    @rule(last=st.sampled_from(["2017-12", *MONTHS]))
    def a_kpi_ends(self, last: str) -> None:
        def change(accepts: str) -> None:
            kpi = Kpi.objects.get(code="FA_KPI_02")
            service.end_kpi(kpi=kpi, by=self.manager, on=TODAY, in_force_to=m(last), agreed=AGREED, accepts=accepts)

        self.means_it(change)

    @rule(first=st.sampled_from(MONTHS), number=st.integers(3, 4))
    def a_kpi_begins(self, first: str, number: int) -> None:
        new = service.NewKpi(
            code=f"FA_KPI_0{number}", name="New", definition="", service_area=self.areas[1], unit=Unit.PERCENT,
            polarity=Polarity.HIGHER, decimals=2, due_months=ALL_MONTHS, in_force_from=m(first),
            target=Decimal(90), minimum=Decimal(80),
        )  # fmt: skip
        self.means_it(
            lambda accepts: service.add_kpi(
                contract=self.contract, by=self.manager, on=TODAY, new=new, agreed=AGREED, accepts=accepts
            )
        )

    def means_it(self, change: Callable[[str], object]) -> None:
        """The change, and once more with the list of verified months it moves, where it is refused for that."""
        with self.step():
            try:
                with transaction.atomic():
                    change("")
            except service.VerifiedMonthsTouched as refusal:
                change(refusal.touched.name)

    @rule(
        code=st.sampled_from(["CSC_KPI_01", "FA_KPI_01"]),
        month=st.sampled_from(MONTHS),
        value=st.sampled_from(["70", "85", "97.5"]),
        state=st.sampled_from(["provisional", "verified"]),
    )
    def imports(self, code: str, month: str, value: str, state: str) -> None:
        with self.step(), TemporaryDirectory() as folder:
            workbooks.folder(Path(folder), {"results": workbooks.results([code, month, value, state])})
            import_workbook(Path(folder), contract_reference="TST", reason="From the ledger.")

    @invariant()
    def every_count_is_that_of_the_register(self) -> None:
        assert list(breaches(self.contract)) == []
        assert kept_tallies(self.contract) == counted_tallies(self.contract)


@pytest.mark.django_db
def test_no_sequence_of_actions_leaves_a_count_behind() -> None:
    run_state_machine_as_test(
        CountsMachine,
        settings=settings(
            max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
