"""The page that gives back what was typed into a form after the session had ended."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from contracts.http import PageRequest, takes_a_form
from contracts.kept import kept_for, throw_away


@takes_a_form
def kept(request: PageRequest) -> HttpResponse:
    """Shows it, sends it on to where it belonged by one button, or throws it away by another."""
    found = kept_for(request)
    if request.method == "POST":
        throw_away(request.session)
        return redirect("home")
    if found is None:
        return redirect("home")
    return render(request, "contracts/kept.html", {"kept": found})
