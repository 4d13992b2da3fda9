"""However many write at once, the counts kept are those of the register."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from contracts.models import ServiceArea
from contracts.rules.months import Month, month_key
from kpis.checks import breaches
from kpis.models import AreaMonth, Return
from kpis.services.summary import recount
from kpis.services.verification import verify_return
from tests import builders
from tests.kpis.services.reliefs.acts import ask, decide, m
from tests.people import Cast

AT = datetime(2018, 3, 14, 10, 30, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_one_month_at_once_neither_leaves_the_others_count(area: ServiceArea, cast: Cast) -> None:
    """One verifies the month while another has relief granted in it: either sees what the other did."""
    kpi = builders.kpi(area)
    months = [m(f"2017-{number:02}") for number in range(1, 11)]
    builders.results(kpi, "2017-01", ["85"] * len(months))
    builders.returns(area, "2017-01", "2017-10", "submitted")
    recount(area.contract)
    asked = {month: ask(cast.supplier, kpi, first=month_key(month), last=month_key(month)) for month in months}
    start, failed = Barrier(2), list[Exception]()

    def one_by_one(act: Callable[[Month], object]) -> None:
        try:
            for month in months:
                start.wait(timeout=30)
                act(month)
        except Exception as fault:
            failed.append(fault)
            start.abort()
        finally:
            connection.close()

    def verify(month: Month) -> None:
        row = Return.objects.get(month=month)
        verify_return(pk=row.pk, version=row.version, how="source seen", by=cast.contract_manager, at=AT)

    def grant(month: Month) -> None:
        decide(asked[month], cast.contract_manager)

    threads = [Thread(target=one_by_one, args=[act]) for act in (verify, grant)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert failed == []
    assert list(breaches(area.contract)) == []
    rows = AreaMonth.objects.filter(relief_granted=1, is_verified=True)
    assert rows.count() == len(months)
