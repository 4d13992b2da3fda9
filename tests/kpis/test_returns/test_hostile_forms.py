"""
Ten thousand bad cells through the form of a return: each is named by the check or becomes the record, as it was meant.

What every cell means is known before it is typed; what a row of them must be told, and what is stored of it, is worked
out here once more, from the meanings alone.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from random import Random
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import Client

from contracts.models import ServiceArea
from kpis.models import Entry, Kpi, Result, Return
from kpis.rules.checks import CELLS
from tests import builders
from tests.hostile import REFUSED, TOO_LONG, Hostile, rows, tidied
from tests.kpis.test_returns.pages import at

SEED = 20_180_329
IN_A_FORM = 60
FORMS = 23
FIGURE = ("value", "numerator", "denominator")
WORDS = ("not_measured_reason", "comment", "cause", "effect", "remedy")
EXPLANATION = ("cause", "effect", "remedy", "recovery_month")
ONE_OF = (("value",), ("numerator", "denominator"), ("not_measured_reason",), ("value", "denominator"), CELLS)
"""What a row says of its figure, in turn: a value, a rate, a reason, part of a rate, all of it."""
BLANK = Hostile("", "")

Row = dict[str, Hostile]


@pytest.fixture
def many(area: ServiceArea) -> list[Kpi]:
    """Percentages of which more is better, target 90 and minimum 80, none of which has a past."""
    return [builders.kpi(area, f"CSC_KPI_{number:02}") for number in range(1, IN_A_FORM + 1)]


def test_ten_thousand_bad_cells_come_back_to_the_letter_and_are_named_or_become_the_record(
    officer: Client, many: list[Kpi]
) -> None:
    typed, named, stored = 0, 0, 0
    for number in range(FORMS):
        found = [*typed_rows(SEED + number)]
        send(officer, many, found)
        shown = boxes(officer.get(at("return_form") + "?checked=1").content.decode())
        assert shown == {
            f"{kpi.pk}-{name}": tidied(cell.typed)
            for kpi, row in zip(many, found, strict=True)
            for name, cell in row.items()
        }
        assert Entry.objects.count() == IN_A_FORM
        wrong = {(kpi.pk, name) for kpi, row in zip(many, found, strict=True) for name in wrong_in(row)}
        assert errors_of(officer.get(at("return_check"))) == wrong
        assert officer.get(at("return_sheet")).status_code == 200
        assert not Result.objects.exists(), "nothing of it was submitted"
        typed += sum(bool(cell.typed) for row in found for cell in row.values())
        named += len(wrong)
        stored += submit_mended(officer, many, [mended(row) for row in found])
        Entry.objects.all().delete()
    assert typed > 10_000
    assert named > typed / 8, "few cells are wrong, so this proves little"
    assert stored > typed / 8, "few cells are right, so this proves little"


def submit_mended(officer: Client, kpis: list[Kpi], rows: list[Row]) -> int:
    """How many cells became the record, each as it was meant; undone afterwards."""
    with transaction.atomic():
        send(officer, kpis, rows)
        page = officer.get(at("return_check"))
        assert errors_of(page) == set()
        asked = re.findall(r'<textarea[^>]*name="(answer-[^"]*)"', page.content.decode())
        sent = dict.fromkeys(asked, "It is so.") | {"version": version_of(page)}
        assert officer.post(at("return_check"), sent).status_code == 302
        assert Return.objects.get().state == "submitted"
        results = {result.kpi_id: result for result in Result.objects.all()}
        record = [{name: getattr(results[kpi.pk], name) for name in CELLS} for kpi in kpis]
        assert record == [{name: as_stored(name, cell) for name, cell in row.items()} for row in rows]
        transaction.set_rollback(True)
    return sum(bool(cell.meaning) for row in rows for cell in row.values())


def test_bad_answers_to_a_submission_are_answered_with_a_page(officer: Client, many: list[Kpi]) -> None:
    officer.post(at("return_form"), versions(officer) | {f"{kpi.pk}-value": "85" for kpi in many})
    for row in rows(SEED, 40):
        answers = {f"answer-{many[0].pk}-{cell.typed[:40]}": cell.typed for cell in row.values()}
        assert officer.post(at("return_check"), answers | {"version": row["cause"].typed}).status_code == 409
    assert not Result.objects.exists()


def test_more_than_a_form_may_send_is_no_fault_of_the_server(
    officer: Client, many: list[Kpi], settings: LazySettings
) -> None:
    sent = versions(officer) | {f"{many[0].pk}-cause": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    assert officer.post(at("return_form"), sent).status_code == 400
    assert not Entry.objects.exists()


# --- Rows, and what is to be made of them ----------------------------------------------------------------------------


def typed_rows(seed: int) -> Iterator[Row]:
    """Rows that say of their figure one thing, too little or everything; the rest of their boxes mostly full."""
    rng = Random(seed)
    three = (rows(seed + FORMS * turn, IN_A_FORM) for turn in range(3))
    for place, (one, other, third) in enumerate(zip(*three, strict=True)):
        row = {"numerator": other["value"], "denominator": third["value"], "not_measured_reason": other["cause"]} | one
        said = ONE_OF[place % len(ONE_OF)]
        kept = (*said, *(name for name in CELLS[4:] if rng.random() < 0.9))
        yield {name: in_a_box(name, row[name]) if name in kept else BLANK for name in CELLS}


def in_a_box(name: str, cell: Hostile) -> Hostile:
    """What a cell means in a box: it takes no controls, a part of a rate has no unit, and no text is endless."""
    if name in WORDS:
        words = tidied(cell.typed)
        return Hostile(cell.typed, REFUSED if len(words) >= TOO_LONG else words)
    return Hostile(cell.typed, REFUSED) if name in FIGURE[1:] and "%" in cell.typed else cell


def wrong_in(row: Mapping[str, Hostile]) -> set[str]:
    """The fields that the check must name, by the rules of a percentage that never passed 100, with a target of 90."""
    means = {name: cell.meaning for name, cell in row.items()}
    wrong = {name for name, meaning in means.items() if meaning is REFUSED}
    awaits, reason = bool(means["explanation_awaited_on"]), bool(row["not_measured_reason"].typed.strip())
    reason = reason and means["not_measured_reason"] != ""
    is_explained = awaits or all(
        means[name] or (name != "recovery_month" and means[name] is REFUSED) for name in EXPLANATION
    )
    if wrong.isdisjoint(FIGURE):
        unfit, value = figure_of(means, has_reason=reason)
        wrong |= unfit
        if value is not None and value < 90 and not is_explained:
            empty = {name for name in EXPLANATION if means[name] == ""}
            wrong |= {"cause"} if len(empty) == len(EXPLANATION) else empty
    if means["recovery_month"] and as_stored("recovery_month", row["recovery_month"]) <= date(2018, 2, 1):
        wrong.add("recovery_month")
    return wrong


def figure_of(means: Mapping[str, str | None], *, has_reason: bool) -> tuple[set[str], Decimal | None]:
    """What is wrong with what is said of the figure, and the figure as it is judged where nothing is."""
    value, numerator, denominator = (Decimal(meaning) if (meaning := means[name]) else None for name in FIGURE)
    if value is None and numerator is None and denominator is None:
        return (set() if has_reason else {"value"}), None
    unfit = {"not_measured_reason"} if has_reason else set()
    if (numerator is None) != (denominator is None):
        unfit.add("numerator" if numerator is None else "denominator")
    if denominator == 0:
        unfit.add("denominator")
    if unfit:
        return unfit, None
    rate = numerator / denominator * 100 if numerator is not None and denominator else None
    figure = rate if rate is not None else value
    assert figure is not None
    if figure > 100:
        unfit.add("value" if rate is None else "numerator")
    if value is not None and rate is not None and half_up(value) != half_up(rate):
        unfit.add("value")
    return unfit, None if unfit else half_up(figure)


def mended(row: Row) -> Row:
    """The row as somebody mends it who leaves standing whatever is right."""
    wrong = wrong_in(row)
    if not wrong:
        return row
    right = {name: BLANK if name in wrong else cell for name, cell in row.items()}
    if "recovery_month" in wrong or not right["recovery_month"].meaning:
        right["recovery_month"] = Hostile("Jun-18", "June 2018")
    for name in EXPLANATION[:3]:
        if not right[name].meaning:
            right[name] = Hostile("Said.", "Said.")
    if wrong_in(right):
        right |= dict.fromkeys((*FIGURE, "not_measured_reason"), BLANK)
        right["value"] = Hostile(" 85.5% ", "85.5")
    return right


def as_stored(name: str, cell: Hostile) -> Any:
    if not cell.meaning:
        return "" if name in WORDS else None
    if name in FIGURE:
        return Decimal(cell.meaning)
    form = {"recovery_month": "%B %Y", "explanation_awaited_on": "%d %B %Y"}.get(name)
    return datetime.strptime(cell.meaning, form).replace(tzinfo=UTC).date() if form else cell.meaning


def half_up(figure: Decimal) -> Decimal:
    return figure.quantize(Decimal("0.01"), ROUND_HALF_UP)


# --- The pages -------------------------------------------------------------------------------------------------------


def send(client: Client, kpis: list[Kpi], rows: list[Row]) -> None:
    cells = {f"{kpi.pk}-{name}": cell.typed for kpi, row in zip(kpis, rows, strict=True) for name, cell in row.items()}
    assert client.post(at("return_form"), versions(client) | cells).status_code == 302


def versions(client: Client) -> dict[str, str]:
    page = client.get(at("return_form")).content.decode()
    return {name: unescape(read_at) for name, read_at in re.findall(r'name="(\d+-version)" value="([^"]*)"', page)}


def boxes(page: str) -> dict[str, str]:
    """What stands in the boxes of the form, as a browser reads it."""
    inputs = re.findall(r'<input[^>]*name="(\d+-(?!version)[a-z_]+)"[^>]*value="([^"]*)"', page)
    areas = re.findall(r'<textarea[^>]*name="(\d+-[a-z_]+)"[^>]*>([^<]*)</textarea>', page)
    return {name: unescape(words) for name, words in (*inputs, *areas)}


def errors_of(page: Any) -> set[tuple[int, str]]:
    """KPI and field of every error that the check names."""
    found = re.findall(r'checked=1#(\d+)-([a-z_]+)"', page.content.decode())
    return {(int(kpi), field) for kpi, field in found}


def version_of(page: Any) -> str:
    found = re.search(r'name="version" value="([^"]*)"', page.content.decode())
    assert found
    return unescape(found[1])
