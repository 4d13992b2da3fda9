"""Whose it is to look after people, what has to be said, and that an administrator always remains."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied

from contracts.models import Person
from contracts.queries import load_ground
from contracts.queries.people import administrators
from contracts.rules.roles import Role
from contracts.services.history import sign_history
from contracts.services.refusals import NothingTyped, Refused


class NotYours(PermissionDenied):
    """Somebody tried what belongs to administrators."""


class PeopleRefused(Refused):
    """Something about a person, their roles or their way in is not to be done as it stands."""


class LastAdministrator(PeopleRefused):
    def __init__(self) -> None:
        super().__init__(
            "Nobody else who can sign in is an administrator. Make somebody else one first, "
            "and have them set their password."
        )


class HasLeft(PeopleRefused):
    def __init__(self, person: Person) -> None:
        super().__init__(f"{person} has left. Let them come back first.")


class ChangedMeanwhile(PeopleRefused):
    """What the page showed no longer holds."""


def must_look_after(by: Person) -> None:
    if not load_ground(by).held.looks_after_people:
        raise NotYours("People and their roles are looked after by administrators.")


def said(why: str) -> str:
    """The reason, which has to be given."""
    if not why.strip():
        raise NothingTyped("reason", "why: it stays in the history")
    return why.strip()


def hold(person: Person, *, by: Person | None = None) -> Person:
    """
    The person as they stand, until the transaction ends; one change to people follows another.

    Whoever is about to end an administrator's role waits here for everybody else who is: two who leave at the same
    moment would otherwise each find the other still there. ``by`` must still look after people once they have waited.
    """
    Group.objects.get_or_create(name=Role.ADMINISTRATOR)
    list(Group.objects.select_for_update().filter(name=Role.ADMINISTRATOR))
    if by is not None:
        must_look_after(Person.objects.get(pk=by.pk))
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def must_not_be_the_last(person: Person) -> None:
    """Raises LastAdministrator where they are one and nobody else remains; the person is held."""
    if person.is_active and person.is_administrator and not administrators().exclude(pk=person.pk).exists():
        raise LastAdministrator


def note(person: Person, why: str, *, by: Person | None) -> None:
    """A line in the person's history about what stands in no column of theirs: a role held everywhere, a session."""
    sign(person, why, by=by)
    person.save(update_fields=["job_title"])


def sign(row: Any, why: str, *, by: Person | None) -> None:
    if by is not None:
        sign_history(row, by=by, why=why)
    else:
        row._change_reason = why
