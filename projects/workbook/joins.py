"""The sheets `dependencies` and `archived`, in and out.

A dependency is known by both projects and its kind; what is on record and not in the sheet stays. The columns of
`projects` are fixed, so that a project is archived by a row of a sheet of its own; none takes one back.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from contracts.models import Contract
from contracts.workbook import cells
from contracts.workbook.cells import or_nearest, quoted
from contracts.workbook.saving import Import, Upsert, text_for
from contracts.workbook.sheets import Column, Row, Seen, SheetSpec, one_of, required
from projects.models import Dependency, Project
from projects.rules.dependencies import Kind, chain_between
from projects.workbook.portfolio import Portfolio

A_PROJECT: Final = "a project's reference"
DEPENDENCIES: Final = SheetSpec(
    "dependencies",
    (
        required("project", cells.text, A_PROJECT),
        one_of("kind", Kind, default=Kind.HOLDS_UP.value),
        required("other", cells.text, A_PROJECT),
        text_for(Dependency, "note"),
    ),
)
ARCHIVED: Final = SheetSpec(
    "archived",
    (
        required("project", cells.text, A_PROJECT),
        Column("archived_on", cells.day, "a date such as 2018-05-11"),
        text_for(Project, "archived_reason", hint="why it left the register", column="reason"),
    ),
)


def import_dependencies(importing: Import, portfolio: Portfolio, rows: Iterable[Row]) -> None:
    """Reads who stands in whose way and writes what is new or different."""
    own = Dependency.objects.filter(holder__contract_id=importing.contract.pk).select_related("holder", "held_up")
    on_record = {(row.holder.reference, row.kind, row.held_up.reference): row for row in own}
    waiting = [(holder, held_up) for holder, kind, held_up in on_record if kind == Kind.HOLDS_UP]
    upsert = Upsert(importing, DEPENDENCIES.name, Dependency, on_record)
    seen = Seen()
    for row in rows:
        holder, held_up = portfolio.find(row), _other(portfolio, row)
        if holder is None or held_up is None or not row.is_sound():
            continue
        key = (holder.reference, row["kind"], held_up.reference)
        told = " ".join(key)
        if not seen.is_new(key, row, "other", told):
            continue
        if key not in on_record:
            _check(row, holder, held_up, waiting)
        if row.is_sound():
            identity = {"holder": holder, "kind": row["kind"], "held_up": held_up}
            values = {"note": row["note"]} if "note" in row.given else {}
            upsert.put(key, told, row, identity, values)
    upsert.save()


def import_archived(importing: Import, portfolio: Portfolio, rows: Iterable[Row]) -> None:
    """Reads which projects have left the register, since when and why."""
    upsert = Upsert(importing, ARCHIVED.name, Project, dict(portfolio.projects))
    seen = Seen()
    for row in rows:
        project = portfolio.find(row)
        if project is None or not row.is_sound():
            continue
        if seen.is_new(project.reference, row, "project", f"{project.reference} as archived"):
            values = {"archived_on": row["archived_on"], "archived_reason": row["reason"]}
            upsert.put(project.reference, project.reference, row, {}, values)
    upsert.save()


def dependency_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `dependencies`: by project."""
    rows = Dependency.objects.filter(holder__contract=contract)
    in_order = rows.order_by("holder__reference", "kind", "held_up__reference")
    return (list(row) for row in in_order.values_list("holder__reference", "kind", "held_up__reference", "note"))


def archived_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `archived`: by project."""
    rows = Project.objects.filter(contract=contract, archived_on__isnull=False).order_by("reference")
    return (list(row) for row in rows.values_list("reference", "archived_on", "archived_reason"))


def _other(portfolio: Portfolio, row: Row) -> Project | None:
    if not row.is_sound("other"):
        return None
    other = portfolio.projects.get(row["other"])
    if other is None:
        right = or_nearest("expected one of the sheet projects, or already on record", row["other"], portfolio.projects)
        row.problem("other", f"there is no project {quoted(row['other'])} in this contract", right)
    return other


def _check(row: Row, holder: Project, held_up: Project, waiting: list[tuple[str, str]]) -> None:
    """What the page refuses as well; a sound pair is kept for the rows after it."""
    if holder.reference == held_up.reference:
        row.problem("other", "a project does not stand in its own way", "expected another project")
    elif row["kind"] == Kind.DISPLACES and holder.kind != Project.Kind.TRANSACTIONAL:
        row.problem("project", f"{holder.reference} is not transactional", "expected transactional work, or holds up")
    elif row["kind"] == Kind.HOLDS_UP:
        chain = chain_between(waiting, held_up.reference, holder.reference)
        if chain:
            told = " holds up ".join((*chain, held_up.reference))
            row.problem("other", f"then nothing could begin: {told}", "expected no circle")
        waiting.append((holder.reference, held_up.reference))
