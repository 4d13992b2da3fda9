"""Two people at once: neither misses what the other did."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from contracts.models import ServiceArea
from contracts.rules.months import Month
from kpis.models import Relief
from kpis.queries import load_reliefs
from kpis.rules.relief import Decision, overlapping
from kpis.services import reliefs as service
from tests import builders
from tests.kpis.services.reliefs.acts import TODAY, ask, shown
from tests.people import Cast


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_only_one_grants(area: ServiceArea, cast: Cast) -> None:
    kpi = builders.kpi(area)
    asked = [ask(cast.supplier, kpi), ask(cast.officer, kpi, first="2018-01")]
    names = [shown(relief, Month(relief.from_month), None) for relief in asked]
    start, refused = Barrier(2), list[Exception]()

    def grant(relief: Relief, name: str) -> None:
        try:
            start.wait(timeout=20)
            service.decide_relief(
                relief=relief, by=cast.contract_manager, on=TODAY, decision=Decision.GRANTED, reason="Yes.",
                version=relief.version, from_month=Month(relief.from_month), shown=name,
            )  # fmt: skip
        except service.ReliefRefused as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=grant, args=pair) for pair in zip(asked, names, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert [type(refusal) for refusal in refused] == [service.ReliefsOverlap]
    assert sorted(Relief.objects.values_list("decision", flat=True)) == ["granted", "requested"]
    assert overlapping(load_reliefs(kpi.contract)) == ()


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_have_two_references(area: ServiceArea, cast: Cast) -> None:
    kpi = builders.kpi(area)
    start, failed = Barrier(4), list[Exception]()

    def request(line: int) -> None:
        try:
            start.wait(timeout=20)
            ask(cast.supplier, kpi, narrative=f"Line {line} was cut.")
        except Exception as fault:
            failed.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=request, args=[line]) for line in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failed == []
    assert sorted(Relief.objects.values_list("reference", flat=True)) == ["R001", "R002", "R003", "R004"]
