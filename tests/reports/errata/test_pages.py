"""The page of a paper's errata, grouped by correction; and the slip, for those who write papers."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import Erratum, PaperRun
from reports.queries.errata import errata_found, errata_of, standing_among
from reports.services.errata import find_errata
from tests.people import Cast
from tests.reading import text_of
from tests.reports.errata.conftest import World
from tests.reports.errata.issued import correct

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 4, 9, 11, tzinfo=UTC)
PLACE = "Summary by month, December 2017, target met"


@pytest.fixture
def corrected(world: World, cast: Cast) -> World:
    correct(world.first, "2017-12", cast.officer, value="91")
    find_errata(now=NOW)
    return world


def seen_by(who: str, cast: Cast, world: World) -> str:
    client = Client()
    client.force_login(getattr(cast, who))
    page = client.get(reverse("reports:errata", args=[world.contract.reference, world.paper.pk]))
    assert page.status_code == 200
    return " ".join(text_of(page).split())


def test_they_stand_under_the_correction_that_caused_them(corrected: World, cast: Cast) -> None:
    text = seen_by("board_member", cast, corrected)
    assert f"{len(errata_of(corrected.paper).current)} numbers in this paper should read otherwise." in text
    assert "FA_KPI_01, December 2017 Ten calls were counted twice." in text
    assert f"Corrected on 9 April 2018 by {cast.officer.job_title}: 91.00% instead of 79.00%." in text
    assert f"{PLACE} 1 2" in text


def test_the_last_of_two_corrections_is_the_current_one(corrected: World, cast: Cast) -> None:
    correct(corrected.first, "2017-12", value="85", reason="It was wrong again.")
    find_errata(now=NOW)
    first, second = errata_of(corrected.paper).groups
    assert [row.is_current for row in first.rows if row.place == PLACE] == [False]
    assert [(row.is_current, row.stands_again) for row in second.rows if row.place == PLACE] == [(True, True)]
    text = seen_by("contract_manager", cast, corrected)
    assert "corrected again since" in text
    assert "stands again as printed" in text
    assert standing_among(errata_found(corrected.paper)) == len(errata_of(corrected.paper).current)


def test_an_exempt_one_is_for_those_who_read_what_is_exempt(corrected: World, cast: Cast) -> None:
    Erratum.objects.filter(place=PLACE).update(audience="exempt")
    assert f"{PLACE} 1 2" not in seen_by("officer", cast, corrected)
    assert f"{PLACE} Not for publication 1 2" in seen_by("clerk", cast, corrected)
    public, both = errata_found(corrected.paper), errata_found(corrected.paper, with_exempt=True)
    assert standing_among(public) == standing_among(both) - 1


def test_without_errata_the_page_says_how_they_get_there(world: World, cast: Cast) -> None:
    assert "Every number in this paper stands as printed." in seen_by("officer", cast, world)


def test_a_draft_says_that_it_is_built_again(drafted: World, cast: Cast) -> None:
    assert "A draft is built again when figures change." in seen_by("officer", cast, drafted)


def test_a_slip_is_asked_for_on_the_page(corrected: World, cast: Cast, client: Client) -> None:
    assert "Issue a slip of errata" in seen_by("officer", cast, corrected)
    assert "Issue a slip of errata" not in seen_by("clerk", cast, corrected)
    client.force_login(cast.officer)
    address = reverse("reports:errata_slip", args=[corrected.contract.reference, corrected.paper.pk])
    for _ in range(2):
        answer = client.post(address)
        assert answer.status_code == 302
    assert PaperRun.objects.filter(kind="erratum").count() == 1


def test_a_slip_of_nothing_is_refused_in_words(world: World, cast: Cast, client: Client) -> None:
    client.force_login(cast.contract_manager)
    address = reverse("reports:errata_slip", args=[world.contract.reference, world.paper.pk])
    page = client.post(address, follow=True)
    assert "there is nothing to issue" in text_of(page)
    assert not PaperRun.objects.filter(kind="erratum").exists()


def test_many_corrections_cost_as_many_queries_as_one(
    corrected: World, cast: Cast, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        errata_of(corrected.paper)
    for month in ("2017-08", "2017-09", "2017-10", "2017-11", "2018-01"):
        correct(corrected.first, month, value="50")
    find_errata(now=NOW)
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        assert len(errata_of(corrected.paper).groups) == 6
