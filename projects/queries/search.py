"""Searching projects by reference in any spelling and by title, in every portfolio the person may see."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from contracts.models import Contract, Person
from contracts.queries.search import best, found_of, holds, rank_of
from contracts.rules.search import Found, Hit, Slice, Sought, Weight
from projects.models import Project, Update
from projects.querysets import referred_to
from projects.rules.counts import UNRATED

PROJECTS = "projects"


def search_projects(person: Person, sought: Sought, part: Slice, on: date) -> Found:
    """Projects with what their managers last declared until that day. One query."""
    seen = Project.objects.filter(contract__in=Contract.objects.visible_to(person))
    meant = referred_to(sought.phrase)
    found = seen.filter(meant | holds(sought.terms, "reference", "title"))
    rows = best(found, rank_of(sought, "reference", "title", meant), part, "title")
    updates = Update.objects.filter(project=OuterRef("pk"), updated_on__lte=on).order_by("-updated_on", "-number")
    declared = rows.annotate(declared=Subquery(updates.values("confidence")[:1])).select_related("contract")
    return found_of(PROJECTS, list(declared), _project)


def _project(row: Any) -> Hit:
    return Hit(
        title=row.title,
        href=reverse("projects:project", args=[row.contract.reference, row.reference]),
        where=f"{row.contract.title}; {row.stage}",
        code=row.reference,
        look=row.declared or UNRATED,
        weight=Weight(row.rank),
    )
