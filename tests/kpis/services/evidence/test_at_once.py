"""Two people at once: the same file is kept once, and no month has more files than it may."""

from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.conf import LazySettings
from django.db import connection

from kpis.models import Evidence, Kpi
from kpis.services.evidence import AlreadyThere, EvidenceRefused, TooMany
from tests.kpis.services.evidence.acts import add, files_in
from tests.people import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(kpi: Kpi, cast: Cast, *contents: bytes) -> list[type[Exception]]:
    """Adds each of them in a thread of its own; why some were refused."""
    start, refused = Barrier(len(contents)), list[type[Exception]]()

    def one(content: bytes) -> None:
        try:
            start.wait(timeout=20)
            add(kpi, cast.officer, content)
        except EvidenceRefused as refusal:
            refused.append(type(refusal))
        finally:
            connection.close()

    threads = [Thread(target=one, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return refused


def test_the_same_file_twice_at_once_is_kept_once(kpi: Kpi, cast: Cast, folder: Path) -> None:
    assert at_once(kpi, cast, b"same", b"same", b"same") == [AlreadyThere, AlreadyThere]
    assert Evidence.objects.count() == len(files_in(folder)) == 1


def test_the_last_place_goes_to_one_of_them(kpi: Kpi, cast: Cast, folder: Path, settings: LazySettings) -> None:
    settings.EVIDENCE_MAX_FILES = 1
    assert at_once(kpi, cast, b"one", b"two") == [TooMany]
    assert Evidence.objects.count() == len(files_in(folder)) == 1
