"""The demonstration tells the story of June 2017: 30 instead of 29, and 2 instead of 3."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from contracts.models import Contract
from contracts.queries import today
from kpis.models import Correction, Result, Return
from reports.build import build_paper
from reports.models import Erratum, Meeting, Paper
from reports.services import editions, news
from reports.services.demonstration import prepare_demonstration
from reports.services.demonstration_errata import play_june_2017
from reports.snapshot import from_json
from reports.workbook import import_workbook
from tests.reports.services.conftest import print_quickly

pytestmark = pytest.mark.django_db
ON = date(2018, 3, 14)


@pytest.fixture(scope="module", autouse=True)
def played(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Once for all the tests, each of which leaves it as it is; with two formats, which are printed elsewhere."""
    folder = override_settings(PAPERS_DIR=tmp_path_factory.mktemp("papers"))
    with django_db_blocker.unblock(), folder, transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(editions, "render_all", print_quickly)
        patch.setattr(news, "_send", lambda run_id: None)
        prepare_demonstration(on=ON)
        assert play_june_2017()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def contract() -> Contract:
    found: Contract = Contract.objects.get(reference="CSS")
    return found


@pytest.fixture
def paper(contract: Contract) -> Paper:
    found: Paper = Paper.objects.get(contract=contract, kind="report", meeting__meeting_on=date(2017, 10, 26))
    return found


def test_the_published_paper_prints_what_was_wrong(paper: Paper) -> None:
    assert paper.status == "published"
    (june,) = [line for line in from_json(paper.snapshot).months if line.month == date(2017, 6, 1)]
    assert (june.target_met, june.below_minimum, june.in_force) == (29, 3, 41)


@pytest.mark.parametrize(
    ("place", "printed", "should_read"),
    [
        ("Summary by month, June 2017, target met", "29", "30"),
        ("Summary by month, June 2017, below minimum", "3", "2"),
    ],
)
def test_the_errata_say_what_was_said_at_the_table(paper: Paper, place: str, printed: str, should_read: str) -> None:
    row = Erratum.objects.get(paper=paper, place=place)
    assert str(row) == f"{place}: should read {should_read} instead of {printed}"
    assert "Corrected on 6 November 2017 by the performance officer" in row.because


def test_only_what_one_figure_moves_is_told(paper: Paper) -> None:
    assert {row.correction for row in Erratum.objects.all()} == {Correction.objects.get()}
    places = set(Erratum.objects.values_list("place", flat=True))
    assert all("June 2017" in place or "PM_KPI_03" in place or "Exceptions" in place or place == "Headline"
               for place in places)  # fmt: skip


def test_in_the_end_every_figure_is_the_workbooks(contract: Contract) -> None:
    result = Result.objects.get(kpi__code="PM_KPI_03", month=date(2017, 6, 1))
    assert (result.numerator, result.denominator, result.source) == (Decimal(1659), Decimal(1781), "illustrative")
    assert Return.objects.get(service_area__code="PM", month=date(2017, 6, 1)).state == "verified"
    outcome = import_workbook(Path(settings.DEMONSTRATION_DIR), check=True)
    assert not outcome.tallies["results"].changed
    assert not outcome.tallies["results"].created


def test_the_next_paper_tells_it(contract: Contract) -> None:
    meeting = Meeting.objects.get(meeting_on=date(2018, 3, 29))
    told = {line.place: (line.printed, line.should_read) for line in build_paper(contract, meeting, on=ON).errata}
    assert told["Summary by month, June 2017, target met"] == ("29", "30")


def test_it_is_played_once_and_leaves_the_day_as_it_was() -> None:
    assert not play_june_2017()
    assert today() == ON
