"""Two administrators who end each other's role at the same moment: one is refused, whichever way both go."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from contracts.models import Person
from contracts.queries.people import administrators
from contracts.rules.roles import Role
from contracts.services.people import leave, take_role
from contracts.services.people.guards import LastAdministrator, NotYours
from tests.people import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def leaves(person: Person, by: Person) -> None:
    leave(person=person, by=by, why="At once")


def loses_the_role(person: Person, by: Person) -> None:
    take_role(person=person, role=Role.ADMINISTRATOR, by=by, why="At once")


def together(*acts: Callable[[], None]) -> list[str]:
    """What came of acts that begin in the same moment, each in a thread of its own."""
    barrier, came = Barrier(len(acts)), []

    def run(act: Callable[[], None]) -> None:
        try:
            barrier.wait(timeout=30)
            act()
            came.append("done")
        except (LastAdministrator, NotYours) as refusal:
            came.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(came)


@pytest.mark.parametrize("ends", [(leaves, leaves), (leaves, loses_the_role), (loses_the_role, loses_the_role)])
def test_one_of_them_stays(ends: tuple[Callable[[Person, Person], None], ...], cast: Cast, colleague: Person) -> None:
    first, second = cast.administrator, colleague
    # Each ends their own: nobody loses the right to act by what the other does.
    came = together(lambda: ends[0](first, first), lambda: ends[1](second, second))
    assert came == ["LastAdministrator", "done"]
    assert administrators().count() == 1


def test_two_who_end_each_other_are_not_both_gone(cast: Cast, colleague: Person) -> None:
    came = together(
        lambda: leaves(colleague, cast.administrator),
        lambda: leaves(cast.administrator, colleague),
    )
    assert came.count("done") == 1
    assert administrators().count() == 1


def test_whoever_lost_the_right_while_waiting_does_not_use_it(cast: Cast, colleague: Person) -> None:
    stale = Person.objects.get(pk=colleague.pk)
    leaves(colleague, cast.administrator)
    assert stale.is_superuser, "as it stood when the page was asked for"
    with pytest.raises(NotYours):
        loses_the_role(cast.administrator, stale)
