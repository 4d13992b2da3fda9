"""Asking for relief, granting, refusing, ending and withdrawing it: what is written, and what it does."""

from contracts.rules.months import Month
from kpis.models import Kpi
from kpis.rules.relief import Decision
from kpis.services import reliefs as service
from tests import builders
from tests.kpis.services.reliefs.acts import TODAY, ask, decide, m, shown, statuses
from tests.people import Cast


def test_what_is_asked_for_stands_under_the_next_reference_and_relieves_nothing(kpi: Kpi, cast: Cast) -> None:
    builders.relief(kpi.contract, kpi, first="2017-01", last="2017-01", reference="R007")
    builders.relief(kpi.contract, kpi, first="2017-02", last="2017-02", reference="SNOW")
    asked = ask(cast.supplier, kpi)
    assert (asked.reference, asked.decision, asked.requested_by) == ("R008", "requested", "Supplier")
    assert (asked.requested_on, asked.requester) == (TODAY, cast.supplier)
    assert [each.code for each in asked.kpis.all()] == [kpi.code]
    assert statuses(kpi.contract) == ["below_target", "below_minimum", "target_met", "below_minimum"]


def test_a_granted_relief_relieves_the_misses_it_covers(kpi: Kpi, cast: Cast) -> None:
    asked = ask(cast.supplier, kpi, last="2017-12")
    granted = decide(asked, cast.contract_manager)
    assert (granted.decision, granted.decided_by, granted.decided_on) == ("granted", "Contract manager", TODAY)
    assert (granted.decider, granted.version) == (cast.contract_manager, asked.version + 1)
    assert statuses(kpi.contract) == ["relief_granted", "relief_granted", "target_met", "below_minimum"]
    written = granted.history.order_by("-history_id")[0]
    assert (written.history_user, written.history_change_reason) == (
        cast.contract_manager,
        "granted: It was not their fault.",
    )


def test_a_relief_can_be_granted_for_other_months_than_were_asked(kpi: Kpi, cast: Cast) -> None:
    granted = decide(ask(cast.supplier, kpi), cast.contract_manager, first=m("2017-12"), last=m("2017-12"))
    assert (granted.from_month, granted.to_month) == (m("2017-12"), m("2017-12"))
    assert statuses(kpi.contract) == ["below_target", "relief_granted", "target_met", "below_minimum"]


def test_a_refused_relief_relieves_nothing(kpi: Kpi, cast: Cast) -> None:
    assert decide(ask(cast.supplier, kpi), cast.contract_manager, Decision.REFUSED).decision == "refused"
    assert "relief_granted" not in statuses(kpi.contract)


def test_an_ended_relief_stays_granted_and_relieves_until_its_last_month(kpi: Kpi, cast: Cast) -> None:
    granted = decide(ask(cast.supplier, kpi), cast.contract_manager)
    ended = service.end_relief(
        relief=granted,
        by=cast.contract_manager,
        on=TODAY,
        to_month=m("2017-12"),
        reason="The line is mended.",
        version=granted.version,
        shown=shown(granted, Month(granted.from_month), m("2017-12")),
    )
    assert (ended.decision, ended.to_month) == ("granted", m("2017-12"))
    assert statuses(kpi.contract) == ["relief_granted", "relief_granted", "target_met", "below_minimum"]


def test_who_asked_takes_the_request_back(kpi: Kpi, cast: Cast) -> None:
    asked = ask(cast.supplier, kpi)
    taken = service.withdraw_relief(relief=asked, by=cast.supplier, on=TODAY, reason="Mended.", version=asked.version)
    assert (taken.decision, taken.decided_by, taken.decision_reason) == ("withdrawn", "Supplier", "Mended.")
