"""Pages on which a member nominates, an officer declines, and the administrator says who chairs what."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contracts.http import PageRequest, takes_a_form
from contracts.queries import instant_on
from projects.forms.nominations import ChairsForm, DeclineForm, NominateForm
from projects.models import Nomination, Project
from projects.queries.key_candidates import load_chairs
from projects.queries.key_lists import load_nominations
from projects.services import nominations as services
from projects.services.nominations import NominationRefused, hindrance_to
from projects.views.key_lists import enter, proposing


@takes_a_form
def nominate(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """Nominating one project; why it cannot be nominated is said at once."""
    shown, duties = enter(request, contract)
    if not duties.may_nominate:
        raise PermissionDenied
    row = get_object_or_404(Project.objects.select_related("contract"), contract=shown, reference=reference)
    form = NominateForm(request.POST or None)
    if form.is_valid():
        try:
            services.nominate(
                project=row, by=request.user, at=instant_on(request.today), reason=form.cleaned_data["reason"]
            )
        except NominationRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, f"{row.reference} is nominated. What becomes of it stands here, and is e-mailed.")
            return redirect("projects:key", shown.reference)
    earlier = [each for each in load_nominations(shown, request.user, None) if each.reference == row.reference]
    hindrance = hindrance_to(row, duties)
    values = {"contract": shown, "project": row, "form": form, "hindrance": hindrance, "earlier": earlier}
    return render(request, "projects/nominate.html", values)


@takes_a_form
def decline(request: PageRequest, contract: str, pk: int) -> HttpResponse:
    """Answering a nomination with no, and why."""
    shown = proposing(request, contract)
    row = get_object_or_404(
        Nomination.objects.select_related("project__contract", "by"), pk=pk, project__contract=shown
    )
    form = DeclineForm(request.POST or None)
    if form.is_valid():
        try:
            services.decline(nomination=row, by=request.user, on=request.today, reason=form.cleaned_data["reason"])
        except NominationRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, f"The nomination of {row.project.reference} is declined; the member is told why.")
            return redirect("projects:key", shown.reference)
    return render(request, "projects/nomination_decline.html", {"contract": shown, "nomination": row, "form": form})


@takes_a_form
def chairs(request: PageRequest, contract: str) -> HttpResponse:
    """Who chairs which scrutiny area."""
    shown, duties = enter(request, contract)
    if not duties.may_set_chairs:
        raise PermissionDenied
    known = load_chairs(shown)
    form = ChairsForm(request.POST if request.method == "POST" else None, chairs=known)
    if form.is_valid():
        try:
            changed = services.set_chairs(contract=shown, by=request.user, chairs=form.chosen)
        except NominationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The chairs are saved." if changed else "Nothing was changed.")
            return redirect("projects:scrutiny_chairs", shown.reference)
    return render(request, "projects/chairs.html", {"contract": shown, "chairs": known, "form": form})
