"""Importing a contract workbook: every sheet in its order, all or nothing, every mistake at once.

One transaction holds it all. A problem anywhere, or a mere check, ends it with a rollback; so a check has tried every
constraint, and a refused import has left nothing behind.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import IntegrityError, transaction

from contracts.models import Contract, Person
from contracts.queries import instant_on, load_ground, today
from contracts.rules.roles import SETS_UP
from contracts.workbook.cells import nearest, quoted
from contracts.workbook.contract_sheets import (
    CONTRACT,
    SERVICE_AREAS,
    import_areas,
    load_areas,
    read_contract,
    save_contract,
)
from contracts.workbook.files import open_workbook
from contracts.workbook.problems import Problem, Problems
from contracts.workbook.saving import Change, Import, Tally
from contracts.workbook.sheets import Row, SheetSpec, Table, read_rows
from kpis.services.summary import recount
from kpis.workbook.book import load_book
from kpis.workbook.definitions import import_definitions
from kpis.workbook.reliefs import import_reliefs
from kpis.workbook.results import import_results
from kpis.workbook.returns import AreaMonth
from kpis.workbook.specs import KPIS, LEVELS, RELIEFS, RESULTS
from projects.workbook.course import import_rebaselines, import_updates
from projects.workbook.forecasts import import_milestone_forecasts
from projects.workbook.funding_sheet import FUNDING, import_funding
from projects.workbook.joins import ARCHIVED, DEPENDENCIES, import_archived, import_dependencies
from projects.workbook.key_list import import_key_list
from projects.workbook.key_sheets import KEY_ENTRIES, KEY_LISTS, KEY_REASONS, import_key_lists
from projects.workbook.portfolio import import_portfolio
from projects.workbook.register import restate_imported
from projects.workbook.specs import MILESTONE_FORECASTS, MILESTONES, PROJECTS, REBASELINES, UPDATES
from reports.workbook.board_sheets import MEETINGS, REQUESTS, import_meetings, import_requests

SHEETS: Final[tuple[SheetSpec, ...]] = (
    CONTRACT, SERVICE_AREAS, KPIS, LEVELS, RESULTS, RELIEFS, MEETINGS, PROJECTS, MILESTONES,
    MILESTONE_FORECASTS, UPDATES, REBASELINES, DEPENDENCIES, ARCHIVED, KEY_LISTS, KEY_ENTRIES, KEY_REASONS, FUNDING,
    REQUESTS,
)  # fmt: skip
SHEET_NAMES: Final = tuple(spec.name for spec in SHEETS)

JUDGED: Final = (KPIS.name, LEVELS.name, RELIEFS.name)
"""What decides the status of months of which the sheet `results` says nothing."""

SELDOM: Final = 100_000
"""New objects between two looks for those that hold each other in a ring."""

Sheets = Callable[[SheetSpec], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did, or with `is_check` would do: rows created, changed and left alone; or every mistake."""

    contract: str
    tallies: Mapping[str, Tally]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    is_check: bool

    @property
    def is_refused(self) -> bool:
        return bool(self.problems)

    @property
    def has_changes(self) -> bool:
        return any(tally.created or tally.changed for tally in self.tallies.values())


