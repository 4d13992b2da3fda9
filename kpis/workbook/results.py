"""Importing the sheet `results`: the figures that councillors rely on.

Rows are checked as they come and written in blocks, so that a long history needs little memory. A month that was ever
verified has been relied upon: a row that is new in it, or a figure that differs, needs a reason and leaves a
correction, also after somebody reopened it. While it is verified, commentary (cause, effect, remedy, recovery, source)
needs the reason too; the history alone keeps that, since no number printed moves.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from contracts.rules.months import Month, month_key
from contracts.workbook.copying import BATCH, NewRows
from contracts.workbook.saving import Change, Import, assign, is_same
from contracts.workbook.sheets import Row, Seen
from kpis.models import Correction, Result
from kpis.services.corrections import NOTHING, Figure, correction_of, figure_of, leaves_corrections
from kpis.services.notices import tell_corrected
from kpis.workbook.book import Book, Entry
from kpis.workbook.closed import GIVE_A_REASON
from kpis.workbook.figures import FIGURE, FigureReader, check_agreement, check_figures, check_level, is_due
from kpis.workbook.returns import AreaMonth, Place, load_returns, settle_returns
from kpis.workbook.specs import VERIFIED

COMMENTARY: Final = ("cause", "effect", "remedy", "recovery_month", "source")
BLOCK: Final = 2_000
"""Rows that are compared with what is on record, and written, at once."""


@dataclass(slots=True)
class Wanted:
    """A row that was understood: what the result of one KPI and month shall be, in the order of the sheet's fields."""

    row: Row
    entry: Entry
    of: AreaMonth
    values: tuple[Any, ...]


def import_results(importing: Import, book: Book, rows: Iterable[Row]) -> list[AreaMonth]:
    """
    Reads the results and writes what is new or different, then moves the returns they belong to.

    What it gives back are the months in which anything moved.
    """
    with ExitStack() as ends:
        sheet = _Results(importing, book, ends)
        wanted = sheet.understood(rows)
        while block := list(islice(wanted, BLOCK)):
            sheet.merge(block)
    if importing.may_write:
        settle_returns(importing, book, sheet.returns, sheet.area_months.values())
        sheet.tell_of_corrections()
    return [area_month for area_month in sheet.area_months.values() if area_month.is_moved]


