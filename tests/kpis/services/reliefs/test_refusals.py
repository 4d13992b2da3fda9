"""What may not be done to a relief is refused by name and changes nothing."""

from collections.abc import Callable

import pytest
from django.db import transaction

from contracts.models import Contract, Person
from kpis.models import Kpi, Relief
from kpis.rules.relief import Decision
from kpis.services import reliefs as service
from tests import builders
from tests.kpis.services.reliefs.acts import TODAY, ask, decide, end, m
from tests.people import Cast

REFUSALS: dict[str, tuple[type[service.ReliefRefused], str, Callable[[Kpi, Cast], object]]] = {
    "no kpi": (
        service.NamesNoKpi,
        "Choose the KPIs",
        lambda kpi, cast: ask(cast.supplier, is_blanket=False),
    ),
    "kpi that began later": (
        service.KpiNotInForceThen,
        "from January 2017 only",
        lambda kpi, cast: ask(cast.supplier, kpi, first="2016-11", last="2016-12"),
    ),
    "nothing said": (
        service.NothingSaid,
        "Say what happened",
        lambda kpi, cast: ask(cast.supplier, kpi, narrative="  "),
    ),
    "ends before it begins": (
        service.EndsBeforeItBegins,
        "November 2017",
        lambda kpi, cast: ask(cast.supplier, kpi, last="2017-10"),
    ),
    "own request": (
        service.OwnRequest,
        "R001 yourself",
        lambda kpi, cast: decide(ask(cast.contract_manager, kpi), cast.contract_manager),
    ),
    "own request, refused": (
        service.OwnRequest,
        "R001 yourself",
        lambda kpi, cast: decide(ask(cast.contract_manager, kpi), cast.contract_manager, Decision.REFUSED),
    ),
    "decided before": (
        service.NotAwaitingDecision,
        "it was granted by Contract manager",
        lambda kpi, cast: decide(decide(ask(cast.supplier, kpi), cast.contract_manager), cast.contract_manager),
    ),
    "stale page": (
        service.ReliefChanged,
        "changed by somebody else",
        lambda kpi, cast: decide(ask(cast.supplier, kpi), cast.contract_manager, version=7),
    ),
    "no reason": (
        service.NothingSaid,
        "Say why",
        lambda kpi, cast: decide(ask(cast.supplier, kpi), cast.contract_manager, reason=""),
    ),
    "another effect": (
        service.EffectNotShown,
        "not the one you were shown",
        lambda kpi, cast: decide(ask(cast.supplier, kpi), cast.contract_manager, shown="something else"),
    ),
    "somebody else's request": (
        service.NotYourRequest,
        "asked for by somebody else",
        lambda kpi, cast: service.withdraw_relief(
            relief=ask(cast.supplier, kpi), by=cast.officer, on=TODAY, reason="No.", version=1
        ),
    ),
    "ending what is not granted": (
        service.NotGranted,
        "R001 is requested",
        lambda kpi, cast: service.end_relief(
            relief=ask(cast.supplier, kpi),
            by=cast.contract_manager,
            on=TODAY,
            to_month=m("2018-01"),
            reason="No.",
            version=1,
        ),
    ),
    "ending later than it ends": (
        service.EndsAlready,
        "already ends with December 2017",
        lambda kpi, cast: service.end_relief(
            relief=builders.relief(kpi.contract, kpi, first="2017-11", last="2017-12"),
            by=cast.contract_manager,
            on=TODAY,
            to_month=m("2018-01"),
            reason="No.",
            version=1,
        ),
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_may_not_be_is_refused_by_name_and_changes_nothing(name: str, kpi: Kpi, cast: Cast) -> None:
    refusal, words, attempt = REFUSALS[name]
    with pytest.raises(refusal, match=words):
        attempt(kpi, cast)
    before = {"decided before", "ending later than it ends"}
    assert {relief.decision for relief in Relief.objects.all()} <= ({"granted"} if name in before else {"requested"})


def test_a_kpi_of_another_contract_is_refused(kpi: Kpi, other_contract: Contract, cast: Cast) -> None:
    foreign = builders.kpi(builders.area(other_contract))
    with pytest.raises(service.NotAKpiOfTheContract):
        ask(cast.supplier, foreign, contract=kpi.contract)
    assert not Relief.objects.exists()


# What is on record, what is asked for (None: all KPIs), and whether granting it is refused.
OVERLAPS = {
    "same months": (("2017-11", "2017-12"), ("2017-11", "2017-12"), True),
    "last month is the first": (("2017-09", "2017-11"), ("2017-11", None), True),
    "touching": (("2017-09", "2017-10"), ("2017-11", None), False),
    "touching from above": (("2018-01", None), ("2017-11", "2017-12"), False),
    "open-ended before": (("2017-01", None), ("2018-02", "2018-02"), True),
}


@pytest.mark.parametrize("name", OVERLAPS)
@pytest.mark.parametrize("is_blanket", [False, True])
def test_two_granted_reliefs_touch_and_do_not_overlap(name: str, is_blanket: bool, kpi: Kpi, cast: Cast) -> None:
    (begins, ends), (first, last), is_refused = OVERLAPS[name]
    kpis = () if is_blanket else (kpi,)
    builders.relief(kpi.contract, *kpis, first=begins, last=ends)
    asked = ask(cast.supplier, *kpis, first=first, last=last)
    if not is_refused:
        assert decide(asked, cast.contract_manager).decision == "granted"
        return
    with pytest.raises(service.ReliefsOverlap, match="R002 would overlap R001, granted for"):
        decide(asked, cast.contract_manager)
    assert Relief.objects.get(reference="R002").decision == "requested"


def test_a_blanket_relief_and_a_kpi_s_own_stand_beside_each_other(kpi: Kpi, cast: Cast) -> None:
    builders.relief(kpi.contract, kpi, first="2017-11")
    assert decide(ask(cast.supplier), cast.contract_manager).decision == "granted"


def test_asked_for_and_refused_ones_overlap_anything(kpi: Kpi, cast: Cast) -> None:
    builders.relief(kpi.contract, kpi, first="2017-11", decision="refused")
    builders.relief(kpi.contract, kpi, first="2017-11", decision="requested")
    assert decide(ask(cast.supplier, kpi), cast.contract_manager).decision == "granted"


ACTS: dict[str, tuple[set[str], type[Exception], Callable[[Kpi, Person], object]]] = {
    "ask": (
        {"officer", "supplier", "contract_manager"},
        service.NotYoursToAsk,
        lambda kpi, by: ask(by, kpi),
    ),
    "decide": (
        {"contract_manager"},
        service.NotYoursToDecide,
        lambda kpi, by: decide(builders.relief(kpi.contract, kpi, first="2017-11", decision="requested"), by),
    ),
    "end": (
        {"contract_manager"},
        service.NotYoursToDecide,
        lambda kpi, by: end(builders.relief(kpi.contract, kpi, first="2017-11"), by),
    ),
    "withdraw": (
        {"officer", "supplier", "contract_manager"},
        service.NotYoursToAsk,
        lambda kpi, by: service.withdraw_relief(
            relief=builders.relief(kpi.contract, kpi, first="2017-11", decision="requested"),
            by=by,
            on=TODAY,
            reason="Mended.",
            version=1,
        ),
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_whose_role_does_not_reach_so_far_is_refused_by_the_service_itself(name: str, kpi: Kpi, cast: Cast) -> None:
    allowed, refusal, act = ACTS[name]
    done = set()
    for role, person in cast.everybody():
        if not person.is_active:
            continue  # a leaver signs in no more
        try:
            with transaction.atomic():
                act(kpi, person)
                done.add(role)
                transaction.set_rollback(True)
        except refusal:
            pass
    assert done == allowed
    assert not Relief.objects.exists()
