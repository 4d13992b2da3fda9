"""Two who look for errata at the same moment find them once."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from reports.models import CheckedCorrection, Erratum
from reports.services import news
from reports.services.errata import find_errata
from tests.reports.errata.conftest import World
from tests.reports.errata.issued import correct

NOW = datetime(2018, 4, 9, 11, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_find_them_once(world: World) -> None:
    correct(world.first, "2017-12", value="91")
    correct(world.rate, "2018-01", numerator=92, denominator=100)
    together, found, errors = Barrier(2, timeout=30), [], []

    def look() -> None:
        try:
            together.wait()
            found.append(find_errata(now=NOW))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not errors
    assert sum(each.looked_at for each in found) == CheckedCorrection.objects.count() == 2
    assert sum(each.errata for each in found) == Erratum.objects.count() > 0


@pytest.mark.django_db(transaction=True)
def test_of_a_run_that_is_written_here_no_worker_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[object] = []
    monkeypatch.setattr("reports.services.news.current_app.send_task", lambda *args, **others: told.append(args))
    with news.written_here():
        news.announce(1)
    assert told == []
    news.announce(1)
    assert len(told) == 1
