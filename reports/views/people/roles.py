"""Giving a role, taking it away, and naming who stands in."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from contracts.forms.people import DeputyForm, GiveRoleForm, ReasonForm
from contracts.http import PageRequest, takes_a_form
from contracts.models import Assignment, Contract, Person, ServiceArea
from contracts.queries.people import Holding, group_for
from contracts.rules.roles import Role
from contracts.services.people import give_role, name_deputy, take_role
from reports.queries.left_work import sole_posts
from reports.views.people.asking import LARGEST, act, one, page_of


@takes_a_form
def give(request: PageRequest, pk: int) -> HttpResponse:
    """A role, everywhere or at a place."""
    page = page_of(request, pk)
    contracts = Contract.objects.only("reference", "title")
    areas = ServiceArea.objects.in_order().only("code", "name", "contract")
    form = GiveRoleForm(request.POST if request.method == "POST" else None, contracts=contracts, areas=areas)

    def do() -> tuple[str, Person]:
        role, (contract, area) = Role(form.cleaned_data["role"]), form.chosen_place
        give_role(
            person=page.person, role=role, contract=contract, service_area=area,
            by=request.user, why=form.cleaned_data["reason"],
        )  # fmt: skip
        group = group_for(role, contract.reference if contract else "", area.code if area else "")
        if group and page.is_of_the_council:
            messages.warning(
                request,
                f"The group {group} gives this role to whom it holds. When they next sign in with "
                f"{settings.OIDC_NAME} and are not in it, the role goes again.",
            )
        return f"{page.person} is {role} now.", page.person

    return act(request, page.person, form, do, "people/give_role.html", {"page": page})


@takes_a_form
def take(request: PageRequest, pk: int, holding: str) -> HttpResponse:
    """A role, or one place of it, goes."""
    page = page_of(request, pk)
    found = _holding(page.own, holding)
    form = ReasonForm(request.POST if request.method == "POST" else None, label="Why it is taken away")

    def do() -> tuple[str, Person]:
        post = _assignment(page.person, found.pk) if found.pk else None
        take_role(
            person=page.person, role=found.role, by=request.user, why=form.cleaned_data["reason"],
            contract=post.contract if post else None, service_area=post.service_area if post else None,
        )  # fmt: skip
        return f"{page.person} is no longer {found.role} there.", page.person

    values = {"page": page, "holding": found, "alone": sole_posts((found,)), "council": settings.OIDC_NAME}
    return act(request, page.person, form, do, "people/take_role.html", values)


@takes_a_form
def deputy(request: PageRequest, pk: int, post: int) -> HttpResponse:
    """Who stands in for one role at one place, or nobody."""
    person = one(request, pk)
    assignment = _assignment(person, post)
    others = Person.objects.filter(is_active=True).exclude(pk=person.pk)
    form = DeputyForm(
        request.POST if request.method == "POST" else None,
        people=others.only("job_title", "email"),
        initial={"deputy": assignment.deputy_id},
    )

    def do() -> tuple[str, Person]:
        chosen = form.chosen
        name_deputy(assignment=assignment, deputy=chosen, by=request.user, why=form.cleaned_data["reason"])
        return (f"{chosen} stands in now." if chosen else "Nobody stands in any more."), person

    return act(request, person, form, do, "people/deputy.html", {"assignment": assignment})


def _holding(own: tuple[Holding, ...], key: str) -> Holding:
    for each in own:
        if each.key == key:
            return each
    raise Http404("They hold no such role.")


def _assignment(person: Person, pk: int) -> Assignment:
    if pk > LARGEST:
        raise Http404("They hold no such role.")
    rows = Assignment.objects.select_related("role", "contract", "service_area", "person", "deputy")
    return get_object_or_404(rows, pk=pk, person=person)
