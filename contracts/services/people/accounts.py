"""Adding somebody, and changing how they are called and where their e-mail goes."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from contracts.models import Person
from contracts.services.people.guards import ChangedMeanwhile, PeopleRefused, hold, must_look_after, said, sign
from contracts.services.people.news import tell_account_changed, tell_former_address
from contracts.services.people.sessions import close_sessions


class AddressTaken(PeopleRefused):
    """E-mail addresses are told apart without regard to capitals."""

    field = "email"


@transaction.atomic
def add_person(*, email: str, job_title: str, by: Person, why: str) -> Person:
    """
    A person who holds nothing yet and has no password: they set their own, by the link that is sent to them.

    Raises AddressTaken.
    """
    must_look_after(by)
    reason = said(why)
    address = email.strip().lower()
    _must_be_free(address)
    made = Person(email=address, job_title=" ".join(job_title.split()))
    made.set_unusable_password()
    sign(made, f"added: {reason}", by=by)
    _save(made)
    return made


@transaction.atomic
def change_person(*, person: Person, email: str, job_title: str, seen: tuple[str, str], by: Person, why: str) -> bool:
    """
    Changes the address and the job title of who stood there as ``seen`` (address, title); whether anything changed.

    With the address everything ends that the old one opened: sessions, links to set a password, codes by e-mail. Both
    addresses are told.
    """
    must_look_after(by)
    reason, held = said(why), hold(person, by=by)
    address, title = email.strip().lower(), " ".join(job_title.split())
    if (held.email, held.job_title) == (address, title):
        return False
    if (held.email, held.job_title) != seen:
        raise ChangedMeanwhile(
            f"Somebody changed this meanwhile: the address is {held.email} and the job title “{held.job_title}” now. "
            "Look at it once more, and save again."
        )
    former, has_moved = held.email, held.email != address
    if has_moved:
        _must_be_free(address, held)
    held.email, held.job_title = address, title
    sign(held, f"changed: {reason}", by=by)
    _save(held)
    if has_moved:
        EmailAddress.objects.filter(user=held).delete()
        close_sessions(held)
        tell_account_changed(held, "You sign in with this e-mail address from now on.", by=by)
        tell_former_address(held, former)
    return True


def _must_be_free(address: str, but: Person | None = None) -> None:
    taken = Person.objects.filter(email__iexact=address).exclude(pk=but.pk if but else 0).first()
    if taken is None:
        return
    raise AddressTaken(
        f"That address is that of the {taken}, who has left: let them come back instead."
        if not taken.is_active
        else f"That address is that of the {taken} already."
    )


def _save(person: Person) -> None:
    person.full_clean(exclude=["password"])
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as clash:
        raise AddressTaken("Somebody was given that address a moment ago.") from clash
