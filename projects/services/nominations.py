"""Nominating a project of a scrutiny area one chairs, answering a nomination, and saying who chairs what."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from contracts.models import Contract, Person
from contracts.queries import load_holders
from contracts.readings import together
from contracts.rules.roles import Role
from contracts.services.history import delete_with_history, save_with_history
from projects.models import KeyEntry, KeyList, Nomination, Project, ScrutinyChair
from projects.queries.key_duties import KeyDuties, load_key_duties
from projects.rules.key_list import FEWEST_WORDS
from projects.services.key_notices import tell_answered, tell_nominated
from projects.services.permission import must_propose, must_set_chairs
from projects.services.portfolio import lock_project

Outcome = Nomination.Outcome


class NominationRefused(ValueError):
    """Nothing was written; the words say why. ``field`` is the one to look at, blank where there is none."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


@transaction.atomic
def nominate(*, project: Project, by: Person, at: datetime, reason: str) -> Nomination:
    """Asks for a project to become a key project, for the scrutiny area it belongs to. Raises NominationRefused."""
    row = lock_project(project)
    hindrance = hindrance_to(row, load_key_duties(by, row.contract))
    if hindrance:
        raise NominationRefused(hindrance)
    if len(reason.split()) < FEWEST_WORDS:
        words = f"Say in at least {FEWEST_WORDS} words why members should watch this project."
        raise NominationRefused(words, "reason")
    made = Nomination(project=row, by=by, scrutiny_area=row.scrutiny_area, reason=reason.strip(), nominated_at=at)
    save_with_history(made, by=by, why="nominated")
    tell_nominated(made)
    return made


def hindrance_to(project: Project, duties: KeyDuties) -> str:
    """Why they cannot nominate this project now, by their duties; blank where nothing hinders it. One query at most."""
    if not duties.may_nominate:
        return "Only members of the Board nominate key projects."
    if not project.scrutiny_area:
        return f"{project.reference} belongs to no scrutiny area yet: an administrator sets it on the project."
    if not duties.chairs(project.scrutiny_area):
        own = f"You chair {' and '.join(duties.chaired)}." if duties.chaired else "You do not chair a scrutiny area."
        belongs = f"{project.reference} belongs to the scrutiny area {project.scrutiny_area}"
        return f"{belongs}: only the member who chairs it nominates its projects. {own}"
    if project.archived_on is not None:
        return f"{project.reference} is archived: it is not in the register any more."
    decided = KeyList.objects.filter(contract=project.contract_id).exclude(decided_on=None)
    latest = decided.order_by("-decided_on").values("pk")[:1]
    held, waiting = together(
        KeyEntry.objects.filter(key_list__in=latest, project=project).order_by().values_list("pk"),
        Nomination.objects.filter(project=project, outcome=Outcome.OPEN).order_by().values_list("pk"),
    )
    if held:
        return f"{project.reference} is a key project already."
    if waiting:
        return f"{project.reference} is nominated already, and the nomination is not answered yet."
    return ""


@transaction.atomic
def decline(*, nomination: Nomination, by: Person, on: date, reason: str) -> Nomination:
    """Answers a nomination with no, and why. Raises NominationRefused."""
    must_propose(by, nomination.project.contract)
    lock_project(nomination.project)
    row = _open(nomination)
    if not reason.strip():
        raise NominationRefused("Say why it is declined: the member reads it.", "reason")
    return _answer(row, by=by, on=on, outcome=Outcome.DECLINED, answer=reason.strip())


def answer_by_decision(*, key_list: KeyList, by: Person, on: date) -> int:
    """
    Answers the open nominations by what the Board decided: those on the list are taken up, near misses declined.

    The others stay open for the next list; how many were answered. To be called in the transaction of the decision.
    """
    listed = set(key_list.entries.values_list("project", flat=True))
    near = dict(key_list.near_misses.values_list("project", "reason"))
    rows = Nomination.objects.filter(project__contract=key_list.contract, outcome=Outcome.OPEN)
    number = 0
    for row in rows.select_related("project__contract", "by").order_by("pk"):
        if row.project_id in listed:
            _answer(row, by=by, on=on, outcome=Outcome.TAKEN_UP, taken_up_in=key_list)
        elif row.project_id in near:
            _answer(row, by=by, on=on, outcome=Outcome.DECLINED, answer=near[row.project_id])
        else:
            continue
        number += 1
    return number


@transaction.atomic
def set_chairs(*, contract: Contract, by: Person, chairs: Mapping[str, Person | None]) -> int:
    """Says who chairs each of these scrutiny areas, or that nobody does; how many changed. Others stay as they are."""
    must_set_chairs(by, contract)
    held = Contract.objects.select_for_update().get(pk=contract.pk)
    members = load_holders(held).of(Role.BOARD_MEMBER)
    rows = {row.scrutiny_area: row for row in ScrutinyChair.objects.filter(contract=held)}
    changed = 0
    for area, person in chairs.items():
        row = rows.get(area)
        if person == (row.person if row else None):
            continue
        if person is not None and person not in members:
            raise NominationRefused(f"{person} is not a member of the Board for {held.reference}.")
        changed += 1
        if person is not None:
            row = row or ScrutinyChair(contract=held, scrutiny_area=area)
            row.person = person
            save_with_history(row, by=by, why="chairs the area")
        elif row is not None:
            delete_with_history(row, by=by, why="chairs it no more")
    return changed


def _open(nomination: Nomination) -> Nomination:
    row: Nomination = Nomination.objects.select_related("project__contract", "by").get(pk=nomination.pk)
    if row.outcome:
        raise NominationRefused(f"This nomination is answered already: it was {row.outcome}.")
    return row


def _answer(
    row: Nomination,
    *,
    by: Person,
    on: date,
    outcome: Nomination.Outcome,
    answer: str = "",
    taken_up_in: KeyList | None = None,
) -> Nomination:
    row.outcome, row.answer, row.taken_up_in = outcome, answer, taken_up_in
    row.answered_by, row.answered_on = by, on
    save_with_history(row, by=by, why=outcome.value)
    tell_answered(row)
    return row
