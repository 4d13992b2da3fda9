"""How somebody gets in: their link, their sessions, a lost second factor, wrong passwords forgotten."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.ui.formats import plural
from contracts.forms.people import ReasonForm
from contracts.http import PageRequest, takes_a_form
from contracts.models import Person
from contracts.services.people.doors import end_sessions, send_link, take_second_factor, unlock
from reports.views.people.asking import act, at_once, one, page_of


@require_POST
def link(request: PageRequest, pk: int) -> HttpResponse:
    person = one(request, pk)

    def do() -> str:
        send_link(person=person, by=request.user, now=timezone.now())
        return f"A link to set a password went to {person.email}."

    return at_once(request, person, do)


@require_POST
def sessions(request: PageRequest, pk: int) -> HttpResponse:
    person = one(request, pk)

    def do() -> str:
        ended = end_sessions(person=person, by=request.user)
        return f"{plural(ended, 'session')} ended." if ended else "No session was open."

    return at_once(request, person, do)


@takes_a_form
def second_factor(request: PageRequest, pk: int) -> HttpResponse:
    """A lost authenticator app is taken away, so that they can set up another."""
    page = page_of(request, pk)
    if not page.has_second_factor and request.method != "POST":
        messages.info(request, f"{page.person} has no second factor.")
        return redirect("person", page.person.pk)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label="How you know that it is them, and that it is lost",
    )

    def do() -> tuple[str, Person]:
        take_second_factor(person=page.person, by=request.user, why=form.cleaned_data["reason"])
        return "The second factor is taken away. They set up another in their account.", page.person

    return act(request, page.person, form, do, "people/second_factor.html", {"page": page})


@require_POST
def unlocked(request: PageRequest, pk: int) -> HttpResponse:
    person = one(request, pk)

    def do() -> str:
        is_opened = unlock(person=person, by=request.user, now=timezone.now())
        return f"{person} can try again at once." if is_opened else f"{person} was not locked out."

    return at_once(request, person, do)
