"""A row is saved with who did it, when and why, and never past its constraints."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from contracts.models import ServiceArea
from contracts.rules.months import parse_month
from contracts.services.history import save_with_history, sign_history
from kpis.models import Return
from tests.people import Cast

AT = datetime(2018, 3, 14, 10, 30, tzinfo=UTC)


def a_return(area: ServiceArea) -> Return:
    return Return(service_area=area, month=parse_month("2018-02"))


def test_the_history_says_who_when_and_why(area: ServiceArea, cast: Cast) -> None:
    row = a_return(area)
    save_with_history(row, by=cast.officer, why="begun", at=AT)
    written = row.history.get()
    assert (written.history_user, written.history_date, written.history_change_reason) == (cast.officer, AT, "begun")


def test_only_the_fields_named_are_written(area: ServiceArea, cast: Cast) -> None:
    row = a_return(area)
    row.save()
    row.version, row.state = 7, Return.State.SUBMITTED
    save_with_history(row, by=cast.officer, why="submitted", fields=("state",))
    row.refresh_from_db()
    assert (row.version, row.state) == (1, "submitted")


def test_what_breaks_a_constraint_is_not_saved(area: ServiceArea, cast: Cast) -> None:
    row = a_return(area)
    row.state = Return.State.RETURNED
    with pytest.raises(ValidationError, match="Say why the return goes back"):
        save_with_history(row, by=cast.officer, why="sent back")
    assert not Return.objects.exists()


def test_what_is_deleted_is_signed_too(area: ServiceArea, cast: Cast) -> None:
    row = a_return(area)
    row.save()
    sign_history(row, by=cast.officer, why="taken back", at=AT)
    row.delete()
    last = Return.history.get(history_type="-")
    assert (last.history_user, last.history_date, last.history_change_reason) == (cast.officer, AT, "taken back")
