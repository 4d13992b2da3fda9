"""What a project manager writes the next update from, and which projects wait for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from contracts.models import Contract, Person
from contracts.readings import ask, beside, read_now
from projects.models import Milestone, Project, Update
from projects.queries.portfolio import load_portfolio, read_portfolio, thresholds_of
from projects.rules.attention import unanswered
from projects.rules.confidence import Confidence, worse
from projects.rules.counts import UNRATED
from projects.rules.facts import ProjectFacts
from projects.rules.reminders import due_days
from projects.rules.updating import AT_RISK


def latest_update(project: Project, on: date) -> Update | None:
    """The update that stands on a day; one that says no day is older than any."""
    return latest_first(project, on).first()


def load_to_update(project: Project, on: date) -> tuple[ProjectFacts, Update | None, Sequence[Milestone]]:
    """A project as known on a day, the update that stands, and its milestones as planned. One query."""
    portfolio, (updates, milestones) = read_now(
        beside(
            read_portfolio(project.contract, on, project.reference),
            ask(latest_first(project, on)[:1], project.milestones.order_by("original_on", "pk")),
        )
    )
    return portfolio.projects[0], next(iter(updates), None), milestones


def latest_first(project: Project, on: date) -> QuerySet[Update]:
    """What was said of a project until a day, that which stands first."""
    known = Update.objects.filter(project=project).filter(Q(updated_on=None) | Q(updated_on__lte=on))
    return known.select_related("posted_by").order_by(F("updated_on").desc(nulls_last=True), "-number", "-pk")


@dataclass(frozen=True, slots=True)
class MyProject:
    """A project as its manager's list shows it. ``silent_in`` counts down to 0: from then on it is silent."""

    reference: str
    title: str
    stage: str
    declared: str
    computed: str
    updated_on: date | None
    days_since: int | None
    silent_in: int
    is_due: bool
    overdue: int
    unanswered: int
    href: str
    update_href: str

    @property
    def is_silent(self) -> bool:
        return self.silent_in <= 0


def load_my_projects(contract: Contract, person: Person, on: date) -> tuple[MyProject, ...]:
    """The projects under way whose updates this person posts, those silent first, then by when they become so."""
    own = Project.objects.filter(contract=contract).updated_by(person).under_way().in_register(on)
    among = own.order_by().values("pk")
    found = [_mine(contract, project, on) for project in load_portfolio(contract, on, among=among).projects]
    return tuple(sorted(found, key=lambda each: (each.silent_in, each.reference)))


def updated_days(contract: Contract, on: date) -> Mapping[int, date]:
    """The day of the latest update of each project of a contract, as known on a day; those without one are left out."""
    said = Update.objects.filter(project__contract=contract, updated_on__lte=on)
    rows = said.order_by("updated_on").values_list("project", "updated_on")
    return {project: updated_on for project, updated_on in rows if updated_on}


def _mine(contract: Contract, project: ProjectFacts, on: date) -> MyProject:
    computed = project.computed(thresholds_of(contract))
    days = (on - project.updated_on).days if project.updated_on else None
    return MyProject(
        reference=project.reference,
        title=project.title,
        stage=project.stage.value,
        declared=_rating(project.declared),
        computed=_rating(computed),
        updated_on=project.updated_on,
        days_since=days,
        silent_in=0 if days is None else max(contract.silent_days - days, 0),
        is_due=days is None or days >= due_days(contract.silent_days),
        overdue=sum(milestone.is_overdue(on) for milestone in project.milestones),
        unanswered=len(unanswered(project)) if worse(project.declared, computed) in AT_RISK else 0,
        href=reverse("projects:project", args=[contract.reference, project.reference]),
        update_href=reverse("projects:update", args=[contract.reference, project.reference]),
    )


def _rating(rating: Confidence | None) -> str:
    return str(rating or UNRATED)
