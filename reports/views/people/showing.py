"""The list of people, one person's page, and every change to what they are and hold."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from config.ui.querystring import querystring
from config.ui.tables import DatabaseRows
from contracts.forms.people import ROLE_CHOICES, read_people_question
from contracts.http import PageRequest
from contracts.models import Assignment, Contract
from contracts.queries.people import STATES, find_people, row_of, with_roles
from contracts.services.people.doors import is_locked
from contracts.tables import PeopleTable
from reports.queries.left_work import load_work, sole_posts, told, vacant_posts
from reports.views.people.asking import for_administrators, one, page_of

CHANGES_PER_PAGE = 50
KINDS = {"+": "added", "~": "changed", "-": "taken away"}


@require_safe
def people(request: PageRequest) -> HttpResponse:
    """Who there is, filtered and sorted as the address asks."""
    for_administrators(request)
    contracts = list(Contract.objects.only("reference", "title"))
    asked = read_people_question(request.GET, contracts)
    found = find_people(asked)
    table = PeopleTable(DatabaseRows(with_roles(found), found.count(), row_of), request=request)
    RequestConfig(request, paginate={"silent": True}).configure(table)
    context = {
        "table": table,
        "asked": asked,
        "roles": ROLE_CHOICES,
        "states": list(STATES),
        "contracts": [(each.reference, each.reference) for each in contracts],
    }
    return render(request, "people/people.html", context)


@require_safe
def person(request: PageRequest, pk: int) -> HttpResponse:
    """One person: what they hold, how they come in, what lies with them."""
    page = page_of(request, pk)
    context: dict[str, Any] = {
        "page": page,
        "whose": page.person,
        "is_self": page.person.pk == request.user.pk,
        "work": list(told(load_work(page.person))),
        "alone": sole_posts(page.own) if page.person.is_active else vacant_posts(page.person),
        "is_locked": page.person.is_active and is_locked(page.person, timezone.now()),
        "council": settings.OIDC_NAME,
        "sessions": [_session(each, request) for each in page.sessions],
    }
    return render(request, "people/person.html", context)


def _session(row: UserSession, request: PageRequest) -> dict[str, Any]:
    is_this = row.session_key == request.session.session_key
    return {"ip": row.ip, "browser": row.user_agent, "seen": row.last_seen_at, "is_this": is_this}


@require_safe
def changes(request: PageRequest, pk: int) -> HttpResponse:
    """Every change to the person and to what they hold, newest first: what, when, who, from where and why."""
    shown = one(request, pk)
    columns = ("history_date", "history_type", "history_change_reason", "history_user__job_title", "history_address")
    posts = Assignment.history.filter(Q(person_id=shown.pk) | Q(deputy_id=shown.pk))
    where = ("role__name", "contract__reference", "service_area__code")
    people_rows = shown.history.values_list(*columns, "job_title", "email", "is_active")
    rows = [_line(row) for row in people_rows] + [_post(row) for row in posts.values_list(*columns, *where)]
    rows.sort(key=lambda each: each["at"], reverse=True)
    page = Paginator(rows, CHANGES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"whose": shown, "page": page, "query": lambda number: querystring(request, page=number)}
    return render(request, "people/changes.html", context)


def _line(row: tuple[Any, ...]) -> dict[str, Any]:
    at, kind, why, by, address, title, email, is_active = row
    what = f"{title}, {email}{'' if is_active else ', left'}"
    return {"at": at, "kind": KINDS[kind], "what": what, "why": why or "", "by": by or "", "address": address or ""}


def _post(row: tuple[Any, ...]) -> dict[str, Any]:
    at, kind, why, by, address, role, contract, area = row
    what = f"{role}, {contract}{f' {area}' if area else ''}"
    return {"at": at, "kind": KINDS[kind], "what": what, "why": why or "", "by": by or "", "address": address or ""}