def import_workbook(
    path: Path,
    *,
    contract_reference: str | None = None,
    check: bool = False,
    reason: str = "",
    by: Person | None = None,
) -> ImportOutcome:
    """
    Imports a folder of CSV files, an .xlsx or an .ods workbook, or only checks it.

    Without a `contract` sheet, `contract_reference` names the contract. A change to a month that was ever verified
    needs the `reason`, which the corrections and the history keep; `by` is who imports. What changes in a project and
    says no day is dated by the business day, and so is all the rest. With any problem nothing is written.
    """
    problems = Problems()
    tables = open_workbook(path, problems)
    _refuse_unknown_sheets(tables, problems)
    importing = None
    try:
        with _seldom_collecting(), transaction.atomic():
            importing = _import(tables, contract_reference, problems, reason.strip(), by)
            if problems or check:
                transaction.set_rollback(True)
    except IntegrityError as error:  # somebody else wrote the same between our reading and our writing
        what = f"the database refused it ({quoted(str(error))})"
        problems.add("workbook", None, "", what, "expected nobody else to write it at the same moment: import it again")
    return ImportOutcome(
        contract=importing.contract.reference if importing else "",
        tallies=importing.tallies if importing else {},
        changes=tuple(importing.changes) if importing else (),
        problems=problems.in_order(SHEET_NAMES),
        is_check=check,
    )


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """
    Rows of a workbook hold no rings, and are many.

    As often as it usually does, the interpreter would look through all there is again and again while they come in.
    """
    usual = gc.get_threshold()
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _import(
    tables: Mapping[str, Table], wanted: str | None, problems: Problems, reason: str, by: Person | None
) -> Import | None:
    def rows(spec: SheetSpec) -> Iterator[Row]:
        return read_rows(tables[spec.name], spec, problems) if spec.name in tables else iter(())

    contract, contract_rows = _contract(tables, rows, wanted, problems)
    if contract is None:
        return None
    on = today()
    sets_up = by is None or load_ground(by).held.holds(SETS_UP, contract.reference)
    importing = Import(contract, problems, instant_on(on), on, reason, by, sets_up=sets_up)
    save_contract(importing, contract_rows)
    importing.areas = load_areas(importing.contract)
    import_areas(importing, rows(SERVICE_AREAS))
    book = load_book(importing.contract)
    import_definitions(importing, book, rows(KPIS), rows(LEVELS))
    moved = import_results(importing, book, rows(RESULTS))
    import_reliefs(importing, book, rows(RELIEFS))
    import_meetings(importing, rows(MEETINGS))
    portfolio = import_portfolio(importing, rows(PROJECTS), rows(MILESTONES))
    import_milestone_forecasts(importing, portfolio, rows(MILESTONE_FORECASTS))
    import_updates(importing, portfolio, rows(UPDATES))
    import_rebaselines(importing, portfolio, rows(REBASELINES))
    import_dependencies(importing, portfolio, rows(DEPENDENCIES))
    import_archived(importing, portfolio, rows(ARCHIVED))
    is_new = import_key_lists(importing, portfolio, rows(KEY_LISTS), rows(KEY_ENTRIES), rows(KEY_REASONS))
    import_key_list(importing, portfolio, is_new=is_new)
    restate_imported(importing)
    import_funding(importing, rows(FUNDING))
    import_requests(importing, rows(REQUESTS))
    if importing.may_write:
        _recount(importing, moved)
    return importing


def _recount(importing: Import, moved: list[AreaMonth]) -> None:
    """Counts anew what the import may have moved: every month, or those of the sheet `results` alone."""
    if any(tally.moved for name, tally in importing.tallies.items() if name in JUDGED):
        recount(importing.contract)
    elif moved:
        months = [area_month.month for area_month in moved]
        areas = {area_month.area.pk for area_month in moved}
        recount(importing.contract, areas=areas, first=min(months), last=max(months))


def _contract(
    tables: Mapping[str, Table], rows: Sheets, wanted: str | None, problems: Problems
) -> tuple[Contract | None, list[Row]]:
    """The contract that everything else is about: the sheet's, or the one asked for."""
    if CONTRACT.name in tables:
        return read_contract(rows(CONTRACT), wanted, problems)
    if wanted is None:
        if tables:
            right = "expected a contract sheet, or the reference of a contract on record (--contract REF)"
            problems.add(CONTRACT.name, None, "", "the workbook does not say which contract it is about", right)
        elif not problems:
            problems.add("workbook", None, "", "there is no sheet in it", f"expected {', '.join(SHEET_NAMES)}")
        return Contract() if tables else None, []
    contract = Contract.objects.select_for_update(no_key=True).filter(reference=wanted).first()
    if contract is None:
        known = list(Contract.objects.values_list("reference", flat=True))
        close = nearest(wanted, known)
        right = f"did you mean {close}?" if close else f"expected one of {', '.join(known) or 'those on record: none'}"
        problems.add(CONTRACT.name, None, "reference", f"there is no contract {quoted(wanted)}", right)
    return contract or Contract(), []


def _refuse_unknown_sheets(tables: Mapping[str, Table], problems: Problems) -> None:
    for name in tables:
        if name not in SHEET_NAMES:
            right = f"did you mean {nearest(name, SHEET_NAMES, 0)}?"
            problems.add(name, None, "", "there is no such sheet in the format", right)
