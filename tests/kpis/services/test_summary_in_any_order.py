"""Whatever is done in whatever order, no count that is kept is left behind by the register."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from contracts.rules.months import ALL_MONTHS, Month
from contracts.rules.roles import Role
from contracts.services import grant_role, set_demonstration_day
from kpis.checks import breaches
from kpis.models import Kpi, Relief, Return
from kpis.queries.summary import counted_tallies, kept_tallies
from kpis.rules.figures import Polarity, Unit
from kpis.services import definitions as service
from kpis.services import reliefs
from kpis.services.entries import ReturnClosed
from kpis.services.submission import NotReady
from kpis.services.verification import DecisionRefused, reopen_return, send_back, verify_clean, verify_return
from reports.workbook import import_workbook
from tests import builders, workbooks
from tests.kpis.services.reliefs.acts import TODAY, ask, decide, m, shown
from tests.kpis.services.test_summary import AGREED, AT, MONTHS, hand_in
from tests.machines import Nothing, UndoneMachine, run_machine
from tests.people import person


class CountsMachine(UndoneMachine):
    """Two areas, two months; an officer, a contract manager, the supplier. Nothing they do leaves a count behind."""

    REFUSALS = (ReturnClosed, NotReady, DecisionRefused, reliefs.ReliefRefused, service.DefinitionRefused, Nothing)

    def __init__(self) -> None:
        super().__init__()
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

    @rule(
        place=st.sampled_from([0, 1]),
        month=st.sampled_from(MONTHS),
        values=st.lists(st.sampled_from(["70", "85", "95"]), min_size=2, max_size=2),
    )
    def hands_in(self, place: int, month: str, values: list[str]) -> None:
        with self.act("hands_in"):
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
        with self.act(decide_on.__name__):
            if not found:
                raise Nothing
            for row in found:
                decide_on(pk=row.pk, version=row.version, by=self.manager, at=AT, **said)

    @rule(place=st.sampled_from([0, 1]), month=st.sampled_from(MONTHS), is_sound=st.booleans())
    def hands_in_and_is_answered(self, place: int, month: str, is_sound: bool) -> None:
        """A round at once, so that what comes after it is tried often: sent back, or verified and opened again."""
        self.opens_what_is_verified(place, month)
        self.hands_in(place, month, ["85", "95"])
        own = Return.objects.filter(service_area=self.areas[place], month=m(month))
        acts: list[tuple[Callable[..., Any], dict[str, str]]] = [(send_back, {"reason": "Look again."})]
        if is_sound:
            acts = [(verify_return, {"how": "source seen"}), (reopen_return, {"reason": "Miscounted."})]
        for decide_on, said in acts:
            with self.act(decide_on.__name__):
                row = own.first()
                if row is None:
                    raise Nothing
                decide_on(pk=row.pk, version=row.version, by=self.manager, at=AT, **said)

    @rule(place=st.sampled_from([0, 1]), month=st.sampled_from(MONTHS))
    def hands_in_what_is_clean(self, place: int, month: str) -> None:
        """Months that meet every target are rare among all the others."""
        self.opens_what_is_verified(place, month)
        self.hands_in(place, month, ["99", "99"])
        self.verifies_what_is_clean(month, [place])

    def opens_what_is_verified(self, place: int, month: str) -> None:
        row = Return.objects.filter(service_area=self.areas[place], month=m(month), state="verified").first()
        if row is not None:
            with self.act("reopen_return"):
                reopen_return(pk=row.pk, version=row.version, reason="Miscounted.", by=self.manager, at=AT)

    @rule(month=st.sampled_from(MONTHS))
    def verifies_what_is_clean(self, month: str, places: Sequence[int] = (0, 1)) -> None:
        areas = [self.areas[place] for place in places]
        rows = Return.objects.filter(month=m(month), state="submitted", service_area__in=areas)
        with self.act("verify_clean"):
            versions = dict(rows.values_list("pk", "version"))
            if not versions:
                raise Nothing
            verify_clean(
                contract=self.contract, month=m(month), versions=versions, how="source seen", by=self.manager, at=AT
            )

    @rule(names=st.sampled_from(["", "CSC_KPI_01", "CSC_KPI_02 FA_KPI_01"]), first=st.sampled_from(MONTHS))
    def is_relieved(self, names: str, first: str) -> None:
        with self.act("is_relieved"):
            kpis = Kpi.objects.filter(code__in=names.split())
            decide(ask(self.supplier, *kpis, first=first, contract=self.contract), self.manager)

    @rule(which=st.integers(0, 2), last=st.sampled_from(MONTHS))
    def relief_ends(self, which: int, last: str) -> None:
        found = list(Relief.objects.filter(decision="granted").order_by("pk"))[which:][:1]
        with self.act("relief_ends"):
            if not found:
                raise Nothing
            for relief in found:
                name = shown(relief, Month(relief.from_month), m(last))
                reliefs.end_relief(
                    relief=relief, by=self.manager, on=TODAY, to_month=m(last), reason="Mended.",
                    version=relief.version, shown=name,
                )  # fmt: skip

    @rule(first=st.sampled_from(MONTHS))
    def is_relieved_and_that_ends(self, first: str) -> None:
        self.is_relieved("CSC_KPI_01", first)
        self.relief_ends(0, "2018-02")

    @rule(at_least=st.sampled_from(["80", "85.5", "99"]), first=st.sampled_from(MONTHS))
    def is_levelled_anew(self, at_least: str, first: str) -> None:
        def change(accepts: str) -> None:
            kpi = Kpi.objects.get(code="CSC_KPI_01")
            service.set_level(
                kpi=kpi, by=self.manager, on=TODAY, effective_from=m(first), target=Decimal(at_least),
                minimum=Decimal(75), agreed=AGREED, accepts=accepts,
            )  # fmt: skip

        self.means_it("set_level", change)

    @rule(last=st.sampled_from(["2017-12", *MONTHS]))
    def a_kpi_ends(self, last: str) -> None:
        def change(accepts: str) -> None:
            kpi = Kpi.objects.get(code="FA_KPI_02")
            service.end_kpi(kpi=kpi, by=self.manager, on=TODAY, in_force_to=m(last), agreed=AGREED, accepts=accepts)

        self.means_it("end_kpi", change)

    @rule(first=st.sampled_from(MONTHS), number=st.integers(3, 4))
    def a_kpi_begins(self, first: str, number: int) -> None:
        new = service.NewKpi(
            code=f"FA_KPI_0{number}", name="New", definition="", service_area=self.areas[1], unit=Unit.PERCENT,
            polarity=Polarity.HIGHER, decimals=2, due_months=ALL_MONTHS, in_force_from=m(first),
            target=Decimal(90), minimum=Decimal(80),
        )  # fmt: skip
        self.means_it(
            "add_kpi",
            lambda accepts: service.add_kpi(
                contract=self.contract, by=self.manager, on=TODAY, new=new, agreed=AGREED, accepts=accepts
            ),
        )

    def means_it(self, name: str, change: Callable[[str], object]) -> None:
        """The change, and once more with the list of verified months it moves, where it is refused for that."""
        with self.act(name):
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
        with self.act("imports"), TemporaryDirectory() as folder:
            workbooks.folder(Path(folder), {"results": workbooks.results([code, month, value, state])})
            import_workbook(Path(folder), contract_reference="TST", reason="From the ledger.")

    @invariant()
    def every_count_is_that_of_the_register(self) -> None:
        assert list(breaches(self.contract)) == []
        assert kept_tallies(self.contract) == counted_tallies(self.contract)


ACTS = {
    "hands_in", "verify_return", "send_back", "reopen_return", "verify_clean", "is_relieved", "relief_ends",
    "set_level", "end_kpi", "add_kpi", "imports",
}  # fmt: skip


@pytest.mark.django_db
def test_no_sequence_of_actions_leaves_a_count_behind() -> None:
    done = run_machine(CountsMachine, examples=20, steps=20, acts=ACTS)
    assert done.keys() == ACTS
    assert min(done.values()) > 0, done
