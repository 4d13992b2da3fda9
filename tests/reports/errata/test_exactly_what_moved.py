"""The errata of a paper lead from what it prints to what it would print, had the figures been right from the first."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from django.utils import timezone

from contracts.models import Contract
from contracts.readings import Reading
from contracts.rules.months import Month, add_months, month_key
from kpis.models import Result, Return
from reports.build import build_paper
from reports.build import paper as building
from reports.differences import differences
from reports.models import Erratum, Meeting, Paper
from reports.rules.errata import LEFT_OUT, NOT_THERE
from reports.rules.review import NothingVerified
from reports.services.errata import find_errata
from reports.snapshot import BoardPaper, from_json
from tests import builders
from tests.people import Cast
from tests.reports.chance import LAST, chance_contract
from tests.reports.errata.issued import correct, issue

ON = date(2018, 3, 14)
REASONS = ("Ten calls were counted twice.", "A file was read wrongly.", "The definition leaves weekends out.")


@pytest.fixture(autouse=True)
def nothing_is_said_of_corrections_under_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """That is news of a later paper, and no figure."""

    def read_none(contract: Contract) -> Reading[dict[Month, date]]:
        yield from ()
        return {}

    monkeypatch.setattr(building, "read_corrected_months", read_none)


def issued(contract: Contract, seed: int, cast: Cast) -> tuple[Meeting, Paper] | None:
    meeting = builders.meeting(contract.boards.get(), date(2018, 4, 12))
    first = add_months(LAST, -Random(seed).randrange(1, 7))
    builders.review_period(contract, meeting, month_key(first), month_key(LAST))
    try:
        return meeting, issue(builders.paper(contract, meeting, ON), cast.contract_manager)
    except NothingVerified:
        return None


def correct_by_chance(dice: Random, contract: Contract, paper: BoardPaper) -> None:
    """
    Any figure of a month that was verified becomes any other: better, worse, a rate, none, or the first one.

    Mostly one that the paper prints, now and then one of the months before.
    """
    closed = set(
        Return.objects.filter(service_area__contract=contract, state="verified").values_list("service_area", "month")
    )
    rows = [
        row
        for row in Result.objects.of_contract(contract).select_related("kpi").order_by("pk")
        if (row.kpi.service_area_id, row.month) in closed
    ]
    shown = {(kpi.kpi, line.month) for area in paper.areas for kpi in area.kpis for line in kpi.results}
    printed = [row for row in rows if (row.kpi.code, row.month) in shown]
    if not rows:
        return
    row = dice.choice(printed if printed and dice.random() < 0.8 else rows)
    figure = dice.choice(
        (
            {"value": Decimal(dice.choice(("99.5", "95", "85", "70", "12.49", "7", "3")))},
            {"numerator": Decimal(dice.randrange(1, 30)), "denominator": Decimal(30)},
            {"not_measured_reason": "The log was lost."},
        )
    )
    if all(getattr(row, name) == value for name, value in figure.items()):
        return
    correct(row.kpi, month_key(row.month), reason=dice.choice(REASONS), **figure)


def as_read(paper: Paper) -> dict[str, tuple[str, str]]:
    """Of each place the last erratum, unless the number stands again as printed."""
    last = {each.place: (each.printed, each.should_read) for each in Erratum.objects.filter(paper=paper).order_by("pk")}
    return {place: texts for place, texts in last.items() if texts[0] != texts[1]}


def moved(printed: BoardPaper, now: BoardPaper) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for each in differences(printed, now):
        before, after = found.get(each.place, ("", ""))
        found[each.place] = (before or each.before, after or each.after)
    return {place: (before or NOT_THERE, after or LEFT_OUT) for place, (before, after) in found.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [0, 4, 5, 7, 13, 16, 17, 27, 30, 31, 34, 35, 40, 45])
def test_the_errata_turn_the_printed_paper_into_that_of_the_corrected_figures(seed: int, cast: Cast) -> None:
    contract, dice = chance_contract(seed, ON), Random(seed)
    there = issued(contract, seed, cast)
    if there is None:
        return
    meeting, paper = there
    for _ in range(dice.randrange(1, 6)):
        correct_by_chance(dice, contract, from_json(paper.snapshot))
        if dice.random() < 0.5:
            find_errata(now=timezone.now())
    find_errata(now=timezone.now())
    printed, now = (
        from_json(paper.snapshot),
        builders.with_words(build_paper(contract, meeting, on=ON), contract, meeting),
    )
    assert as_read(paper) == moved(printed, now)


@pytest.mark.django_db
def test_chance_corrects_enough_to_mean_anything(cast: Cast) -> None:
    found = 0
    for seed in range(6):
        contract, dice = chance_contract(seed, ON), Random(seed)
        there = issued(contract, seed, cast)
        assert there is not None
        for _ in range(3):
            correct_by_chance(dice, contract, from_json(there[1].snapshot))
        found += find_errata(now=timezone.now()).errata
    assert found > 60
