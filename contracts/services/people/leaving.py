"""Somebody leaves: at once out, nothing in force any more, everything on record. And comes back."""

from django.db import transaction
from django.db.models import F

from contracts.models import Assignment, Person
from contracts.rules.roles import Role
from contracts.services.history import delete_with_history, save_with_history
from contracts.services.people.guards import (
    ChangedMeanwhile,
    HasLeft,
    hold,
    must_look_after,
    must_not_be_the_last,
    said,
    sign,
)
from contracts.services.people.sessions import close_sessions

LEFT = "left"
"""How the reason of every line begins that somebody's leaving writes."""


class StillHere(ChangedMeanwhile):
    """Only who has left comes back."""


@transaction.atomic
def leave(*, person: Person, by: Person, why: str) -> int:
    """
    They hold no role and stand in for nobody any more, their sessions end and their password is thrown away.

    The row and all of its history stay. How many sessions that ended. Raises LastAdministrator, or HasLeft.
    """
    must_look_after(by)
    reason = f"{LEFT}: {said(why)}"
    held = hold(person, by=by)
    if not held.is_active:
        raise HasLeft(held)
    must_not_be_the_last(held)
    everywhere = held.groups.exclude(pk__in=held.assignments.values("role")).values_list("name", flat=True)
    reason_of_person = f"{reason} (held everywhere: {', '.join(everywhere)})" if everywhere else reason
    for post in held.assignments.all():
        delete_with_history(post, by=by, why=reason)
    for post in held.deputises_for.all():
        post.deputy = None
        save_with_history(post, by=by, why=f"the deputy {reason}")
    held.groups.clear()
    held.is_active = held.is_staff = held.is_superuser = False
    held.set_unusable_password()
    sign(held, reason_of_person, by=by)
    held.save(update_fields=["is_active", "is_staff", "is_superuser", "password"])
    return close_sessions(held)


@transaction.atomic
def come_back(*, person: Person, by: Person, why: str) -> None:
    """They may sign in again, with a password of their own setting; the roles they held are given again one by one."""
    must_look_after(by)
    reason, held = said(why), hold(person, by=by)
    if held.is_active:
        raise StillHere(f"{held} has not left.")
    held.is_active = held.is_staff = held.is_superuser = False
    held.is_active = True
    held.set_unusable_password()
    # What was left behind by another way of leaving is not in force again by coming back.
    for post in held.assignments.all():
        delete_with_history(post, by=by, why=f"{LEFT} before: {reason}")
    held.groups.clear()
    sign(held, f"came back: {reason}", by=by)
    held.save(update_fields=["is_active", "is_staff", "is_superuser", "password"])


def held_before(person: Person) -> tuple[str, ...]:
    """What somebody held when they last left, in words, for who lets them come back."""
    gone = Assignment.history.filter(person_id=person.pk, history_type="-", history_change_reason__startswith=LEFT)
    last = gone.order_by("-history_date").values_list("history_date", flat=True).first()
    line = person.history.filter(history_change_reason__startswith=LEFT).order_by("-history_date", "-pk").first()
    reason = (line.history_change_reason or "") if line else ""
    posts = gone.filter(history_date__date=last.date()) if last else gone.none()
    rows = posts.values_list(F("role__name"), "contract__reference", "service_area__name").order_by("history_date")
    told = [f"{role}, {area} of {contract}" if area else f"{role}, {contract}" for role, contract, area in rows]
    everywhere = reason.rpartition("(held everywhere: ")[2].removesuffix(")") if "(held everywhere: " in reason else ""
    roles = [name for name in everywhere.split(", ") if name in {role.value for role in Role}]
    return (*[f"{name}, everywhere" for name in roles], *told)
