"""Importing the sheet `results`: the figures that councillors rely on.

Rows are checked as they come and written in batches, so that a long history needs little memory. A month that was ever
verified has been relied upon: a row that is new in it, or a figure that differs, needs a reason and leaves a
correction, also after somebody reopened it. While it is verified, commentary (cause, effect, remedy, recovery, source)
needs the reason too; the history alone keeps that, since no number printed moves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from contracts.rules.months import Month, month_key
from contracts.workbook.saving import BATCH, Change, Import, assign, is_same
from contracts.workbook.sheets import Row, Seen
from kpis.models import Correction, Result
from kpis.services.corrections import NOTHING, Figure, correction_of, figure_of, leaves_corrections
from kpis.services.notices import tell_corrected
from kpis.workbook.book import Book, Entry
from kpis.workbook.closed import GIVE_A_REASON
from kpis.workbook.figures import FIGURE, check_agreement, check_figures, check_level, is_due, read_figures
from kpis.workbook.returns import AreaMonth, Place, load_returns, settle_returns
from kpis.workbook.specs import VERIFIED

COMMENTARY: Final = ("cause", "effect", "remedy", "recovery_month", "source")
KEPT: Final = FIGURE + COMMENTARY


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row that was understood: what the result of one KPI and month shall be."""

    row: Row
    entry: Entry
    month: Month
    values: dict[str, Any]


def import_results(importing: Import, book: Book, rows: Iterable[Row]) -> None:
    """Reads the results and writes what is new or different, then moves the returns they belong to."""
    sheet = _Results(importing, book)
    wanted = sheet.understood(rows)
    while batch := list(islice(wanted, BATCH)):
        sheet.merge(batch)
    if importing.may_write:
        settle_returns(importing, book, sheet.returns, sheet.area_months.values())
        sheet.tell_of_corrections()


