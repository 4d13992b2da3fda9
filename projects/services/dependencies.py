"""Saying which project stands in which other's way, and taking it back."""

from enum import StrEnum

from django.db import transaction

from contracts.models import Contract, Person
from contracts.services.history import delete_with_history, save_with_history
from projects.models import Dependency, Project
from projects.rules.dependencies import Kind, chain_between
from projects.services.permission import must_edit
from projects.services.portfolio import lock_project
from projects.services.refusals import NotJoined


class Relation(StrEnum):
    """What a project is to another one, seen from the first."""

    HOLDS_UP = "holds up"
    HELD_UP_BY = "is held up by"
    DISPLACES = "displaces"
    DISPLACED_BY = "is displaced by"


@transaction.atomic
def add_dependency(*, project: Project, by: Person, relation: Relation, other: str, note: str = "") -> Dependency:
    """
    Joins the project to another one of its contract, named by its reference. Raises :class:`NotJoined`.

    Who waits for whom never goes round in a circle; only transactional work displaces.
    """
    must_edit(by, project.contract)
    row = lock_project(project)
    beside = Project.objects.filter(contract=row.contract_id, reference__iexact=other.strip()).first()
    if beside is None:
        raise NotJoined("other", f"There is no project “{other.strip()}” in this contract.")
    if beside.pk == row.pk:
        raise NotJoined("other", "A project does not stand in its own way: choose another one.")
    is_holder = relation in (Relation.HOLDS_UP, Relation.DISPLACES)
    holder, held_up = (row, beside) if is_holder else (beside, row)
    kind = Kind.HOLDS_UP if relation in (Relation.HOLDS_UP, Relation.HELD_UP_BY) else Kind.DISPLACES
    _check(holder, held_up, kind)
    made = Dependency(holder=holder, held_up=held_up, kind=kind.value, note=note.strip())
    save_with_history(made, by=by, why="")
    return made


@transaction.atomic
def remove_dependency(*, project: Project, by: Person, pk: int) -> Dependency | None:
    """Takes a dependency of the project off; its history stays. ``None`` where somebody else already has."""
    must_edit(by, project.contract)
    row = lock_project(project)
    found = Dependency.objects.select_related("holder", "held_up").filter(pk=pk).first()
    if found is None or row.pk not in (found.holder_id, found.held_up_id):
        return None
    delete_with_history(found, by=by, why="")
    return found


def waiting_pairs(contract: Contract) -> list[tuple[str, str]]:
    """Who holds up whom in a contract, by reference."""
    rows = Dependency.objects.filter(holder__contract=contract, kind=Kind.HOLDS_UP.value)
    return list(rows.values_list("holder__reference", "held_up__reference"))


def _check(holder: Project, held_up: Project, kind: Kind) -> None:
    if Dependency.objects.filter(holder=holder, held_up=held_up, kind=kind.value).exists():
        raise NotJoined("other", f"It is on record already that {holder.reference} {kind} {held_up.reference}.")
    if kind is Kind.DISPLACES:
        if holder.kind != Project.Kind.TRANSACTIONAL:
            words = f"{holder.reference} is a transformation project: only transactional work displaces other projects."
            raise NotJoined("relation", words)
        return
    chain = chain_between(waiting_pairs(holder.contract), held_up.reference, holder.reference)
    if chain:
        told = " holds up ".join((*chain, held_up.reference))
        raise NotJoined("other", f"Then nothing could begin: {told}.")
