"""Adding, re-levelling and ending a KPI: from a month on, and over verified months only when that is meant."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from contracts.models import ServiceArea
from contracts.rules.months import ALL_MONTHS, Month, parse_month
from kpis.models import Kpi, Level
from kpis.queries import load_kpi_history
from kpis.rules.figures import Polarity, Unit
from kpis.services import definitions as service
from tests import builders
from tests.people import Cast

TODAY = date(2018, 3, 14)
AGREED = service.Agreement("The service was widened.", "Contract Manager and Service Director")


def m(text: str) -> Month:
    return parse_month(text)


def add(by: Cast, area: ServiceArea, accepts: str = "", **changes: Any) -> Kpi:
    given = {
        "code": "CSC_KPI_09",
        "name": "Letters answered in time",
        "definition": "",
        "service_area": area,
        "unit": Unit.PERCENT,
        "polarity": Polarity.HIGHER,
        "decimals": 2,
        "due_months": ALL_MONTHS,
        "in_force_from": m("2018-03"),
        "target": Decimal(90),
        "minimum": Decimal(80),
        **changes,
    }
    new = service.NewKpi(**given)
    return service.add_kpi(
        contract=area.contract, by=by.contract_manager, on=TODAY, new=new, agreed=AGREED, accepts=accepts
    )


def relevel(by: Cast, kpi: Kpi, month: str, target: str, minimum: str, **changes: Any) -> Level:
    given = {"agreed": AGREED, **changes}
    return service.set_level(
        kpi=kpi, by=by.contract_manager, on=TODAY, effective_from=m(month), target=Decimal(target),
        minimum=Decimal(minimum), **given,
    )  # fmt: skip


def end(by: Cast, kpi: Kpi, month: str, **changes: Any) -> Kpi:
    return service.end_kpi(
        kpi=kpi, by=by.contract_manager, on=TODAY, in_force_to=m(month), **{"agreed": AGREED, **changes}
    )


@pytest.fixture
def kpi(area: ServiceArea) -> Kpi:
    """Four figures: the first three verified, the last submitted."""
    made = builders.kpi(area)
    builders.results(made, "2017-11", ["85", "75", "95", "70"])
    builders.returns(area, "2017-11", "2018-01")
    builders.returns(area, "2018-02", "2018-02", "submitted")
    return made


def statuses(kpi: Kpi) -> list[str]:
    (history,) = load_kpi_history(Kpi.objects.get(pk=kpi.pk), m("2018-02")).histories
    return [judged.contractual.value for judged in history.judgements if judged.month >= m("2017-11")]


def test_a_kpi_is_added_with_its_first_levels_and_the_reason_in_its_history(
    kpi: Kpi, area: ServiceArea, cast: Cast
) -> None:
    made = add(cast, area)
    (level,) = made.levels.all()
    assert (level.effective_from, level.target, level.agreed_by) == (m("2018-03"), 90, AGREED.agreed_by)
    for row in (made, level):
        written = row.history.get()
        assert written.history_user == cast.contract_manager
        assert written.history_change_reason == (
            "The service was widened. Agreed by Contract Manager and Service Director."
        )


def test_new_levels_judge_from_their_month_on_and_leave_the_past_alone(kpi: Kpi, cast: Cast) -> None:
    relevel(cast, kpi, "2018-02", "70", "60")
    assert statuses(kpi) == ["below_target", "below_minimum", "target_met", "target_met"]


def test_a_kpi_ends_with_the_reason_and_who_agreed(kpi: Kpi, cast: Cast) -> None:
    ended = end(cast, kpi, "2018-02")
    assert ended.in_force_to == m("2018-02")
    assert ended.end_reason == "The service was widened. Agreed by Contract Manager and Service Director."


def test_new_levels_over_verified_months_are_refused_and_say_which_statuses_move(kpi: Kpi, cast: Cast) -> None:
    with pytest.raises(service.VerifiedMonthsTouched) as refusal:
        relevel(cast, kpi, "2017-12", "80", "70")
    touched = refusal.value.touched
    assert touched.months == (m("2017-12"), m("2018-01"))
    assert [str(move) for move in touched.moves] == ["CSC_KPI_01 2017-12: below minimum → below target"]
    assert Level.objects.filter(kpi=kpi).count() == 1


def test_meaning_it_moves_them_and_keeps_the_list_in_the_history(kpi: Kpi, cast: Cast) -> None:
    with pytest.raises(service.VerifiedMonthsTouched) as refusal:
        relevel(cast, kpi, "2017-12", "80", "70")
    level = relevel(cast, kpi, "2017-12", "80", "70", accepts=refusal.value.touched.name)
    assert statuses(kpi) == ["below_target", "below_target", "target_met", "below_target"]
    assert level.history.get().history_change_reason == (
        "The service was widened. Agreed by Contract Manager and Service Director. Verified months judged differently:"
        " December 2017, January 2018. Statuses: CSC_KPI_01 2017-12: below minimum → below target."
    )


def test_a_list_that_has_changed_meanwhile_is_not_the_one_accepted(kpi: Kpi, area: ServiceArea, cast: Cast) -> None:
    with pytest.raises(service.VerifiedMonthsTouched) as refusal:
        relevel(cast, kpi, "2017-12", "80", "70")
    area.returns.filter(month=m("2018-02")).get().delete()
    builders.returns(area, "2018-02", "2018-02")
    with pytest.raises(service.VerifiedMonthsTouched, match="has changed since you looked"):
        relevel(cast, kpi, "2017-12", "80", "70", accepts=refusal.value.touched.name)


def test_verified_months_stay_closed_when_they_are_open_again(kpi: Kpi, area: ServiceArea, cast: Cast) -> None:
    reopened = area.returns.get(month=m("2018-01"))
    reopened.state, reopened.verified_at = "open", "2018-02-20T10:00:00Z"
    reopened.save()
    with pytest.raises(service.VerifiedMonthsTouched) as refusal:
        relevel(cast, kpi, "2018-01", "99", "98")
    assert refusal.value.touched.months == (m("2018-01"),)


def test_no_status_need_move_for_a_verified_month_to_be_judged_differently(kpi: Kpi, cast: Cast) -> None:
    with pytest.raises(service.VerifiedMonthsTouched) as refusal:
        relevel(cast, kpi, "2018-01", "91", "80")
    assert (refusal.value.touched.months, refusal.value.touched.moves) == ((m("2018-01"),), ())


def test_a_kpi_added_in_verified_months_would_be_missing_there(kpi: Kpi, area: ServiceArea, cast: Cast) -> None:
    with pytest.raises(service.VerifiedMonthsTouched) as refusal:
        add(cast, area, in_force_from=m("2018-01"))
    assert [str(move) for move in refusal.value.touched.moves] == ["CSC_KPI_09 2018-01: not in force → missing"]
    assert add(cast, area, in_force_from=m("2018-01"), accepts=refusal.value.touched.name).pk


def test_a_gap_in_a_verified_month_is_not_ended_away_in_passing(area: ServiceArea, cast: Cast) -> None:
    gap = builders.kpi(area)
    builders.results(gap, "2017-11", ["85", None])
    builders.returns(area, "2017-11", "2017-12")
    with pytest.raises(service.VerifiedMonthsTouched) as refusal:
        end(cast, gap, "2017-11")
    assert [str(move) for move in refusal.value.touched.moves] == ["CSC_KPI_01 2017-12: missing → not in force"]


def test_levels_of_the_same_month_are_replaced(kpi: Kpi, cast: Cast) -> None:
    relevel(cast, kpi, "2018-03", "92", "82")
    again = relevel(cast, kpi, "2018-03", "93", "83")
    assert [level.target for level in kpi.levels.all()] == [90, 93]
    assert [row.target for row in again.history.order_by("history_id")] == [92, 93]


REFUSALS: dict[str, tuple[type[service.DefinitionRefused], str, Callable[[Kpi, Cast], object]]] = {
    "wrong way round": (
        service.LevelImpossible, "cannot lie above the target", lambda kpi, by: relevel(by, kpi, "2018-03", "80", "90"),
    ),
    "too many decimals": (
        service.LevelImpossible, "at most 2", lambda kpi, by: relevel(by, kpi, "2018-03", "90.125", "80"),
    ),
    "the same": (service.SameLevel, "in March 2018", lambda kpi, by: relevel(by, kpi, "2018-03", "90", "80")),
    "before its life": (
        service.LevelOutsideLife, "in January 2017:", lambda kpi, by: relevel(by, kpi, "2016-12", "91", "80"),
    ),
    "after its end": (
        service.LevelOutsideLife,
        "ended with March 2018",
        lambda kpi, by: relevel(by, end(by, kpi, "2018-03"), "2018-04", "91", "80"),
    ),
    "no reason": (
        service.NothingSaid,
        "Say why",
        lambda kpi, by: relevel(by, kpi, "2018-03", "91", "80", agreed=service.Agreement(" ", "Both")),
    ),
    "nobody agreed": (
        service.NothingSaid,
        "who agreed",
        lambda kpi, by: end(by, kpi, "2018-03", agreed=service.Agreement("Over.", "")),
    ),
    "ends before it begins": (
        service.EndsBeforeItBegins, "January 2017", lambda kpi, by: end(by, kpi, "2016-12"),
    ),
    "ends before its last result": (
        service.ReportedAfterwards, "result for February 2018", lambda kpi, by: end(by, kpi, "2018-01"),
    ),
    "ends then already": (
        service.EndsThenAlready, "March 2018 already", lambda kpi, by: end(by, end(by, kpi, "2018-03"), "2018-03"),
    ),
    "code taken": (
        service.CodeTaken, "CSC_KPI_01", lambda kpi, by: add(by, kpi.service_area, code="CSC_KPI_01"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSALS)
def test_what_may_not_be_is_refused_by_name(name: str, kpi: Kpi, cast: Cast) -> None:
    refusal, words, attempt = REFUSALS[name]
    with pytest.raises(refusal, match=words):
        attempt(kpi, cast)
    assert [(level.target, level.minimum) for level in Level.objects.all()] == [(90, 80)]


def test_only_who_may_define_changes_what_a_kpi_is(kpi: Kpi, area: ServiceArea, cast: Cast) -> None:
    acts: dict[str, Callable[[Cast], object]] = {
        "add": lambda by: add(by, area),
        "relevel": lambda by: relevel(by, kpi, "2018-02", "70", "60"),
        "end": lambda by: end(by, kpi, "2018-02"),
    }
    done = set()
    for role, person in cast.everybody():
        for name, act in acts.items():
            try:
                with transaction.atomic():
                    act(replace(cast, contract_manager=person))
                    done.add((role, name))
                    transaction.set_rollback(True)
            except service.NotYoursToDefine:
                pass
    assert done == {(role, name) for role in ("contract_manager", "administrator") for name in acts}
    assert (Kpi.objects.count(), Level.objects.count()) == (1, 1)