class _Results:
    """The results sheet while it is read. New rows may still be on their way to the database when it `ends`."""

    def __init__(self, importing: Import, book: Book, ends: ExitStack) -> None:
        self.importing = importing
        self.book = book
        self.returns = load_returns(importing)
        self.area_months: dict[Place, AreaMonth] = {}
        self.corrections: dict[Place, list[Correction]] = {}
        self.fields: tuple[str, ...] = ()
        self._ends = ends
        self._new_rows: NewRows | None = None
        self._figures = FigureReader()
        self._seen: defaultdict[str, Seen] = defaultdict(Seen)
        self._months: dict[str, dict[Month, AreaMonth]] = {}
        self._months_of: defaultdict[str, dict[Month, AreaMonth]] = defaultdict(dict)

    # --- One row at a time -------------------------------------------------------------------------------------------

    def understood(self, rows: Iterable[Row]) -> Iterator[Wanted]:
        for row in rows:
            self.fields = self.fields or (*FIGURE, *(name for name in COMMENTARY if name in row.given))
            entry = self.book.find(row)
            figures = self._figures.read(row, entry)
            check_figures(row, figures)
            is_new = self._is_new(row)
            if entry is None or not entry.is_sound:
                continue
            check_agreement(row, entry.kpi, figures)
            month = row["month"]
            if not (is_new and is_due(row, entry, month)):
                continue
            check_level(row, entry, month)
            area_month = self._note(row, entry, month)
            if not row.refused:
                beside = map(row.values.__getitem__, self.fields[len(figures) :])
                yield Wanted(row, entry, area_month, (*figures.values(), *beside))

    def _is_new(self, row: Row) -> bool:
        """Whether the row says a KPI and month, and is the first to give them."""
        code, month = row["kpi"], row["month"]
        if not (code and month):
            return False
        seen = self._seen[code]
        return seen.is_first(month, row) or seen.is_new(
            month, row, "kpi", f"the result of {code} for {month_key(month)}"
        )

    def _note(self, row: Row, entry: Entry, month: Month) -> AreaMonth:
        """Remembers the row for the state of its return; reopening a verified month needs a reason."""
        code = row["kpi"]
        months = self._months.get(code)
        if months is None:
            months = self._months[code] = self._months_of[entry.area.code]
        area_month = months.get(month)
        if area_month is None:
            area_month = months[month] = AreaMonth(entry.area, month)
            self.area_months[area_month.place] = area_month
        area_month.number += 1
        if row["state"] == VERIFIED:
            return area_month
        area_month.is_all_verified = False
        if self.book.is_verified(entry, month) and not self.importing.reason and row.is_sound("state"):
            row.problem(
                "state", f"{month_key(month)} is verified for {entry.area.code}, this would reopen it", GIVE_A_REASON
            )
        return area_month

    # --- A block against what is on record ---------------------------------------------------------------------------

    def merge(self, block: list[Wanted]) -> None:
        """Compares a block with the rows on record and writes what is new or different."""
        on_record = self._on_record(block)
        tally = self.importing.tally("results")
        new: list[Wanted] = []
        differing: dict[int, Wanted] = {}
        for wanted in block:
            stored = on_record.get((wanted.entry.kpi.id, wanted.of.month)) if on_record else None
            if stored is None:
                new.append(wanted)
                self._touch(wanted, ["month"], "a new result would change it")
                continue
            pk, stood = stored
            if stood == wanted.values:
                continue
            fields = {
                name: (before, after)
                for name, before, after in zip(self.fields, stood, wanted.values, strict=True)
                if not is_same(before, after)
            }
            if fields:
                differing[pk] = wanted
                self._touch(wanted, fields, "this would change it")
                named = f"{wanted.entry.code} {month_key(wanted.of.month)}"
                self.importing.changes.append(Change("results", wanted.row.number, named, fields))
        tally.created += len(new)
        tally.changed += len(differing)
        tally.left_alone += len(block) - len(new) - len(differing)
        if self.importing.may_write:
            if new:
                self._add(new)
            if differing:
                self._change(differing)

    def _touch(self, wanted: Wanted, names: Iterable[str], what: str) -> None:
        """Notes that the row changes its month; one that was verified needs a reason."""
        wanted.of.is_touched = wanted.of.is_moved = True
        if self.importing.reason or not self.book.was_ever_verified(wanted.entry, wanted.of.month):
            return
        is_closed = self.book.is_verified(wanted.entry, wanted.of.month)
        place = f"{month_key(wanted.of.month)} {'is' if is_closed else 'was'} verified for {wanted.entry.area.code}"
        for name in names:
            if is_closed or name not in COMMENTARY:
                wanted.row.problem(name, f"{place}, {what}", GIVE_A_REASON)

    def _on_record(self, block: list[Wanted]) -> dict[tuple[int, date], tuple[int, tuple[Any, ...]]]:
        kpis = {wanted.entry.kpi.id for wanted in block if wanted.entry.before is not None}
        if not kpis:
            return {}
        months = {wanted.of.month for wanted in block}
        self._wait()
        rows = Result.objects.select_for_update().filter(kpi_id__in=kpis, month__in=months).order_by()
        found = rows.values_list("pk", "kpi_id", "month", *self.fields)
        return {(kpi, month): (pk, tuple(kept)) for pk, kpi, month, *kept in found}

    def _add(self, new: list[Wanted]) -> None:
        self._new_rows = self._new_rows or self._begin()
        keys = self._new_rows.add([(wanted.entry.kpi.id, wanted.of.month, *wanted.values) for wanted in new])
        if not self.returns:
            return
        corrections = [
            correction
            for key, wanted in zip(keys, new, strict=True)
            if wanted.of.place in self.returns
            for result in [Result(pk=key, kpi=wanted.entry.kpi, month=wanted.of.month, **self._said(wanted))]
            for correction in self._correct(result, NOTHING, wanted)
        ]
        self._save(corrections)

    def _begin(self) -> NewRows:
        # An imported row came from outside the area's own form, so it is never private to it (is_shared).
        by = self.importing.by
        alike = {"is_shared": True, "entered_by_id": by.pk if by else None}
        written = self.importing.new_rows(Result, ("kpi_id", "month", *self.fields), alike)
        return self._ends.enter_context(written)

    def _change(self, differing: dict[int, Wanted]) -> None:
        self._wait()
        corrections: list[Correction] = []
        changed = list(Result.objects.in_bulk(list(differing)).values())
        for result in changed:
            wanted = differing[result.pk]
            result.kpi = wanted.entry.kpi
            before = figure_of(result)
            assign(result, self._said(wanted))
            result.is_shared, result.version = True, result.version + 1
            if figure_of(result) != before:
                result.entered_by = self.importing.by
                corrections += self._correct(result, before, wanted)
        self.importing.update(Result, changed, (*self.fields, "entered_by", "is_shared", "version"))
        self._save(corrections)

    def _save(self, corrections: list[Correction]) -> None:
        if corrections:
            self._wait()
            Correction.objects.bulk_create(corrections, batch_size=BATCH)

    def _wait(self) -> None:
        if self._new_rows:
            self._new_rows.wait()

    def _said(self, wanted: Wanted) -> dict[str, Any]:
        return dict(zip(self.fields, wanted.values, strict=True))

    def tell_of_corrections(self) -> None:
        """Whoever is told of a correction made by hand is told of an imported one: once for each month of an area."""
        for place, corrections in self.corrections.items():
            tell_corrected(self.returns[place], corrections)

    def _correct(self, result: Result, before: Figure, wanted: Wanted) -> Iterator[Correction]:
        """The correction that the change leaves, where its month was verified once, be it open again now."""
        place = wanted.of.place
        area_return = self.returns.get(place)
        if area_return is None or not leaves_corrections(area_return):
            return
        importing = self.importing
        reason = importing.reason or area_return.reopened_reason
        correction = correction_of(result, before, reason=reason, by=importing.by, at=importing.at)
        if correction is not None:
            self.corrections.setdefault(place, []).append(correction)
            yield correction
