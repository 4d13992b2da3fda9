"""
The sheets `key_lists`, `key_entries` and `key_reasons`: what the Board decided of the key projects, version by version.

A list is named by the day of its decision; the proposal by a blank cell. Its ranks and rationales are columns of the
sheet `projects`, so `key_entries` holds those of decided lists alone. A list on record as decided is never changed by
an import. Who nominated what, and who chairs what, are people's affairs and in no workbook.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any, Final

from contracts.models import Contract
from contracts.workbook import cells, numbers
from contracts.workbook.saving import Import, Upsert, is_same, text_for
from contracts.workbook.sheets import Column, Row, Seen, SheetSpec, one_of, required
from projects.models import KeyEntry, KeyExit, KeyList, NearMiss
from projects.workbook.portfolio import Portfolio
from projects.workbook.specs import A_PROJECT, HIGHEST_RANK

A_DECISION: Final = "the day of a decision such as 2018-03-29"
LEFT, NEAR_MISS = "left", "near miss"
REASONS: Final[dict[str, type[KeyExit] | type[NearMiss]]] = {LEFT: KeyExit, NEAR_MISS: NearMiss}
OWN: Final = ("put_to_board_on", "board", "decision", "amendments", "size_reason")

KEY_LISTS: Final = SheetSpec(
    "key_lists",
    (
        Column("decided_on", cells.day),
        Column("put_to_board_on", cells.day),
        text_for(KeyList, "board"),
        text_for(KeyList, "decision"),
        text_for(KeyList, "amendments"),
        text_for(KeyList, "size_reason"),
    ),
)
KEY_ENTRIES: Final = SheetSpec(
    "key_entries",
    (
        required("decided_on", cells.day, A_DECISION),
        required("project", cells.text, A_PROJECT),
        required("rank", lambda cell: numbers.whole(cell, 1, HIGHEST_RANK), "a rank such as 1"),
        text_for(KeyEntry, "rationale", hint="why members should watch it"),
    ),
)
KEY_REASONS: Final = SheetSpec(
    "key_reasons",
    (
        Column("decided_on", cells.day),
        required("project", cells.text, A_PROJECT),
        one_of("kind", REASONS, hint=f"{LEFT} or {NEAR_MISS}"),
        text_for(KeyExit, "reason", hint="why it left, or was not chosen"),
    ),
)


# --- In --------------------------------------------------------------------------------------------------------------


def import_key_lists(
    importing: Import, portfolio: Portfolio, lists: Iterable[Row], entries: Iterable[Row], reasons: Iterable[Row]
) -> bool:
    """Reads the versions of the list and writes those that are new; whether the proposal is one of them."""
    book = _Book(importing, portfolio)
    for row in lists:
        book.read_list(row)
    book.lists.save()
    for row in entries:
        book.read_entry(row)
    book.check_ranks()
    book.entries.save()
    for row in reasons:
        book.read_reason(row)
    for upsert in book.reasons.values():
        upsert.save()
    return None in book.new


class _Book:
    """The versions of the list while they are read, by the day of their decision; ``None`` is the proposal."""

    def __init__(self, importing: Import, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        rows = KeyList.objects.filter(contract_id=importing.contract.pk)
        on_record = {row.decided_on: row for row in rows}
        self.on_record = frozenset(on_record)
        self.new: set[date | None] = set()
        upsert = partial(Upsert, importing)
        self.lists: Upsert[KeyList] = upsert("key_lists", KeyList, on_record)
        of_list: dict[str, Any] = {"key_list__contract_id": importing.contract.pk}
        self.entries: Upsert[KeyEntry] = upsert("key_entries", KeyEntry, _parts(KeyEntry, of_list))
        self.reasons = {kind: upsert("key_reasons", model, _parts(model, of_list)) for kind, model in REASONS.items()}
        self._contract = importing.contract
        self._seen = {name: Seen() for name in ("lists", "entries", "ranks", "reasons")}
        self._ranks: defaultdict[date, dict[int, Row]] = defaultdict(dict)

    def read_list(self, row: Row) -> None:
        if not row.is_sound():
            return
        decided_on = row["decided_on"]
        if not self._seen["lists"].is_new(decided_on, row, "decided_on", _named(decided_on)):
            return
        values = {name: row[name] for name in OWN if name in row.given}
        if self._may_write(self.lists, decided_on, decided_on, row, values):
            self.lists.put(
                decided_on, _named(decided_on), row, {"contract": self._contract, "decided_on": decided_on}, values
            )
        if decided_on not in self.on_record:
            self.new.add(decided_on)

    def read_entry(self, row: Row) -> None:
        project = self.portfolio.find(row)
        key_list = self._list(row)
        if project is None or key_list is None or not row.is_sound():
            return
        key, rank = (row["decided_on"], project.reference), (row["decided_on"], row["rank"])
        if not self._seen["entries"].is_new(key, row, "project", f"{project.reference} on {_named(key[0])}"):
            return
        if not self._seen["ranks"].is_new(rank, row, "rank", f"rank {rank[1]} of {_named(rank[0])}"):
            return
        self._ranks[key[0]][rank[1]] = row
        values = {name: row[name] for name in ("rank", "rationale")}
        if self._may_write(self.entries, key, key[0], row, values):
            self.entries.put(key, project.reference, row, {"key_list": key_list, "project": project}, values)

    def check_ranks(self) -> None:
        """A new list counts its ranks from 1 without gaps."""
        for decided_on, rows in self._ranks.items():
            if decided_on in self.on_record or max(rows) == len(rows):
                continue
            gap = next(rank for rank in range(1, len(rows) + 1) if rank not in rows)
            above = rows[min(rank for rank in rows if rank > gap)]
            above.problem("rank", f"nobody holds rank {gap} of {_named(decided_on)}", f"expected {gap}")

    def read_reason(self, row: Row) -> None:
        project = self.portfolio.find(row)
        key_list = self._list(row)
        if project is None or key_list is None or not row.is_sound():
            return
        key, kind = (row["decided_on"], project.reference), row["kind"]
        if not self._seen["reasons"].is_new((*key, kind), row, "project", f"why {project.reference}: {kind}"):
            return
        upsert, values = self.reasons[kind], {"reason": row["reason"]}
        if self._may_write(upsert, key, key[0], row, values):
            upsert.put(key, project.reference, row, {"key_list": key_list, "project": project}, values)

    def _list(self, row: Row) -> KeyList | None:
        if not row.is_sound("decided_on"):
            return None
        found = self.lists.rows.get(row["decided_on"])
        if found is None:
            known = ", ".join(day.isoformat() for day in self.lists.rows if day) or "none yet"
            what = f"there is no {_named(row['decided_on'])}"
            row.problem("decided_on", what, f"expected one of the sheet key_lists, or on record: {known}")
        return found

    def _may_write(
        self, upsert: Upsert[Any], key: Any, decided_on: date | None, row: Row, values: dict[str, Any]
    ) -> bool:
        """Whether a row may be new or changed: of a list that was decided before nothing is."""
        if decided_on is None or decided_on not in self.on_record:
            return True
        stored = upsert.rows.get(key)
        for name, value in values.items():
            before = getattr(stored, name, None)
            if stored is None or not is_same(before, value):
                what = f"the {_named(decided_on)} stays as it was decided"
                row.problem(name, what, "expected what is on record, or a later list")
                return False
        return True


def _parts(model: type[KeyEntry] | type[KeyExit] | type[NearMiss], of_list: dict[str, Any]) -> dict[Any, Any]:
    rows = model.objects.filter(**of_list).select_related("key_list", "project")
    return {(row.key_list.decided_on, row.project.reference): row for row in rows}


def _named(decided_on: date | None) -> str:
    return f"list decided on {decided_on.isoformat()}" if decided_on else "proposed list"


# --- Out -------------------------------------------------------------------------------------------------------------


def key_list_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `key_lists`: in the order of the decisions, the proposal last."""
    for row in _in_order(contract):
        yield [getattr(row, name) for name in KEY_LISTS.names]


def key_entry_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `key_entries`: what was decided, by rank."""
    for row in _in_order(contract):
        if row.decided_on is not None:
            entries = row.entries.order_by("rank").values_list("project__reference", "rank", "rationale")
            yield from ([row.decided_on, *entry] for entry in entries)


def key_reason_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `key_reasons`: why projects left each list, and why others were not chosen."""
    for row in _in_order(contract):
        for kind, model in REASONS.items():
            reasons = model.objects.filter(key_list=row).order_by("project__reference")
            for reference, reason in reasons.values_list("project__reference", "reason"):
                yield [row.decided_on, reference, kind, reason]


def _in_order(contract: Contract) -> list[KeyList]:
    return sorted(KeyList.objects.filter(contract=contract), key=lambda row: row.decided_on or date.max)
