"""Whatever is done in whatever order, a figure that was verified once changes with a correction only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from contracts.models import Person, ServiceArea
from contracts.rules.months import parse_month
from contracts.rules.roles import Role
from contracts.services import grant_role, set_demonstration_day
from kpis.models import Correction, Dispute, Result, Return
from kpis.queries.desk import digest, load_desk
from kpis.services.corrections import NOTHING, Figure, correction_of, figure_of, leaves_corrections
from kpis.services.disputes import DisputeRefused, answer_dispute, raise_dispute, withdraw_dispute
from kpis.services.entries import ReturnClosed, Row, save_entries
from kpis.services.submission import NotReady, submit_return
from kpis.services.verification import DecisionRefused, EnteredByYou, reopen_return, send_back, verify_return
from reports.workbook import import_workbook
from tests import builders, workbooks
from tests.machines import Nothing, UndoneMachine, run_machine
from tests.people import person

AT = datetime(2018, 3, 14, 10, 30, tzinfo=UTC)
TODAY = date(2018, 3, 14)
MONTH = parse_month("2018-02")
EXPLAINED = {
    "cause": "The telephone system failed.",
    "effect": "Callers waited.",
    "remedy": "Supplier: replaced.",
    "recovery_month": "2018-06",
}


@pytest.fixture
def result(area: ServiceArea) -> Result:
    return builders.result(builders.kpi(area), "2018-02", "93")


def reopened(area: ServiceArea) -> Return:
    builders.returns(area, "2018-02", "2018-02", "open", verified_at=AT, reopened_reason="Miscounted.")
    return Return.objects.get()


def test_a_correction_keeps_both_figures_who_when_and_why(result: Result, area: ServiceArea) -> None:
    before = figure_of(result)
    result.value, result.numerator, result.denominator = None, Decimal(9), Decimal(10)
    kept = correction_of(result, before, reason=reopened(area).reopened_reason, by=None, at=AT)
    assert kept is not None
    kept.full_clean()
    assert (kept.value_before, kept.numerator_before, kept.denominator_before) == (93, None, None)
    assert (kept.value_after, kept.numerator_after, kept.denominator_after) == (None, 9, 10)
    assert (kept.reason, kept.corrected_at) == ("Miscounted.", AT)


def test_a_figure_that_is_the_same_in_every_part_is_no_correction(result: Result, area: ServiceArea) -> None:
    before = figure_of(result)
    result.value, result.cause = Decimal("93.000"), "Said since."
    assert leaves_corrections(reopened(area))
    assert correction_of(result, before, reason="Miscounted.", by=None, at=AT) is None
    assert correction_of(result, NOTHING, reason="New.", by=None, at=AT) is not None


def test_a_month_that_was_never_verified_needs_no_correction(area: ServiceArea) -> None:
    builders.returns(area, "2018-02", "2018-02", "submitted")
    assert not leaves_corrections(Return.objects.get())


class Anything(dict[Any, str]):
    """A word for every warning."""

    def get(self, key: Any, default: Any = "") -> Any:
        return "I looked into it."


class MonthMachine(UndoneMachine):
    """One area's month, two KPIs, an officer, a contract manager, one person who is both, and the supplier."""

    REFUSALS = (ReturnClosed, NotReady, DecisionRefused, DisputeRefused, Nothing)

    def __init__(self) -> None:
        super().__init__()
        set_demonstration_day(on=TODAY)
        contract = builders.contract()
        self.area = builders.area(contract)
        self.kpis = [builders.kpi(self.area, f"CSC_KPI_0{number}") for number in (1, 2)]
        self.officer, self.manager, self.both, self.supplier = (
            person(f"{name}@example.org", name) for name in ("o", "m", "b", "s")
        )
        for who, role in (
            (self.officer, Role.OFFICER),
            (self.manager, Role.CONTRACT_MANAGER),
            (self.both, Role.OFFICER),
            (self.both, Role.CONTRACT_MANAGER),
            (self.supplier, Role.SUPPLIER),
        ):
            grant_role(person=who, role=role, contract=contract)
        self.verified: dict[int, Figure] | None = None
        """What the figures were when the month was first verified."""

    @property
    def found(self) -> Return | None:
        return Return.objects.filter(service_area=self.area, month=MONTH).first()

    @property
    def figures(self) -> dict[int, Figure]:
        return {row.kpi_id: figure_of(row) for row in Result.objects.all()}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A step that a person may be refused; then every figure stays, and done or not no version goes back."""
        found, stood, before = self.found, self.figures, self.done[name]
        with self.act(name):
            yield
        assert self.done[name] > before or self.figures == stood
        after = self.found
        if after is not None and after.state == "verified" and self.verified is None:
            self.verified = self.figures
        if found is not None and after is not None:
            assert after.version >= found.version

    @rule(which=st.sampled_from([0, 1]), value=st.sampled_from(["85", "95", "95.0", "99", "nought"]), by=st.booleans())
    def types(self, which: int, value: str, by: bool) -> None:
        with self.step("types"):
            line = load_desk(self.area, MONTH).lines[which]
            stands = line.standing
            typed = replace(stands.typed, value=value, **EXPLAINED)
            row = Row(line.pk, typed, stands.version, digest(stands.typed))
            save_entries(area=self.area, month=MONTH, rows=[row], by=self.both if by else self.officer, at=AT)

    @rule(by=st.booleans())
    def submits(self, by: bool) -> None:
        with self.step("submits"):
            version = load_desk(self.area, MONTH).version
            who = self.both if by else self.officer
            submit_return(area=self.area, month=MONTH, version=version, answers=Anything(), by=who, at=AT, on=TODAY)

    @rule(first=st.sampled_from(["85", "95"]), second=st.sampled_from(["95", "99"]))
    def hands_in(self, first: str, second: str) -> None:
        """Both rows and the whole month at once, so that what comes after it is tried often."""
        self.types(0, first, by=False)
        self.types(1, second, by=False)
        self.submits(by=False)

    @rule()
    def hands_in_and_is_sent_back(self) -> None:
        self.hands_in("95", "99")
        self.sends_back()

    @rule()
    def is_verified_and_opened_again(self) -> None:
        self.hands_in("85", "99")
        self.verifies(by=False)
        self.reopens()

    @rule(which=st.sampled_from([0, 1]))
    def is_disputed_and_withdrawn(self, which: int) -> None:
        self.hands_in("85", "95")
        self.verifies(by=False)
        self.disputes(which)
        self.withdraws()

    @rule(by=st.booleans())
    def verifies(self, by: bool) -> None:
        found, who = self.found, self.both if by else self.manager
        with self.step("verifies"):
            if found is None:
                raise Nothing
            own = found.submitted_by == who or Result.objects.filter(entered_by=who).exists()
            try:
                verify_return(pk=found.pk, version=found.version, how="source seen", by=who, at=AT)
            except EnteredByYou:
                assert own
                raise
            assert not own

    @rule()
    def sends_back(self) -> None:
        self.decides(send_back, reason="Look again.")

    @rule()
    def reopens(self) -> None:
        self.decides(reopen_return, reason="Miscounted.")

    def decides(self, decide: Any, **said: str) -> None:
        found = self.found
        with self.step(decide.__name__):
            if found is None:
                raise Nothing
            decide(pk=found.pk, version=found.version, by=self.manager, at=AT, **said)

    @rule(
        value=st.sampled_from(["85", "95", "97.5"]),
        state=st.sampled_from(["provisional", "verified"]),
        reason=st.sampled_from(["", "From the ledger."]),
        by=st.booleans(),
    )
    def imports(self, value: str, state: str, reason: str, by: bool) -> None:
        who: Person | None = self.manager if by else None
        with self.step("imports"), TemporaryDirectory() as folder:
            sheet = workbooks.results([self.kpis[0].code, "2018-02", value, state])
            workbooks.folder(Path(folder), {"results": sheet})
            import_workbook(Path(folder), contract_reference="TST", reason=reason, by=who)

    @rule(which=st.sampled_from([0, 1]))
    def disputes(self, which: int) -> None:
        result = Result.objects.filter(kpi=self.kpis[which]).first()
        is_closed = self.found is not None and self.found.state == "verified"
        with self.untouched("disputes"):
            if result is None:
                raise Nothing
            raise_dispute(
                result=result, version=result.version, note="Miscounted.", claimed="", by=self.supplier, at=AT
            )
            assert is_closed

    @rule(is_upheld=st.booleans())
    def answers(self, is_upheld: bool) -> None:
        for dispute in Dispute.objects.all():
            with self.untouched("answers"):
                answer_dispute(
                    dispute=dispute, version=1, is_upheld=is_upheld, answer="So it is.", by=self.manager, at=AT
                )

    @rule()
    def withdraws(self) -> None:
        for dispute in Dispute.objects.all():
            with self.untouched("withdraws"):
                withdraw_dispute(dispute=dispute, version=1, by=self.supplier, at=AT)

    @rule(which=st.sampled_from([0, 1]), is_upheld=st.booleans())
    def is_disputed_and_answered(self, which: int, is_upheld: bool) -> None:
        """A whole round at once, so that what comes after it is tried often."""
        self.hands_in("85", "95")
        self.verifies(by=False)
        self.disputes(which)
        self.answers(is_upheld)

    @contextmanager
    def untouched(self, name: str) -> Iterator[None]:
        """A step that leaves every figure and the return as they are, whether it is refused or not."""
        figures, version = self.figures, self.found.version if self.found else 0
        with self.step(name):
            yield
        assert self.figures == figures
        assert (self.found.version if self.found else 0) == version

    @invariant()
    def every_change_of_a_verified_figure_left_a_correction(self) -> None:
        if self.verified is None:
            assert not Correction.objects.exists()
            return
        standing = dict(self.verified)
        for row in Correction.objects.select_related("result").order_by("pk"):
            before = Figure(
                row.value_before, row.numerator_before, row.denominator_before, row.not_measured_reason_before
            )
            assert standing.get(row.result.kpi_id, NOTHING) == before
            assert row.reason
            standing[row.result.kpi_id] = Figure(
                row.value_after, row.numerator_after, row.denominator_after, row.not_measured_reason_after
            )
        assert standing == self.figures


ACTS = {
    "types", "submits", "verifies", "send_back", "reopen_return", "imports", "disputes", "answers", "withdraws"
}  # fmt: skip


@pytest.mark.django_db
def test_no_sequence_of_actions_changes_a_verified_figure_without_a_correction() -> None:
    done = run_machine(MonthMachine, examples=25, steps=20, acts=ACTS)
    assert done.keys() == ACTS
    assert min(done.values()) > 0, done
