"""What is shown before deciding is what happens."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.models import ServiceArea
from contracts.rules.months import Month, add_months, parse_month
from kpis.models import Kpi, Relief
from kpis.queries import load_kpi_history, load_register
from kpis.queries.effects import as_granted
from kpis.queries.relief_pages import load_relief_page
from kpis.rules.relief import Decision
from kpis.services import definitions
from kpis.services.reliefs import ReliefsOverlap, decide_relief
from tests import builders
from tests.people import Cast

TODAY = date(2018, 3, 14)
FIRST, LAST = parse_month("2017-09"), parse_month("2018-02")

MONTHS = st.integers(-1, 6).map(lambda n: add_months(FIRST, n))
FIGURES = st.lists(st.one_of(st.none(), st.integers(60, 100)), min_size=6, max_size=6)
SPANS = st.tuples(MONTHS, st.one_of(st.none(), MONTHS)).filter(lambda span: span[1] is None or span[0] <= span[1])
QUIET = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

Statuses = dict[tuple[str, Month], str]


@contextmanager
def undone() -> Iterator[None]:
    """Everything written inside is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def statuses(kpi: Kpi) -> Statuses:
    return {
        (history.terms.code, judged.month): judged.contractual.value
        for history in load_register(kpi.contract, FIRST, LAST).histories
        for judged in history.judgements
        if judged.month >= FIRST
    }


def fill(area: ServiceArea, figures: list[list[int | None]]) -> list[Kpi]:
    kpis = [builders.kpi(area, f"CSC_KPI_{number:02}") for number in range(1, len(figures) + 1)]
    for kpi, values in zip(kpis, figures, strict=True):
        builders.results(kpi, "2017-09", [None if value is None else str(value) for value in values])
    builders.returns(area, "2017-09", "2018-02")
    return kpis


@pytest.mark.django_db
@QUIET
@given(figures=st.tuples(FIGURES, FIGURES), own=SPANS, asked=SPANS, is_blanket=st.booleans())
def test_a_grant_moves_exactly_the_statuses_that_were_shown(
    area: ServiceArea,
    cast: Cast,
    figures: tuple[list[int | None], list[int | None]],
    own: tuple[Month, Month | None],
    asked: tuple[Month, Month | None],
    is_blanket: bool,
) -> None:
    with undone():
        kpis = fill(area, list(figures))
        on_record = builders.relief(area.contract, kpis[0], first="2017-09")
        on_record.from_month, on_record.to_month = own
        on_record.save()
        row = builders.relief(area.contract, *([] if is_blanket else kpis), first="2017-09", decision="requested")
        page = load_relief_page(row, TODAY)
        before = statuses(kpis[0])
        effect = page.effect_as(as_granted(page.relief, *asked))
        try:
            decide_relief(
                relief=row, by=cast.contract_manager, on=TODAY, decision=Decision.GRANTED, reason="Yes.", version=1,
                from_month=asked[0], to_month=asked[1], shown=effect.name,
            )  # fmt: skip
        except ReliefsOverlap:
            assert not is_blanket
            assert statuses(kpis[0]) == before
            assert Relief.objects.get(pk=row.pk).decision == "requested"
            return
        after = statuses(kpis[0])
        shown = {(move.code, move.month): move for move in effect.moves if move.month >= FIRST}
        assert {place for place in before if before[place] != after[place]} == shown.keys()
        for place, move in shown.items():
            assert (move.before, move.after) == (before[place], after[place])
            assert (before[place], after[place]) in {
                ("below_target", "relief_granted"),
                ("below_minimum", "relief_granted"),
            }


@pytest.mark.django_db
@QUIET
@given(figures=FIGURES, month=MONTHS, target=st.integers(61, 100), gap=st.integers(0, 20), relieved=SPANS)
def test_new_levels_move_exactly_the_statuses_that_were_shown(
    area: ServiceArea,
    cast: Cast,
    figures: list[int | None],
    month: Month,
    target: int,
    gap: int,
    relieved: tuple[Month, Month | None],
) -> None:
    with undone():
        (kpi,) = fill(area, [figures])
        row = builders.relief(area.contract, kpi, first="2017-09")
        row.from_month, row.to_month = relieved
        row.save()
        before = statuses(kpi)

        def relevel(accepts: str = "") -> None:
            definitions.set_level(
                kpi=kpi, by=cast.contract_manager, on=TODAY, effective_from=month, target=Decimal(target),
                minimum=Decimal(target - gap), agreed=definitions.Agreement("Agreed.", "Both"), accepts=accepts,
            )  # fmt: skip

        moved: dict[tuple[str, Month], tuple[str, str]] = {}
        try:
            relevel()
        except definitions.SameLevel:
            return
        except definitions.VerifiedMonthsTouched as refusal:
            assert statuses(kpi) == before
            moves = refusal.touched.moves
            moved = {(each.code, each.month): (str(each.before), str(each.after)) for each in moves}
            relevel(refusal.touched.name)
        after = statuses(kpi)
        happened = {place: (before[place], after[place]) for place in before if before[place] != after[place]}
        assert happened == {place: pair for place, pair in moved.items() if place[1] >= FIRST}
        assert load_kpi_history(kpi, LAST).histories[0].terms.level_at(add_months(LAST, 1)) is not None
