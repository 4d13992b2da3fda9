"""Many new rows at once: the table and its history hold what the library would have written, on either database."""

from collections.abc import Sequence
from contextlib import nullcontext, suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from simple_history.utils import bulk_create_with_history

from contracts.models import Person, ServiceArea
from contracts.origin import Origin, coming_from
from contracts.workbook.copying import NewRows, Told, _Copy
from kpis.models import Kpi, Result
from tests import builders
from tests.people import Cast

pytestmark = pytest.mark.django_db

AT = datetime(2018, 3, 14, 12, 30, 1, 250, tzinfo=UTC)
THERE = Origin("2001:db8::7", "a1b2c3d4e5f6")
NAMES = (
    "month", "value", "numerator", "denominator", "not_measured_reason", "cause", "effect", "remedy", "recovery_month",
    "source",
)  # fmt: skip
ROWS: Sequence[Sequence[Any]] = (
    (
        date(2017, 1, 1),
        Decimal("93.10"),
        None,
        None,
        "",
        "A tab\there",
        "line\nline",
        "C:\\N \\. \\",
        None,
        "published",
    ),
    (date(2017, 2, 1), None, Decimal("9"), Decimal("1E+2"), "", "", "“£” é 😀", "'; --", date(2018, 1, 1), ""),
    (date(2017, 3, 1), None, None, None, "\\N", "", "", "", None, "illustrative"),
    (date(2017, 4, 1), Decimal("-0.000001"), None, None, "", "", "", "", None, ""),
)
OWN = {"id", "kpi_id", "history_id"}


@pytest.fixture
def kpis(area: ServiceArea) -> tuple[Kpi, Kpi]:
    return builders.kpi(area), builders.kpi(area, "CSC_KPI_02")


def written(kpi: Kpi, rows: Sequence[Sequence[Any]], told: Told, names: Sequence[str] = NAMES) -> list[int]:
    alike = {"kpi_id": kpi.pk, "is_shared": True, "entered_by_id": told.by.pk if told.by else None}
    with NewRows(Result, names, alike, told) as new:
        return new.add(rows)


def lines(model: Any, kpi: Kpi) -> list[dict[str, Any]]:
    """Every column of its rows but those that number them."""
    rows = model.objects.filter(kpi_id=kpi.pk).order_by("month").values()
    return [{name: value for name, value in row.items() if name not in OWN} for row in rows]


@pytest.mark.parametrize("is_somebody", [True, False])
@pytest.mark.parametrize("is_from_somewhere", [True, False])
def test_rows_and_history_are_what_the_library_writes_field_by_field(
    kpis: tuple[Kpi, Kpi], cast: Cast, is_somebody: bool, is_from_somewhere: bool
) -> None:
    one, other = kpis
    told = Told(cast.contract_manager if is_somebody else None, "Imported,\twith a tab.", AT)
    with coming_from(THERE) if is_from_somewhere else nullcontext():
        written(one, ROWS, told)
        by_library = [
            Result(kpi=other, is_shared=True, entered_by=told.by, **dict(zip(NAMES, row, strict=True))) for row in ROWS
        ]
        bulk_create_with_history(
            by_library, Result, default_user=told.by, default_change_reason=told.why, default_date=told.at
        )
    assert lines(Result, one) == lines(Result, other)
    kept = lines(Result.history.model, one)
    assert kept == lines(Result.history.model, other)
    assert {(line["history_type"], line["history_change_reason"], line["history_date"]) for line in kept} == {
        ("+", told.why, AT)
    }
    assert {line["history_address"] for line in kept} == {THERE.address if is_from_somewhere else None}
    assert {line["history_request"] for line in kept} == {THERE.request if is_from_somewhere else None}


def test_the_keys_are_those_of_the_rows_in_their_order_and_of_their_history(kpis: tuple[Kpi, Kpi]) -> None:
    keys = written(kpis[0], ROWS, Told(None, "imported", AT))
    months = [row[0] for row in ROWS]
    found = Result.objects.in_bulk(keys)
    assert [found[key].month for key in keys] == months
    assert list(Result.history.order_by("history_id").values_list("id", "month")) == list(
        zip(keys, months, strict=True)
    )
    later = builders.result(kpis[1], "2017-01", "95")
    assert later.pk not in keys


def test_what_follows_in_several_pieces_is_all_there(kpis: tuple[Kpi, Kpi]) -> None:
    with NewRows(Result, NAMES, {"kpi_id": kpis[0].pk}, Told(None, "imported", AT)) as new:
        keys = [key for row in ROWS for key in new.add([row])]
        new.wait()
        assert Result.objects.count() == len(ROWS)
        assert new.add([]) == []
    assert sorted(keys) == sorted(Result.history.values_list("id", flat=True))


def test_a_row_that_a_constraint_forbids_is_refused_with_all_the_others(kpis: tuple[Kpi, Kpi]) -> None:
    zero = (date(2017, 5, 1), None, Decimal(1), Decimal(0), "", "", "", "", None, "")
    for wrong in (zero, ROWS[0]):
        with pytest.raises(IntegrityError), transaction.atomic():
            written(kpis[0], [*ROWS, wrong], Told(None, "imported", AT))
        assert not Result.objects.exists()
        assert not Result.history.exists()


def test_what_went_wrong_first_is_what_is_raised(kpis: tuple[Kpi, Kpi]) -> None:
    def fails() -> None:
        with transaction.atomic(), NewRows(Result, NAMES, {"kpi_id": kpis[0].pk}, Told(None, "imported", AT)) as new:
            with suppress(IntegrityError):  # PostgreSQL says so when it ends
                new.add([ROWS[0], ROWS[0]])
            raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert not Result.objects.exists()


def test_a_model_whose_history_leaves_something_out_is_not_copied() -> None:
    with pytest.raises(TypeError, match="Person"):
        _Copy(Person, ("email",), {}, Told(None, "imported", AT))


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
figures = st.none() | st.decimals(-(10**9), 10**9, places=6)


def test_any_text_and_any_figure_come_back_as_they_went_in(kpis: tuple[Kpi, Kpi]) -> None:
    names = ("month", "value", "not_measured_reason", "cause", "remedy", "recovery_month")

    @settings(max_examples=60, deadline=None)
    @given(value=figures, reason=words.filter(bool), cause=words, remedy=words, recovers=st.none() | st.just(AT.date()))
    def go_in_and_out(value: Any, reason: str, cause: str, remedy: str, recovers: date | None) -> None:
        month = date(2017, 1, 1)
        recovery = recovers.replace(day=1) if recovers else None
        row = (month, value, "" if value is not None else reason, cause, remedy, recovery)
        with transaction.atomic():
            for told in (cause, None):
                (key,) = written(kpis[0], [row], Told(None, told or "imported", AT), names)
                assert Result.objects.values_list(*names).get(pk=key) == row
                line = Result.history.get(id=key)
                assert tuple(getattr(line, name) for name in names) == row
                assert line.history_change_reason == (told or "imported")
                Result.objects.all().delete()
            transaction.set_rollback(True)

    go_in_and_out()
