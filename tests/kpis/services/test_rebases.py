"""Restarting limits, and taking that back: what is written, what is refused, what stays on record."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from contracts.models import ServiceArea
from contracts.rules.months import Month
from kpis.models import Kpi, Rebase
from kpis.queries import load_kpi_page
from kpis.services.rebases import NotYoursToRestart, RebaseRefused, set_rebase, withdraw_rebase
from tests import builders
from tests.kpis.rules.builders import m
from tests.people import Cast

AT = datetime(2018, 3, 14, 10, 30, tzinfo=UTC)
LAST = m("2018-02")


@pytest.fixture
def kpi(area: ServiceArea) -> Kpi:
    """Ten months about 85, then four about 95."""
    made = builders.kpi(area)
    builders.results(made, "2017-01", ["84", "86"] * 5 + ["94", "96", "95", "94"])
    builders.returns(area, "2017-01", "2018-02")
    return made


def restart(kpi: Kpi, cast: Cast, month: str = "2017-11", reason: str = "New lines.", agreed: str = "Board") -> Rebase:
    return set_rebase(
        kpi=kpi, by=cast.contract_manager, at=AT, on=LAST, from_month=m(month), reason=reason, agreed_by=agreed
    )


def segments_of(kpi: Kpi) -> list[Month]:
    return [segment.first for segment in load_kpi_page(kpi, LAST).chart.segments]


def test_limits_restart_and_the_history_says_who_and_why(kpi: Kpi, cast: Cast) -> None:
    made = restart(kpi, cast, reason=" New telephone lines. ")
    assert segments_of(kpi) == [m("2017-01"), m("2017-11")]
    assert (made.reason, made.agreed_by, made.recorded_at) == ("New telephone lines.", "Board", AT)
    written = made.history.latest()
    assert (written.history_user, written.history_change_reason) == (cast.contract_manager, "New telephone lines.")


def test_no_figure_and_no_status_changes(kpi: Kpi, cast: Cast) -> None:
    before = load_kpi_page(kpi, LAST).judgements
    restart(kpi, cast)
    assert load_kpi_page(kpi, LAST).judgements == before


@pytest.mark.parametrize(
    ("month", "reason", "agreed", "field", "words"),
    [
        ("2017-01", "Why.", "Board", "from_month", "its first figure is for January 2017"),
        ("2016-05", "Why.", "Board", "from_month", "its first figure is for January 2017"),
        ("2018-03", "Why.", "Board", "from_month", "its latest figure is for February 2018"),
        ("2017-11", "  ", "Board", "reason", "Say why the limits restart."),
        ("2017-11", "Why.", "", "agreed_by", "Say who agreed to it."),
    ],
)
def test_what_makes_no_sense_is_refused(
    month: str, reason: str, agreed: str, field: str, words: str, kpi: Kpi, cast: Cast
) -> None:
    with pytest.raises(RebaseRefused, match=words) as refusal:
        restart(kpi, cast, month, reason, agreed)
    assert refusal.value.field == field
    assert not Rebase.objects.exists()


def test_a_month_beyond_the_last_that_ended_does_not_count_as_reported(kpi: Kpi, cast: Cast) -> None:
    builders.result(kpi, "2018-03", "99")
    with pytest.raises(RebaseRefused, match="latest figure is for February 2018"):
        restart(kpi, cast, "2018-03")


def test_a_kpi_without_a_figure_has_no_limits_to_restart(area: ServiceArea, cast: Cast) -> None:
    with pytest.raises(RebaseRefused, match="no figure yet"):
        restart(builders.kpi(area), cast)


def test_the_same_month_is_refused_while_it_stands(kpi: Kpi, cast: Cast) -> None:
    first = restart(kpi, cast)
    with pytest.raises(RebaseRefused, match="restart in November 2017 already"):
        restart(kpi, cast)
    withdraw_rebase(rebase=first, by=cast.contract_manager, at=AT, reason="Wrong month.")
    assert restart(kpi, cast).pk != first.pk


def test_what_is_withdrawn_counts_no_more_and_stays_on_record(kpi: Kpi, cast: Cast) -> None:
    withdraw_rebase(rebase=restart(kpi, cast), by=cast.contract_manager, at=AT, reason=" It did not last. ")
    page = load_kpi_page(kpi, LAST)
    assert [segment.first for segment in page.chart.segments] == [m("2017-01")]
    (row,) = page.rebases
    assert (row.stands, row.withdrawn_reason, row.withdrawn_by) == (False, "It did not last.", "Contract manager")
    assert [each.history_type for each in Rebase.objects.get().history.all()] == ["~", "+"]


def test_withdrawing_takes_a_reason_and_happens_once(kpi: Kpi, cast: Cast) -> None:
    made = restart(kpi, cast)
    with pytest.raises(RebaseRefused, match="Say why it is withdrawn"):
        withdraw_rebase(rebase=made, by=cast.contract_manager, at=AT, reason=" ")
    withdraw_rebase(rebase=made, by=cast.contract_manager, at=AT, reason="Wrong.")
    with pytest.raises(RebaseRefused, match="withdrawn already"):
        withdraw_rebase(rebase=made, by=cast.contract_manager, at=AT, reason="Again.")


def test_only_the_contract_manager_restarts_limits_and_takes_that_back(kpi: Kpi, cast: Cast) -> None:
    made = restart(kpi, cast)
    for role, person in cast.everybody():
        if role != "contract_manager":
            with pytest.raises(NotYoursToRestart):
                restart(kpi, replace(cast, contract_manager=person), "2017-12")
            with pytest.raises(NotYoursToRestart):
                withdraw_rebase(rebase=made, by=person, at=AT, reason="Wrong.")
    assert [(row.pk, row.withdrawn_at) for row in Rebase.objects.all()] == [(made.pk, None)]


def test_limits_are_those_of_the_figures_as_they_are_printed(area: ServiceArea) -> None:
    kpi = builders.kpi(area, decimals=0)
    builders.results(kpi, "2018-01", ["84.4", "85.5"])
    builders.returns(area, "2018-01", "2018-02")
    limits = load_kpi_page(kpi, LAST).verdict.limits
    assert limits is not None
    assert (limits.mean, limits.average_moving_range) == (Decimal(85), Decimal(2))
