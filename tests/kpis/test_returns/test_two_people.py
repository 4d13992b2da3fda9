"""Two people at one return, and a draft that saves itself: neither loses a character."""

import re

import pytest
from django.test import Client

from contracts.models import ServiceArea
from kpis.models import Kpi
from tests import builders
from tests.kpis.test_returns.pages import at, entries, signed_in, typed
from tests.people import Cast
from tests.reading import rows_of, text_of


def test_a_stale_row_shows_both_sides_and_keeps_what_was_typed(
    officer: Client, cast: Cast, kpis: tuple[Kpi, Kpi]
) -> None:
    mine = typed(officer, kpis, value_0="91", value_1="1")
    supplier = signed_in(cast.supplier)
    supplier.post(at("return_form"), typed(supplier, kpis, value_0="94"))
    page = officer.post(at("return_form"), mine)
    assert page.status_code == 409
    assert ["Figure", "91", "94"] in rows_of(page)
    assert "Supplier changed this row at" in text_of(page)
    assert f'name="{kpis[0].pk}-value" type="text" value="91"' in page.content.decode()
    assert entries() == {"CSC_KPI_01": "94", "CSC_KPI_02": "1"}


@pytest.mark.parametrize(("choice", "stands"), [("mine", "91"), ("theirs", "94")])
def test_a_choice_settles_a_stale_row(
    choice: str, stands: str, officer: Client, cast: Cast, kpis: tuple[Kpi, Kpi]
) -> None:
    mine = typed(officer, kpis, value_0="91")
    supplier = signed_in(cast.supplier)
    supplier.post(at("return_form"), typed(supplier, kpis, value_0="94"))
    page = officer.post(at("return_form"), mine).content.decode()
    seen = re.search(rf'name="{kpis[0].pk}-seen" value="([^"]*)"', page)
    assert seen
    assert officer.post(at("return_form"), mine).status_code == 409, "without a choice it stays refused"
    settled = {f"{kpis[0].pk}-choice": choice, f"{kpis[0].pk}-seen": seen[1]}
    assert officer.post(at("return_form"), mine | settled).status_code == 302
    assert entries()["CSC_KPI_01"] == stands


def test_a_row_nobody_touched_never_comes_into_conflict(officer: Client, cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    mine = typed(officer, kpis, value_1="1")
    supplier = signed_in(cast.supplier)
    supplier.post(at("return_form"), typed(supplier, kpis, value_0="94"))
    assert officer.post(at("return_form"), mine).status_code == 302
    assert entries() == {"CSC_KPI_01": "94", "CSC_KPI_02": "1"}


def test_what_was_typed_into_a_return_that_closed_meanwhile_is_shown(
    officer: Client, area: ServiceArea, kpis: tuple[Kpi, Kpi]
) -> None:
    mine = typed(officer, kpis, value_0="91.25")
    builders.returns(area, "2018-02", "2018-02", "submitted")
    page = officer.post(at("return_form"), mine)
    assert page.status_code == 409
    assert "What you typed was not saved" in text_of(page)
    assert "91.25" in text_of(page)


def test_the_answer_to_a_save_says_what_the_row_means_now(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    sent = {
        name: words for name, words in typed(officer, kpis, value_0="85").items() if name.startswith(f"{kpis[0].pk}-")
    }
    answer = officer.post(at("return_save"), sent).json()
    row = answer["rows"][str(kpis[0].pk)]
    assert "Below target" in row["said"]
    assert row["asks"] is True
    assert row["version"].startswith("1.0.1 ")
    assert answer["bar"].startswith("1 of 2 entered · 1 miss unexplained · draft saved ")
    assert list(answer["rows"]) == [str(kpis[0].pk)]


def test_a_save_for_somebody_else_who_signed_in_meanwhile_is_refused(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    assert officer.post(at("return_save"), typed(officer, kpis, value_0="85") | {"as": "0"}).status_code == 401
    assert entries() == {}
