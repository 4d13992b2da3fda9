"""The demonstration's day can be moved, a real installation's cannot."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from contracts.queries import demonstration_day, today
from contracts.services import set_demonstration_day

pytestmark = pytest.mark.django_db


def test_the_day_of_a_demonstration_is_moved_and_said() -> None:
    set_demonstration_day(on=date(2018, 3, 14))
    out = StringIO()
    call_command("set_day", "2018-03-21", stdout=out)
    assert today() == date(2018, 3, 21)
    assert out.getvalue() == "Today is Wednesday 21 March 2018.\n"


def test_a_real_installation_keeps_the_real_day() -> None:
    with pytest.raises(CommandError, match="no demonstration"):
        call_command("set_day", "2018-03-21")
    assert demonstration_day() is None


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(CommandError, match="write it as 2018-03-21"):
        call_command("set_day", "21/03/2018")
