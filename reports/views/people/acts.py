"""Adding somebody, changing how they are called, marking that they have left, and letting them come back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from config.ui.formats import plural
from contracts.forms.people import ChangePersonForm, PersonForm, ReasonForm
from contracts.http import PageRequest, takes_a_form
from contracts.models import Person
from contracts.services.people import add_person, change_person, come_back, leave
from contracts.services.people.doors import LinkNotSent, send_link
from contracts.services.people.leaving import held_before
from reports.queries.left_work import load_work, sole_posts, told
from reports.views.people.asking import act, for_administrators, one, page_of


@takes_a_form
def add(request: PageRequest) -> HttpResponse:
    """Somebody new; the link by which they set their password goes out at once."""
    for_administrators(request)
    form = PersonForm(request.POST if request.method == "POST" else None)

    def do() -> tuple[str, Person]:
        typed = form.cleaned_data
        made = add_person(email=typed["email"], job_title=typed["job_title"], by=request.user, why=typed["reason"])
        return f"{made} is added. {_sent(request, made)} Give them a role: without one they see nothing.", made

    return act(request, None, form, do, "people/add.html", {})


def _sent(request: PageRequest, person: Person) -> str:
    """What became of the link; who cannot be reached now is added all the same."""
    try:
        send_link(person=person, by=request.user, now=timezone.now())
    except LinkNotSent as refusal:
        messages.warning(request, str(refusal))
        return "No link was sent yet."
    return f"A link to set a password went to {person.email}."


@takes_a_form
def change(request: PageRequest, pk: int) -> HttpResponse:
    """Another job title or e-mail address."""
    person = one(request, pk)
    form = ChangePersonForm(request.POST) if request.method == "POST" else ChangePersonForm.of(person)

    def do() -> tuple[str, Person]:
        typed = form.cleaned_data
        is_changed = change_person(
            person=person, email=typed["email"], job_title=typed["job_title"], seen=form.seen,
            by=request.user, why=typed["reason"],
        )  # fmt: skip
        return "Saved." if is_changed else "Nothing was changed: it stood like that already.", person

    return act(request, person, form, do, "people/change.html", {})


@takes_a_form
def leaves(request: PageRequest, pk: int) -> HttpResponse:
    """They are out at once. What then lies with nobody is said before."""
    page = page_of(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, label="Why they have left")

    def do() -> tuple[str, Person]:
        ended = leave(person=page.person, by=request.user, why=form.cleaned_data["reason"])
        out = f" {plural(ended, 'session')} ended." if ended else ""
        return f"{page.person} has left: nothing they held is in force any more.{out}", page.person

    values = {
        "page": page,
        "work": list(told(load_work(page.person))),
        "alone": sole_posts(page.own),
        "is_self": page.person.pk == request.user.pk,
    }
    return act(request, page.person, form, do, "people/leave.html", values)


@takes_a_form
def returns(request: PageRequest, pk: int) -> HttpResponse:
    """They may sign in again, and hold nothing yet."""
    person = one(request, pk)
    if person.is_active and request.method != "POST":
        messages.info(request, f"{person} has not left.")
        return redirect("person", person.pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, label="Why they come back")

    def do() -> tuple[str, Person]:
        come_back(person=person, by=request.user, why=form.cleaned_data["reason"])
        person.refresh_from_db()
        return f"{person} is back. {_sent(request, person)} Give them the roles they are to have.", person

    return act(request, person, form, do, "people/come_back.html", {"before": held_before(person)})
