"""What the pages about people have in common: for administrators alone, and a refusal is shown on the form."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contracts.forms.refusals import show_refusal
from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest
from contracts.models import Person
from contracts.queries.people import PersonPage, load_person_page
from contracts.services.refusals import Refused

LARGEST: Final = 2**63 - 1
"""Of a key: what is larger is nobody's, and no database takes it."""


def for_administrators(request: PageRequest) -> None:
    if not request.held.looks_after_people:
        raise PermissionDenied


def one(request: PageRequest, pk: int) -> Person:
    """Somebody, for an administrator."""
    for_administrators(request)
    return get_object_or_404(Person, pk=_key(pk))


def page_of(request: PageRequest, pk: int) -> PersonPage:
    """Everything about somebody, for an administrator."""
    for_administrators(request)
    found = load_person_page(_key(pk))
    if found is None:
        raise Http404("There is no such person.")
    return found


def _key(pk: int) -> int:
    if pk > LARGEST:
        raise Http404("There is no such person.")
    return pk


def act(
    request: PageRequest,
    person: Person | None,
    form: forms.Form,
    do: Callable[[], tuple[str, Person]],
    template: str,
    values: Mapping[str, Any],
) -> HttpResponse:
    """The page of an act: shown, refused on its form, or done. ``do`` says what was done, and whose page comes next."""
    status = 200 if request.method != "POST" else UNPROCESSABLE
    if form.is_bound and form.is_valid():
        try:
            words, whose = do()
        except Refused as refusal:
            show_refusal(form, refusal)
            status = UNPROCESSABLE if refusal.field in form.fields else CONFLICT
        else:
            messages.success(request, words)
            return redirect("home") if _is_out(request, whose) else redirect("person", whose.pk)
    return render(request, template, {"whose": person, "form": form, **values}, status=status)


def at_once(request: PageRequest, person: Person, do: Callable[[], str]) -> HttpResponse:
    """An act by one button: done or refused, and back to the person's page."""
    try:
        messages.success(request, do())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("person", person.pk)


def _is_out(request: PageRequest, whose: Person) -> bool:
    """Whether somebody has just ended what they look after people by."""
    if whose.pk != request.user.pk:
        return False
    return not Person.objects.filter(pk=whose.pk, is_active=True, is_superuser=True).exists()
