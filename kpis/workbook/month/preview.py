"""What a sheet would change in the form, cell by cell, and in which version of each row."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kpis.queries.desk import Desk, Line
from kpis.rules.checks import Checked
from kpis.workbook.month.reading import Said
from kpis.workbook.month.spelling import fingerprint, spelled


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: what stands in the form now, and what would stand there."""

    cell: str
    now: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """
    A row that would change, the version it was compared with, and what its checks will say of it then.

    ``is_behind`` where somebody changed it in the form after the spreadsheet was downloaded.
    """

    line: Line
    version: str
    changes: tuple[Change, ...]
    checked: Checked
    is_behind: bool

    @property
    def status(self) -> str:
        """The key of the status it would have, or nothing where it cannot be judged."""
        return self.checked.judgement.contractual.value if self.checked.judgement else ""

    @property
    def errors(self) -> tuple[str, ...]:
        """What the form will object to in the cells that change."""
        changed = {change.cell for change in self.changes if change.new}
        return tuple(error.message for error in self.checked.errors if error.field in changed)


@dataclass(frozen=True, slots=True)
class Preview:
    """The rows that would change, and how many stay as they are."""

    changed: tuple[Changed, ...]
    unchanged: int


def preview(desk: Desk, said: Iterable[Said], on: date) -> Preview:
    """Compares what a sheet says with what stands in the form; a row that nobody filled in leaves it as it is."""
    lines = {line.pk: line for line in desk.lines}
    changed, unchanged = [], 0
    for each in said:
        row = _changed(desk, lines[each.kpi], each, on)
        if row is None:
            unchanged += 1
        else:
            changed.append(row)
    order = {line.pk: place for place, line in enumerate(desk.lines)}
    return Preview(tuple(sorted(changed, key=lambda row: order[row.line.pk])), unchanged)


def _changed(desk: Desk, line: Line, said: Said, on: date) -> Changed | None:
    stands = line.standing
    downloaded, _, was = said.as_downloaded.partition(" ")
    now = spelled(stands.typed, line.terms.unit)
    changes = tuple(
        Change(cell, getattr(stands.typed, cell), new) for cell, new in said.cells.items() if now[cell] != new
    )
    if not changes or was == fingerprint(dict(said.cells)):
        return None
    after = replace(stands.typed, **{change.cell: change.new for change in changes})
    checked = line.check(after, desk.month, on)
    return Changed(line, stands.version, changes, checked, bool(was) and downloaded != stands.version)