class _Results:
    """The results sheet while it is read."""

    def __init__(self, importing: Import, book: Book) -> None:
        self.importing = importing
        self.book = book
        self.returns = load_returns(importing)
        self.area_months: dict[Place, AreaMonth] = {}
        self.corrections: dict[Place, list[Correction]] = {}
        self._seen = Seen()

    # --- One row at a time -------------------------------------------------------------------------------------------

    def understood(self, rows: Iterable[Row]) -> Iterator[Wanted]:
        for row in rows:
            entry = self.book.find(row)
            figures = read_figures(row, entry)
            check_figures(row, figures)
            is_new = self._is_new(row)
            if entry is None or not entry.is_sound:
                continue
            check_agreement(row, entry.kpi, figures)
            if not (is_new and is_due(row, entry, row["month"])):
                continue
            month = row["month"]
            check_level(row, entry, month)
            self._note(row, entry, month)
            if row.is_sound():
                said = {name: row[name] for name in COMMENTARY if name in row.given}
                yield Wanted(row, entry, month, figures | {"not_measured_reason": row["not_measured_reason"]} | said)

    def _is_new(self, row: Row) -> bool:
        """Whether the row says a KPI and month, and is the first to give them."""
        code, month = row["kpi"], row["month"]
        if not (code and month):
            return False
        return self._seen.is_new((code, month), row, "kpi", f"the result of {code} for {month_key(month)}")

    def _note(self, row: Row, entry: Entry, month: Month) -> None:
        """Remembers the row for the state of its return; reopening a verified month needs a reason."""
        place = (entry.area.code, month)
        area_month = self.area_months.get(place)
        if area_month is None:
            area_month = self.area_months[place] = AreaMonth(entry.area, month)
        area_month.kpis.add(entry.code)
        if row["state"] == VERIFIED:
            return
        area_month.is_all_verified = False
        if self.book.is_verified(entry, month) and not self.importing.reason and row.is_sound("state"):
            row.problem(
                "state", f"{month_key(month)} is verified for {entry.area.code}, this would reopen it", GIVE_A_REASON
            )

    # --- A batch against what is on record ---------------------------------------------------------------------------

    def merge(self, batch: list[Wanted]) -> None:
        """Compares a batch with the rows on record and writes what is new or different."""
        on_record = self._on_record(batch)
        tally = self.importing.tally("results")
        new: list[Wanted] = []
        differing: dict[int, Wanted] = {}
        for wanted in batch:
            stored = on_record.get((wanted.entry.kpi.pk, wanted.month))
            if stored is None:
                new.append(wanted)
                self._touch(wanted, ["month"], "a new result would change it")
                continue
            pk, stood = stored
            names = [name for name, value in wanted.values.items() if not is_same(stood[name], value)]
            if names:
                differing[pk] = wanted
                self._touch(wanted, names, "this would change it")
                fields = {name: (stood[name], wanted.values[name]) for name in names}
                named = f"{wanted.entry.code} {month_key(wanted.month)}"
                self.importing.changes.append(Change("results", wanted.row.number, named, fields))
        tally.created += len(new)
        tally.changed += len(differing)
        tally.left_alone += len(batch) - len(new) - len(differing)
        if self.importing.may_write:
            self._write(new, differing)

    def _touch(self, wanted: Wanted, names: Iterable[str], what: str) -> None:
        """Notes that the row changes its month; one that was verified needs a reason."""
        area = wanted.entry.area.code
        self.area_months[area, wanted.month].is_touched = True
        if self.importing.reason or not self.book.was_ever_verified(wanted.entry, wanted.month):
            return
        is_closed = self.book.is_verified(wanted.entry, wanted.month)
        place = f"{month_key(wanted.month)} {'is' if is_closed else 'was'} verified for {area}"
        for name in names:
            if is_closed or name not in COMMENTARY:
                wanted.row.problem(name, f"{place}, {what}", GIVE_A_REASON)

    def _on_record(self, batch: list[Wanted]) -> dict[tuple[int, date], tuple[int, dict[str, Any]]]:
        kpis = {wanted.entry.kpi.pk for wanted in batch if wanted.entry.before is not None}
        if not kpis:
            return {}
        rows = Result.objects.select_for_update().filter(kpi_id__in=kpis, month__in={wanted.month for wanted in batch})
        return {
            (kpi, month): (pk, dict(zip(KEPT, kept, strict=True)))
            for pk, kpi, month, *kept in rows.order_by().values_list("pk", "kpi_id", "month", *KEPT)
        }

    def _write(self, new: list[Wanted], differing: dict[int, Wanted]) -> None:
        # An imported row came from outside the area's own form, so it is never private to it (is_shared).
        by = self.importing.by
        created = [
            Result(kpi=wanted.entry.kpi, month=wanted.month, is_shared=True, entered_by=by, **wanted.values)
            for wanted in new
        ]
        self.importing.create(Result, created)
        corrections = [
            correction
            for result, wanted in zip(created, new, strict=True)
            for correction in self._correct(result, NOTHING, wanted)
        ]
        changed = list(Result.objects.in_bulk(list(differing)).values())
        for result in changed:
            wanted = differing[result.pk]
            result.kpi = wanted.entry.kpi
            before = figure_of(result)
            assign(result, wanted.values)
            result.is_shared, result.version = True, result.version + 1
            if figure_of(result) != before:
                result.entered_by = by
                corrections += self._correct(result, before, wanted)
        self.importing.update(Result, changed, (*KEPT, "entered_by", "is_shared", "version"))
        Correction.objects.bulk_create(corrections, batch_size=BATCH)

    def tell_of_corrections(self) -> None:
        """Whoever is told of a correction made by hand is told of an imported one: once for each month of an area."""
        for place, corrections in self.corrections.items():
            tell_corrected(self.returns[place], corrections)

    def _correct(self, result: Result, before: Figure, wanted: Wanted) -> Iterator[Correction]:
        """The correction that the change leaves, where its month was verified once, be it open again now."""
        place = (wanted.entry.area.code, wanted.month)
        area_return = self.returns.get(place)
        if area_return is None or not leaves_corrections(area_return):
            return
        importing = self.importing
        reason = importing.reason or area_return.reopened_reason
        correction = correction_of(result, before, reason=reason, by=importing.by, at=importing.at)
        if correction is not None:
            self.corrections.setdefault(place, []).append(correction)
            yield correction
