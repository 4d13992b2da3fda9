"""Importing the sheet `reliefs`: requests to excuse KPIs for a span of months, and what was decided."""

from collections.abc import Iterable
from typing import Any, Final

from contracts.rules.months import Month, month_key
from contracts.workbook.cells import quoted
from contracts.workbook.saving import Import, Upsert
from contracts.workbook.sheets import Row, Seen
from kpis.models import Relief
from kpis.rules import relief as rules
from kpis.workbook.book import Book, Entry
from kpis.workbook.specs import ALL_KPIS

FIELDS: Final = ("from_month", "to_month", "cause", "narrative", "decision", "decided_by", "decided_on")


def import_reliefs(importing: Import, book: Book, rows: Iterable[Row]) -> None:
    """Reads the reliefs, writes what is new or different, and refuses two granted ones on one KPI and month."""
    sheet = _Reliefs(importing, book)
    for row in rows:
        sheet.read(row)
    sheet.check_overlaps()
    sheet.save()


class _Reliefs:
    """The reliefs sheet while it is read."""

    def __init__(self, importing: Import, book: Book) -> None:
        self.importing = importing
        self.book = book
        on_record = list(Relief.objects.filter(contract_id=importing.contract.pk).prefetch_related("kpis"))
        self.codes = {relief.reference: _codes_of(relief) for relief in on_record}
        self.upsert = Upsert(importing, "reliefs", Relief, {relief.reference: relief for relief in on_record})
        self.rows: dict[str, Row] = {}
        self.renamed: dict[str, list[Entry]] = {}
        self._seen = Seen()

    def read(self, row: Row) -> None:
        if row.is_sound("from_month", "to_month") and row["to_month"] and row["to_month"] < row["from_month"]:
            right = f"expected {month_key(row['from_month'])} or later"
            row.problem("to_month", "the last month is before the first", right)
        entries = self._entries(row)
        is_new = row.is_sound("reference") and self._seen.is_new(row["reference"], row, "reference", row["reference"])
        if not is_new or not row.is_sound():
            return
        reference = row["reference"]
        is_blanket = row["kpis"] == ALL_KPIS
        values: dict[str, Any] = {name: row[name] for name in FIELDS if name in row.given}
        identity = {"contract": self.importing.contract, "reference": reference}
        codes = frozenset(entry.code for entry in entries)
        stood = self.codes.get(reference)
        beside = {} if stood in (None, codes) else {"kpis": (_listed(stood), _listed(codes))}
        if stood != codes:
            self.renamed[reference] = entries
        self.codes[reference] = codes
        self.upsert.put(reference, reference, row, identity, values | {"is_blanket": is_blanket}, beside)
        self.rows[reference] = row

    def _entries(self, row: Row) -> list[Entry]:
        if not row.is_sound("kpis") or row["kpis"] == ALL_KPIS:
            return []
        if not row["kpis"]:
            row.problem("kpis", "the cell names no KPI", "expected KPI codes separated by semicolons, or * for all")
        found = (self.book.find_code(row, code, "kpis") for code in sorted(row["kpis"]))
        return [entry for entry in found if entry is not None]

    def check_overlaps(self) -> None:
        """Two granted reliefs may touch and not overlap; the one further down the sheet is named."""
        granted = [self._rule(relief) for relief in self.upsert.rows.values()]
        for one, other in rules.overlapping(granted):
            first, second = sorted((one, other), key=lambda relief: self._number(relief.reference))
            row = self.rows.get(second.reference)
            if row is not None:
                self._refuse_overlap(row, first, second)

    def _refuse_overlap(self, row: Row, first: rules.Relief, second: rules.Relief) -> None:
        other = self.rows.get(first.reference)
        where = f"row {other.number}" if other else "already on record"
        shared = "all KPIs" if second.is_blanket else ", ".join(sorted(first.kpis & second.kpis))
        what = f"{quoted(first.reference)} ({where}) is granted for {shared} in some of the same months"
        last = first.to_month
        right = (
            f"expected a month after {month_key(last)}" if last else f"expected {quoted(first.reference)} to end first"
        )
        row.problem("from_month", what, right)

    def _number(self, reference: str) -> int:
        row = self.rows.get(reference)
        return row.number if row else 0

    def _rule(self, relief: Relief) -> rules.Relief:
        return rules.Relief(
            reference=relief.reference,
            kpis=self.codes[relief.reference],
            is_blanket=relief.is_blanket,
            from_month=Month(relief.from_month),
            to_month=relief.to_month,
            cause=rules.Cause(relief.cause),
            narrative=relief.narrative,
            decision=rules.Decision(relief.decision),
        )

    def save(self) -> None:
        self.upsert.save()
        if not self.importing.may_write:
            return
        for reference, entries in self.renamed.items():
            relief = self.upsert.rows[reference]
            relief._change_reason = self.importing.change_reason
            relief._history_user, relief._history_date = self.importing.by, self.importing.at
            relief.kpis.set([entry.kpi for entry in entries])


def _listed(codes: frozenset[str] | None) -> str:
    return ";".join(sorted(codes or ()))


def _codes_of(relief: Relief) -> frozenset[str]:
    return frozenset() if relief.is_blanket else frozenset(kpi.code for kpi in relief.kpis.all())
